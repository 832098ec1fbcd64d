import type { TagSet } from './audio-tags.js'
import { pageLength, pagesOf, readPage, renumber } from './ogg-page.js'
import { brokenFile, type TaggedFile } from './tagged-file.js'
import { vorbisComment } from './vorbis-comment.js'

const LARGEST_PAGE = 65_307
const WINDOW = 1 << 20
const MAX_HEAD_BYTES = 64 << 20

/** Ogg with Vorbis or Opus: the comment packet is exchanged, the pages after it get new numbers. */
export async function tagOgg(file: TaggedFile, set: TagSet): Promise<void> {
  const pages = pagesIn(file)
  const first = (await pages.next()).value
  if (!first) throw brokenFile('it is no Ogg')
  const opus = readPage(first).body.toString('latin1', 0, 8) === 'OpusHead'
  const setup = await headPackets(pages, opus ? 1 : 2)
  const comment = vorbisComment(set, { pictureAsComment: true, opus })
  const packets = opus ? [opusTags(comment)] : [vorbisTags(comment), ...setup.slice(1)]
  const ours = pagesOf(packets, first.readUInt32LE(14), 1)
  await file.write(first, ...ours)
  let sequence = ours.length + 1
  for await (const page of pages) {
    renumber(page, sequence++)
    await file.write(page)
  }
}

/** The packets behind the first page, up to the audio. */
async function headPackets(pages: AsyncGenerator<Buffer, undefined>, count: number): Promise<Buffer[]> {
  const packets: Buffer[] = []
  let parts: Buffer[] = []
  let bytes = 0
  while (packets.length < count) {
    const { value } = await pages.next()
    if (!value) throw brokenFile('it ends before its audio')
    bytes += value.length
    if (bytes > MAX_HEAD_BYTES) throw brokenFile('its head is larger than any honest one')
    const { lacing, body } = readPage(value)
    let at = 0
    for (const length of lacing) {
      parts.push(body.subarray(at, at + length))
      at += length
      if (length === 255) continue
      packets.push(Buffer.concat(parts))
      parts = []
    }
  }
  if (packets.length !== count || parts.length > 0) throw brokenFile('its audio begins in the middle of a page')
  return packets
}

/** Pages in order, read in large pieces. */
async function* pagesIn(file: TaggedFile): AsyncGenerator<Buffer, undefined> {
  let at = 0
  let window: Buffer = Buffer.alloc(0)
  let start = 0
  while (at < file.size) {
    if (at + LARGEST_PAGE > start + window.length && start + window.length < file.size) {
      start = at
      window = await file.read(at, Math.min(WINDOW, file.size - at))
    }
    const rest = window.subarray(at - start)
    const length = pageLength(rest)
    if (length === undefined || length > rest.length) throw brokenFile('its pages do not follow each other')
    yield rest.subarray(0, length)
    at += length
  }
}

function vorbisTags(comment: Buffer): Buffer {
  return Buffer.concat([Buffer.from('\x03vorbis', 'latin1'), comment, Buffer.from([1])])
}

function opusTags(comment: Buffer): Buffer {
  return Buffer.concat([Buffer.from('OpusTags', 'latin1'), comment])
}
