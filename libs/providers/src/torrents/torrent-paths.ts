import { findPathClash, StageError } from '@torrentino/domain'

const MAX_FILES = 20_000
const MAX_SEGMENTS = 64
const MAX_PATH_BYTES = 3000
const MAX_SEGMENT_BYTES = 255
/** An engine writes `<name>.aria2__temp` beside the content; a longer name leaves no room for that. */
const MAX_NAME_BYTES = 240

export interface ListedFile {
  path: string
  size_bytes: number
  /** Filler between files of hybrid torrents; equal ones share a path. */
  padding: boolean
}

export function checkFileCount(count: number): void {
  if (count > MAX_FILES) throw unsafe(`it has ${count} files, at most ${MAX_FILES} are taken`)
}

/** Refuses names and paths that could leave the torrent's folder, hide, or fail when they are written. */
export function checkTorrentPaths(name: string, files: readonly ListedFile[]): void {
  checkSegment(name)
  if (Buffer.byteLength(name) > MAX_NAME_BYTES) throw unsafe(`its name is longer than ${MAX_NAME_BYTES} bytes`)
  for (const file of files) {
    if (Buffer.byteLength(file.path) > MAX_PATH_BYTES) throw unsafe(`a path in it is longer than ${MAX_PATH_BYTES} bytes`)
    const segments = file.path.split('/')
    if (segments.length > MAX_SEGMENTS) throw unsafe(`a path in it is deeper than ${MAX_SEGMENTS} folders`)
    segments.forEach(checkSegment)
  }
  checkClashes(files)
}

function checkSegment(segment: string): void {
  if (segment === '' || segment === '.' || segment === '..') throw unsafe('a path in it is absolute or leads out of its folder')
  if (/[/\\\p{Cc}]/u.test(segment)) throw unsafe('a name in it has a control character or a slash')
  if (Buffer.byteLength(segment) > MAX_SEGMENT_BYTES) throw unsafe(`a name in it is longer than ${MAX_SEGMENT_BYTES} bytes`)
}

function checkClashes(files: readonly ListedFile[]): void {
  const padding = new Map<string, number>()
  const written = files.filter((file) => {
    const repeated = file.padding && padding.get(file.path) === file.size_bytes
    if (file.padding) padding.set(file.path, file.size_bytes)
    return !repeated
  })
  if (findPathClash(written.map((file) => `/${file.path}`))) throw unsafe('two files in it would lie at the same place')
}

function unsafe(why: string): StageError {
  return new StageError(
    'permanent',
    'torrent_unsafe',
    `The torrent was refused before anything was fetched: ${why}. Choose another release.`,
  )
}
