import type { TagSet } from './audio-tags.js'
import { brokenFile, type TaggedFile } from './tagged-file.js'
import { pictureBlock, vorbisComment } from './vorbis-comment.js'

const KEPT = { streamInfo: 0, seekTable: 3 } as const
const COMMENT = 4
const PICTURE = 6
const LAST = 0x80
const MAX_BLOCKS = 1000
const MAX_BLOCK_BYTES = 0xff_ffff

/** FLAC: stream information and seek points stay, all else in front of the audio is ours. */
export async function tagFlac(file: TaggedFile, set: TagSet): Promise<void> {
  const { kept, audioAt } = await readBlocks(file)
  const ours = [{ type: COMMENT, body: vorbisComment(set, { pictureAsComment: false }) }]
  if (set.picture) ours.push({ type: PICTURE, body: pictureBlock(set.picture) })
  const blocks = [...kept, ...ours]
  await file.write(Buffer.from('fLaC', 'latin1'))
  for (const [index, { type, body }] of blocks.entries()) await file.write(headOf(type, body.length, index === blocks.length - 1), body)
  await file.copy(audioAt, file.size)
}

async function readBlocks(file: TaggedFile) {
  if ((await file.read(0, 4)).toString('latin1') !== 'fLaC') throw brokenFile('it is no FLAC')
  const kept: { type: number; body: Buffer }[] = []
  let at = 4
  for (let count = 0; count < MAX_BLOCKS; count++) {
    const head = await file.read(at, 4)
    const type = head.readUInt8(0) & ~LAST
    const length = head.readUIntBE(1, 3)
    at += 4
    if (type === KEPT.streamInfo || type === KEPT.seekTable) kept.push({ type, body: await file.read(at, length) })
    at += length
    if (head.readUInt8(0) & LAST) return { kept, audioAt: at }
  }
  throw brokenFile('it has more blocks than any honest FLAC')
}

function headOf(type: number, length: number, last: boolean): Buffer {
  if (length > MAX_BLOCK_BYTES) throw brokenFile('a block of tags is too large for FLAC')
  const head = Buffer.alloc(4)
  head.writeUInt8(last ? type | LAST : type)
  head.writeUIntBE(length, 1, 3)
  return head
}
