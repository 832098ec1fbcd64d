import type { Picture, TagSet } from './audio-tags.js'
import { box, boxesIn, boxesOf } from './mp4-boxes.js'
import { namedFields } from './tag-fields.js'
import { brokenFile, type TaggedFile } from './tagged-file.js'

const DATA = { implicit: 0, utf8: 1, jpeg: 13, png: 14 } as const
const MAX_INDEX_BYTES = 256 << 20
const OWNER = 'com.apple.iTunes'

/** MP4 as our ffmpeg writes it, with its index behind the audio: a longer index moves nothing. */
export async function tagMp4(file: TaggedFile, set: TagSet): Promise<void> {
  const boxes = await boxesOf(file)
  const moov = boxes.at(-1)
  if (moov?.type !== 'moov' || moov.end - moov.start > MAX_INDEX_BYTES) throw brokenFile('its index is not at its end')
  const body = (await file.read(moov.start, moov.end - moov.start)).subarray(8)
  const kept = boxesIn(body).filter(({ type }) => type !== 'udta')
  await file.copy(0, moov.start)
  await file.write(box('moov', ...kept.map(({ start, end }) => body.subarray(start, end)), userData(set)))
}

function userData(set: TagSet): Buffer {
  const handler = Buffer.concat([Buffer.alloc(8), Buffer.from('mdirappl', 'latin1'), Buffer.alloc(9)])
  return box('udta', box('meta', Buffer.alloc(4), box('hdlr', handler), box('ilst', ...items(set))))
}

function items({ tags, picture, loudness }: TagSet): Buffer[] {
  const named = namedFields({ tags, loudness }).map(({ mp4, values }) => {
    const texts = values.map((value) => data(DATA.utf8, Buffer.from(value, 'utf8')))
    return mp4.startsWith('----:') ? freeform(mp4.slice(5), texts) : box(mp4, ...texts.slice(0, 1))
  })
  if (tags.track !== undefined) named.push(box('trkn', data(DATA.implicit, pair(tags.track, tags.trackTotal, 8))))
  if (tags.disc !== undefined) named.push(box('disk', data(DATA.implicit, pair(tags.disc, tags.discTotal, 6))))
  if (picture) named.push(box('covr', data(kindOf(picture), picture.data)))
  return named
}

function freeform(name: string, texts: Buffer[]): Buffer {
  const word = (type: string, text: string) => box(type, Buffer.alloc(4), Buffer.from(text, 'utf8'))
  return box('----', word('mean', OWNER), word('name', name), ...texts)
}

function data(kind: number, body: Buffer): Buffer {
  const head = Buffer.alloc(8)
  head.writeUInt32BE(kind)
  return box('data', head, body)
}

function pair(value: number, total: number | undefined, bytes: number): Buffer {
  const buffer = Buffer.alloc(bytes)
  buffer.writeUInt16BE(value, 2)
  buffer.writeUInt16BE(total ?? 0, 4)
  return buffer
}

function kindOf({ mime }: Picture): number {
  return mime === 'image/png' ? DATA.png : DATA.jpeg
}
