import type { HeldFiles, Ticket } from '@torrentino/domain'
import { wantedNames } from '@torrentino/matching'
import type { RunContext } from '@torrentino/pipeline'
import type { SearchExecuted } from '@torrentino/providers'
import type { Cover, CoveredTrack } from '@torrentino/store'
import {
  type CatalogDeps,
  type CatalogFind,
  type CatalogLook,
  catalogEntry,
  fitting,
  type JudgedCover,
  mappingOf,
} from './find-in-catalog.js'

/** Tracks that lie on disk already, in files that were confirmed as these before; the rest is to be searched for. */
export interface Parts {
  held: HeldFiles[]
  executed: SearchExecuted
  /** The same for a ticket that is content with a part, where the rest is not to be had. */
  alone: CatalogFind
}

interface Part {
  judged: JudgedCover
  cover: Cover
  tracks: CoveredTrack[]
}

/** Where no torrent has all of it: what several have together, else what is lacking to it. */
export async function findParts(
  ticket: Ticket,
  { covers, began }: CatalogLook,
  deps: CatalogDeps,
  run: RunContext,
): Promise<CatalogFind | Parts | null> {
  const [best, ...others] = await gatherParts(ticket, covers, deps, run)
  if (!best) return null
  const parts: [Part, ...Part[]] = [best, ...others]
  const executed = catalogEntry(ticket, parts.length, began)
  const found = togetherIn(parts, executed)
  const isWhole = parts.reduce((sum, { tracks }) => sum + tracks.length, 0) === wantedNames(ticket.request).length
  return isWhole ? found : { held: parts.map(heldOf), executed, alone: found }
}

function togetherIn([first, ...others]: [Part, ...Part[]], executed: SearchExecuted): CatalogFind {
  const mapping = mappingOf(first.tracks)
  const text = `the tracks are in ${others.length + 1} torrents that we have, in files that were confirmed as these before`
  const reasons = [{ code: 'confirmed_before', points: 1, text }]
  return { candidate: first.judged.candidate, mapping, score: 1, reasons, executed, held: others.map(heldOf) }
}

/** Each torrent, the best first, for the tracks that those before it lack. */
async function gatherParts(ticket: Ticket, covers: readonly Cover[], deps: CatalogDeps, run: RunContext): Promise<Part[]> {
  const taken = new Set<string>()
  const parts: Part[] = []
  for (const cover of covers) {
    const tracks = cover.tracks.filter(({ id, confirmed, here }) => confirmed && here && !taken.has(id))
    if (tracks.length === 0) continue
    const judged = await fitting(onlyTracks(ticket, tracks), cover, deps, run)
    if (!judged || !(await deps.catalog.hold(cover.infoHash, ticket.id))) continue
    for (const { id } of tracks) taken.add(id)
    parts.push({ judged, cover, tracks })
  }
  return parts
}

/** Once it is loaded, the torrent will spare the ticket some of the search. */
export async function hasPartIn(
  infoHash: string,
  ticket: Ticket,
  { covers }: CatalogLook,
  deps: CatalogDeps,
  run: RunContext,
): Promise<boolean> {
  const cover = covers.find((one) => one.infoHash === infoHash)
  const tracks = cover?.tracks.filter(({ confirmed }) => confirmed) ?? []
  return cover !== undefined && tracks.length > 0 && (await fitting(onlyTracks(ticket, tracks), cover, deps, run)) !== null
}

/** The format of a torrent is judged by what would be taken of it. */
function onlyTracks(ticket: Ticket, covered: readonly CoveredTrack[]): Ticket {
  const ids = new Set(covered.map(({ id }) => id))
  const tracks = ticket.request.tracks.map((track) => ({ ...track, requested: ids.has(track.catalog_track_id) }))
  return { ...ticket, request: { ...ticket.request, tracks } }
}

function heldOf({ cover, judged, tracks }: Part): HeldFiles {
  const files = tracks.map(({ id, filePath, sizeBytes }) => ({ item_id: id, torrent_file_path: filePath, size_bytes: sizeBytes }))
  return { info_hash: cover.infoHash, folder: judged.folder, files }
}
