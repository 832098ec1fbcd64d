import type { z } from 'zod'
import type { Secret } from '../secret.js'
import { section } from './section.js'
import { audit } from './sections/audit.js'
import { auth } from './sections/auth.js'
import { cacheWarmer } from './sections/cache-warmer.js'
import { converter } from './sections/converter.js'
import { covers } from './sections/covers.js'
import { database } from './sections/database.js'
import { limits } from './sections/limits.js'
import { log } from './sections/log.js'
import { matcher } from './sections/matcher.js'
import { media } from './sections/media.js'
import { metrics } from './sections/metrics.js'
import { processing } from './sections/processing.js'
import { qbittorrent } from './sections/qbittorrent.js'
import { redis } from './sections/redis.js'
import { searcher } from './sections/searcher.js'
import { server } from './sections/server.js'
import { service } from './sections/service.js'
import { torrent } from './sections/torrent.js'
import { tracing } from './sections/tracing.js'
import { webhooks } from './sections/webhooks.js'

const shape = {
  auth,
  server,
  limits,
  database,
  redis,
  searcher,
  matcher,
  torrent,
  qbittorrent,
  cache_warmer: cacheWarmer,
  converter,
  covers,
  media,
  processing,
  webhooks,
  audit,
  log,
  metrics,
  tracing,
  service,
}

export const root = section(shape, ({ auth, server, torrent, qbittorrent, cache_warmer }, complain) => {
  if (auth.method.includes('cert') && auth.cert.forwarded_header === '' && server.tls_cert === '')
    complain('server.tls_cert', 'is required when auth.method has cert, unless a proxy hands certificates on (auth.cert.forwarded_header)')
  if (torrent.clients.length === 0 && torrent.engine === 'qbittorrent' && qbittorrent.url === undefined)
    complain('qbittorrent.url', 'is required when torrent.engine is qbittorrent')
  if (!cache_warmer.enabled || torrent.cleanup_policy === 'manual') return
  // What one part loads the other must not take away.
  if (torrent.cleanup_policy === 'immediate')
    complain('cache_warmer.enabled', 'must be false when torrent.cleanup_policy is immediate: nothing stays that could be of use')
  else if (cache_warmer.storage_budget_gb > torrent.storage_budget_gb)
    complain('cache_warmer.storage_budget_gb', `must not exceed torrent.storage_budget_gb (${torrent.storage_budget_gb})`)
})

type Frozen<T> = T extends Secret ? T : T extends object ? { readonly [K in keyof T]: Frozen<T[K]> } : T

/** All settings of the system, by the names they have in the file: `config.server.port`. */
export type Config = Frozen<z.output<typeof root.schema>>
