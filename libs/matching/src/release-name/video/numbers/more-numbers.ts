import { matchAt, run } from './number-fact.js'

const MAX_PARTS = 60
const NAMED_EPISODE = /[ ._]{0,2}(to|and|[-+&~,]?)[ ._]{0,2}(?:s\d{1,4}[ ._-]{0,3})?(?:ep?)(\d{1,5})(?!\d)/iy
const NAMED_PAIR = /(?:[ ._]{0,2}([-+&~,]?)[ ._]{0,2}\d{1,2})?x(\d{2,3})(?!\d)/iy
const SHORT_PAIR = /([-+&~,])\d{1,2}x(\d)(?!\d)/iy
const BARE = /([-~+&])(\d{1,4})(?!\d|[ ._]?bit|[pikx]|[.,]\d(?!\d))/iy
const NEXT = /(_)(\d{2})(?![\da-zà-ɏЀ-ӿ])/iy
const SPACED =
  /[ ._]{0,2}(-|~|–|to|al?|à|до|&|and|en|et|y|und|,|\+)[ ._]{0,2}(?:ep?|#)?[ ._]?(\d{1,4})(?!\d|[ ._]?bit|[pikx]\b|[.,]\d(?!\d))/iy
const NAMED_SEASON = /[ ._]{0,3}([-+&~,]|to|and)?[ ._]{0,3}(?:seasons?[ ._]{0,2}|saison[ ._]{0,2}|s)(\d{1,2})(?![\da-zà-ɏЀ-ӿ])/iy
const BARE_SEASON = /[ ._]{0,2}(-|~|–|to|a|à|&|and|,|\+)[ ._]{0,2}(\d{1,2})(?![\da-zà-ɏЀ-ӿ]|[.]\d(?!\d)|[ ._]?bit)/iy
const NEXT_SEASON = /([ ._])(\d{1,2})(?![\da-zà-ɏЀ-ӿ]|[ ._]?bit)/iy
const TIGHT_SEASON = /([-~])(\d{1,2})(?![\da-zà-ɏЀ-ӿ])/iy

export interface Numbers {
  numbers: number[]
  /** Offset behind the last of them. */
  end: number
}

/** What goes on from a first episode: "E03", "-E04", "-05", ".1x06". */
export function moreEpisodes(text: string, first: number, end: number): Numbers {
  return goOn(text, first, end, [NAMED_EPISODE, NAMED_PAIR, SHORT_PAIR, BARE, NEXT])
}

/** Behind a word for episodes blanks may stand: "1 - 10", "1 to 10", "103, 104". */
export function spacedEpisodes(text: string, first: number, end: number): Numbers {
  return goOn(text, first, end, [NAMED_EPISODE, SPACED])
}

/** Behind a word for seasons: "1-5", "1 to 6", "1, 2, 3". */
export function spacedSeasons(text: string, first: number, end: number): Numbers {
  return goOn(text, first, end, [NAMED_SEASON, BARE_SEASON, NEXT_SEASON])
}

/** Behind S01: "-S03", "-03", "+S2". */
export function moreSeasons(text: string, first: number, end: number): Numbers {
  return goOn(text, first, end, [NAMED_SEASON, TIGHT_SEASON])
}

function goOn(text: string, first: number, start: number, patterns: RegExp[]): Numbers {
  const found: Numbers = { numbers: [first], end: start }
  for (let part = 0; part < MAX_PARTS; part++) {
    const next = firstMatch(patterns, text, found.end)
    const last = found.numbers.at(-1) ?? first
    const number = Number(next?.[2])
    const sign = next?.[1] ?? ''
    if (!next || number <= last || number - last > 2000 || (/^[ ._]$/.test(sign) && number !== last + 1)) break
    found.numbers.push(...(isList(sign) ? [number] : run(last + 1, number)))
    found.end += next[0].length
  }
  return found
}

function firstMatch(patterns: RegExp[], text: string, at: number): RegExpExecArray | null {
  for (const pattern of patterns) {
    const match = matchAt(pattern, text, at)
    if (match) return match
  }
  return null
}

function isList(sign: string): boolean {
  return /^(?:[&+,]|and|en|et|y|und)$/.test(sign)
}
