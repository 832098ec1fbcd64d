import { blockedBy, type ScoreReason, type Ticket, type TorrentCandidate, type TrackMapping } from '@torrentino/domain'
import { decideMatch, nameKey, scoreInTurns, wantedNames } from '@torrentino/matching'
import type { RunContext } from '@torrentino/pipeline'
import type { SearchExecuted } from '@torrentino/providers'
import type { Catalog, Cover, Torrents } from '@torrentino/store'

/** A torrent that we have, with everything the ticket wants. */
export interface CatalogFind {
  candidate: TorrentCandidate
  mapping: TrackMapping[]
  score: number
  reasons: ScoreReason[]
  executed: SearchExecuted
}

export interface CatalogDeps {
  catalog: Pick<Catalog, 'findCoverage' | 'files' | 'hold' | 'noteWish'>
  torrents: Pick<Torrents, 'find'>
  /** What the rules must be sure of, where nobody has confirmed the files as these tracks before. */
  autoApproveThreshold: number
}

export const CATALOG = 'catalog'
const LOOKED_AT = 3
const MAX_FILES = 20_000

/**
 * Asks nobody but the database. A dry run shows what indexers have, and who forces a search does not want what we have: for these
 * the catalog is not looked at. What failed this ticket before is not used again.
 */
export async function findInCatalog(ticket: Ticket, deps: CatalogDeps, run: RunContext): Promise<CatalogFind | null> {
  const { request, work } = ticket
  if (request.dry_run) return null
  const { artist, album } = request.search
  await deps.catalog.noteWish(ticket.id, artist, nameKey(artist))
  if (work.forced_query !== undefined) return null
  const began = performance.now()
  const wanted = wantedNames(request)
  const blocked = work.blocklist?.flatMap(({ info_hash }) => info_hash ?? [])
  const covers = await deps.catalog.findCoverage(wanted, blocked)
  const whole = covers.filter(({ tracks }) => tracks.length === wanted.length).slice(0, LOOKED_AT)
  for (const cover of whole) {
    const found = await judged(ticket, cover, deps, run)
    if (!found || !(await deps.catalog.hold(cover.infoHash, ticket.id))) continue
    const executed = {
      ...{ searcher_name: CATALOG, strategy: CATALOG, query: [artist, album].filter(Boolean).join(' ') },
      ...{ results_count: whole.length, duration_ms: Math.round(performance.now() - began) },
    }
    return { ...found, executed }
  }
  return null
}

async function judged(
  ticket: Ticket,
  cover: Cover,
  deps: CatalogDeps,
  { signal, now }: RunContext,
): Promise<Omit<CatalogFind, 'executed'> | null> {
  const candidate = await candidateOf(cover, deps)
  const [scored] = candidate ? await scoreInTurns(ticket.request, [candidate], signal) : []
  const isBlocked = candidate !== null && blockedBy(ticket.work.blocklist, candidate) !== undefined
  if (!candidate || isBlocked || !scored || isPoorFormat(scored.reasons)) return null
  if (cover.tracks.every(({ confirmed }) => confirmed)) {
    const mapping = cover.tracks.map(({ id, filePath }) => ({ catalog_track_id: id, torrent_file_path: filePath, confidence: 1 }))
    const text = `all ${mapping.length} tracks are in a torrent that we have, in files that were confirmed as these before`
    return { candidate, mapping, score: 1, reasons: [{ code: 'confirmed_before', points: 1, text }] }
  }
  const verdict = decideMatch(ticket.request, [scored], { autoApproveThreshold: deps.autoApproveThreshold, now: now() })
  const isWhole = scored.track_mapping.length === cover.tracks.length
  return verdict.kind === 'sure' && isWhole
    ? { candidate, mapping: scored.track_mapping, score: scored.score, reasons: scored.reasons }
    : null
}

/** Confirmed or not: from lossy files nothing lossless is made, and from poor ones nothing good. */
function isPoorFormat(reasons: readonly ScoreReason[]): boolean {
  return reasons.some(({ code, points }) => code === 'format' && points < 0)
}

async function candidateOf({ infoHash, name }: Cover, { catalog, torrents }: CatalogDeps): Promise<TorrentCandidate | null> {
  const [torrent, contents] = await Promise.all([torrents.find(infoHash), catalog.files(infoHash, 0, MAX_FILES)])
  if (!torrent) return null
  const files = contents.map(({ filePath, sizeBytes }) => ({ path: filePath, size_bytes: sizeBytes }))
  return {
    title: name,
    indexer: CATALOG,
    info_hash: infoHash,
    ...(torrent.magnetUri !== null && { magnet_uri: torrent.magnetUri }),
    size_bytes: files.reduce((sum, { size_bytes }) => sum + size_bytes, 0),
    // Ourselves.
    seeders: 1,
    leechers: 0,
    files,
  }
}
