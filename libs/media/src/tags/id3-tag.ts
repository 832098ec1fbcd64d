import type { Picture, TagSet } from './audio-tags.js'
import { namedFields } from './tag-fields.js'

const UTF8 = 3
const FRONT_COVER = 3

/** ID3v2.4: the version with UTF-8 and with several values to a field. */
export function id3Tag({ tags, picture, loudness }: TagSet): Buffer {
  const frames = namedFields({ tags, loudness }).map(({ id3, values }) => named(id3, values))
  const track = counted(tags.track, tags.trackTotal)
  const disc = counted(tags.disc, tags.discTotal)
  if (track) frames.push(textFrame('TRCK', [track]))
  if (disc) frames.push(textFrame('TPOS', [disc]))
  if (picture) frames.push(pictureFrame(picture))
  const body = Buffer.concat(frames)
  return Buffer.concat([Buffer.from('ID3\x04\x00\x00', 'latin1'), synchsafe(body.length), body])
}

function named(name: string, values: readonly string[]): Buffer {
  const [id = '', ...rest] = name.split(':')
  const about = rest.join(':')
  if (id === 'UFID') return frame(id, Buffer.from(`${about}\0${values[0] ?? ''}`, 'latin1'))
  return id === 'TXXX' ? textFrame(id, [about, ...values]) : textFrame(id, values)
}

function textFrame(id: string, texts: readonly string[]): Buffer {
  return frame(id, Buffer.concat([Buffer.from([UTF8]), Buffer.from(texts.join('\0'), 'utf8')]))
}

function pictureFrame({ mime, data }: Picture): Buffer {
  // The description is empty and in Latin-1; some players stumble over others.
  return frame('APIC', Buffer.concat([Buffer.from(`\0${mime}\0${String.fromCharCode(FRONT_COVER)}\0`, 'latin1'), data]))
}

function frame(id: string, body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(id, 'latin1'), synchsafe(body.length), Buffer.alloc(2), body])
}

function counted(value: number | undefined, total: number | undefined): string | undefined {
  if (value === undefined) return undefined
  return total === undefined ? String(value) : `${value}/${total}`
}

/** 28 bits in four bytes of seven, so that no decoder takes them for the start of a frame. */
function synchsafe(value: number): Buffer {
  return Buffer.from([21, 14, 7, 0].map((shift) => (value >>> shift) & 0x7f))
}

export function fromSynchsafe(bytes: Buffer): number {
  return bytes.reduce((sum, byte) => (sum << 7) | (byte & 0x7f), 0)
}
