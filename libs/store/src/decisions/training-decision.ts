import { TrainingDecision, withoutHeld } from '@torrentino/domain'
import type { Decision } from './read-decisions.js'

/** A line of the training data. What its schema does not name is left out. */
export function trainingDecision({ ticket, at, kind, reason, matching, candidates, verdict }: Decision): TrainingDecision {
  const { state } = ticket
  const { request } = withoutHeld(ticket)
  const stored = new Map(candidates.map(({ idx, torrent }) => [idx, torrent]))
  return TrainingDecision.parse({
    format: 1,
    ticket_id: ticket.id,
    decided_at: at,
    request: { ...request, requested_by: ticket.requestedBy },
    candidates: matching.candidates_scored.map((judged) => ({ ...offerOf(stored.get(judged.idx)), ...judged })),
    matcher: matching,
    choice: { ...matching, kind, reason },
    verdict,
    outcome: {
      state: state.name,
      failure: state.name === 'failed' ? state.code : null,
      missing_items: state.name === 'completed' ? (state.missing_items?.length ?? 0) : 0,
    },
  })
}

function offerOf(torrent: Decision['candidates'][number]['torrent'] | undefined) {
  return torrent ?? { size_bytes: 0, seeders: 0, leechers: 0 }
}
