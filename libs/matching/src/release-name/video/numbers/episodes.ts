import type { Line } from '../tokens.js'
import { moreEpisodes, spacedEpisodes } from './more-numbers.js'
import { behind, matchAt, matchToken, type NumberFact, run, tokenFrom } from './number-fact.js'
import { CHINESE_DIGITS, EPISODE_WORDS } from './words.js'

const S_AND_E = /sn?(\d{1,4})[ ._]{0,2}-?[ ._]{0,2}(?:episodes?|eps?|e)[ ._#-]{0,2}\(?(\d{1,5})(?:v\d)?(?!\d)/iy
const S_X_E = /[st](\d{1,2})(?:x?e|x)(\d{1,3})(?![\da-zà-ɏЀ-ӿ]{2})/iy
const S_DASH_EPISODE = /s(\d)-(\d{2,3})(?![\da-zà-ɏЀ-ӿ])/iy
const N_X_M = /(\d{1,2}|(?:19|20)\d{2}(?=x\d\d(?!\d)))x(\d{1,3})(?:v\d)?(?![\d×]|[a-wyz]{2})/iy
const WHOLE_SEASON = /(\d{1,2})xall(?![\da-zà-ɏЀ-ӿ])/iy
const CROSS_BEHIND = /\d{1,4} ?x/iy
const SMALL_PAIR = /(\d{1,2}) ?x ?(\d{1,2})(?=-|[ ._](?:-|\d{3,4}[pi]|hdtv|web)|$)/iy
const EPISODE_WORD = new RegExp(
  `(?:(?:${EPISODE_WORDS})[ ._:#-]{0,3}|e(?=\\d\\d)|#)\\(?(\\d{1,5})(?:v\\d)?(?![\\dxpi]|(?!ep?\\d)[a-zà-ɏЀ-ӿ][\\da-zà-ɏЀ-ӿ])`,
  'iy',
)
const NUMBERED_EPISODE = new RegExp(
  `(\\d{1,4})(?:[-–](\\d{1,4}))?(?:-?[йя])?[ ._]{1,2}(?:${EPISODE_WORDS})(?![\\da-zà-ɏЀ-ӿ])(?:[ ._]из[ ._]\\d{1,4})?`,
  'iy',
)
const CAP = /cap[ ._]{0,2}(\d{1,2})(\d{2})(?:[ ._]?[_-][ ._]?(?:\d{1,2})(\d{2}))?(?!\d)/iy
const CAP_PLAIN = /cap[ ._-]{1,2}(\d{1,2})(?!\d)/iy
const N_OF_M = /(\d{1,3})(?:-(\d{1,3}))?[ ._]?(of|iz|из)[ ._]?(\d{1,3})(?![\da-zà-ɏЀ-ӿ])/iy
const PART_OF_M = /part[ ._](\d{1,2})[ ._]?of[ ._]?\d{1,2}(?![\da-zà-ɏЀ-ӿ])/iy
const OF_M = /[ ._]{0,2}of[ ._]{0,2}(?:\d{1,3}|xx)(?![\da-zà-ɏЀ-ӿ])/iy
const CHINESE = /^(?:第(\d{1,4}|[零一二三四五六七八九十])(?:-(\d{1,4}))?|(\d{1,4}))([季期话話集回화회])/u
/** Films of a saga are episodes too: words and a year follow. */
const FILM_BEHIND = /[ ._:-]{1,3}[a-zà-ɏЀ-ӿ][^\d]{1,60}[ ._([](?:19|20)\d{2}(?![\dx])/iy
const COUNTED = /[ ._-]{1,3}[([]?(?!(?:19|20)\d\d\D)(\d{3,4})(?:-\d{3,4}[)\]]?|[)\]])(?![\da-zà-ɏЀ-ӿ])/iy

export function seasonAndEpisode(line: Line, at: number): NumberFact | undefined {
  const match = matchToken(S_AND_E, line, at) ?? matchToken(S_X_E, line, at) ?? matchToken(S_DASH_EPISODE, line, at)
  return match ? episodesFrom(line, at, match) : undefined
}

/** "1x02"; with a single figure behind the x, or with blanks, only where it stands by itself. "1xAll" is a season. */
export function pair(line: Line, at: number): NumberFact | undefined {
  if (!matchToken(CROSS_BEHIND, line, at)) return undefined
  const small = at > 0 ? matchToken(SMALL_PAIR, line, at) : null
  if (small) return episodesFrom(line, at, small)
  const match = matchToken(N_X_M, line, at)
  const stands = at === 0 || (match?.[2] ?? '').length > 1 || /[-[(]/.test(line.tokens[at]?.gap ?? '')
  if (match && stands) return episodesFrom(line, at, match)
  const whole = matchToken(WHOLE_SEASON, line, at)
  return whole ? { seasons: [Number(whole[1])], to: behind(line, at, whole) } : undefined
}

function episodesFrom(line: Line, at: number, match: RegExpExecArray): NumberFact {
  const { numbers, end } = moreEpisodes(line.text, Number(match[2]), match.index + match[0].length)
  const last = end + (matchAt(OF_M, line.text, end)?.[0].length ?? 0)
  const counted = matchAt(COUNTED, line.text, last)
  const fact = { seasons: [Number(match[1])], episodes: numbers }
  if (!counted) return { ...fact, to: tokenFrom(line, at, last) }
  return { ...fact, absolute: Number(counted[1]), to: behind(line, at, counted) }
}

/** "Cap.205", the Spanish way: season 2, chapter 5. */
export function cap(line: Line, at: number): NumberFact | undefined {
  const match = matchToken(CAP, line, at)
  if (match) {
    const first = Number(match[2])
    return { seasons: [Number(match[1])], episodes: run(first, Number(match[3] ?? first)), to: behind(line, at, match) }
  }
  const plain = matchToken(CAP_PLAIN, line, at)
  return plain ? spaced(line, at, plain) : undefined
}

export function episodeWord(line: Line, at: number): NumberFact | undefined {
  const match = matchToken(EPISODE_WORD, line, at)
  if (match && /^episode[ .]\d$/i.test(match[0]) && matchAt(FILM_BEHIND, line.text, match.index + match[0].length)) return undefined
  return match ? spaced(line, at, match) : undefined
}

function spaced(line: Line, at: number, match: RegExpExecArray): NumberFact {
  const { numbers, end } = spacedEpisodes(line.text, Number(match[1]), match.index + match[0].length)
  return { episodes: numbers, to: tokenFrom(line, at, end + (matchAt(OF_M, line.text, end)?.[0].length ?? 0)) }
}

/** "1-8 серии": only in scripts in which the number stands first. */
export function numberedEpisode(line: Line, at: number): NumberFact | undefined {
  const match = matchToken(NUMBERED_EPISODE, line, at)
  if (!match || !/[^a-z\d ._-]|blm/i.test(match[0])) return undefined
  return { episodes: run(Number(match[1]), Number(match[2] ?? match[1])), to: behind(line, at, match) }
}

/** "5 of 8" is the fifth, "5 из 8" are the first five. */
export function partOfMany(line: Line, at: number): NumberFact | undefined {
  const match = matchToken(N_OF_M, line, at)
  const [first, last, all] = [Number(match?.[1]), Number(match?.[2] ?? match?.[1]), Number(match?.[4])]
  if (!match || last > all) return undefined
  const counted = match[2] === undefined && /^(?:iz|из)$/i.test(match[3] ?? '')
  return { episodes: run(counted ? 1 : first, last), to: behind(line, at, match) }
}

/** "Part 1 of 3" */
export function namedPart(line: Line, at: number): NumberFact | undefined {
  const match = matchToken(PART_OF_M, line, at)
  return match ? { episodes: [Number(match[1])], to: behind(line, at, match) } : undefined
}

export function chinese(line: Line, at: number): NumberFact | undefined {
  const match = CHINESE.exec(line.tokens[at]?.text ?? '')
  if (!match) return undefined
  const digit = CHINESE_DIGITS.indexOf(match[1] ?? '-')
  const first = digit < 0 ? Number(match[1] ?? match[3]) : digit
  return /[季期]/.test(match[4] ?? '') ? { seasons: [first], to: at + 1 } : { episodes: run(first, Number(match[2] ?? first)), to: at + 1 }
}
