import type { ParsedRelease } from '../release-name/parsed-release.js'
import type { EpisodesWish, WantedEpisode } from './video-wish.js'

/** What a name tells of the place in a show. */
export type Numbering = Pick<ParsedRelease, 'season' | 'seasons' | 'episodes' | 'absolute' | 'date' | 'pack'>

export interface Claim {
  /** The wanted episodes that the name says are in it. */
  covered: WantedEpisode[]
  /** There is more in it than is wanted. */
  more: boolean
  /** The name has a number, a date or the word that it is a whole. */
  told: boolean
}

export function claimOf(wish: EpisodesWish, numbering: Numbering): Claim {
  const { seasons, episodes, absolute, date, pack } = numbering
  const covered = wish.episodes.filter((episode) => covers(wish, episode, numbering))
  const whole = episodes.length === 0 && absolute === undefined && date === undefined
  const told = pack || seasons.length > 0 || !whole
  return { covered, told, more: covered.length > 0 && (whole || episodes.length > covered.length) }
}

export function covers(wish: EpisodesWish, episode: WantedEpisode, { seasons, episodes, absolute, date, pack }: Numbering): boolean {
  if (date !== undefined && episode.air_date !== undefined) return date === episode.air_date
  if (seasons.length > 0) {
    if (!seasons.includes(wish.season)) return false
    const counted = absolute !== undefined && absolute === episode.absolute
    return episodes.length === 0 ? absolute === undefined || counted : episodes.includes(episode.number) || counted
  }
  const numbers = absolute === undefined ? episodes : [absolute, ...episodes]
  if (numbers.length === 0) return pack && date === undefined
  // Without a season the count goes through all of them; where the first is wanted, both counts are one.
  return numbers.includes(episode.absolute ?? (wish.season === 1 ? episode.number : Number.NaN))
}

/** For the human: "season 2, episodes 3 to 5". */
export function tellNumbering({ seasons, episodes, absolute, date }: Numbering): string {
  if (date !== undefined) return `of ${date}`
  const numbers = episodes.length > 0 ? episodes : absolute === undefined ? [] : [absolute]
  const parts = [run('season', seasons), run('episode', numbers)].filter((part) => part !== '')
  return parts.length > 0 ? parts.join(', ') : 'the whole show'
}

function run(name: string, numbers: readonly number[]): string {
  const [first, last] = [numbers[0], numbers.at(-1)]
  if (first === undefined) return ''
  return first === last ? `${name} ${first}` : `${name}s ${first} to ${last}`
}
