import { createHash } from 'node:crypto'
import type { IndexerGate } from '../searchers/indexer-gate.js'
import { limitedUntil, pausedUntil } from './gate-refusal.js'
import { fromState, keyOf, type SharedState } from './shared-state.js'

/** Beyond the time-out of a request: for its way through our own line of requests to the host. */
const SPARE_MS = 30_000

const AT_ONCE_MS = 500

export interface SharedGate extends IndexerGate {
  /** How long the latest request took, without the waiting for its place. */
  responseMs(indexer: string): number | undefined
}

export interface GateOptions {
  /** Somebody wants to know whether a paused indexer is back. */
  heedPauses?: boolean
}

export function createSharedGate({ limits, ladders }: Pick<SharedState, 'limits' | 'ladders'>, { heedPauses = true }: GateOptions = {}) {
  const latest = new Map<string, number>()

  async function mustBeOpen(name: string, signal: AbortSignal): Promise<void> {
    if (!heedPauses) return
    const standing = await fromState(name, signal, ladders.look(keyOf(name)))
    if (standing.pausedUntil !== null) throw pausedUntil(name, standing)
  }

  const gate: SharedGate = {
    async enter({ name, requestsPerMinute, timeoutMs }, url, { signal, once }) {
      await mustBeOpen(name, signal)
      const asked = performance.now()
      const wanted = {
        places: requestsPerMinute,
        asker: once ? undefined : digest(url),
        leaseMs: timeoutMs + SPARE_MS,
        maxWaitMs: timeoutMs,
        signal,
      }
      const place = await fromState(name, signal, limits.waitFor(keyOf(name), wanted))
      if ('waitMs' in place) throw limitedUntil(name, place.waitMs)
      try {
        // It may have begun to fail while we stood in line.
        if (performance.now() - asked > AT_ONCE_MS) await mustBeOpen(name, signal)
      } catch (error) {
        await place.end()
        throw error
      }
      const began = performance.now()
      return {
        async end() {
          latest.set(name, performance.now() - began)
          await place.end()
        },
      }
    },
    responseMs: (indexer) => latest.get(indexer),
  }
  return gate
}

/** Addresses carry keys: what is kept of them tells nothing. */
function digest(url: string): string {
  return createHash('sha256').update(url).digest('base64url').slice(0, 22)
}
