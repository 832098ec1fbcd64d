import type pg from 'pg'

export interface CleanupCandidate {
  infoHash: string
  sizeBytes: number
}

/** Small enough that the index is read however few torrents there are. */
export const CLEANUP_PAGE = 100

/** Met is also what the indexer demanded. */
const OWES = `coalesce(t.ratio < t.min_ratio, false) or t.min_seed_time_secs is not null and t.seeded_secs < t.min_seed_time_secs`

export const CLEANUP_CANDIDATES = `
select t.info_hash as "infoHash", t.size_bytes::float8 as "sizeBytes", t.last_accessed as "lastAccessed" from torrents t
where t.status = 'goal_met' and not t.pinned and (t.last_accessed, t.info_hash) > ($1::timestamptz, $2)
  and not (${OWES}) and not exists (select from torrent_uses u where u.info_hash = t.info_hash)
order by t.last_accessed, t.info_hash limit $3`

/**
 * What may go so that so many bytes become free, least recently used first: it has met its goal, is not pinned, and no ticket needs it.
 * As many as it takes, so the last one may free more than was asked for.
 */
export async function cleanupCandidates(pool: pg.Pool, bytesToFree: number): Promise<CleanupCandidate[]> {
  const chosen: CleanupCandidate[] = []
  let freed = 0
  let after: [Date | string, string] = ['-infinity', '']
  for (;;) {
    const values = [...after, CLEANUP_PAGE]
    const { rows } = await pool.query<CleanupCandidate & { lastAccessed: Date }>({
      name: 'catalog-cleanup',
      text: CLEANUP_CANDIDATES,
      values,
    })
    for (const { infoHash, sizeBytes } of rows) {
      if (freed >= bytesToFree) return chosen
      chosen.push({ infoHash, sizeBytes })
      freed += sizeBytes
    }
    const last = rows.at(-1)
    if (!last || rows.length < CLEANUP_PAGE) return chosen
    after = [last.lastAccessed, last.infoHash]
  }
}

/** What all torrents take on disk. */
export async function bytesHeld(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query<{ bytes: number }>('select coalesce(sum(size_bytes), 0)::float8 as bytes from torrents')
  return rows[0]?.bytes ?? 0
}
