import { type BusEvent, TRANSITIONS } from '@torrentino/domain'
import type { PipelineDeps } from './deps.js'

interface Run {
  ticketId: string
  stageVersion: number
  stop: AbortController
}

/** The runs under way in this process, so that a cancelled ticket's run is stopped at once. */
export interface ActiveRuns {
  track(ticketId: string, stageVersion: number, signal: AbortSignal): { signal: AbortSignal; end(): void }
  /** Word of a step: stops the runs whose turn it ended. */
  onEvent(event: BusEvent): void
  count(): number
  close(): void
}

const TURN_OVER = 'turn over'
const ENDING = new Set([
  'cancel',
  'fail',
  'reject',
  ...Object.entries(TRANSITIONS).flatMap(([name, row]) => ('restarts' in row ? [name] : [])),
])
// Word of a cancel may be lost with Redis; then the table tells, a little later.
const CHECK_MS = 1500

export function createActiveRuns(deps: Pick<PipelineDeps, 'store' | 'log'>): ActiveRuns {
  const runs = new Set<Run>()
  let checking = false

  async function check(): Promise<void> {
    const looked = [...runs]
    if (looked.length === 0 || checking) return
    checking = true
    try {
      const on = await deps.store.tickets.stillOn(looked.map((run) => ({ id: run.ticketId, stageVersion: run.stageVersion })))
      for (const run of looked) if (!on.has(`${run.ticketId}/${run.stageVersion}`)) run.stop.abort(TURN_OVER)
    } finally {
      checking = false
    }
  }

  const timer = setInterval(() => void check().catch((error) => deps.log.debug('turns not checked', { error })), CHECK_MS)
  timer.unref()

  return {
    track(ticketId, stageVersion, signal) {
      const stop = new AbortController()
      const run = { ticketId, stageVersion, stop }
      runs.add(run)
      return { signal: AbortSignal.any([signal, stop.signal]), end: () => runs.delete(run) }
    },
    onEvent(event) {
      if (event.kind !== 'step' || !ENDING.has(event.cause)) return
      // Word that comes late, from before the run's own turn, ends nothing.
      for (const run of runs) if (run.ticketId === event.ticket_id && event.version > run.stageVersion) run.stop.abort(TURN_OVER)
    },
    count: () => runs.size,
    close: () => clearInterval(timer),
  }
}
