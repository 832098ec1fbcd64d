import type { TorrentFile } from '@torrentino/domain'
import { grouped } from '../grouped.js'
import type { WantedTrack } from './pair-score.js'
import type { AudioFile } from './read-audio-file.js'

/** Bytes per second that no encoding of one song exceeds, and that usual ones do not. */
const MOST = { lossless: 700_000, lossy: 45_000 }
const USUAL = { lossless: 150_000, lossy: 42_000 }
/** What even a quiet recording needs. */
const LEAST = { lossless: 60_000, lossy: 10_000 }
const USUAL_TRACK_SECS = 300

/**
 * Files that hold a whole disc in one, to be cut by a cue sheet: none of them is a track.
 * A lone file with a sheet beside it, or one that is far too large for any of the tracks.
 */
export function imagesAmong(audio: readonly AudioFile[], files: readonly TorrentFile[], tracks: readonly WantedTrack[]): Set<AudioFile> {
  const neighbours = grouped(audio, ({ path }) => folderOf(path))
  const sheets = grouped(
    files.flatMap(({ path }) => (/\.cue$/i.test(path) ? path : [])),
    folderOf,
  )
  const longest = Math.max(0, ...tracks.map(({ item }) => item.expectedDurationSecs ?? USUAL_TRACK_SECS))
  const isImage = (file: AudioFile) => {
    const kind = file.lossless ? 'lossless' : 'lossy'
    const alone = neighbours.get(folderOf(file.path))?.length === 1
    if (alone && file.sizeBytes > longest * MOST[kind]) return true
    if (audio.length === 1 && tracks.length >= 3 && file.sizeBytes > longest * USUAL[kind]) return true
    return hasSheet(file, sheets.get(folderOf(file.path)) ?? [], alone) && file.sizeBytes > 1.8 * longest * LEAST[kind]
  }
  return new Set(audio.filter(isImage))
}

/** The sheets that may cut the file, its namesake first. */
export function sheetsOf({ path, extension }: AudioFile, audio: readonly AudioFile[], files: readonly TorrentFile[]): string[] {
  const folder = folderOf(path)
  const sheets = files.flatMap((file) => (/\.cue$/i.test(file.path) && folderOf(file.path) === folder ? file.path : []))
  const own = sheets.filter((sheet) => isNamesake(sheet, path, extension))
  const alone = audio.filter((other) => folderOf(other.path) === folder).length === 1
  return own.length > 0 || !alone ? own : sheets
}

/** Rippers leave sheets beside single tracks too: only one of the file's own name, or beside a lone file, cuts it. */
function hasSheet({ path, extension }: AudioFile, sheets: string[], alone: boolean): boolean {
  return sheets.some((sheet) => alone || isNamesake(sheet, path, extension))
}

/** `Disc.cue` and `Disc.flac.cue` are both in use beside `Disc.flac`. */
function isNamesake(sheet: string, path: string, extension: string): boolean {
  const stem = path.slice(0, -extension.length - 1)
  return sheet.slice(0, -4) === stem || sheet.slice(0, -4) === path
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')))
}
