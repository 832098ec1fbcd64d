import type { ContentItem, SourceFile, TorrentFile } from '@torrentino/domain'
import { imagesAmong, sheetsOf } from './images.js'
import { wantedTracks } from './pair-score.js'
import { type AudioFile, readAudioFile } from './read-audio-file.js'

export const MAX_LISTED = 20_000

/** Tracks that are parts of a disc in one file, with the cue sheet that says which part. Which disc is theirs must be beyond doubt. */
export function discParts(items: readonly ContentItem[], files: readonly TorrentFile[]): SourceFile[] {
  const listed = files.slice(0, MAX_LISTED)
  const audio = listed.flatMap((file) => readAudioFile(file) ?? [])
  const images = [...imagesAmong(audio, listed, wantedTracks(items).tracks)].sort((a, b) => (a.path < b.path ? -1 : 1))
  const several = new Set(items.map(({ discNumber }) => discNumber ?? 1)).size > 1
  return items.flatMap((item) => {
    const image = imageFor(item.discNumber ?? 1, images, several)
    const sheet = image && (sheetsOf(image, audio, listed)[0] ?? sheetInside(image))
    return image && sheet ? [{ item_id: item.id, torrent_file_path: image.path, cue_path: sheet }] : []
  })
}

/** Rippers like to put it into the tags of these; whether they did shows when the file is here. */
function sheetInside({ path, extension }: AudioFile): string | undefined {
  return ['flac', 'ape', 'wv'].includes(extension) ? path : undefined
}

/** By the number of its folder or name; a lone one of a lone disc needs none. */
function imageFor(disc: number, images: readonly AudioFile[], several: boolean): AudioFile | undefined {
  if (images.length === 1 && !several) return images[0]
  const numbered = images.filter((image) => numberOf(image) === disc)
  return numbered.length === 1 ? numbered[0] : undefined
}

function numberOf({ disc, path }: AudioFile): number | undefined {
  if (disc !== undefined) return disc
  const [, inName] = /(?:cd|dis[ck])[\s_.#-]*(\d{1,2})(?!\d)[^/]*$/i.exec(path) ?? []
  return inName === undefined ? undefined : Number(inName)
}
