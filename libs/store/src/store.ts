import { type Audit, createAudit } from './audit.js'
import { type Candidates, createCandidates } from './candidates.js'
import { type Catalog, createCatalog } from './catalog/catalog.js'
import { type Claims, createClaims } from './claims/claims.js'
import { createDoor, type Door } from './door/door.js'
import { createItems, type Items } from './items.js'
import { createLatencies, type Latencies } from './latencies.js'
import { createOutbox, type Outbox } from './outbox.js'
import { createPlacementJournals, type PlacementJournals } from './placement.js'
import { type DatabaseOptions, openDatabase } from './pool.js'
import { createSteps, type Steps } from './steps.js'
import { createTickets, type Tickets } from './tickets.js'
import { createTokens, type Tokens } from './tokens.js'
import { createTorrents, type Torrents } from './torrents.js'
import { createWarming, type Warming } from './warming/warming.js'
import { createWebhooks, type Webhooks } from './webhooks/webhooks.js'

export interface Store {
  door: Door
  tickets: Tickets
  steps: Steps
  latencies: Latencies
  audit: Audit
  outbox: Outbox
  candidates: Candidates
  items: Items
  placement: PlacementJournals
  torrents: Torrents
  catalog: Catalog
  warming: Warming
  claims: Claims
  tokens: Tokens
  webhooks: Webhooks
  /** Throws when the database does not answer. */
  ping(): Promise<void>
  close(): Promise<void>
}

export function openStore(options: DatabaseOptions): Store {
  const { pool, prisma, close } = openDatabase(options)
  return {
    door: createDoor(pool, options.onAudit),
    tickets: createTickets(pool),
    steps: createSteps(pool),
    latencies: createLatencies(pool),
    audit: createAudit(pool, options.onAudit),
    outbox: createOutbox(pool),
    candidates: createCandidates(prisma),
    items: createItems(pool, options.onAudit),
    placement: createPlacementJournals(pool),
    torrents: createTorrents(prisma),
    catalog: createCatalog(pool, options.onAudit),
    warming: createWarming(pool, options.onAudit),
    claims: createClaims(pool),
    tokens: createTokens(pool, options.onAudit),
    webhooks: createWebhooks(pool, options.onAudit),
    ping: async () => {
      await pool.query('select 1')
    },
    close,
  }
}
