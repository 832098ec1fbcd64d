import type { JobEnd, RunningJob } from '@torrentino/bus'
import { type AuditEvent, StageError, type Ticket } from '@torrentino/domain'
import type { ItemResult, TicketItemRow } from '@torrentino/store'
import type { ActiveRuns } from './active-runs.js'
import type { PipelineDeps } from './deps.js'
import { judge } from './faults.js'
import { DONE, failure, isTurn, later, noteTurnFault, putOff, writeStep } from './run-stage.js'
import type { ItemStage } from './stage.js'
import { tellRun } from './tracing.js'

const SOON_MS = 1000
const AWAY_MS = 5000

/** The shell of the stage that fans out. Every run that leaves no item to do tries to end the turn; the version lets one through. */
export function itemHandler(stage: ItemStage, deps: PipelineDeps, runs: ActiveRuns) {
  return async (job: RunningJob<'convert'>, jobSignal: AbortSignal): Promise<JobEnd> => {
    const { ticketId, stageVersion } = job.data
    const { signal, end } = runs.track(ticketId, stageVersion, jobSignal)
    const [began, beganMs] = [performance.now(), Date.now()]
    let ticket: Ticket | undefined
    const attributes = { 'item.idx': job.data.itemIdx }
    const tellEnd = (result: string, error?: unknown) =>
      tellRun(deps.tracer, ticket, { name: `${stage.name} item`, beganMs, result, error, attributes })
    const onTicket = (found: Ticket) => {
      ticket = found
    }
    try {
      const [result, jobEnd] = await runItem(stage, deps, job, signal, onTicket)
      tellEnd(result)
      deps.metrics.stageRun(stage.name, result, (performance.now() - began) / 1000)
      return jobEnd
    } catch (error) {
      if (signal.aborted) return later(deps, 0)
      deps.log.warn('item run put off', { ticket_id: ticketId, stage: stage.name, error })
      tellEnd('put_off', error)
      deps.metrics.stageRun(stage.name, 'put_off', (performance.now() - began) / 1000)
      return later(deps, SOON_MS)
    } finally {
      end()
    }
  }
}

async function runItem(
  stage: ItemStage,
  deps: PipelineDeps,
  job: RunningJob<'convert'>,
  signal: AbortSignal,
  onTicket: (ticket: Ticket) => void,
): Promise<[result: string, end: JobEnd]> {
  const { ticketId, stageVersion, itemId } = job.data
  const [ticket, item] = await Promise.all([deps.store.tickets.find(ticketId), deps.store.items.find(ticketId, itemId)])
  if (!isTurn(ticket, stage.name, stageVersion)) return ['skipped', DONE]
  onTicket(ticket)
  if (item?.status === 'waiting') {
    if (item.dueAt && item.dueAt > deps.now()) return ['early', { kind: 'later', at: item.dueAt }]
    if (job.restarted && (await crashedTooOften(stage, deps, ticket, item))) return ['poison', DONE]
    const ended = await makeItem(stage, deps, ticket, item, signal)
    if (ended) return ended
  }
  return endTurn(stage, deps, ticket)
}

async function makeItem(
  stage: ItemStage,
  deps: PipelineDeps,
  ticket: Ticket,
  item: TicketItemRow,
  signal: AbortSignal,
): Promise<[string, JobEnd] | null> {
  const began = performance.now()
  try {
    signal.throwIfAborted()
    // One that waited was begun before.
    const started = item.attempts === 0 && item.error === null ? audit(deps, ticket, stage.startAudit(ticket, item)) : Promise.resolve()
    // Nobody waits for the note of the start, but what was begun is always waited for.
    started.catch(() => {})
    const result = await stage.run(ticket, item, { signal, now: deps.now })
    await started
    const event = stage.doneAudit(ticket, item, result, Math.round(performance.now() - began))
    const note = { actor: deps.actor, at: deps.now(), event }
    if (await deps.store.items.finish(ticket.id, item.itemId, ticket.stageVersion, result, note)) return null
    await discard(stage, deps, ticket, item, result).catch(() => {})
    return ['lost', DONE]
  } catch (error) {
    if (signal.aborted) return ['stopped', later(deps, 0)]
    return afterFault(stage, deps, ticket, item, error)
  }
}

