import { z } from 'zod'
import type { TorrentCandidate } from '../candidate.js'

/** A candidate that failed a ticket, and why. */
export const BlockedCandidate = z.object({
  info_hash: z.string().nullable(),
  title: z.string(),
  size_bytes: z.number().nonnegative(),
  code: z.string(),
  reason: z.string(),
  at: z.string(),
})
export type BlockedCandidate = z.infer<typeof BlockedCandidate>

type Offered = Pick<TorrentCandidate, 'title' | 'size_bytes' | 'info_hash'>

const MAX_BLOCKED = 100
// Indexers round sizes, each in its own way.
const SIZE_TOLERANCE = 0.01

/** Why the candidate is not to be taken again: by its hash, or because it is the same release from elsewhere. */
export function blockedBy(blocklist: readonly BlockedCandidate[] | undefined, offered: Offered): BlockedCandidate | undefined {
  return blocklist?.find(
    (blocked) => (blocked.info_hash !== null && blocked.info_hash === offered.info_hash) || isSameRelease(blocked, offered),
  )
}

/** With the newest last; of those too many to keep the oldest go. */
export function withBlocked(blocklist: readonly BlockedCandidate[] | undefined, blocked: BlockedCandidate): BlockedCandidate[] {
  const others = (blocklist ?? []).filter(({ info_hash, title }) => info_hash !== blocked.info_hash || title !== blocked.title)
  return [...others, blocked].slice(-MAX_BLOCKED)
}

function isSameRelease(blocked: BlockedCandidate, offered: Offered): boolean {
  const name = plain(blocked.title)
  if (name === '' || name !== plain(offered.title)) return false
  const [one, other] = [blocked.size_bytes, offered.size_bytes]
  // One that does not tell its size may well be the same.
  return one === 0 || other === 0 || Math.abs(one - other) <= SIZE_TOLERANCE * Math.max(one, other)
}

function plain(title: string): string {
  return title
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}
