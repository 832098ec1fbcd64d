import { pageLength, readPage } from '../tags/ogg-page.js'
import type { ByteReader } from './byte-reader.js'
import { type AudioInfo, type SoundInfo, sizedSound } from './media-info.js'

const LARGEST_PAGE = 65_307
const MAX_COMMENT_PAGES = 600
const OPUS_RATE = 48_000
const PICTURE = 'METADATA_BLOCK_PICTURE='
const [FIRST, LAST] = [2, 4]

interface Stream {
  audio: AudioInfo
  /** Samples to a second of the positions that pages have. */
  rate: number
  /** In front of the comments. */
  commentMark: string
}

/** One stream of Vorbis or Opus from the first page to the last; undefined for anything else that Ogg may hold. */
export async function readOggHead(reader: ByteReader, sizeBytes: number): Promise<SoundInfo | undefined> {
  const first = await nextPage(reader)
  const stream = first && streamOf(readPage(first).body)
  if (!stream || first.readUInt8(5) !== FIRST) return undefined
  const serial = first.readUInt32LE(14)
  const comment = await commentPacket(reader, serial)
  const samples = await lastPosition(reader, serial, sizeBytes)
  if (!comment || samples === undefined || samples <= 0) return undefined
  const attachedPictures = picturesIn(comment, stream.commentMark)
  if (attachedPictures === undefined) return undefined
  return sizedSound({ format: 'ogg', durationSecs: samples / stream.rate, sizeBytes, audio: stream.audio, attachedPictures })
}

function streamOf(packet: Buffer): Stream | undefined {
  if (packet.length >= 30 && packet.toString('latin1', 0, 7) === '\x01vorbis') {
    const [channels, rate, nominal] = [packet.readUInt8(11), packet.readUInt32LE(12), packet.readInt32LE(20)]
    if (channels === 0 || rate === 0) return undefined
    const bitrateKbps = nominal > 0 ? Math.round(nominal / 1000) : null
    const audio = { codec: 'vorbis', sampleRateHz: rate, channels, bitrateKbps, bitDepth: null }
    return { audio, rate, commentMark: '\x03vorbis' }
  }
  if (packet.length < 19 || packet.toString('latin1', 0, 8) !== 'OpusHead' || packet.readUInt8(9) === 0) return undefined
  const audio = { codec: 'opus', sampleRateHz: OPUS_RATE, channels: packet.readUInt8(9), bitrateKbps: null, bitDepth: null }
  return { audio, rate: OPUS_RATE, commentMark: 'OpusTags' }
}

async function nextPage(reader: ByteReader): Promise<Buffer | undefined> {
  const from = reader.at
  const head = await reader.take(27)
  const lacing = head && (await reader.take(head.readUInt8(26)))
  const length = lacing && pageLength(Buffer.concat([head, lacing]))
  if (length === undefined) return undefined
  reader.at = from
  return reader.take(length)
}

async function commentPacket(reader: ByteReader, serial: number): Promise<Buffer | undefined> {
  const parts: Buffer[] = []
  for (let count = 0; count < MAX_COMMENT_PAGES; count++) {
    const page = await nextPage(reader)
    if (!page || page.readUInt32LE(14) !== serial) return undefined
    const { lacing, body } = readPage(page)
    const end = lacing.findIndex((length) => length < 255)
    if (end === -1) parts.push(body)
    else
      return Buffer.concat([
        ...parts,
        body.subarray(
          0,
          lacing.subarray(0, end + 1).reduce((sum, length) => sum + length, 0),
        ),
      ])
  }
  return undefined
}

/** Where the last page says that the sound ends. */
async function lastPosition(reader: ByteReader, serial: number, sizeBytes: number): Promise<number | undefined> {
  reader.at = Math.max(0, sizeBytes - LARGEST_PAGE)
  const tail = await reader.take(Math.min(sizeBytes, LARGEST_PAGE))
  for (let at = tail?.lastIndexOf('OggS') ?? -1; tail && at >= 0; at = at === 0 ? -1 : tail.lastIndexOf('OggS', at - 1)) {
    const page = tail.subarray(at)
    if (pageLength(page) !== page.length) continue
    const whole = page.readUInt32LE(14) === serial && (page.readUInt8(5) & LAST) !== 0
    return whole ? Number(page.readBigInt64LE(6)) : undefined
  }
  return undefined
}

function picturesIn(packet: Buffer, mark: string): number | undefined {
  if (packet.toString('latin1', 0, mark.length) !== mark) return undefined
  let at = mark.length
  const next = () => {
    const length = at + 4 <= packet.length ? packet.readUInt32LE(at) : packet.length
    at += 4
    return length
  }
  const vendorBytes = next()
  at += vendorBytes
  let pictures = 0
  for (let count = next(); count > 0; count--) {
    const length = next()
    if (at + length > packet.length) return undefined
    if (packet.toString('latin1', at, at + PICTURE.length).toUpperCase() === PICTURE) pictures += 1
    at += length
  }
  return pictures
}
