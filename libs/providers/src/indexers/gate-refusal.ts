import { StageError } from '@torrentino/domain'
import type { IndexerStanding } from './shared-state.js'

/** The indexer was not asked: its places are taken (our own limit, no failure), or it failed and is left alone. */
export class GateRefusal extends StageError {
  constructor(
    readonly why: 'limited' | 'paused',
    message: string,
    override readonly retryAfterMs: number,
  ) {
    super('retryable', `indexer_${why}`, message, { retryAfterMs })
  }
}

export function limitedUntil(indexer: string, waitMs: number): GateRefusal {
  return new GateRefusal('limited', `${indexer}: its requests of this minute are taken; the next one is due in ${seconds(waitMs)}`, waitMs)
}

export function pausedUntil(indexer: string, { now, pausedUntil, failures }: IndexerStanding): GateRefusal {
  const waitMs = (pausedUntil ?? now) - now
  return new GateRefusal('paused', `${indexer}: left alone for another ${seconds(waitMs)} after ${failures} failures in a row`, waitMs)
}

function seconds(ms: number): string {
  return `${Math.ceil(ms / 1000)} s`
}
