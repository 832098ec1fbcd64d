/** Bounds and times of the stream. All can be set, so that tests need no patience. */
export interface StreamLimits {
  maxClients: number
  /** Bytes waiting for one client, above which it gets no progress. */
  progressBacklogBytes: number
  /** Bytes waiting for one client, above which it is disconnected. */
  maxBacklogBytes: number
  /** One progress message per ticket and item in this time. */
  progressMs: number
  pingMs: number
  /** Without a pong for this long a client counts as dead. */
  pongMs: number
  /** How long a missing message may still arrive by itself before the database is asked. */
  gapMs: number
  /** How often the database is asked without any sign of a gap. */
  checkMs: number
  /** How long closing waits for the clients' farewell. */
  closeMs: number
}

export const DEFAULT_LIMITS: StreamLimits = {
  maxClients: 5_000,
  progressBacklogBytes: 64 * 1024,
  maxBacklogBytes: 1024 * 1024,
  progressMs: 1_000,
  pingMs: 15_000,
  pongMs: 30_000,
  gapMs: 5,
  checkMs: 5_000,
  closeMs: 1_000,
}
