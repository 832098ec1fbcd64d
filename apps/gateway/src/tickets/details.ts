import {
  blockedBy,
  type CandidateView,
  type ItemView,
  publicCandidate,
  requestedItems,
  type Ticket,
  type TicketDetails,
  type Work,
} from '@torrentino/domain'
import { readWait } from '@torrentino/pipeline'
import type { StoredCandidate, TicketItemRow } from '@torrentino/store'
import type { GatewayDeps } from '../deps.js'
import { historyOf, stageSeconds, stageTimes } from './history.js'
import { placeInLine } from './place-in-line.js'
import { summaryOf } from './summary.js'

const STATES_WITH_CANDIDATES = ['matching', 'needs_approval', 'dry_run_complete']
// A discography may have thousands of files; a page of an answer need not.
const FILES_SHOWN = 1000

export async function detailsView({ store, bus }: Pick<GatewayDeps, 'store' | 'bus'>, ticket: Ticket, now: Date): Promise<TicketDetails> {
  const [wait, place, steps, rows, links, candidates] = await Promise.all([
    ticket.stage === null ? null : readWait(bus, ticket),
    placeInLine(bus, ticket),
    store.steps.history(ticket.id),
    store.items.of(ticket.id),
    store.claims.links(ticket.id),
    STATES_WITH_CANDIDATES.includes(ticket.state.name) ? store.candidates.of(ticket.id, ticket.work.candidates_version ?? 0) : undefined,
  ])
  const history = historyOf(steps, now)
  return {
    ...summaryOf(ticket),
    wait,
    place_in_line: place,
    request: ticket.request,
    ...(candidates === undefined ? {} : { candidates: candidates.map((candidate) => candidateView(candidate, ticket.work)) }),
    blocklist: ticket.work.blocklist ?? [],
    items: itemViews(ticket, rows),
    history,
    linked_to: links.linkedTo?.ticketId ?? null,
    linked_state: links.linkedTo?.state ?? null,
    linked_tickets: [...new Set([...ticket.request.linked_tickets, ...links.linked])],
    stage_seconds: stageSeconds(history),
    stage_times: stageTimes(history),
  }
}

function candidateView(stored: StoredCandidate, { blocklist }: Work): CandidateView {
  const { idx, torrent, score, trackMapping, reasons } = publicCandidate(stored)
  return {
    idx,
    torrent: { ...torrent, files: torrent.files?.slice(0, FILES_SHOWN), files_count: torrent.files?.length ?? null },
    score,
    track_mapping: trackMapping,
    reasons,
    reasoning: reasons.map((reason) => reason.text).join('; '),
    blocked: blockedBy(blocklist, stored.torrent)?.reason ?? null,
  }
}

function itemViews(ticket: Ticket, rows: readonly TicketItemRow[]): ItemView[] {
  const byId = new Map(rows.map((row) => [row.itemId, row]))
  return requestedItems(ticket.request).map(({ id, kind, name, destPath }) => {
    const row = byId.get(id)
    return {
      item_id: id,
      kind,
      name,
      dest_path: destPath,
      status: row?.status ?? 'wanted',
      attempts: row?.attempts ?? 0,
      due_at: row?.dueAt?.toISOString() ?? null,
      error: row?.error ?? null,
      size: row?.size ?? null,
      sha256: row?.sha256 ?? null,
      info: row?.info ?? null,
    }
  })
}
