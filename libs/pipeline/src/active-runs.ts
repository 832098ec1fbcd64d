import { type BusEvent, STAGE_OF_STATE, type Stage, TRANSITIONS } from '@torrentino/domain'
import type { PipelineDeps } from './deps.js'

interface Run {
  ticketId: string
  stage: Stage
  stageVersion: number
  stop: AbortController
}

/** The runs under way in this process, so that a cancelled ticket's run is stopped at once. */
export interface ActiveRuns {
  track(ticketId: string, stage: Stage, stageVersion: number, signal: AbortSignal): { signal: AbortSignal; end(): void }
  /** Word of a step: stops the runs whose turn it ended. */
  onEvent(event: BusEvent): void
  close(): void
}

export const TURN_OVER = 'turn over'
const ENDING = new Set([
  'cancel',
  'fail',
  'reject',
  ...Object.entries(TRANSITIONS).flatMap(([name, row]) => ('restarts' in row ? [name] : [])),
])
// Word of a cancel may be lost with Redis; then the table tells, a little later.
const CHECK_MS = 5000

export function createActiveRuns(deps: Pick<PipelineDeps, 'store' | 'log'>): ActiveRuns {
  const runs = new Set<Run>()

  async function check(): Promise<void> {
    const looked = [...runs]
    if (looked.length === 0) return
    const on = await deps.store.tickets.stillOn(looked.map((run) => ({ id: run.ticketId, stageVersion: run.stageVersion })))
    for (const run of looked) if (!on.has(`${run.ticketId}/${run.stageVersion}`)) run.stop.abort(TURN_OVER)
  }

  const timer = setInterval(() => void check().catch((error) => deps.log.debug('turns not checked', { error })), CHECK_MS)
  timer.unref()

  return {
    track(ticketId, stage, stageVersion, signal) {
      const stop = new AbortController()
      const run = { ticketId, stage, stageVersion, stop }
      runs.add(run)
      return { signal: AbortSignal.any([signal, stop.signal]), end: () => runs.delete(run) }
    },
    onEvent(event) {
      if (event.kind !== 'step' || !ENDING.has(event.cause)) return
      for (const run of runs) {
        const ended = STAGE_OF_STATE[event.to] !== run.stage || event.version > run.stageVersion
        if (run.ticketId === event.ticket_id && ended) run.stop.abort(TURN_OVER)
      }
    },
    close: () => clearInterval(timer),
  }
}
