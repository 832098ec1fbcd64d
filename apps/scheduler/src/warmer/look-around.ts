import { CACHE_WARMER } from '@torrentino/domain'
import { isVarious, nameKey } from '@torrentino/matching'
import { createTicket, type PipelineDeps } from '@torrentino/pipeline'
import type { Config } from '@torrentino/runtime'
import type { Look, UncoveredArtist, WarmerState, WarmingBudget } from '@torrentino/store'
import type { WarmerEvents } from './events.js'
import { warmingTicket } from './warming-ticket.js'

export interface WarmerDeps extends PipelineDeps {
  settings: Config['cache_warmer']
  budget: WarmingBudget
  events: WarmerEvents
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const MAX_ARTISTS = 50
/** Less than an album. */
const LEAST_ROOM = 50e6

/**
 * Looks for artists when it is time, and files tickets for them one by one. The tickets are the record of what was done: should this
 * process die, the next one sees by them how far it came.
 */
export async function lookAround(deps: WarmerDeps): Promise<void> {
  const { warming } = deps.store
  await warming.alone(deps.actor, async (before) => {
    const { state, audit } = isDue(before, deps) ? await scan(deps) : { state: before, audit: [] }
    return { state: await fileTickets(state, deps), audit }
  })
  const [held, underWay, { artists }] = await Promise.all([warming.held(), warming.underWay(), warming.state()])
  deps.events.stands({ heldBytes: held.own, underWay, waiting: artists.length })
}

function isDue({ scannedAt }: WarmerState, { settings, now }: WarmerDeps): boolean {
  return scannedAt === null || now().getTime() - Date.parse(scannedAt) >= settings.scan_interval_hours * HOUR_MS
}

async function scan(deps: WarmerDeps): Promise<Look> {
  const { store, settings, budget, events } = deps
  const at = deps.now()
  const uncovered = await store.catalog.uncoveredArtists(MAX_ARTISTS, {
    since: new Date(at.getTime() - settings.window_days * DAY_MS),
    minDemand: settings.min_artist_popularity,
    without: [...(await triedArtists(deps))],
  })
  const artists = uncovered.filter(({ artist }) => !isVarious(artist))
  events.scanned(artists)
  const [held, room] = await Promise.all([store.warming.held(), store.warming.room(budget)])
  const found = artists.map(({ artist, demand }) => ({ artist, demand }))
  return {
    state: { scannedAt: at.toISOString(), artists, skipped: [], heldBack: null },
    audit: [{ type: 'CacheWarmerScanned', payload: { artists: found, held_bytes: held.own, room_bytes: room } }],
  }
}

async function fileTickets(before: WarmerState, deps: WarmerDeps): Promise<WarmerState> {
  const artists = [...before.artists]
  const skipped = [...before.skipped]
  let heldBack: string | null = null
  for (let next = artists[0]; next !== undefined; next = artists[0]) {
    heldBack = await reasonToWait(deps)
    if (heldBack !== null) break
    artists.shift()
    const reason = await fileTicket(next, deps)
    if (reason !== null) skipped.push({ artist: next.artist, reason })
  }
  if (heldBack !== null && heldBack !== before.heldBack) deps.events.heldBack(heldBack)
  return { ...before, artists, skipped, heldBack }
}

/** Tickets go first, and nothing is begun that the budget has no room for. */
async function reasonToWait({ store: { warming }, settings, budget }: WarmerDeps): Promise<string | null> {
  if ((await warming.underWay()) >= settings.max_concurrent_downloads) return 'as many artists as allowed are being looked after'
  if (await warming.othersWait()) return 'tickets wait'
  return (await warming.room(budget)) < LEAST_ROOM ? 'the storage budget is used up' : null
}

/** Null when it was filed, else why not: much may have happened since the scan. */
async function fileTicket(artist: UncoveredArtist, deps: WarmerDeps): Promise<string | null> {
  const model = await deps.store.tickets.find(artist.ticketId)
  const reason = await reasonToSkip(artist, deps)
  if (reason !== null || !model) {
    deps.events.skipped(artist, reason ?? NO_TICKET)
    return reason ?? NO_TICKET
  }
  const { id } = await createTicket(deps, { ticket: warmingTicket(model.request), requestedBy: CACHE_WARMER, mediaRoots: [] })
  deps.events.filed(artist, id)
  return null
}

const NO_TICKET = 'its ticket is not there any more'

async function reasonToSkip({ artistKey }: UncoveredArtist, deps: WarmerDeps): Promise<string | null> {
  if ((await triedArtists(deps)).has(artistKey)) return 'was tried not long ago'
  return (await deps.store.catalog.isCovered(artistKey)) ? 'is in the catalog by now' : null
}

async function triedArtists({ store, settings, now }: WarmerDeps): Promise<Set<string>> {
  const since = new Date(now().getTime() - settings.pause_days * DAY_MS)
  return new Set((await store.warming.triedSince(since)).map(nameKey))
}
