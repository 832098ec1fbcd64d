import { docsRoutes, type Route } from '@torrentino/http'
import { auditRoutes } from './audit/audit-routes.js'
import { boardRoutes } from './board/board-routes.js'
import { catalogRoutes } from './catalog/catalog-routes.js'
import type { GatewayDeps } from './deps.js'
import { fileRoutes } from './files/file-routes.js'
import { indexerRoutes } from './indexers/indexer-routes.js'
import { probeRoutes, statusRoutes } from './status/status-routes.js'
import { passRoutes } from './stream/stream-access.js'
import { bulkRoutes } from './tickets/bulk-routes.js'
import { ticketRoutes } from './tickets/ticket-routes.js'
import { tokenRoutes } from './tokens/token-routes.js'
import { webhookRoutes } from './webhooks/webhook-routes.js'

const STREAM_PATHS = ['/api/v1/ws', '/ws']

/** A proxy may take its part of the path away, or pass it on. */
export function streamPaths({ config }: Pick<GatewayDeps, 'config'>): string[] {
  const base = config.server.base_path
  return base === '' ? STREAM_PATHS : [...STREAM_PATHS, ...STREAM_PATHS.map((path) => base + path)]
}

/** Of the contract: the first number changes when a client has to, the second when there is more. */
export const API_VERSION = '1.2'

const ABOUT = {
  title: 'Quentin Torrentino',
  version: API_VERSION,
  description:
    'Takes tickets for media, finds, downloads, converts and places the files. `ticket` and `tickets` are the same word. Faults are application/problem+json with a stable `code`. Events come over a WebSocket at /api/v1/ws.',
  prefix: '/api/v1',
}

/** Everything lies under /api/v1; tickets and their files also without it, as older consumers ask for them. */
export function gatewayMounts(deps: GatewayDeps): { prefix: string; routes: Route[] }[] {
  const tickets = [...ticketRoutes(deps), ...fileRoutes(deps)]
  const rest = [bulkRoutes, auditRoutes, catalogRoutes, indexerRoutes, tokenRoutes, webhookRoutes, passRoutes, statusRoutes].flatMap(
    (routesOf) => routesOf(deps),
  )
  const base = deps.config.server.base_path
  const { description, pages } = docsRoutes({ ...ABOUT, base }, [...tickets, ...rest], '/docs')
  const mounts = [
    { prefix: ABOUT.prefix, routes: [...tickets, ...rest, description] },
    { prefix: '/api', routes: pages },
    { prefix: '', routes: [...tickets, ...probeRoutes(deps), ...boardRoutes(deps)] },
  ]
  return base === '' ? mounts : [...mounts, ...mounts.map(({ prefix, routes }) => ({ prefix: base + prefix, routes }))]
}
