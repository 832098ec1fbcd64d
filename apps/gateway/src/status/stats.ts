import { type IndexerHealth, STATES, type Stats } from '@torrentino/domain'
import type { GatewayDeps } from '../deps.js'
import { readStageStats } from './stage-stats.js'
import { clientViews } from './torrent-clients.js'

const WINDOW_SECS = 300
const FRESH_MS = 1000

/** Many may ask at once, and counting is not free: an answer serves for a second. */
export function createStats(deps: GatewayDeps): () => Promise<Stats> {
  let latest: Promise<Stats> | undefined
  let asOf = 0
  return () => {
    if (latest === undefined || Date.now() - asOf > FRESH_MS) {
      asOf = Date.now()
      latest = readStats(deps)
      latest.catch(() => {
        latest = undefined
      })
    }
    return latest
  }
}

async function readStats(deps: GatewayDeps): Promise<Stats> {
  const { store, bus, indexers, now, streamClients } = deps
  const since = new Date(now().getTime() - WINDOW_SECS * 1000)
  const [byState, queues, health, clients, outbox, recent, latency] = await Promise.all([
    store.tickets.countByState(),
    bus.jobs.depths().catch(() => null),
    indexers.health().then(brief, () => null),
    clientViews(deps),
    store.outbox.count(),
    store.audit.countSince(['TicketCreated', 'PlacementCompleted', 'TicketCancelled'], since),
    readStageStats(store.latencies, now()),
  ])
  const none = Object.fromEntries(STATES.map((state) => [state, 0])) as Stats['tickets']
  return {
    tickets: { ...none, ...Object.fromEntries(byState.map(({ state, count }) => [state, count])) },
    queues,
    indexers: health,
    torrent_clients: clients,
    outbox,
    recent: {
      window_secs: WINDOW_SECS,
      tickets_created: recent.TicketCreated ?? 0,
      tickets_placed: recent.PlacementCompleted ?? 0,
      tickets_cancelled: recent.TicketCancelled ?? 0,
    },
    latency,
    ws_clients: streamClients(),
  }
}

/** Any user may see these: nothing of what an indexer said. */
function brief(health: IndexerHealth[]): Stats['indexers'] {
  return health.map(({ name, state, failures, paused_until }) => ({ name, state, failures, paused_until }))
}
