const HEAD_BYTES = 27
const MAX_SEGMENTS = 255
const SEGMENT_BYTES = 255

export interface OggPage {
  bytes: Buffer
  lacing: Buffer
  body: Buffer
}

/** How long the page is whose first bytes these are, or undefined where they are none. */
export function pageLength(head: Buffer): number | undefined {
  if (head.length < HEAD_BYTES || head.toString('latin1', 0, 4) !== 'OggS') return undefined
  const segments = head.readUInt8(26)
  if (head.length < HEAD_BYTES + segments) return undefined
  let length = HEAD_BYTES + segments
  for (let index = 0; index < segments; index++) length += head.readUInt8(HEAD_BYTES + index)
  return length
}

export function readPage(bytes: Buffer): OggPage {
  const segments = bytes.readUInt8(26)
  return { bytes, lacing: bytes.subarray(HEAD_BYTES, HEAD_BYTES + segments), body: bytes.subarray(HEAD_BYTES + segments) }
}

/** Changes the page in place. */
export function renumber(bytes: Buffer, sequence: number): void {
  bytes.writeUInt32LE(sequence, 18)
  sign(bytes)
}

/** Packets of the head laid out on pages of their own; the audio then begins on a fresh one, as the format wants it. */
export function pagesOf(packets: readonly Buffer[], serial: number, firstSequence: number): Buffer[] {
  const lacing = packets.flatMap(lacingOf)
  const data = Buffer.concat(packets)
  const pages: Buffer[] = []
  let at = 0
  let continued = false
  for (let from = 0; from < lacing.length; from += MAX_SEGMENTS) {
    const segments = lacing.slice(from, from + MAX_SEGMENTS)
    const length = segments.reduce((sum, value) => sum + value, 0)
    const page = Buffer.concat([head(segments, serial, firstSequence + pages.length, continued), data.subarray(at, at + length)])
    sign(page)
    pages.push(page)
    at += length
    continued = segments.at(-1) === SEGMENT_BYTES
  }
  return pages
}

function lacingOf(packet: Buffer): number[] {
  const full = Math.floor(packet.length / SEGMENT_BYTES)
  return [...new Array<number>(full).fill(SEGMENT_BYTES), packet.length % SEGMENT_BYTES]
}

function head(segments: number[], serial: number, sequence: number, continued: boolean): Buffer {
  const buffer = Buffer.alloc(HEAD_BYTES + segments.length)
  buffer.write('OggS', 'latin1')
  buffer.writeUInt8(continued ? 1 : 0, 5)
  // Pages on which no packet ends have no position.
  buffer.writeBigInt64LE(segments.some((value) => value < SEGMENT_BYTES) ? 0n : -1n, 6)
  buffer.writeUInt32LE(serial, 14)
  buffer.writeUInt32LE(sequence, 18)
  buffer.writeUInt8(segments.length, 26)
  buffer.set(segments, HEAD_BYTES)
  return buffer
}

const CRC = Uint32Array.from({ length: 256 }, (_, value) => {
  let remainder = value << 24
  for (let bit = 0; bit < 8; bit++) remainder = remainder & 0x8000_0000 ? (remainder << 1) ^ 0x04c1_1db7 : remainder << 1
  return remainder >>> 0
})

function sign(page: Buffer): void {
  page.writeUInt32LE(0, 22)
  let crc = 0
  for (const byte of page) crc = ((crc << 8) ^ (CRC[(crc >>> 24) ^ byte] as number)) >>> 0
  page.writeUInt32LE(crc, 22)
}
