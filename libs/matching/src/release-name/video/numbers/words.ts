import { hasDigit } from '../tokens.js'

/** Words for a season and for an episode, as parts of patterns. */
export const SEASON_WORDS =
  'seasons|season|saisons|saison|temporadas|temporada|temp|tem|stagione|stagioni|staffeln|staffel|seizoen|sezony|sezon|säsong|sæson|sesong|kausi|série|serie|évad|sezonul|sezóna|sezona|シーズン|시즌|сезоны|сезона|сезон|se'
export const EPISODE_WORDS =
  'episodes|episode|episodios|episodio|épisodes|épisode|episodul|epis|eps|ep|folgen|folge|capitulos|capitulo|capítulos|capítulo|epizod|odcinek|bölüm|blm|aflevering|afl|avsnitt|afsnit|episódios|episódio|epizóda|jakso|odc|rész|díl|epizoda|серия|серии|серий|серій|серія|выпуск'

export const ORDINALS = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth']
export const COUNT = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
export const ROMAN = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix', 'x']
export const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
export const CHINESE_DIGITS = '零一二三四五六七八九十'

const STARTERS = new Set([...SEASON_WORDS.split('|'), ...EPISODE_WORDS.split('|'), ...ORDINALS, 'series', 'all', 'cap', 's', 'part'])
/** The first letters of all that a word may begin with: most words are none of these. */
const BEGINNINGS = new Set([...STARTERS, ...MONTHS].map((word) => word.slice(0, 3)))

/** What stands before the first figure of a word such as S01E02. */
const HEADS = new Set([...STARTERS, 'sn', 'e', 't'])

export type Kind = 'figure' | 'mixed' | 'word' | 'foreign'

/** What a word may begin, by its look; most words begin nothing. */
export function kindOf(key: string): Kind | undefined {
  const first = key.charCodeAt(0)
  if (first >= 48 && first <= 57) return /^\d{3,4}[pi]$/.test(key) ? undefined : /[季期话話集回화회]/.test(key) ? 'foreign' : 'figure'
  if (BEGINNINGS.has(key.slice(0, 3)) && (STARTERS.has(key) || MONTHS.includes(key.slice(0, 3)))) return 'word'
  if (key.includes('第')) return 'foreign'
  return hasDigit(key) && HEADS.has(key.slice(0, key.search(/\d/))) ? 'mixed' : undefined
}
