import type { Bus, Leases } from '@torrentino/bus'
import { type CompletionStats, requestedItems, StageError, type Ticket } from '@torrentino/domain'
import { PlacementError, placeAll } from '@torrentino/media'
import type { Outcome, RunContext, Stage } from '@torrentino/pipeline'
import type { Audit, Items, PlacementJournals, TicketItemRow } from '@torrentino/store'
import { isFilesBusy, withFileLease } from './file-lease.js'
import { journalOf } from './journal.js'

export interface FileDeps {
  placement: PlacementJournals
  leases: Leases
  leaseMs: number
  roots: readonly string[]
  workFolder: string
}

export interface PlaceDeps extends FileDeps {
  items: Pick<Items, 'of'>
  publish: Bus['publish']
  audit: Pick<Audit, 'append'>
  actor: string
  afterEnd(ticket: Ticket): Promise<void>
}

export type PlaceFacts = { kind: 'busy' } | { kind: 'placed'; items: TicketItemRow[] }

const BUSY_MS = 1000

/** placing -> completed or failed. */
export function createPlaceStage(deps: PlaceDeps): Stage<PlaceFacts> {
  return {
    name: 'place',
    gather: async (ticket, run) => {
      try {
        return await place(ticket, deps, run)
      } catch (error) {
        if (isFilesBusy(error)) return { kind: 'busy' }
        throw error
      }
    },
    decide: decidePlaced,
    failureAudit: (_ticket, { message, willRetry, error }) => {
      const rollback = error instanceof PlacementError ? error.rollback : 'nothing_to_roll_back'
      return [{ type: 'PlacementFailed', payload: { error: message, rollback_status: rollback, will_retry: willRetry } }]
    },
    afterEnd: deps.afterEnd,
  }
}

async function place(ticket: Ticket, deps: PlaceDeps, { signal }: RunContext): Promise<PlaceFacts> {
  const items = (await deps.items.of(ticket.id)).filter((item) => item.status === 'done')
  if (items.length === 0) throw new StageError('permanent', 'nothing_to_place', 'no file was made for this ticket')
  const destinations = new Map(requestedItems(ticket.request).map((item) => [item.id, item.destPath]))
  const plan = items.map((item) => ({
    itemId: item.itemId,
    source: item.outputPath ?? '',
    dest: destinations.get(item.itemId) ?? '',
    size: item.size ?? 0,
    sha256: item.sha256 ?? '',
  }))
  await withFileLease({ leases: deps.leases, ticketId: ticket.id, leaseMs: deps.leaseMs }, async (lease) => {
    if (ticket.attempts === 0)
      await deps.audit.append({
        ticketId: ticket.id,
        actor: deps.actor,
        event: { type: 'PlacementStarted', payload: { files_count: plan.length } },
      })
    let placed = 0
    const turn = { ticketId: ticket.id, stageVersion: ticket.stageVersion }
    await placeAll({ token: ticket.id, roots: deps.roots, items: plan }, journalOf(deps.placement, turn, lease), {
      signal,
      onPlaced: () => {
        placed += 1
        const event = { kind: 'progress' as const, ticket_id: ticket.id, requested_by: ticket.requestedBy, stage: 'place' as const }
        deps.publish.events([{ ...event, progress_pct: (100 * placed) / plan.length }]).catch(() => {})
      },
    })
  })
  return { kind: 'placed', items }
}

export function decidePlaced(ticket: Ticket, facts: PlaceFacts, now: Date): Outcome {
  if (facts.kind === 'busy') return { kind: 'wait', ms: BUSY_MS, reason: 'another process moves files of this ticket' }
  const at = now.toISOString()
  const placed = new Set(facts.items.map((item) => item.itemId))
  const missing = requestedItems(ticket.request)
    .map((item) => item.id)
    .filter((id) => !placed.has(id))
  return {
    kind: 'step',
    type: 'placement_done',
    state: {
      name: 'completed',
      completed_at: at,
      stats: statsOf(ticket, facts.items),
      ...(missing.length > 0 && { missing_items: missing }),
    },
    audit: [{ type: 'PlacementCompleted', payload: { files_placed: facts.items.length } }],
  }
}

function statsOf({ work }: Ticket, items: TicketItemRow[]): CompletionStats {
  return {
    total_download_bytes: work.download?.bytes ?? 0,
    download_duration_secs: seconds(work.download?.started_at, work.download?.completed_at),
    conversion_duration_secs: seconds(work.conversion?.started_at, work.conversion?.completed_at),
    final_size_bytes: items.reduce((sum, item) => sum + (item.size ?? 0), 0),
  }
}

function seconds(from: string | undefined, to: string | undefined): number {
  return from && to ? Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000)) : 0
}
