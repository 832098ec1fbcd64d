import { readTags } from './read-tags.js'
import { isBesideTags, isHard } from './tag.js'
import { isSourceInNames } from './words.js'

type Strength = 'hard' | 'discography' | 'year' | 'soft' | 'edition' | 'none'

/** Where the name ends among the words of a text, and where it starts if a year comes first. At least one word is name. */
export function endOfName(words: string[], yearKnown: boolean): { from: number; to: number } {
  const small = words.map((word) => word.toLowerCase())
  const strengths = words.map((word, at) => strengthAt(small, at) ?? strengthOf(word, small[at] as string))
  if (strengths[0] === 'discography' && words.length > 1) return { from: 1, to: Math.max(2, startOfTags(words, strengths, 2, yearKnown)) }
  const from = !yearKnown && strengths[0] === 'year' && strengths.length > 1 && strengths[1] === 'none' ? 1 : 0
  return { from, to: Math.max(from + 1, startOfTags(words, strengths, from + 1, yearKnown)) }
}

function strengthAt(words: string[], at: number): Strength | undefined {
  if (isMeasure(words, at) || isMeasure(words, at - 1)) return 'hard'
  return isAllAlbums(words, at) ? 'discography' : undefined
}

/** "Somebody All Albums"; not "The Complete Studio Albums", which is a box. */
function isAllAlbums(words: string[], at: number): boolean {
  return at > 0 && words[at + 1] === 'albums' && (words[at] === 'all' || words[at] === 'studio') && !PRAISE.test(words[at - 1] as string)
}

const UNIT = /^(?:kbps|kbits?(?:\/s)?|kb\/?s|khz|bits?)\b/

/** A number and its unit, in small letters. */
function isMeasure(words: string[], at: number): boolean {
  return UNIT.test(words[at + 1] ?? '') && /^\(?\d{2,4}(?:[.,]\d)?$/.test(words[at] ?? '')
}

function startOfTags(words: string[], strengths: Strength[], first: number, yearKnown: boolean): number {
  let start = strengths.findIndex((strength, at) => at >= first && (strength === 'hard' || strength === 'discography'))
  if (start < 0) start = strengths.length
  if (strengths[start] === 'discography') return withoutPraise(words, start, first)
  const year = yearOfRelease(words, strengths, first, start, yearKnown)
  if (year >= 0) start = year
  while (start > first && belongsToTags(words[start - 1] as string, strengths[start - 1] as Strength, start < words.length)) start--
  return withoutEdition(words, strengths, start, first)
}

/** Beside tags more is believed; at the end of a name only what is written like a tag. */
function belongsToTags(word: string, strength: Strength, beside: boolean): boolean {
  if (beside) return strength === 'soft' || strength === 'edition'
  return strength === 'soft' && /\d|^[A-Z]+$/.test(word)
}

/** "Complete discography" is none but for its first word. */
function withoutPraise(words: string[], end: number, first: number): number {
  return end > first && PRAISE.test(words[end - 1] as string) ? withoutPraise(words, end - 1, first) : end
}

const PRAISE = /^(?:complete|full|whole|the|studio|полная)$/i

/** A year ends the name if only tags, or one other word and then tags, come behind it; not where the name needs it. */
function yearOfRelease(words: string[], strengths: Strength[], first: number, end: number, yearKnown: boolean): number {
  for (let at = end - 1; at >= first; at--) {
    if (strengths[at] !== 'year') continue
    const between = strengths.slice(at + 1, end).filter((strength) => strength === 'none').length
    if (between > (end < words.length ? 1 : 0)) return -1
    if (yearKnown && end === words.length) return -1
    return NEEDS_MORE.test(words[at - 1] as string) ? -1 : at
  }
  return -1
}

/** Words that want the year behind them: best of 2004, the 1975. */
const NEEDS_MORE = /^(?:of|in|from|since|to|the|until|class|summer|winter|year|für|aus|de|en|and|&|-)$/i

/** "Deluxe Edition", "Disc 2" and the like at the end. */
function withoutEdition(words: string[], strengths: Strength[], end: number, first: number): number {
  if (end - first > 1 && /^(?:cd|dis[ck])$/i.test(words[end - 2] ?? '') && /^\d{1,2}$/.test(words[end - 1] ?? '')) return end - 2
  if (!/^(?:edition|version|ed\.?)$/i.test(words[end - 1] ?? '') || strengths[end - 2] !== 'edition') return end
  let start = end - 1
  while (start > first && strengths[start - 1] === 'edition') start--
  return start
}

const EDITION_AT_END = new Set(
  "super deluxe remastered remaster edition reissue expanded limited special collector collectors collector's retail promo".split(' '),
)
const HARD_WORDS = new Set(['kbps', 'khz', 'lossless'])

function strengthOf(word: string, small: string): Strength {
  if (isSourceInNames(small)) return 'none'
  if (word === 'APE') return 'hard'
  if (EDITION_AT_END.has(small)) return 'edition'
  const { tags, unknown } = readTags(word)
  if (unknown.length > 0 || tags.length === 0) return /^[^\p{L}\p{N}]+$/u.test(word) ? 'soft' : 'none'
  if (HARD_WORDS.has(small) || tags.some(isHard)) return 'hard'
  if (tags.some((tag) => tag.field === 'discography')) return 'discography'
  if (tags.some((tag) => tag.field === 'year')) return 'year'
  if (/^(?:cd|disc)\d{1,2}$/.test(small)) return 'soft'
  return tags.every(isBesideTags) ? 'soft' : 'none'
}
