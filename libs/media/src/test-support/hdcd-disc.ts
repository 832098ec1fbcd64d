import { writeFile } from 'node:fs/promises'

const RATE = 44_100
const SYNC = 0x7e0fa005
/** Bits between two codes: a player forgets what it was told after two seconds. */
const PAUSE = 600

/** `gain`: in steps of a decibel by which a player turns down, 0 to 7. */
export interface HdcdCode {
  peakExtend: boolean
  gain: number
}

/** A 16-bit WAV with a tone whose lowest bits carry the code again and again, as on an HDCD disc. */
export async function makeHdcdDisc(path: string, seconds: number, code: HdcdCode): Promise<string> {
  const samples = seconds * RATE
  const bits = scramble(codeBits(samples, (code.peakExtend ? 0x10 : 0) | code.gain))
  const pcm = Buffer.alloc(samples * 4)
  for (let at = 0; at < samples; at += 1) {
    const tone = Math.trunc(9000 * Math.sin((2 * Math.PI * 440 * at) / RATE))
    const sample = (tone & ~1) | (bits[at] ?? 0)
    pcm.writeInt16LE(sample, at * 4)
    pcm.writeInt16LE(sample, at * 4 + 2)
  }
  await writeFile(path, Buffer.concat([wavHead(pcm.length), pcm]))
  return path
}

function codeBits(count: number, code: number): Uint8Array {
  const bits = new Uint8Array(count)
  for (let from = PAUSE; from + 40 <= count; from += PAUSE) {
    for (let nr = 0; nr < 32; nr += 1) bits[from + nr] = (SYNC >>> (31 - nr)) & 1
    for (let nr = 0; nr < 8; nr += 1) bits[from + 32 + nr] = (code >>> (7 - nr)) & 1
  }
  // Something must be in the register, or the pauses would be silent for ever.
  bits[0] = 1
  return bits
}

/** A player takes each bit together with the ones 5 and 23 before it, so that is undone beforehand. */
function scramble(bits: Uint8Array): Uint8Array {
  const out = new Uint8Array(bits.length)
  for (let at = 0; at < bits.length; at += 1) out[at] = (bits[at] ?? 0) ^ (out[at - 5] ?? 0) ^ (out[at - 23] ?? 0)
  return out
}

function wavHead(bytes: number): Buffer {
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + bytes, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(2, 22)
  head.writeUInt32LE(RATE, 24)
  head.writeUInt32LE(RATE * 4, 28)
  head.writeUInt16LE(4, 32)
  head.writeUInt16LE(16, 34)
  head.write('data', 36)
  head.writeUInt32LE(bytes, 40)
  return head
}
