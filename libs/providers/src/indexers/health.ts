import type { IndexerHealth } from '@torrentino/domain'
import { type IndexerStanding, keyOf, type SharedState } from './shared-state.js'

type State = { limits: Pick<SharedState['limits'], 'used'>; ladders: Pick<SharedState['ladders'], 'look'> }

/** How an indexer has fared lately. Rejects while the shared state is away. */
export async function readHealth(state: State, indexer: { name: string; requestsPerMinute?: number }): Promise<IndexerHealth> {
  const { name, requestsPerMinute } = indexer
  const [standing, used] = await Promise.all([state.ladders.look(keyOf(name)), state.limits.used(keyOf(name))])
  const isFull = requestsPerMinute !== undefined && used >= requestsPerMinute
  return {
    name,
    state: stateOf(standing, isFull),
    failures: standing.failures,
    paused_until: moment(standing.pausedUntil),
    requests_per_minute: requestsPerMinute ?? null,
    requests_last_minute: used,
    last_success_at: moment(standing.lastSuccessAt),
    last_failure_at: moment(standing.lastFailureAt),
    last_error: standing.lastError,
    last_response_ms: standing.lastResponseMs,
  }
}

function stateOf({ pausedUntil, lastFailureAt, lastSuccessAt }: IndexerStanding, isFull: boolean): IndexerHealth['state'] {
  if (pausedUntil !== null) return 'paused'
  if (isFull) return 'limited'
  return (lastFailureAt ?? 0) > (lastSuccessAt ?? 0) ? 'failing' : 'ok'
}

function moment(ms: number | null): string | null {
  return ms === null ? null : new Date(ms).toISOString()
}
