import { type ApprovalReason, type DecisionKind, type HumanVerdict, withoutHeld } from '@torrentino/domain'
import type { Decision } from '@torrentino/store'
import type { Judge, Opinion } from './judges.js'

export interface Choice {
  kind: DecisionKind
  idx: number | null
  title: string | null
  score: number
  reason: ApprovalReason['type'] | null
}

export interface Replayed {
  ticket_id: string
  decided_at: string
  wanted: string
  was: Choice
  now: Choice
  changed: boolean
  verdict: HumanVerdict
  /** Whether the choice was what the person said; null where nobody said anything. */
  was_right: boolean | null
  is_right: boolean | null
  /** Present where a model was asked. */
  model?: Opinion['model']
}

/** The same candidates once more, as on the day of the decision. */
export async function replay(decision: Decision, judge: Judge): Promise<Replayed> {
  const { ticket, at, verdict } = decision
  const stored = decision.candidates.map(({ torrent }) => torrent)
  const was = oldChoice(decision)
  const opinion = await judge(withoutHeld(ticket).request, stored, new Date(at))
  const now = newChoice(opinion, ticket.request.dry_run)
  const { artist, album, year } = ticket.request.search
  return {
    ticket_id: ticket.id,
    decided_at: at,
    wanted: [artist, album].filter((part) => part !== undefined).join(' - ') + (year === undefined ? '' : ` (${year})`),
    was,
    now,
    changed: was.kind !== now.kind || was.idx !== now.idx,
    verdict,
    was_right: isRight(was, verdict),
    is_right: isRight(now, verdict),
    ...(opinion.model && { model: opinion.model }),
  }
}

function oldChoice({ kind, reason, matching, candidates }: Decision): Choice {
  const idx = matching.selected_idx
  const judged = matching.candidates_scored.find((candidate) => candidate.idx === idx)
  const title = judged?.title ?? candidates.find((candidate) => candidate.idx === idx)?.torrent.title ?? null
  return { kind, idx, title, score: matching.confidence, reason: reason?.type ?? null }
}

function newChoice({ scored, decision }: Opinion, dryRun: boolean): Choice {
  const idx = decision.recommendedIdx < 0 ? null : decision.recommendedIdx
  return {
    kind: dryRun ? 'dry_run' : decision.kind,
    idx,
    title: idx === null ? null : (scored[idx]?.torrent.title ?? null),
    score: decision.confidence,
    reason: decision.reason?.type ?? null,
  }
}

/** An approved candidate should be the one on top; where none was good enough, nothing should have been taken. */
function isRight({ kind, idx }: Choice, verdict: HumanVerdict): boolean | null {
  if (verdict.type === 'none') return null
  return verdict.type === 'approved' ? idx === verdict.idx : kind !== 'sure'
}
