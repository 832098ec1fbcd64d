import { StageError, type Ticket } from '@torrentino/domain'
import { pathsOf } from './choose-files.js'
import type { DownloadFacts } from './decide-download.js'
import type { DownloadDeps } from './download-stage.js'
import type { Keeping } from './keep-all.js'
import { indexesOf, selectAlso } from './select-files.js'
import { noteComplete, untilComplete } from './until-complete.js'

/** Loads what the ticket wants. What other tickets want of the torrent is theirs to wait for. */
export async function fetchFiles(
  ticket: Ticket,
  { infoHash, home, files, choice, paths }: Keeping,
  deps: DownloadDeps,
  signal: AbortSignal,
): Promise<DownloadFacts> {
  const { torrents, holdings, bus } = deps
  await holdings.exclusively(infoHash, async () => {
    await torrents.noteWish(infoHash, ticket.id, paths)
    await selectAlso(home.member, { infoHash, files, paths, noted: true }, torrents)
  })
  await bus.publish.hint({ kind: 'torrent_registered', ticketId: ticket.id })
  const all = untilComplete(ticket, infoHash, home, deps, { signal, indexes: indexesOf(files, paths) })
  const stall = await all.then(() => null, stallOf)
  const loaded = stall ? { ...choice, cover: undefined } : choice
  const own = new Set(pathsOf(loaded))
  // Where all tracks are here, no picture is worth failing for.
  const isNoted = await noteComplete(infoHash, [...own], home, deps)
  if (stall && !isNoted) throw stall
  const bytes = files.filter(({ path }) => own.has(path)).reduce((sum, { size_bytes }) => sum + size_bytes, 0)
  return { kind: 'loaded', choice: loaded, folder: home.folder, bytes }
}

function stallOf(error: unknown): StageError {
  if (error instanceof StageError && error.code === 'download_stalled') return error
  throw error
}
