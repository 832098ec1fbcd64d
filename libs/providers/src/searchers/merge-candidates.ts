import type { TorrentCandidate } from '@torrentino/domain'

/**
 * One candidate per info hash, best seeded first. Indexer and download link stay a pair, because the link is opened
 * with that indexer's key; everything else is taken from whoever knows more.
 */
export function mergeCandidates(candidates: readonly TorrentCandidate[], max: number): TorrentCandidate[] {
  const groups = new Map<string, TorrentCandidate[]>()
  for (const candidate of candidates) {
    const key = candidate.info_hash ?? candidate.download_url ?? `${candidate.indexer}\n${candidate.title}`
    const group = groups.get(key)
    if (group) group.push(candidate)
    else groups.set(key, [candidate])
  }
  return [...groups.values()].map(mergeGroup).sort(bySeeders).slice(0, max)
}

function mergeGroup(group: TorrentCandidate[]): TorrentCandidate {
  const ranked = [...group].sort(bySeeders)
  const best = ranked[0] as TorrentCandidate
  const source = ranked.find((candidate) => candidate.download_url !== undefined) ?? best
  return {
    ...source,
    magnet_uri: source.magnet_uri ?? firstOf(ranked, 'magnet_uri'),
    size_bytes: source.size_bytes || (ranked.find((candidate) => candidate.size_bytes > 0)?.size_bytes ?? 0),
    seeders: best.seeders,
    leechers: best.leechers,
    files: source.files ?? firstOf(ranked, 'files'),
    publish_date: source.publish_date ?? firstOf(ranked, 'publish_date'),
  }
}

function firstOf<K extends keyof TorrentCandidate>(candidates: TorrentCandidate[], key: K): TorrentCandidate[K] | undefined {
  return candidates.find((candidate) => candidate[key] !== undefined)?.[key]
}

/** A fixed order, so that the same answers always give the same list. */
function bySeeders(a: TorrentCandidate, b: TorrentCandidate): number {
  return (
    b.seeders - a.seeders || compare(a.title, b.title) || compare(a.indexer, b.indexer) || compare(a.info_hash ?? '', b.info_hash ?? '')
  )
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