/** Another run was faster, or the turn is over, and its clean-up may have been here already. */
async function discard(stage: ItemStage, deps: PipelineDeps, ticket: Ticket, { itemId }: TicketItemRow, result: ItemResult): Promise<void> {
  const taken = await deps.store.items.find(ticket.id, itemId)
  if (taken?.outputPath !== result.outputPath) await stage.discard(ticket, result)
}

async function afterFault(
  stage: ItemStage,
  deps: PipelineDeps,
  ticket: Ticket,
  item: TicketItemRow,
  error: unknown,
): Promise<[string, JobEnd] | null> {
  const verdict = judge(error, item.attempts, deps.retry, deps.now())
  if (verdict.kind === 'infrastructure') throw error
  if (stage.isAway(error)) {
    deps.log.info('item waits', { ticket_id: ticket.id, stage: stage.name, item_id: item.itemId, error })
    const jobEnd = later(deps, AWAY_MS)
    const on = await deps.store.items.noteWait(ticket.id, item.itemId, ticket.stageVersion, jobEnd.at, error.message)
    if (!on) return ['skipped', DONE]
    await putOff(deps, ticket, { kind: 'wait', ms: AWAY_MS, reason: error.message })
    return ['away', jobEnd]
  }
  deps.log.warn('item attempt failed', { ticket_id: ticket.id, stage: stage.name, item_id: item.itemId, attempt: item.attempts + 1, error })
  const failure = { message: verdict.message, willRetry: verdict.kind === 'retry', error }
  await audit(deps, ticket, stage.failureAudit(ticket, item, failure))
  if (verdict.kind === 'retry') {
    const on = await deps.store.items.noteAttempt(ticket.id, item.itemId, ticket.stageVersion, verdict.dueAt, verdict.message)
    return on ? ['retry', { kind: 'later', at: verdict.dueAt }] : ['skipped', DONE]
  }
  return giveUp(deps, ticket, item, verdict)
}

/** Without this item the ticket cannot be whole; where that is allowed, the others go on. */
async function giveUp(
  deps: PipelineDeps,
  ticket: Ticket,
  item: TicketItemRow,
  fault: { code: string; message: string; retryable: boolean },
): Promise<[string, JobEnd] | null> {
  await deps.store.items.fail(ticket.id, item.itemId, ticket.stageVersion, fault.message)
  if (ticket.request.constraints.allow_partial || item.kind === 'image') return null
  const named = { ...fault, message: `${item.itemId}: ${fault.message}` }
  await writeStep(deps, ticket, failure(deps, ticket, named))
  return ['failed', DONE]
}

async function endTurn(stage: ItemStage, deps: PipelineDeps, ticket: Ticket): Promise<[string, JobEnd]> {
  const items = await deps.store.items.of(ticket.id)
  if (items.some((item) => item.status === 'waiting')) return ['done', DONE]
  if (ticket.dueAt && ticket.dueAt > deps.now()) return ['early', { kind: 'later', at: ticket.dueAt }]
  try {
    const outcome = stage.decide(ticket, items, deps.now())
    if (outcome.kind !== 'step') throw new StageError('permanent', 'internal', 'a finished conversion must lead on')
    return [(await writeStep(deps, ticket, outcome)) ? 'done' : 'lost', DONE]
  } catch (error) {
    return ['fault', await noteTurnFault(deps, ticket, stage.name, error)]
  }
}

async function crashedTooOften(stage: ItemStage, deps: PipelineDeps, ticket: Ticket, item: TicketItemRow): Promise<boolean> {
  const crashes = await deps.store.items.countCrash(ticket.id, item.itemId, ticket.stageVersion)
  if (crashes === null) return true
  if (crashes <= deps.retry.maxCrashes) return false
  const message = `the ${stage.name} process ended ${crashes} times while it worked on this item`
  await audit(deps, ticket, stage.failureAudit(ticket, item, { message, willRetry: false }))
  const ended = await giveUp(deps, ticket, item, { code: 'crashes', message, retryable: true })
  if (!ended) await endTurn(stage, deps, ticket)
  return true
}

function audit(deps: PipelineDeps, ticket: Ticket, event: AuditEvent): Promise<void> {
  return deps.store.audit.append({ ticketId: ticket.id, actor: deps.actor, event, at: deps.now() })
}
