import type { LlmError, LlmFault } from './llm-error.js'

/** Pauses after failed questions, one after the other; a success is a step down. */
const STEPS_MS = [30_000, 120_000, 600_000, 1_800_000]
const OF_THE_SERVER: readonly LlmFault[] = ['auth', 'bad_request', 'rate_limited', 'overloaded', 'unreachable', 'timeout', 'bad_answer']
const NOT_ASKED: readonly LlmFault[] = ['budget', 'paused']

/** What all processes together know of a server (`bus.ladders`). */
export interface SharedLadders {
  look(name: string): Promise<{ now: number; pausedUntil: number | null }>
  climb(name: string, failed: { began: number; error: string; atLeastMs?: number; stepsMs: readonly number[] }): Promise<unknown>
  stepDown(name: string, done: { began: number }): Promise<unknown>
}

/** A server that fails is left alone for a while, so that it does not cost each ticket its time-out. */
export interface LlmHealth {
  look(): Promise<{ began: number; pausedMs: number }>
  /** How a question ended that began then. */
  note(began: number, error: LlmError | undefined): Promise<void>
}

export function createLlmHealth(ladders: SharedLadders, name: string): LlmHealth {
  return {
    async look() {
      const { now, pausedUntil } = await ladders.look(name)
      return { began: now, pausedMs: pausedUntil === null ? 0 : pausedUntil - now }
    },
    async note(began, error) {
      if (error && NOT_ASKED.includes(error.fault)) return
      if (!error || !OF_THE_SERVER.includes(error.fault)) await ladders.stepDown(name, { began })
      else await ladders.climb(name, { began, error: error.message, atLeastMs: error.retryAfterMs, stepsMs: STEPS_MS })
    },
  }
}
