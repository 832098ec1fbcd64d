import type { CandidateSource, TorrentCandidate } from '@torrentino/domain'

const MAX_SOURCES = 50

/**
 * One candidate per torrent, best seeded first. Two are the same torrent where they have a hash of either version in common.
 * Indexer and download link stay a pair, because the link is opened with that indexer's key; everything else is taken
 * from whoever knows more, and of several demands the strictest.
 */
export function mergeCandidates(candidates: readonly TorrentCandidate[], max: number): TorrentCandidate[] {
  return groupsOf(candidates).map(mergeGroup).sort(bySeeders).slice(0, max)
}

interface Group {
  infoHash?: string
  members: TorrentCandidate[]
}

function groupsOf(candidates: readonly TorrentCandidate[]): TorrentCandidate[][] {
  const byKey = new Map<string, Group>()
  for (const candidate of [...candidates].sort(bySeeders)) {
    const group = groupFor(candidate, byKey)
    group.infoHash ??= candidate.info_hash
    group.members.push(candidate)
    for (const key of keysOf(candidate)) if (!byKey.has(key)) byKey.set(key, group)
  }
  return [...new Set(byKey.values())].map((group) => group.members)
}

/** A hash of version 2 joins those who know only that one with the hybrid, but never two different torrents of version 1. */
function groupFor({ info_hash: v1, info_hash_v2: v2, ...rest }: TorrentCandidate, byKey: Map<string, Group>): Group {
  const [own] = keysOf({ info_hash: v1, ...rest }).map((key) => byKey.get(key))
  const twin = v2 === undefined ? undefined : byKey.get(v2)
  if (v1 === undefined) return twin ?? own ?? { members: [] }
  if (!twin || twin === own) return own ?? { members: [] }
  if (twin.infoHash !== undefined) return own ?? { members: [] }
  if (!own) return twin
  own.members.push(...twin.members)
  byKey.set(v2 as string, own)
  return own
}

function keysOf({ info_hash, info_hash_v2, download_url, indexer, title }: TorrentCandidate): string[] {
  const hashes = [info_hash, info_hash_v2].filter((hash) => hash !== undefined)
  return hashes.length > 0 ? hashes : [download_url ?? `${indexer}\n${title}`]
}

function mergeGroup(group: TorrentCandidate[]): TorrentCandidate {
  const ranked = [...group].sort(bySeeders)
  const best = ranked[0] as TorrentCandidate
  const main = ranked.find((candidate) => candidate.download_url !== undefined) ?? best
  const sources = sourcesOf(ranked)
  return {
    ...main,
    magnet_uri: main.magnet_uri ?? firstOf(ranked, 'magnet_uri'),
    info_hash: main.info_hash ?? firstOf(ranked, 'info_hash'),
    info_hash_v2: main.info_hash_v2 ?? firstOf(ranked, 'info_hash_v2'),
    sources: sources.length > 1 ? sources : undefined,
    size_bytes: main.size_bytes || (ranked.find((candidate) => candidate.size_bytes > 0)?.size_bytes ?? 0),
    seeders: best.seeders,
    leechers: best.leechers,
    files: main.files ?? firstOf(ranked, 'files'),
    publish_date: main.publish_date ?? firstOf(ranked, 'publish_date'),
    min_ratio: strictest(ranked, 'min_ratio'),
    min_seed_time_secs: strictest(ranked, 'min_seed_time_secs'),
  }
}

/** Everybody who offers it, once for each way to it. */
function sourcesOf(ranked: TorrentCandidate[]): CandidateSource[] {
  const sources = new Map<string, CandidateSource>()
  const all = ranked.flatMap((candidate) => candidate.sources ?? [candidate]).sort(bestSource)
  for (const { indexer, seeders, leechers, download_url } of all) {
    const key = `${indexer}\n${download_url ?? ''}`
    if (!sources.has(key)) sources.set(key, { indexer, seeders, leechers, ...(download_url !== undefined && { download_url }) })
  }
  return [...sources.values()].slice(0, MAX_SOURCES)
}

function bestSource(a: CandidateSource, b: CandidateSource): number {
  return b.seeders - a.seeders || compare(a.indexer, b.indexer) || compare(a.download_url ?? '', b.download_url ?? '')
}

function firstOf<K extends keyof TorrentCandidate>(candidates: TorrentCandidate[], key: K): TorrentCandidate[K] | undefined {
  return candidates.find((candidate) => candidate[key] !== undefined)?.[key]
}

function strictest(candidates: TorrentCandidate[], key: 'min_ratio' | 'min_seed_time_secs'): number | undefined {
  const demands = candidates.flatMap((candidate) => candidate[key] ?? [])
  return demands.length > 0 ? Math.max(...demands) : undefined
}

/** A fixed order, so that the same answers always give the same list. */
function bySeeders(a: TorrentCandidate, b: TorrentCandidate): number {
  return (
    b.seeders - a.seeders ||
    compare(a.title, b.title) ||
    compare(a.indexer, b.indexer) ||
    compare(a.info_hash ?? '', b.info_hash ?? '') ||
    compare(a.info_hash_v2 ?? '', b.info_hash_v2 ?? '') ||
    compare(a.download_url ?? '', b.download_url ?? '')
  )
}

function compare(a: string, b: string): number {
  if (a === b) return 0
  return a < b ? -1 : 1
}
