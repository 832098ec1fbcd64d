import type { Ticket, TorrentFile } from '@torrentino/domain'
import { isAudioFile } from '@torrentino/matching'
import type { TorrentFileStatus } from '@torrentino/providers'
import { type Choice, MAX_PICTURE_BYTES, PICTURE } from './choose-files.js'
import type { DownloadFacts } from './decide-download.js'
import type { DownloadDeps } from './download-stage.js'
import { TORRENT_AWAITED, wayGiven } from './give-way.js'
import type { Home } from './pool/homes.js'
import { selectAlso } from './select-files.js'
import { noteComplete, untilComplete } from './until-complete.js'

export interface Keeping {
  infoHash: string
  home: Home
  files: readonly TorrentFileStatus[]
  choice: Choice
  /** What is kept of them. */
  paths: readonly string[]
}

const SHEET = /\.cue$/i
const MAX_SHEET_BYTES = 1_000_000

/** What later tickets may want: the audio, sheets by which it is cut, and pictures, one of which may be a cover. */
export function worthKeeping(files: readonly TorrentFile[]): TorrentFile[] {
  return files.filter((file) => {
    const isPicture = PICTURE.test(file.path) && file.size_bytes > 0 && file.size_bytes <= MAX_PICTURE_BYTES
    const isSheet = SHEET.test(file.path) && file.size_bytes > 0 && file.size_bytes <= MAX_SHEET_BYTES
    return isPicture || isSheet || isAudioFile(file)
  })
}

/**
 * Loads all that is worth keeping. It is noted as wanted only when it is there: a ticket that comes to the torrent meanwhile chooses
 * its own files alone, has them at once, and the rest goes on after it.
 */
export async function keepAll(ticket: Ticket, keeping: Keeping, deps: DownloadDeps, signal: AbortSignal): Promise<DownloadFacts> {
  const { infoHash, home, choice, paths } = keeping
  if (!(await want(keeping, deps))) return wayGiven(TORRENT_AWAITED)
  const bytes = await untilComplete(ticket, infoHash, home, deps, { signal })
  // Another one narrowed the choice: it was that which was completed.
  if (!(await noteComplete(infoHash, paths, home, deps))) return wayGiven(TORRENT_AWAITED)
  return { kind: 'loaded', choice, folder: home.folder, bytes }
}

/** False where a ticket needs the torrent: it notes that before it chooses, so that its choice is not undone. */
function want({ infoHash, home, files, paths }: Keeping, { torrents, holdings }: DownloadDeps): Promise<boolean> {
  return holdings.exclusively(infoHash, async () => {
    if (await torrents.isAwaited(infoHash)) return false
    await selectAlso(home.member, { infoHash, files, paths, noted: false }, torrents)
    return true
  })
}
