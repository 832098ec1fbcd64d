import type { Quality } from '../parsed-release.js'
import type { Belief } from './tables/row.js'
import { hasDigit, type Line, type Token } from './tokens.js'
import { type Meaning, mayBeTwo, meaningsOf } from './vocabulary.js'

interface Form {
  to: number
  meanings: Meaning[]
}

/** Says something only with what stands behind it. */
const BARE = /^\d{1,4}$/
const HEIGHT = /^(?:r|hd)?(4320|2160|1440|1080|720|576|540|480|360|240)(p|i)?(?:x|@?\d{2,3}(?:fps)?|hd|fps)?$/
const ODD_HEIGHT = /^(\d{3,4})[pi]$/
const SIZE = /^(\d{3,4})[x×*](\d{3,4})p?$/
const BITS = /^(?:hi)?(8|10|12)p?$/
const AMOUNT = /^\d{1,5}(?:[kmgt]i?b|[km]bps|kbit|hz|khz|fps|mb\/s|min|ch|audios?|subs?|cd|bits?)$/
const DISCS = /^\d{1,2}x?dvd[59r]?$/
const HASH = /^[\da-f]{8}$/
const TIMES = /^(?:\dx)?(.{2,8}?)(?:x\d)?$/

export function readForm(line: Line, at: number): Form | undefined {
  const token = line.tokens[at]
  if (token === undefined || token.key.length > 24) return undefined
  if (!hasDigit(token.key)) return mayBeTwo(token.key) ? parts(token, at) : undefined
  if (BARE.test(token.key)) return numeric(line, token, at)
  return resolution(token, at) ?? numeric(line, token, at) ?? parts(token, at)
}

function resolution(token: Token, at: number): Form | undefined {
  const size = token.text.length > 6 ? SIZE.exec(token.text.toLowerCase()) : null
  if (size) return form(at + 1, quality(byHeight(Number(size[1]), Number(size[2]))))
  const height = HEIGHT.exec(token.key)
  if (height?.[2] !== undefined || (height && token.key.length > 4)) return form(at + 1, quality(`${height[1]}${height[2] ?? 'p'}`))
  const odd = ODD_HEIGHT.exec(token.key)
  return odd ? form(at + 1, quality(byHeight(0, Number(odd[1])))) : undefined
}

function numeric(line: Line, token: Token, at: number): Form | undefined {
  if (DISCS.test(token.key)) return form(at + 1, { field: 'source', value: 'dvd', belief: 'anywhere' })
  if (AMOUNT.test(token.key) || (isAlone(line, at) && HASH.test(token.key) && /\d/.test(token.key))) return form(at + 1, noise('anywhere'))
  const next = line.tokens[at + 1]
  if (next === undefined || !/^\d{1,5}$/.test(token.key)) return undefined
  if (BITS.test(token.key) && /^bits?$/.test(next.key)) return form(at + 2, { field: 'depth', value: token.key, belief: 'anywhere' })
  if (next.gap === ' ' && /^(?:[kmg]b|[km]bps|fps|khz)$/.test(next.key)) return form(at + 2, noise('anywhere'))
  if (next.gap === '.' && token.key.length < 3 && AMOUNT.test(next.key)) return form(at + 2, noise('anywhere'))
  return token.gap !== '' && next.gap === '.' && /^[2567]$/.test(token.key) && /^[01](?:ch)?$/.test(next.key)
    ? form(at + 2, noise('after'))
    : undefined
}

/** Nothing else stands in the token's bracket. */
function isAlone(line: Line, at: number): boolean {
  const token = line.tokens[at]
  const bracket = token?.bracket
  return bracket !== undefined && bracket.start === token?.start && bracket.end === token.end
}

/** Words such as AAC2, FLACx2, HEVC10bit, BD1080p, x264AAC: a known word against a known word or a number. */
function parts(token: Token, at: number): Form | undefined {
  const times = TIMES.exec(token.key)
  const audio = soundOf(times?.[1] ?? token.key)
  if (audio) return { to: at + 1, meanings: audio }
  for (let cut = 2; cut <= token.key.length - 2; cut++) {
    const head = knownPart(token, token.key.slice(0, cut))
    const tail = head && knownPart(token, token.key.slice(cut))
    if (head && tail) return { to: at + 1, meanings: [...head, ...tail].map((meaning) => ({ ...meaning, belief: 'anywhere' })) }
  }
  return undefined
}

function soundOf(key: string): Meaning[] | undefined {
  const name = key.replace(/(?:[1-9][0-2]?(?:ch)?)$/, '')
  const meanings = meaningsOf(key) ?? meaningsOf(name)
  return meanings?.some(({ field }) => field === 'audio') ? meanings : undefined
}

function knownPart(token: Token, key: string): Meaning[] | undefined {
  if (!hasDigit(token.key)) return sureOf(key)
  const height = resolution({ ...token, key, text: key }, 0)
  if (height) return height.meanings
  const meanings = soundOf(key) ?? (key.length > 1 ? meaningsOf(key) : undefined)
  return meanings?.some(({ field, belief }) => belief !== 'after' && field !== 'noise' && field !== 'language') ? meanings : undefined
}

function sureOf(key: string): Meaning[] | undefined {
  const sure = meaningsOf(key)?.filter(({ belief }) => belief === 'anywhere')
  return sure?.length ? sure : undefined
}

function byHeight(width: number, height: number): Quality {
  if (width >= 7000 || height > 4000) return '4320p'
  if (width >= 3200 || height >= 1900) return '2160p'
  if (width >= 1800 || height >= 1000) return '1080p'
  if (width >= 1200 || height >= 680) return '720p'
  if (height >= 570) return '576p'
  if (height >= 400) return '480p'
  return height >= 300 ? '360p' : '240p'
}

/** Pictures are interlaced in the three sizes of television only. */
function quality(value: string): Meaning {
  const known = /^(?:1080|576|480)i$/.test(value) ? value : value.replace('i', 'p')
  return { field: 'quality', value: known, belief: 'anywhere' }
}

function noise(belief: Belief): Meaning {
  return { field: 'noise', value: 'amount', belief }
}

function form(to: number, ...meanings: Meaning[]): Form {
  return { to, meanings }
}
