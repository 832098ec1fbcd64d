import type { TagSet } from './audio-tags.js'
import { fromSynchsafe, id3Tag } from './id3-tag.js'
import { brokenFile, type TaggedFile } from './tagged-file.js'

const ID3_HEAD = 10
const ID3V1_BYTES = 128
const APE_FOOTER = 32
const APE_HAS_HEADER = 0x8000_0000
const MAX_TAGS = 100

/** MP3: the frames stay byte for byte, with what encoders note for gapless playing; the tags around them go. */
export async function tagMp3(file: TaggedFile, set: TagSet): Promise<void> {
  const from = await startOfAudio(file)
  const to = await endOfAudio(file, from)
  if (to <= from) throw brokenFile('it is nothing but tags')
  await file.write(id3Tag(set))
  await file.copy(from, to)
}

async function startOfAudio(file: TaggedFile): Promise<number> {
  let at = 0
  for (let count = 0; count < MAX_TAGS && at + ID3_HEAD < file.size; count++) {
    const head = await file.read(at, ID3_HEAD)
    if (head.toString('latin1', 0, 3) !== 'ID3') return at
    const footer = head.readUInt8(5) & 0x10 ? ID3_HEAD : 0
    at += ID3_HEAD + fromSynchsafe(head.subarray(6)) + footer
  }
  return at
}

async function endOfAudio(file: TaggedFile, from: number): Promise<number> {
  let end = file.size
  for (let count = 0; count < MAX_TAGS; count++) {
    const shorter = (await beforeId3v1(file, from, end)) ?? (await beforeApe(file, from, end))
    if (shorter === undefined) return end
    end = shorter
  }
  return end
}

async function beforeId3v1(file: TaggedFile, from: number, end: number): Promise<number | undefined> {
  if (end - ID3V1_BYTES < from) return undefined
  const mark = await file.read(end - ID3V1_BYTES, 3)
  return mark.toString('latin1') === 'TAG' ? end - ID3V1_BYTES : undefined
}

async function beforeApe(file: TaggedFile, from: number, end: number): Promise<number | undefined> {
  if (end - APE_FOOTER < from) return undefined
  const footer = await file.read(end - APE_FOOTER, APE_FOOTER)
  if (footer.toString('latin1', 0, 8) !== 'APETAGEX') return undefined
  const bytes = footer.readUInt32LE(12) + (footer.readUInt32LE(20) & APE_HAS_HEADER ? APE_FOOTER : 0)
  return bytes >= APE_FOOTER && end - bytes >= from ? end - bytes : undefined
}
