import type { JobEnd, RunningJob } from '@torrentino/bus'
import { type Actor, isPaused, isTerminal, type Ticket } from '@torrentino/domain'
import type { ActiveRuns } from './active-runs.js'
import { type CommittedStep, commitStep, type StepExtras } from './commit-step.js'
import type { PipelineDeps } from './deps.js'
import { judge } from './faults.js'
import { askingNobody } from './give-up.js'
import type { Outcome, Stage } from './stage.js'
import { tellRun } from './tracing.js'
import { noteWait } from './waits.js'

export const DONE: JobEnd = { kind: 'done' }
const SOON_MS = 1000

/** The shell around a stage, written once: it alone knows the queue and the door. */
export function stageHandler<Facts>(stage: Stage<Facts>, deps: PipelineDeps, runs: ActiveRuns) {
  return async (job: RunningJob<'search'>, jobSignal: AbortSignal): Promise<JobEnd> => {
    const { ticketId, stageVersion } = job.data
    const { signal, end } = runs.track(ticketId, stageVersion, jobSignal)
    const [began, beganMs] = [performance.now(), Date.now()]
    let ticket: Ticket | undefined
    const tellEnd = (result: string, error?: unknown) => tellRun(deps.tracer, ticket, { name: `${stage.name} run`, beganMs, result, error })
    const onTicket = (found: Ticket) => {
      ticket = found
    }
    try {
      const [result, jobEnd] = await runTurn(stage, deps, job, signal, onTicket)
      tellEnd(result)
      deps.metrics.stageRun(stage.name, result, (performance.now() - began) / 1000)
      return jobEnd
    } catch (error) {
      // Postgres or Redis is away: nothing was written, the same job runs again soon.
      deps.log.warn('stage run put off', { ticket_id: ticketId, stage: stage.name, error })
      tellEnd('put_off', error)
      deps.metrics.stageRun(stage.name, 'put_off', (performance.now() - began) / 1000)
      return later(deps, SOON_MS)
    } finally {
      end()
    }
  }
}

async function runTurn<Facts>(
  stage: Stage<Facts>,
  deps: PipelineDeps,
  job: RunningJob<'search'>,
  signal: AbortSignal,
  onTicket: (ticket: Ticket) => void,
): Promise<[result: string, end: JobEnd]> {
  const { ticketId, stageVersion } = job.data
  const ticket = await deps.store.tickets.find(ticketId)
  if (!isTurn(ticket, stage.name, stageVersion) || isPaused(ticket.state)) return ['skipped', DONE]
  onTicket(ticket)
  if (ticket.dueAt && ticket.dueAt > deps.now()) return ['early', { kind: 'later', at: ticket.dueAt }]
  if (job.restarted && (await crashedTooOften(stage, deps, ticket))) return ['poison', DONE]

  const told: Promise<void>[] = []
  try {
    return await takeSteps(stage, deps, ticket, stageVersion, signal, told)
  } finally {
    await Promise.all(told)
  }
}

/** A turn may take several steps (pending, searching, matching): each is decided on what the last one wrote, and does not wait until that is told. */
async function takeSteps<Facts>(
  stage: Stage<Facts>,
  deps: PipelineDeps,
  first: Ticket,
  stageVersion: number,
  signal: AbortSignal,
  told: Promise<void>[],
): Promise<[result: string, end: JobEnd]> {
  let ticket = first
  while (isTurn(ticket, stage.name, stageVersion)) {
    const outcome = await attempt(stage, deps, ticket, signal)
    if (outcome.kind === 'end') return [outcome.result, outcome.jobEnd]
    if (outcome.kind === 'wait') return ['wait', await putOff(deps, ticket, outcome)]
    const next = await tryStep(stage.name, deps, ticket, outcome, told)
    if (next === null) return ['lost', DONE]
    if ('kind' in next) return ['fault', next]
    ticket = next
    if (isTerminal(ticket.state.name)) await stage.afterEnd?.(ticket)
  }
  return ['done', DONE]
}

export async function putOff(deps: PipelineDeps, ticket: Ticket, { ms, reason }: Outcome & { kind: 'wait' }): Promise<JobEnd> {
  const end = later(deps, ms)
  await noteWait(deps.bus, ticket, { reason, next_try_at: end.at.toISOString() }, ms)
  return end
}

async function tryStep(
  stage: string,
  deps: PipelineDeps,
  ticket: Ticket,
  outcome: Outcome & { kind: 'step' },
  told: Promise<void>[],
): Promise<Ticket | null | JobEnd> {
  try {
    const committed = await commitOutcome(deps, ticket, outcome)
    if (committed) told.push(committed.told)
    return committed?.ticket ?? null
  } catch (error) {
    return noteTurnFault(deps, ticket, stage, error)
  }
}

export function isTurn(ticket: Ticket | null, stage: string, stageVersion: number): ticket is Ticket {
  return ticket !== null && ticket.stage === stage && ticket.stageVersion === stageVersion
}

