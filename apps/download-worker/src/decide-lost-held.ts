import { type Ticket, withBlocked } from '@torrentino/domain'
import type { Outcome } from '@torrentino/pipeline'
import { FRESH } from './decide-next.js'

/** It searches anew, without that torrent; what was loaded meanwhile stands in the catalog. */
export function decideLostHeld({ work }: Ticket, infoHash: string, at: string): Outcome {
  const reason = 'Files of a torrent that we had are not there any more.'
  const blocked = { info_hash: infoHash, title: '', size_bytes: 0, code: 'held_files_missing', reason }
  return {
    kind: 'step',
    type: 'candidate_failed',
    reason,
    state: { name: 'pending' },
    work: { ...FRESH, blocklist: withBlocked(work.blocklist, { ...blocked, at }) },
    details: { failed_candidate: blocked },
    audit: [{ type: 'CandidateBlocked', payload: { ...blocked, next_idx: null } }],
  }
}
