import { CACHE_WARMER, type TicketState, type WarmerView } from '@torrentino/domain'
import { warmingBudget } from '@torrentino/pipeline'
import type { GatewayDeps } from '../deps.js'

const TICKETS_SHOWN = 20
const HOUR_MS = 3_600_000

export async function warmerView({ store, config }: Pick<GatewayDeps, 'store' | 'config'>): Promise<WarmerView> {
  const { enabled, scan_interval_hours } = config.cache_warmer
  const budget = warmingBudget(config)
  const [{ scannedAt, heldBack, artists, skipped }, held, room, { tickets }] = await Promise.all([
    store.warming.state(),
    store.warming.held(),
    store.warming.room(budget),
    store.tickets.list({ requestedBy: CACHE_WARMER, limit: TICKETS_SHOWN }),
  ])
  const next = enabled && scannedAt !== null ? new Date(Date.parse(scannedAt) + scan_interval_hours * HOUR_MS) : null
  return {
    enabled,
    scanned_at: scannedAt,
    next_scan_at: next?.toISOString() ?? null,
    held_back: heldBack,
    artists: artists.map(({ artist, demand }) => ({ artist, demand })),
    skipped,
    ...{ budget_bytes: Math.round(budget.own), held_bytes: held.own, room_bytes: Math.round(room) },
    tickets: tickets.map(({ id, request, state, createdAt }) => ({
      ...{ ticket_id: id, artist: request.search.artist, state: state.name, reason: reasonOf(state), created_at: createdAt.toISOString() },
    })),
  }
}

function reasonOf(state: TicketState): string | null {
  if (state.name === 'cancelled') return state.reason
  return state.name === 'failed' ? state.error : null
}
