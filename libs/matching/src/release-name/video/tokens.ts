/** A word of a name, with what stands before it. */
export interface Token {
  text: string
  /** As it is looked up: lower case, without punctuation. */
  key: string
  start: number
  end: number
  gap: string
  /** The innermost one it stands in. */
  bracket: Bracket | undefined
}

export interface Bracket {
  /** Offsets of what stands between the two signs. */
  start: number
  end: number
  square: boolean
  parent: Bracket | undefined
}

export interface Line {
  text: string
  tokens: Token[]
}

const IN_WORD = /[\p{L}\p{N}\p{M}'’`´+&!?#:@*%$°ªº×·=]/u
const OPEN = '([{<【（［'
const CLOSE = ')]}>】）］'
/** An episode number written against the title, and two numbers or tags written against each other. */
const MAY_BE_GLUED = /[a-z]s\d\de\d|[a-z]\d{1,2}x\d\d$|\d[pi]\d{3}|[a-z][xh]26\d$|\+|\datmos$/i
const GLUED =
  /(?<=[a-z])(?=s\d{2}e\d{2}|\d{1,2}x\d{2}$)|(?<=\d[pi])(?=\d{3,4}[pi]$)|(?<=[a-z])(?=[xh]26[456]$)|(?<=\+)(?=\p{L})|(?<=\d\+)(?=\d)|(?<=\d)(?=atmos$)/iu
const PLAIN = /^[a-z\d]{1,100}$/
const PUNCTUATION = /[^\p{L}\p{N}\p{M}+]/gu

export function tokenize(text: string): Line {
  const tokens: Token[] = []
  const line = { text, tokens }
  let open: Bracket | undefined
  let last = 0
  for (let at = 0; at < text.length; ) {
    const end = wordEnd(text, at)
    if (end > at) {
      addWords(line, text.slice(at, end), at, last, open)
      last = end
    } else open = passBracket(text, at, open)
    at = Math.max(end, at + 1)
  }
  return line
}

/** Letters, figures and the signs that belong to words, by code; whatever is beyond ASCII is asked of the pattern. */
const ASCII_WORD = Array.from({ length: 128 }, (_, code) => IN_WORD.test(String.fromCharCode(code)))

function wordEnd(text: string, start: number): number {
  let end = start
  while (end < text.length && end - start < 100) {
    const code = text.codePointAt(end) ?? 0
    if (!(ASCII_WORD[code] ?? IN_WORD.test(String.fromCodePoint(code)))) break
    end += code > 0xffff ? 2 : 1
  }
  return end
}

/** The bracket in which the text goes on behind this sign. */
function passBracket(text: string, at: number, open: Bracket | undefined): Bracket | undefined {
  const sign = text.charAt(at)
  if (OPEN.includes(sign)) return { start: at + 1, end: text.length, square: '[【［'.includes(sign), parent: open }
  if (open === undefined || !CLOSE.includes(sign)) return open
  open.end = at
  return open.parent
}

/** A word without letters and figures has no key. */
function keyOf(text: string): string {
  const lower = text.toLowerCase()
  if (PLAIN.test(lower)) return lower
  const key = lower.replace(PUNCTUATION, '')
  return key.startsWith('+') && key.replaceAll('+', '') === '' ? '' : key
}

/** Faster than a pattern for the many words without one. */
export function hasDigit(text: string): boolean {
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at)
    if (code >= 48 && code <= 57) return true
  }
  return false
}

function mayBeGlued(word: string): boolean {
  return word.length > 3 && (hasDigit(word) || word.includes('+')) && MAY_BE_GLUED.test(word)
}

function addWords(line: Line, word: string, at: number, last: number, bracket: Bracket | undefined): void {
  let start = at
  for (const text of mayBeGlued(word) ? word.split(GLUED) : [word]) {
    const key = keyOf(text)
    const end = start + text.length
    if (key !== '') line.tokens.push({ text, key, start, end, gap: line.text.slice(start === at ? last : start, start), bracket })
    start = end
  }
}

/** The bracket's outermost parent. */
export function outermost(bracket: Bracket | undefined): Bracket | undefined {
  let outer = bracket
  while (outer?.parent) outer = outer.parent
  return outer
}

/** The tokens from `from` on stand side by side: one separator between them, no bracket. */
export function sideBySide(line: Line, from: number, count: number): boolean {
  for (let at = from + 1; at < from + count; at++) {
    const token = line.tokens[at]
    if (token === undefined || token.gap.length > 3 || token.bracket !== line.tokens[from]?.bracket) return false
  }
  return true
}
