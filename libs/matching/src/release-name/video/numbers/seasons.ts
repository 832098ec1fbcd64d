import type { Line } from '../tokens.js'
import { moreSeasons, spacedSeasons } from './more-numbers.js'
import { behind, matchAt, matchToken, type NumberFact, run, tokenFrom } from './number-fact.js'
import { COUNT, ORDINALS, ROMAN, SEASON_WORDS } from './words.js'

const ALONE = /s(\d{1,3}|(?:19|20)\d{2})(?![\da-zà-ɏЀ-ӿ])/iy
const FOUR_DIGITS = /s(0\d)(\d{2})(?![\da-zà-ɏЀ-ӿ])/iy
const LONE_S = /s[ ._](\d{2})(?![\da-zà-ɏЀ-ӿ])/iy
const BARE_EPISODE = /[ ._](\d{2})(?![\da-zà-ɏЀ-ӿ]|[ ._]?bit)/iy
const WORD = new RegExp(
  `(?:all[ ._])?(?:(?:${SEASON_WORDS})(?! - \\d)[ ._:#-]{0,3}|(?:${SEASON_WORDS}) \\((?=\\d{1,2}[-)])|series[ ._](?!0|\\d{1,2}[-.]\\d{1,2}[-.]\\d{4}))(\\d{1,2})(?![\\da-zà-ɏЀ-ӿ]|[ ._]?bit)`,
  'iy',
)
const DISC = /s(\d{2})[ ._]?d(?:isc)?[ ._]?\d{1,2}(?![\da-zà-ɏЀ-ӿ])/iy
const SPELLED = new RegExp(`season[ ._](${[...COUNT, ...ROMAN].join('|')})(?![\\da-zà-ɏЀ-ӿ])`, 'iy')
const OF_MANY = new RegExp(`(?:${SEASON_WORDS})[ ._]{0,2}(\\d{1,2})[ ._]?of[ ._]?\\d{1,2}(?![\\da-zà-ɏЀ-ӿ])`, 'iy')
const NUMBERED = new RegExp(
  `(\\d{1,2})(?:(?:[-–]|,(?:\\d{1,2},){0,20})(\\d{1,2}))?(st|nd|rd|th|[ªº°a.]|-?[йя])?[ ._]{1,2}(?:${SEASON_WORDS})(?![\\da-zà-ɏЀ-ӿ])(?=([ ._]{1,2}\\d)?)`,
  'iy',
)
const ORDINAL = new RegExp(`(${ORDINALS.join('|')})[ ._]season(?![\\da-zà-ɏЀ-ӿ])`, 'iy')
const EPISODE_BEHIND = /\.(\d{2})(?!\d)/y
const DASHED_NUMBER = / - \d/y

export function seasonOfMany(line: Line, at: number): NumberFact | undefined {
  const match = matchToken(OF_MANY, line, at)
  return match ? { seasons: [Number(match[1])], to: behind(line, at, match) } : undefined
}

/** "Season 2", "Seasons 1-5", "Season 2.05"; what stands behind " - " is an episode, where one season is named. */
export function seasonWord(line: Line, at: number): NumberFact | undefined {
  const match = matchToken(WORD, line, at)
  if (!match) return undefined
  const first = Number(match[1])
  const end = match.index + match[0].length
  const episode = matchAt(EPISODE_BEHIND, line.text, end)
  if (episode) return { seasons: [first], episodes: [Number(episode[1])], to: behind(line, at, episode) }
  if (!/^[a-zà-ɏЀ-ӿ]{3,20}s[ ._]/i.test(match[0]) && matchAt(DASHED_NUMBER, line.text, end))
    return { seasons: [first], to: behind(line, at, match) }
  const more = spacedSeasons(line.text, first, end)
  return { seasons: more.numbers, to: tokenFrom(line, at, more.end) }
}

/** "2nd season", "4ª temporada", "1-3 сезон". */
export function numberedSeason(line: Line, at: number): NumberFact | undefined {
  const match = matchToken(NUMBERED, line, at)
  const otherSeason = match?.[4] !== undefined && match[3] === undefined && /(?:season|saison|series)s?$/i.test(match[0])
  if (!match || otherSeason || line.tokens[at]?.gap === '-') return undefined
  return { seasons: run(Number(match[1]), Number(match[2] ?? match[1])), to: behind(line, at, match) }
}

/** "Season Two", "Season II" */
export function spelledSeason(line: Line, at: number): NumberFact | undefined {
  const match = matchToken(SPELLED, line, at)
  const number = (match?.[1] ?? '').toLowerCase()
  return match ? { seasons: [Math.max(COUNT.indexOf(number), ROMAN.indexOf(number)) + 1], to: at + 2 } : undefined
}

export function ordinalSeason(line: Line, at: number): NumberFact | undefined {
  const match = matchToken(ORDINAL, line, at)
  return match ? { seasons: [ORDINALS.indexOf((match[1] ?? '').toLowerCase()) + 1], to: at + 2 } : undefined
}

/** "S01", "S01-S03", "S01.05", "S0105", "S01D02"; a title may begin with S1 itself. */
export function seasonAlone(line: Line, at: number): NumberFact | undefined {
  const disc = matchToken(DISC, line, at)
  if (disc) return { seasons: [Number(disc[1])], to: behind(line, at, disc) }
  const digits = matchToken(FOUR_DIGITS, line, at)
  if (digits) return { seasons: [Number(digits[1])], episodes: [Number(digits[2])], to: at + 1 }
  const match = matchToken(ALONE, line, at) ?? matchToken(LONE_S, line, at)
  if (!match || (at === 0 && match[1]?.length === 1)) return undefined
  const end = match.index + match[0].length
  const bare = matchAt(BARE_EPISODE, line.text, end)
  if (bare) return { seasons: [Number(match[1])], episodes: [Number(bare[1])], to: behind(line, at, bare) }
  const more = moreSeasons(line.text, Number(match[1]), end)
  return { seasons: more.numbers, to: tokenFrom(line, at, more.end) }
}
