import { readTags, type TagReading } from './read-tags.js'

export interface Piece {
  /** The bracket that opens it; undefined for text outside of brackets. */
  bracket?: string
  text: string
  reading: TagReading
}

type RawPiece = Omit<Piece, 'reading'>

/** What stands between two dashes that part names. */
export interface Part {
  joint: 'start' | 'strong' | 'tight'
  pieces: Piece[]
}

/** A name cut at its dashes, its brackets kept whole. */
export function partsOf(text: string, packed: boolean): Part[] {
  const pieces = piecesOf(text)
  const strong = pieces.some((piece) => piece.bracket === undefined && /\s-+(?:\s|$)/.test(piece.text))
  const parts: Part[] = [{ joint: 'start', pieces: [] }]
  for (const [index, piece] of pieces.entries()) {
    if (piece.bracket !== undefined) parts.at(-1)?.pieces.push(pieceOf(piece))
    else cut(piece.text, packed || !strong, index > 0, parts)
  }
  return yearFirst(parts.filter((part) => part.pieces.length > 0))
}

/** "2004 - Artist - Album", or "2004 - Album" without another year: such a year is no name. */
function yearFirst(parts: Part[]): Part[] {
  const [first, second] = parts
  const piece = first?.pieces[0]
  if (parts.length < 2 || second?.joint !== 'strong' || first?.pieces.length !== 1 || !piece || !YEAR.test(piece.text)) return parts
  if (parts.length < 3 && second.pieces.some(({ reading }) => reading.tags.some((tag) => tag.field === 'year'))) return parts
  return [{ joint: 'start', pieces: [{ ...piece, bracket: '[' }] }, ...parts.slice(1)]
}

const YEAR = /^(?:19|20)\d\d$/
const STRONG = /(\s-+\s|--+|\s-+$)/
/** Dashes of the scene behind a name that has blanks. */
const SCENE_TAGS = /-(?:(?:19|20)\d\d|\d{0,2}(?:cd|lp)[sm]?|web|flac|mp3|vinyl|24bit)-\S+$/i
/** The group of a name that has blanks behind its last tag or its year. */
const GROUP_BEHIND_TAG =
  /(?<=[ .](?:flac|alac|aac|mp3|wav|web|cd|vinyl|320|320kbps|kbps|v0|24bit|16bit|khz))-(?!\d+(?:bit|kbps|k)?$)[^\s-]{2,30}$/i
const GROUP_BEHIND_YEAR = /(?<= (?:19|20)\d\d)-[A-Z][A-Za-z\d]{0,20}[A-Z\d]$/
const ANY = /(\s?-+\s?)/

function cut(text: string, everywhere: boolean, afterBracket: boolean, parts: Part[]): void {
  const led = afterBracket ? /^\s?-+\s?/.exec(text)?.[0] : undefined
  if (led !== undefined) parts.push({ joint: jointOf(led), pieces: [] })
  const behind = text.slice(led?.length ?? 0)
  const whole = everywhere || (led === '-' && !/\s/.test(behind))
  const chunks = behind.split(whole ? ANY : STRONG)
  for (const [index, chunk] of chunks.entries()) {
    const tags = whole || index % 2 === 1 ? -1 : endOfBlanks(chunk)
    if (index % 2 === 1) parts.push({ joint: jointOf(chunk), pieces: [] })
    else if (tags > 0) {
      parts.at(-1)?.pieces.push(pieceOf({ text: chunk.slice(0, tags) }))
      cut(chunk.slice(tags), true, true, parts)
    } else if (/[^\s,.;|]/.test(chunk)) parts.at(-1)?.pieces.push(pieceOf({ text: chunk }))
  }
}

/** Where the dashes of the scene begin in a text with blanks. */
function endOfBlanks(text: string): number {
  if (!text.includes('-')) return -1
  const forms = [SCENE_TAGS, GROUP_BEHIND_TAG, GROUP_BEHIND_YEAR]
  return forms.reduce((found, form) => (found >= 0 ? found : text.search(form)), -1)
}

function pieceOf({ bracket, text: raw }: RawPiece): Piece {
  const text = raw.trim()
  return { bracket, text, reading: readTags(text) }
}

function jointOf(dash: string): Part['joint'] {
  return /^\s.*\s$|--/.test(dash) ? 'strong' : 'tight'
}

const OPENERS = '([{'
const CLOSERS: Record<string, string> = { '(': ')', '[': ']', '{': '}' }

/** Brackets may be nested; one that is not closed ends with the text, a closing one without an opening one is text. */
function piecesOf(text: string): RawPiece[] {
  const pieces: RawPiece[] = []
  let from = 0
  for (let at = 0; at < text.length; at++) {
    const open = text[at] as string
    if (!OPENERS.includes(open)) continue
    const end = closing(text, at)
    pieces.push({ text: text.slice(from, at) }, { bracket: open, text: text.slice(at + 1, end) })
    from = end + 1
    at = end
  }
  pieces.push({ text: text.slice(from) })
  return pieces.filter((piece) => piece.bracket !== undefined || piece.text.trim() !== '')
}

function closing(text: string, start: number): number {
  const open = text[start] as string
  const close = CLOSERS[open] as string
  let depth = 0
  for (let at = start; at < text.length; at++) {
    if (text[at] === open) depth++
    else if (text[at] === close && --depth === 0) return at
  }
  const first = text.indexOf(close, start)
  return first < 0 ? text.length : first
}
