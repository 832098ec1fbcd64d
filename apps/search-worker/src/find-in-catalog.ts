import {
  blockedBy,
  type HeldFiles,
  type ScoredCandidate,
  type ScoreReason,
  type Ticket,
  type TorrentCandidate,
  type TrackMapping,
} from '@torrentino/domain'
import { decideMatch, scoreInTurns, wantedNames } from '@torrentino/matching'
import type { RunContext } from '@torrentino/pipeline'
import type { SearchExecuted } from '@torrentino/providers'
import type { Catalog, Cover, CoveredTrack, StoredTorrent, Torrents } from '@torrentino/store'

/** A torrent that we have, with everything the ticket wants, or all but what others that we have hold. */
export interface CatalogFind {
  candidate: TorrentCandidate
  mapping: TrackMapping[]
  held?: HeldFiles[]
  score: number
  reasons: ScoreReason[]
  executed: SearchExecuted
}

export interface CatalogDeps {
  catalog: Pick<Catalog, 'findCoverage' | 'files' | 'hold'>
  torrents: Pick<Torrents, 'find'>
  /** What the rules must be sure of, where nobody has confirmed the files as these tracks before. */
  autoApproveThreshold: number
}

export const CATALOG = 'catalog'
const LOOKED_AT = 3
const MAX_FILES = 20_000

/** What torrents that we have hold of what a ticket wants. */
export interface CatalogLook {
  /** The best first. */
  covers: Cover[]
  began: number
}

/** Asks nobody but the database. What failed this ticket before is not used again. */
export async function lookInCatalog({ request, work }: Ticket, { catalog }: CatalogDeps): Promise<CatalogLook> {
  const began = performance.now()
  const blocked = work.blocklist?.flatMap(({ info_hash }) => info_hash ?? [])
  return { covers: await catalog.findCoverage(wantedNames(request), blocked), began }
}

/** A torrent with all of it, `without` these. */
export async function findWhole(
  ticket: Ticket,
  { covers, began }: CatalogLook,
  deps: CatalogDeps,
  run: RunContext,
  without: readonly string[] = [],
): Promise<CatalogFind | null> {
  const { length } = wantedNames(ticket.request)
  const whole = covers.filter(({ infoHash, tracks }) => tracks.length === length && !without.includes(infoHash)).slice(0, LOOKED_AT)
  for (const cover of whole) {
    const found = await judged(ticket, cover, deps, run)
    if (!found || !(await deps.catalog.hold(cover.infoHash, ticket.id))) continue
    return { ...found, executed: catalogEntry(ticket, whole.length, began) }
  }
  return null
}

export function catalogEntry({ request }: Ticket, results: number, began: number): SearchExecuted {
  const query = [request.search.artist, request.search.album].filter(Boolean).join(' ')
  const common = { searcher_name: CATALOG, strategy: CATALOG, query }
  return { ...common, results_count: results, duration_ms: Math.round(performance.now() - began) }
}

async function judged(ticket: Ticket, cover: Cover, deps: CatalogDeps, run: RunContext): Promise<Omit<CatalogFind, 'executed'> | null> {
  const found = await fitting(ticket, cover, deps, run)
  if (!found) return null
  const { candidate, scored } = found
  if (cover.tracks.every(({ confirmed }) => confirmed)) {
    const mapping = mappingOf(cover.tracks)
    const text = `all ${mapping.length} tracks are in a torrent that we have, in files that were confirmed as these before`
    return { candidate, mapping, score: 1, reasons: [{ code: 'confirmed_before', points: 1, text }] }
  }
  const verdict = decideMatch(ticket.request, [scored], { autoApproveThreshold: deps.autoApproveThreshold, now: run.now() })
  const isWhole = scored.track_mapping.length === cover.tracks.length
  return verdict.kind === 'sure' && isWhole
    ? { candidate, mapping: scored.track_mapping, score: scored.score, reasons: scored.reasons }
    : null
}

export interface JudgedCover {
  candidate: TorrentCandidate
  scored: ScoredCandidate
  folder: string
}

/** Null where it has failed the ticket before, or its format is too poor. */
export async function fitting(
  ticket: Ticket,
  { infoHash, name }: Cover,
  deps: CatalogDeps,
  { signal }: RunContext,
): Promise<JudgedCover | null> {
  const torrent = await deps.torrents.find(infoHash)
  if (!torrent) return null
  const candidate = await candidateOf(torrent, name, deps)
  if (blockedBy(ticket.work.blocklist, candidate) !== undefined) return null
  const [scored] = await scoreInTurns(ticket.request, [candidate], signal)
  return scored && !isPoorFormat(scored.reasons) ? { candidate, scored, folder: torrent.folder } : null
}

export function mappingOf(tracks: readonly CoveredTrack[]): TrackMapping[] {
  return tracks.map(({ id, filePath }) => ({ catalog_track_id: id, torrent_file_path: filePath, confidence: 1 }))
}

/** Confirmed or not: from lossy files nothing lossless is made, and from poor ones nothing good. */
function isPoorFormat(reasons: readonly ScoreReason[]): boolean {
  return reasons.some(({ code, points }) => code === 'format' && points < 0)
}

async function candidateOf({ infoHash, magnetUri }: StoredTorrent, title: string, { catalog }: CatalogDeps): Promise<TorrentCandidate> {
  const contents = await catalog.files(infoHash, 0, MAX_FILES)
  const files = contents.map(({ filePath, sizeBytes }) => ({ path: filePath, size_bytes: sizeBytes }))
  return {
    title,
    indexer: CATALOG,
    info_hash: infoHash,
    ...(magnetUri !== null && { magnet_uri: magnetUri }),
    size_bytes: files.reduce((sum, { size_bytes }) => sum + size_bytes, 0),
    // Ourselves.
    seeders: 1,
    leechers: 0,
    files,
  }
}
