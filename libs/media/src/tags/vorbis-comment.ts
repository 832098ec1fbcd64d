import type { Picture, TagSet } from './audio-tags.js'
import { r128Gain } from './gain.js'
import { namedFields } from './tag-fields.js'

const VENDOR = 'Quentin Torrentino'
const FRONT_COVER = 3
const COLOUR_DEPTH = 24

export interface VorbisCommentOptions {
  /** Ogg has no place for pictures but a comment; FLAC has a block of its own. */
  pictureAsComment: boolean
  /** Opus keeps its gain in its own field. */
  opus?: boolean
}

/** The comment block that Ogg and FLAC share, without a frame around it. */
export function vorbisComment({ tags, picture, loudness }: TagSet, { pictureAsComment, opus }: VorbisCommentOptions): Buffer {
  const comments = namedFields({ tags, loudness: opus ? undefined : loudness }).flatMap(({ vorbis, values }) =>
    values.map((value) => `${vorbis}=${value}`),
  )
  for (const [name, value] of numbered(tags)) comments.push(`${name}=${value}`)
  if (opus && loudness) comments.push(`R128_TRACK_GAIN=${r128Gain(loudness)}`)
  if (picture && pictureAsComment) comments.push(`METADATA_BLOCK_PICTURE=${pictureBlock(picture).toString('base64')}`)
  return Buffer.concat([sized(VENDOR), little(comments.length), ...comments.map(sized)])
}

/** Totals have fields of their own here, under two names that are both in use. */
function numbered({ track, trackTotal, disc, discTotal }: TagSet['tags']): [string, number][] {
  const fields: [string, number | undefined][] = [
    ['TRACKNUMBER', track],
    ['TRACKTOTAL', trackTotal],
    ['TOTALTRACKS', trackTotal],
    ['DISCNUMBER', disc],
    ['DISCTOTAL', discTotal],
    ['TOTALDISCS', discTotal],
  ]
  return fields.filter((field): field is [string, number] => field[1] !== undefined)
}

/** FLAC's picture block. */
export function pictureBlock({ mime, width, height, data }: Picture): Buffer {
  const kind = Buffer.from(mime, 'latin1')
  const words = (...values: number[]) => Buffer.concat(values.map(big))
  return Buffer.concat([words(FRONT_COVER, kind.length), kind, words(0, width, height, COLOUR_DEPTH, 0, data.length), data])
}

function sized(text: string): Buffer {
  const bytes = Buffer.from(text, 'utf8')
  return Buffer.concat([little(bytes.length), bytes])
}

function little(value: number): Buffer {
  const buffer = Buffer.alloc(4)
  buffer.writeUInt32LE(value)
  return buffer
}

function big(value: number): Buffer {
  const buffer = Buffer.alloc(4)
  buffer.writeUInt32BE(value)
  return buffer
}
