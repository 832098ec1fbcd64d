import type { Marks } from '../marks.js'
import type { Line } from '../tokens.js'
import { readDate, readMonthFirst } from './dates.js'
import { cap, chinese, episodeWord, namedPart, numberedEpisode, pair, partOfMany, seasonAndEpisode } from './episodes.js'
import type { NumberFact, NumberReader } from './number-fact.js'
import { numberedSeason, ordinalSeason, seasonAlone, seasonOfMany, seasonWord, spelledSeason } from './seasons.js'
import { type Kind, kindOf } from './words.js'

export interface Numbering {
  seasons: number[]
  episodes: number[]
  absolute?: number
  date?: string
}

/** What is tried where a word of this look stands, in this order. */
const READERS: Record<Kind, NumberReader[]> = {
  figure: [readDate, pair, numberedSeason, numberedEpisode, partOfMany],
  mixed: [seasonAndEpisode, cap, seasonOfMany, seasonWord, seasonAlone, episodeWord],
  word: [
    readMonthFirst,
    seasonAndEpisode,
    cap,
    seasonOfMany,
    seasonWord,
    ordinalSeason,
    spelledSeason,
    seasonAlone,
    episodeWord,
    namedPart,
  ],
  foreign: [chinese],
}

/** Everything that names seasons, episodes and days by words or by a form of its own. */
export function readNumbers(line: Line, marks: Marks): Numbering {
  const numbering: Numbering = { seasons: [], episodes: [] }
  for (let at = 0; at < line.tokens.length; ) {
    const fact = readFact(line, at)
    if (fact) {
      marks.addNumber(at, Math.max(fact.to, at + 1))
      take(numbering, fact)
    }
    at = Math.max(at + 1, fact?.to ?? 0)
  }
  return numbering
}

function readFact(line: Line, at: number): NumberFact | undefined {
  const token = line.tokens[at]
  const kind = token && (token.text.startsWith('#') ? 'mixed' : kindOf(token.key))
  if (kind === undefined) return undefined
  for (const read of READERS[kind]) {
    const fact = read(line, at)
    if (fact) return fact
  }
  return undefined
}

/** The first episodes named count, with their own season or with those that were named before. */
export function take(numbering: Numbering, fact: NumberFact): void {
  if (numbering.episodes.length === 0) {
    const seasons = fact.episodes && fact.seasons ? fact.seasons : [...numbering.seasons, ...(fact.seasons ?? [])]
    numbering.seasons = [...new Set(seasons)]
    numbering.episodes = fact.episodes ?? []
  }
  numbering.absolute ??= fact.absolute
  numbering.date ??= fact.date
}
