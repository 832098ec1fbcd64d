import type { TagSet } from './audio-tags.js'
import { id3Tag } from './id3-tag.js'
import { brokenFile, type TaggedFile } from './tagged-file.js'

const MAX_RIFF = 0xffff_ffff

/** WAV: a list of RIFF's own for old programs, and an ID3 tag for those that know more. */
export async function tagWav(file: TaggedFile, set: TagSet): Promise<void> {
  if ((await file.read(0, 4)).toString('latin1') !== 'RIFF') throw brokenFile('it is no WAV')
  const chunks = Buffer.concat([chunk('LIST', infoList(set)), chunk('id3 ', id3Tag(set))])
  const padding = file.size % 2
  const length = file.size + padding + chunks.length - 8
  if (length > MAX_RIFF) throw brokenFile('a WAV of more than 4 GB has no room for tags')
  await file.copy(0, file.size)
  await file.write(Buffer.alloc(padding), chunks)
  const size = Buffer.alloc(4)
  size.writeUInt32LE(length)
  await file.overwrite(4, size)
}

function infoList({ tags }: TagSet): Buffer {
  const fields: [string, string | number | undefined][] = [
    ['INAM', tags.title],
    ['IART', tags.artist],
    ['IPRD', tags.album],
    ['ICRD', tags.year],
    ['IGNR', tags.genre],
    ['ITRK', tags.track],
  ]
  const texts = fields.flatMap(([id, value]) => (value === undefined ? [] : [chunk(id, Buffer.from(`${value}\0`, 'utf8'))]))
  return Buffer.concat([Buffer.from('INFO', 'latin1'), ...texts])
}

function chunk(id: string, body: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.write(id, 'latin1')
  head.writeUInt32LE(body.length, 4)
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)])
}
