import type { ByteReader } from './byte-reader.js'
import { type SoundInfo, sizedSound } from './media-info.js'

const STREAM_INFO = 0
const PICTURE = 6
const LAST = 0x80
const MAX_BLOCKS = 1000

/** Undefined for all that is not plain: what stands in front of the mark, or a length that nobody knew when it was written. */
export async function readFlacHead(reader: ByteReader, sizeBytes: number): Promise<SoundInfo | undefined> {
  reader.skip(4)
  let info: Buffer | undefined
  let pictures = 0
  for (let count = 0; count < MAX_BLOCKS; count++) {
    const head = await reader.take(4)
    if (!head) return undefined
    const [kind, length] = [head.readUInt8(0) & ~LAST, head.readUIntBE(1, 3)]
    if ((kind === STREAM_INFO) !== (count === 0) || (count === 0 && length !== 34)) return undefined
    if (kind === STREAM_INFO) info = await reader.take(length)
    else reader.skip(length)
    if (kind === PICTURE) pictures += 1
    if (head.readUInt8(0) & LAST) return (await beginsFrame(reader)) && info ? soundOf(info, sizeBytes, pictures) : undefined
  }
  return undefined
}

async function beginsFrame(reader: ByteReader): Promise<boolean> {
  const sync = await reader.take(2)
  return sync !== undefined && (sync.readUInt16BE(0) & 0xfffe) === 0xfff8
}

/** Rate, channels, depth and length lie side by side in 64 bits. */
function soundOf(info: Buffer, sizeBytes: number, attachedPictures: number): SoundInfo | undefined {
  const bits = info.readBigUInt64BE(10)
  const sampleRateHz = Number(bits >> 44n)
  const samples = Number(bits & 0xf_ffff_ffffn)
  if (sampleRateHz === 0 || samples === 0) return undefined
  const channels = Number((bits >> 41n) & 7n) + 1
  const bitDepth = Number((bits >> 36n) & 31n) + 1
  const audio = { codec: 'flac', sampleRateHz, channels, bitrateKbps: null, bitDepth }
  return sizedSound({ format: 'flac', durationSecs: samples / sampleRateHz, sizeBytes, audio, attachedPictures })
}
