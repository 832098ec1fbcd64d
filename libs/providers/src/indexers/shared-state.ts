import { StageError } from '@torrentino/domain'

/** How an indexer has fared; times in ms of the clock that all replicas share. */
export interface IndexerStanding {
  now: number
  failures: number
  pausedUntil: number | null
  lastSuccessAt: number | null
  lastFailureAt: number | null
  lastError: string | null
  lastResponseMs: number | null
}

type Taken = { end(): Promise<void> } | { waitMs: number }
interface PlaceWanted {
  places: number | undefined
  /** A minute where nothing is said. */
  windowMs?: number
  asker: string | undefined
  leaseMs: number
  maxWaitMs: number
  signal: AbortSignal
}

/** What all replicas know together. The bus has it; this package only says what it needs of it. */
export interface SharedState {
  limits: {
    waitFor(name: string, wanted: PlaceWanted): Promise<Taken>
    used(name: string): Promise<number>
  }
  ladders: {
    look(name: string): Promise<IndexerStanding>
    climb(name: string, failed: { began: number; error: string; atLeastMs?: number; stepsMs: readonly number[] }): Promise<IndexerStanding>
    stepDown(name: string, done: { began: number; responseMs?: number }): Promise<IndexerStanding>
    clear(name: string): Promise<void>
  }
  memory: {
    get(key: string): Promise<Buffer | null>
    put(key: string, value: Buffer, ttlMs: number): Promise<void>
  }
  leases: {
    take(name: string, owner: string, places: number, ttlMs: number): Promise<boolean>
    renew(name: string, owner: string, ttlMs: number): Promise<void>
    release(name: string, owner: string): Promise<void>
  }
}

export function keyOf(indexer: string): string {
  return `indexer:${indexer}`
}

/** The shared state cannot be had: nobody may ask, since nobody knows whether he may. The cause is the bus's own error. */
export class StateAway extends StageError {
  constructor(indexer: string, cause: unknown) {
    super('retryable', 'redis_away', `${indexer}: not asked, since Redis is away`, { cause })
  }
}

export async function fromState<T>(indexer: string, signal: AbortSignal | undefined, work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    signal?.throwIfAborted()
    throw new StateAway(indexer, error)
  }
}