type Attempt = Outcome | { kind: 'end'; result: string; jobEnd: JobEnd }

async function attempt<Facts>(stage: Stage<Facts>, deps: PipelineDeps, ticket: Ticket, signal: AbortSignal): Promise<Attempt> {
  try {
    signal.throwIfAborted()
    const facts = await stage.gather(ticket, { signal, now: deps.now })
    return askingNobody(ticket, stage.decide(ticket, facts, deps.now()), deps.now())
  } catch (error) {
    // Stopped from outside: either the turn is over, or another process takes the job up at once.
    if (signal.aborted) return { kind: 'end', result: 'stopped', jobEnd: later(deps, 0) }
    return afterFault(stage, deps, ticket, error)
  }
}

async function afterFault<Facts>(stage: Stage<Facts>, deps: PipelineDeps, ticket: Ticket, error: unknown): Promise<Attempt> {
  const log = deps.log.child({ ticket_id: ticket.id, stage: stage.name, attempt: ticket.attempts + 1 })
  const verdict = judge(error, ticket.attempts, deps.retry, deps.now())
  if (verdict.kind === 'infrastructure') throw error
  log.warn('stage attempt failed', { error })
  const audit = stage.failureAudit?.(ticket, { message: verdict.message, willRetry: verdict.kind === 'retry', error })
  if (verdict.kind === 'retry') {
    const on = await deps.store.tickets.noteAttempt(ticket.id, ticket.stageVersion, verdict.dueAt, verdict.message)
    if (!on) return { kind: 'end', result: 'skipped', jobEnd: DONE }
    for (const event of audit ?? []) await deps.store.audit.append({ ticketId: ticket.id, actor: deps.actor, event, at: deps.now() })
    return { kind: 'end', result: 'retry', jobEnd: { kind: 'later', at: verdict.dueAt } }
  }
  return failure(deps, ticket, verdict, { audit })
}

/**
 * A step that cannot be written (refused by the table, or by the database) is a fault like any other: it costs an attempt,
 * and in the end the ticket fails with a word, instead of trying for ever.
 */
export async function noteTurnFault(deps: PipelineDeps, ticket: Ticket, stage: string, error: unknown): Promise<JobEnd> {
  const verdict = judge(error, ticket.attempts, deps.retry, deps.now())
  if (verdict.kind === 'infrastructure') throw error
  deps.log.error('step not written', { ticket_id: ticket.id, stage, attempt: ticket.attempts + 1, error })
  if (verdict.kind === 'retry') {
    await deps.store.tickets.noteAttempt(ticket.id, ticket.stageVersion, verdict.dueAt, verdict.message)
    return { kind: 'later', at: verdict.dueAt }
  }
  await writeStep(deps, ticket, failure(deps, ticket, verdict))
  return DONE
}

export function failure(
  deps: PipelineDeps,
  ticket: Ticket,
  fault: { code: string; message: string; retryable: boolean },
  extras: StepExtras = {},
): Outcome & { kind: 'step' } {
  return {
    kind: 'step',
    type: 'fail',
    reason: fault.message,
    state: {
      name: 'failed',
      failed_at_state: ticket.state.name,
      error: fault.message,
      code: fault.code,
      retryable: fault.retryable,
      retry_count: ticket.work.retry_count ?? 0,
      failed_at: deps.now().toISOString(),
    },
    ...extras,
  }
}

function commitOutcome(deps: PipelineDeps, ticket: Ticket, outcome: Outcome & { kind: 'step' }): Promise<CommittedStep | null> {
  const { kind: _kind, type, state, work, reason, ...extras } = outcome
  const actor: Actor = { kind: 'system', id: deps.actor }
  return commitStep(deps, ticket, { type, state, work, reason }, actor, extras)
}

export async function writeStep(deps: PipelineDeps, ticket: Ticket, outcome: Outcome & { kind: 'step' }): Promise<Ticket | null> {
  const committed = await commitOutcome(deps, ticket, outcome)
  await committed?.told
  return committed?.ticket ?? null
}

async function crashedTooOften<Facts>(stage: Stage<Facts>, deps: PipelineDeps, ticket: Ticket): Promise<boolean> {
  const crashes = await deps.store.tickets.countCrash(ticket.id, ticket.stageVersion)
  if (crashes === null) return true
  if (crashes <= deps.retry.maxCrashes) return false
  const message = `the ${stage.name} process ended ${crashes} times while it worked on this ticket`
  const audit = stage.failureAudit?.(ticket, { message, willRetry: false })
  await writeStep(deps, ticket, failure(deps, ticket, { code: 'crashes', message, retryable: true }, { audit }))
  return true
}

export function later(deps: Pick<PipelineDeps, 'now'>, ms: number): JobEnd & { kind: 'later' } {
  return { kind: 'later', at: new Date(deps.now().getTime() + ms) }
}
