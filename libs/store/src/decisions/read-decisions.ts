import { ApprovalReason, AUDIT_PAYLOADS, type AuditEntry, type DecisionKind, type HumanVerdict, type Ticket } from '@torrentino/domain'
import { z } from 'zod'
import type { StoredCandidate } from '../candidates.js'
import type { HistoryEntry } from '../steps.js'
import type { Store } from '../store.js'
import { verdictAfter } from './verdict.js'

/** A decision of the matcher with everything that is stored around it. */
export interface Decision {
  ticket: Ticket
  at: string
  kind: DecisionKind
  /** Why a person was asked. */
  reason: ApprovalReason | null
  matching: z.infer<typeof AUDIT_PAYLOADS.MatchingCompleted>
  candidates: StoredCandidate[]
  verdict: HumanVerdict
}

export interface Range {
  since?: Date
  until?: Date
  ticketId?: string
}

export type DecisionStore = {
  audit: Pick<Store['audit'], 'list'>
  tickets: Pick<Store['tickets'], 'find'>
  steps: Pick<Store['steps'], 'history'>
  candidates: Pick<Store['candidates'], 'of'>
}

export type OnUnreadable = (ticketId: string, error: Error) => void

/** Entries hold all candidates with their reasons, and candidates may hold long lists of files. */
const PAGE = 20
const KINDS: Record<string, DecisionKind> = { match_sure: 'sure', match_unsure: 'unsure', match_previewed: 'dry_run' }

/** In the order in which they were made, a few at a time. One that cannot be read is told of and passed over. */
export async function* readDecisions(
  store: DecisionStore,
  { since, until, ticketId }: Range,
  onUnreadable: OnUnreadable,
): AsyncGenerator<Decision> {
  let after: string | undefined
  do {
    const filter = { ticketId, eventTypes: ['MatchingCompleted' as const], from: since, to: until, order: 'oldest' as const }
    const page = await store.audit.list({ ...filter, limit: PAGE, after })
    for (const entry of page.entries) {
      const decision = await decisionOf(store, entry).catch((error: Error) => onUnreadable(entry.ticket_id ?? '', error))
      if (decision) yield decision
    }
    after = page.next ?? undefined
  } while (after !== undefined)
}

/** In one line; the errors of schemas have many. */
export function unreadableText(ticketId: string, error: Error): string {
  const why = error instanceof z.ZodError ? z.prettifyError(error).replace(/\s+/g, ' ') : error.message
  return `a decision of ticket ${ticketId} cannot be read: ${why}`
}

async function decisionOf(store: DecisionStore, entry: AuditEntry): Promise<Decision | undefined> {
  const { ticket_id: id, at } = entry
  if (id === null) return undefined
  const [ticket, history] = await Promise.all([store.tickets.find(id), store.steps.history(id)])
  // The entry and its step were written in one statement, with one time.
  const place = history.findIndex((step) => step.at === at && step.cause in KINDS)
  const step = history[place]
  // What is only kept is chosen by its size, too, and larger rather than smaller: nothing is to be learned from that.
  if (!ticket || !step || ticket.request.keep_only) return undefined
  return {
    ticket,
    at,
    kind: KINDS[step.cause] as DecisionKind,
    reason: ApprovalReason.safeParse(step.details.reason).data ?? null,
    matching: AUDIT_PAYLOADS.MatchingCompleted.parse(entry.payload),
    candidates: await store.candidates.of(id, searchVersion(history.slice(0, place))),
    verdict: verdictAfter(history.slice(place + 1)),
  }
}

/** Candidates are stored under the version that found them. */
function searchVersion(before: HistoryEntry[]): number {
  return before.findLast((step) => step.cause === 'candidates_found')?.version ?? 0
}
