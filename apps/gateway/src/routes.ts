import type { Route } from '@torrentino/http'
import { auditRoutes } from './audit/audit-routes.js'
import { catalogRoutes } from './catalog/catalog-routes.js'
import type { GatewayDeps } from './deps.js'
import { fileRoutes } from './files/file-routes.js'
import { indexerRoutes } from './indexers/indexer-routes.js'
import { probeRoutes, statusRoutes } from './status/status-routes.js'
import { ticketRoutes } from './tickets/ticket-routes.js'
import { tokenRoutes } from './tokens/token-routes.js'

export const STREAM_PATHS = ['/api/v1/ws', '/ws']

/** Everything lies under /api/v1; tickets and their files also without it, as older consumers ask for them. */
export function gatewayMounts(deps: GatewayDeps): { prefix: string; routes: Route[] }[] {
  const tickets = [...ticketRoutes(deps), ...fileRoutes(deps)]
  return [
    {
      prefix: '/api/v1',
      routes: [
        ...tickets,
        ...auditRoutes(deps),
        ...catalogRoutes(deps),
        ...indexerRoutes(deps),
        ...tokenRoutes(deps),
        ...statusRoutes(deps),
      ],
    },
    { prefix: '', routes: [...tickets, ...probeRoutes(deps)] },
  ]
}
