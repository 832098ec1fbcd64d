import type { Bus } from '@torrentino/bus'
import type { PipelineDeps } from '@torrentino/pipeline'
import type { Config, ReadinessProbe } from '@torrentino/runtime'
import type { Store } from '@torrentino/store'
import type { GatewayEvents } from './events.js'
import type { Indexers } from './indexers/indexers.js'
import type { CallerLimits } from './limits/caller-limits.js'

/** What the handlers of the gateway work with. */
export interface GatewayDeps extends PipelineDeps {
  store: Store
  bus: Bus
  config: Config
  events: GatewayEvents
  indexers: Indexers
  limits: Pick<CallerLimits, 'withinQuota'>
  ready: ReadinessProbe
  streamClients(): number
}
