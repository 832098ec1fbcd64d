/** A word of a name, with what stands before it. */
export interface Token {
  text: string
  /** As it is looked up: lower case, without punctuation. */
  key: string
  start: number
  end: number
  gap: string
  /** Index into `brackets`, -1 outside. */
  bracket: number
}

export interface Bracket {
  /** Offsets of what stands between the two signs. */
  start: number
  end: number
  square: boolean
  parent: number
}

export interface Line {
  text: string
  tokens: Token[]
  brackets: Bracket[]
}

const PIECE = /[\p{L}\p{N}\p{M}'’`´+&!?#:@*%$°ªº×·=]{1,100}|[()[\]{}<>【】（）［］]/gu
const OPEN = '([{<【（［'
const CLOSE = ')]}>】）］'
/** An episode number written against the title, and two numbers or tags written against each other. */
const GLUED =
  /(?<=[a-z])(?=s\d{2}e\d{2}|\d{1,2}x\d{2}$)|(?<=\d[pi])(?=\d{3,4}[pi]$)|(?<=[a-z])(?=[xh]26[456]$)|(?<=\+)(?=\p{L})|(?<=\d\+)(?=\d)|(?<=\d)(?=atmos$)/iu
const PLAIN = /^[a-z\d]{1,100}$/
const PUNCTUATION = /[^\p{L}\p{N}\p{M}+]/gu

export function tokenize(text: string): Line {
  const line: Line = { text, tokens: [], brackets: [] }
  let open = -1
  let last = 0
  for (const piece of text.matchAll(PIECE)) {
    const sign = piece[0]
    if (OPEN.includes(sign)) {
      line.brackets.push({ start: piece.index + 1, end: text.length, square: '[【［'.includes(sign), parent: open })
      open = line.brackets.length - 1
    } else if (CLOSE.includes(sign)) {
      const bracket = line.brackets[open]
      if (bracket) bracket.end = piece.index
      open = bracket?.parent ?? -1
    } else {
      addWords(line, sign, piece.index, last, open)
      last = piece.index + sign.length
    }
  }
  return line
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

function addWords(line: Line, word: string, at: number, last: number, bracket: number): void {
  let start = at
  for (const text of word.length > 3 && (hasDigit(word) || word.includes('+')) ? word.split(GLUED) : [word]) {
    const key = keyOf(text)
    const end = start + text.length
    if (key !== '') line.tokens.push({ text, key, start, end, gap: line.text.slice(start === at ? last : start, start), bracket })
    start = end
  }
}

/** The bracket's outermost parent. */
export function outermost(line: Line, bracket: number): number {
  let at = bracket
  for (let parent = line.brackets[at]?.parent ?? -1; parent >= 0; parent = line.brackets[at]?.parent ?? -1) at = parent
  return at
}

/** The tokens from `from` on stand side by side: one separator between them, no bracket. */
export function sideBySide(line: Line, from: number, count: number): boolean {
  for (let at = from + 1; at < from + count; at++) {
    const token = line.tokens[at]
    if (token === undefined || token.gap.length > 3 || token.bracket !== line.tokens[from]?.bracket) return false
  }
  return true
}
