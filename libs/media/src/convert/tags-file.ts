import type { Codec } from './codecs.js'
import type { AudioTags } from './conversion.js'

/**
 * The tags in ffmpeg's metadata format. A file and not arguments: a cover inside a comment is larger than a command line may be.
 */
export function tagsFile(tags: AudioTags, codec: Codec, pictureBlock?: string): string {
  const fields = {
    title: tags.title,
    artist: tags.artist,
    album: tags.album,
    album_artist: tags.albumArtist,
    date: tags.year,
    genre: tags.genre,
    ...counted(codec, 'track', tags.track, 'TRACKTOTAL', tags.trackTotal),
    ...counted(codec, 'disc', tags.disc, 'DISCTOTAL', tags.discTotal),
    METADATA_BLOCK_PICTURE: pictureBlock,
  }
  const lines = Object.entries(fields).flatMap(([key, value]) => (value === undefined ? [] : [`${key}=${escaped(String(value))}`]))
  return [';FFMETADATA1', ...lines, ''].join('\n')
}

function counted(codec: Codec, key: string, value: number | undefined, totalKey: string, total: number | undefined) {
  if (value === undefined) return {}
  if (total === undefined) return { [key]: value }
  return codec.totals === 'slash' ? { [key]: `${value}/${total}` } : { [key]: value, [totalKey]: total }
}

function escaped(value: string): string {
  return value.replaceAll('\0', '').replace(/[=;#\\\n]/g, '\\$&')
}
