import { StageError } from '@torrentino/domain'

/** A dictionary remembers where its values lie, because an info hash is taken of the bytes as they came. */
export interface BencodeDict {
  readonly entries: ReadonlyMap<string, BencodeValue>
  readonly spans: ReadonlyMap<string, readonly [start: number, end: number]>
}
export type BencodeValue = number | Uint8Array | readonly BencodeValue[] | BencodeDict

const MAX_DEPTH = 32
const MAX_NODES = 500_000
const MAX_INTEGER_CHARS = 20
const MAX_KEY_BYTES = 1024

/** Reads one value and ignores what follows it. Keys are read as latin1, so that any bytes make a distinct key. */
export function decodeBencode(bytes: Uint8Array): BencodeValue {
  return new Reader(bytes).value(0)
}

export function isDict(value: BencodeValue | undefined): value is BencodeDict {
  return typeof value === 'object' && !Array.isArray(value) && !(value instanceof Uint8Array)
}

class Reader {
  private at = 0
  private nodes = 0

  constructor(private readonly bytes: Uint8Array) {}

  value(depth: number): BencodeValue {
    if (depth > MAX_DEPTH) throw broken('it is nested too deeply')
    if (++this.nodes > MAX_NODES) throw broken('it has too many parts')
    const byte = this.peek()
    if (byte === CHAR.i) return this.integer()
    if (byte === CHAR.l) return this.list(depth)
    if (byte === CHAR.d) return this.dict(depth)
    return this.string()
  }

  private integer(): number {
    this.at++
    const text = this.textUntil(CHAR.e)
    if (!/^(0|-?[1-9]\d*)$/.test(text)) throw broken('a number in it is malformed')
    return Number(text)
  }

  private string(): Uint8Array {
    const text = this.textUntil(CHAR.colon)
    if (!/^(0|[1-9]\d*)$/.test(text)) throw broken('a length in it is malformed')
    const end = this.at + Number(text)
    if (end > this.bytes.length) throw broken('it ends too early')
    const value = this.bytes.subarray(this.at, end)
    this.at = end
    return value
  }

  private list(depth: number): BencodeValue[] {
    this.at++
    const items: BencodeValue[] = []
    while (this.peek() !== CHAR.e) items.push(this.value(depth + 1))
    this.at++
    return items
  }

  private dict(depth: number): BencodeDict {
    this.at++
    const entries = new Map<string, BencodeValue>()
    const spans = new Map<string, [number, number]>()
    while (this.peek() !== CHAR.e) {
      const name = this.string()
      if (name.length > MAX_KEY_BYTES) throw broken('a key in it is too long')
      const key = Buffer.from(name).toString('latin1')
      // Readers differ in which of two equal keys they believe; what we check must be what the engine uses.
      if (entries.has(key)) throw broken('a key in it stands twice')
      const start = this.at
      entries.set(key, this.value(depth + 1))
      spans.set(key, [start, this.at])
    }
    this.at++
    return { entries, spans }
  }

  private peek(): number {
    const byte = this.bytes[this.at]
    if (byte === undefined) throw broken('it ends too early')
    return byte
  }

  private textUntil(stop: number): string {
    const end = this.bytes.subarray(this.at, this.at + MAX_INTEGER_CHARS).indexOf(stop)
    if (end < 0) throw broken('a number in it is malformed')
    const text = Buffer.from(this.bytes.subarray(this.at, this.at + end)).toString('latin1')
    this.at += end + 1
    return text
  }
}

const CHAR = { i: 0x69, l: 0x6c, d: 0x64, e: 0x65, colon: 0x3a } as const

function broken(why: string): StageError {
  return new StageError('permanent', 'torrent_invalid', `The torrent cannot be read: ${why}. Choose another release.`)
}
