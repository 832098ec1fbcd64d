import { plainText } from '../text/plain-text.js'
import type { Evidence, Verdict } from './rule.js'

/** "Album [Disc 1]" is a part of the album; with a file list the tracks tell. */
export function partOfSetRule({ request, title, files }: Evidence): Verdict | undefined {
  if (files || plainText(request.search.album ?? '').match(/\b(?:cd|dis[ck])\b/)) return undefined
  const named = [...title.plain.matchAll(/\b(?:cd|dis[ck]) ?0?(\d)\b(?! ?(?:tracks?|\d)\b)/g)].map((match) => match[1])
  if (new Set(named).size !== 1) return undefined
  return { code: 'part_of_set', points: -0.2, text: `it is disc ${named[0]} alone` }
}
