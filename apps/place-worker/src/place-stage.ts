import type { Bus, Leases } from '@torrentino/bus'
import { type AuditEvent, type CompletionStats, FILES_GONE, requestedItems, StageError, type Ticket } from '@torrentino/domain'
import { type FileAccess, isPlaceAway, nodeFileSystem, PlacementError, placeAll, type RootGuard, withPatience } from '@torrentino/media'
import type { Outcome, RunContext, Stage } from '@torrentino/pipeline'
import type { Logger } from '@torrentino/runtime'
import type { Audit, Items, PlacementJournals, TicketItemRow } from '@torrentino/store'
import { isFilesBusy, withFileLease } from './file-lease.js'
import { journalOf } from './journal.js'

export interface FileDeps {
  placement: PlacementJournals
  leases: Leases
  leaseMs: number
  roots: readonly string[]
  workFolder: string
  /** Whether the roots are there, and are what they were. */
  guard: RootGuard
  /** How long a file operation may go on without doing anything. */
  fileLimitMs: number
}

export interface PlaceDeps extends FileDeps {
  items: Pick<Items, 'of'>
  publish: Bus['publish']
  audit: Pick<Audit, 'append'>
  actor: string
  log: Pick<Logger, 'info'>
  access: FileAccess
  /** Whether a placed track can be read by what plays it. */
  check(path: string, signal: AbortSignal): Promise<unknown>
  afterEnd(ticket: Ticket): Promise<void>
}

export type PlaceFacts =
  | { kind: 'busy' }
  | { kind: 'away'; reason: string }
  | { kind: 'gone'; reason: string; items: TicketItemRow[] }
  | { kind: 'placed'; items: TicketItemRow[] }

const BUSY_MS = 1000
// Full, read-only and absent volumes cost no attempt: people mend them, and that takes any time.
const AWAY_MS = 5000

/** placing -> completed or failed, or back to converting. */
export function createPlaceStage(deps: PlaceDeps): Stage<PlaceFacts> {
  return {
    name: 'place',
    gather: async (ticket, run) => {
      try {
        return await place(ticket, deps, run)
      } catch (error) {
        if (isFilesBusy(error)) return { kind: 'busy' }
        if (canBeMadeAgain(ticket, error)) return { kind: 'gone', reason: error.message, items: await deps.items.of(ticket.id) }
        if (!isPlaceAway(error)) throw error
        deps.log.info('placing waits', { ticket_id: ticket.id, error })
        return { kind: 'away', reason: error.message }
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

/** Once: what is gone a second time is taken away by somebody. */
function canBeMadeAgain({ work }: Ticket, error: unknown): error is PlacementError {
  const isGone = error instanceof PlacementError && FILES_GONE.includes(error.code) && error.rollback === 'rolled_back'
  return isGone && work.made_again !== true
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
  await deps.guard(plan.map((item) => item.dest))
  const { fs, settled } = withPatience(nodeFileSystem, deps.fileLimitMs)
  await withFileLease({ leases: deps.leases, ticketId: ticket.id, leaseMs: deps.leaseMs, settled }, async (lease) => {
    const journal = journalOf(deps.placement, { ticketId: ticket.id, stageVersion: ticket.stageVersion }, lease)
    const isFirst = (await journal.load()).length === 0
    if (isFirst) await deps.audit.append({ ticketId: ticket.id, actor: deps.actor, event: startedEvent(plan.length) })
    const tracks = new Set(items.filter((item) => item.kind === 'track').map((item) => item.itemId))
    const placing = placeAll({ token: ticket.id, roots: deps.roots, items: plan }, journal, {
      ...{ fs, signal, guard: deps.guard, access: deps.access, workFolder: deps.workFolder },
      check: async (row) => void (tracks.has(row.itemId) && (await deps.check(row.dest, signal))),
      onPlaced: tellProgress(ticket, plan.length, deps.publish),
    })
    // An outage of our own servers is no failed attempt, whatever it looked like to the files.
    await placing.catch((error) => Promise.reject(journal.fault() ?? error))
    // Looking at the files took a while: whoever came after may be about to take them back.
    await journal.load()
  })
  return { kind: 'placed', items }
}

function startedEvent(files: number): AuditEvent {
  return { type: 'PlacementStarted', payload: { files_count: files } }
}

function tellProgress(ticket: Ticket, files: number, publish: Bus['publish']): () => void {
  let placed = 0
  return () => {
    placed += 1
    const event = { kind: 'progress' as const, ticket_id: ticket.id, requested_by: ticket.requestedBy, stage: 'place' as const }
    publish.events([{ ...event, progress_pct: (100 * placed) / files }]).catch(() => {})
  }
}

export function decidePlaced(ticket: Ticket, facts: PlaceFacts, now: Date): Outcome {
  if (facts.kind === 'busy') return { kind: 'wait', ms: BUSY_MS, reason: 'another process moves files of this ticket' }
  if (facts.kind === 'away') return { kind: 'wait', ms: AWAY_MS, reason: facts.reason }
  if (facts.kind === 'gone') return makeAgain(facts, now)
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

function makeAgain({ reason, items }: PlaceFacts & { kind: 'gone' }, now: Date): Outcome {
  const at = now.toISOString()
  return {
    kind: 'step',
    type: 'files_gone',
    state: { name: 'converting', total_tracks: items.length, started_at: at },
    work: { made_again: true, conversion: { started_at: at } },
    reason,
    resetItems: 'all',
    jobItems: items,
    audit: [{ type: 'PlacementFailed', payload: { error: reason, rollback_status: 'rolled_back', will_retry: true } }],
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
