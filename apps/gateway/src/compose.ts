import { readFile } from 'node:fs/promises'
import { type Bus, openBus } from '@torrentino/bus'
import { createAuthenticator, createHttpApp, createHttpServer, type TlsFiles } from '@torrentino/http'
import { isInfrastructure, openProcessStore, quietly, redisOf, retryRules, showAllStates } from '@torrentino/pipeline'
import { openHttpClient } from '@torrentino/providers'
import type { Config, ProcessContext } from '@torrentino/runtime'
import type { Store } from '@torrentino/store'
import type { GatewayDeps } from './deps.js'
import { createEvents, type GatewayEvents } from './events.js'
import { createIndexers } from './indexers/indexers.js'
import { createCallerLimits } from './limits/caller-limits.js'
import { noteLife } from './note-life.js'
import { gatewayMounts, streamPaths } from './routes.js'
import { clientWellness } from './status/torrent-clients.js'
import { watchOutside } from './status/watch-outside.js'
import { attachStream } from './stream/index.js'
import { streamAccess } from './stream/stream-access.js'

const DRAIN_MS = 5000

export interface Parts {
  store: Store
  bus: Bus
  now(): Date
}

export interface Gateway {
  port: number
  url: string
}

/** Builds the gateway and lets it listen. Neither Postgres nor Redis need be there: it becomes ready when they are. */
export async function startGateway(ctx: ProcessContext, replaced: Partial<Parts> = {}): Promise<Gateway> {
  const { config, log, metrics, ready } = ctx
  const { store, bus, now } = { ...openParts(ctx, replaced), ...replaced }
  ctx.onStop('bus', () => bus.close())
  const events = createEvents(log, metrics)
  addReadyChecks(ctx, store, bus, events)
  noteLife(ctx, store)

  const outgoing = openHttpClient(ctx)
  let streamClients = () => 0
  const limits = createCallerLimits({
    limits: config.limits,
    rates: bus.rates,
    now,
    onFault: events.callersNotCounted,
  })
  const indexers = createIndexers(config, { bus, http: outgoing })
  showAllStates(metrics)
  watchOutside(metrics, { indexers: indexers.health, torrentClients: () => clientWellness({ config, bus }) })
  const deps: GatewayDeps = {
    store,
    limits,
    bus,
    config,
    log,
    metrics,
    tracer: ctx.tracer,
    events,
    indexers,
    ready,
    actor: ctx.service,
    retry: retryRules(config),
    now,
    streamClients: () => streamClients(),
  }
  const authenticator = createAuthenticator({
    auth: config.auth,
    findToken: store.tokens.find,
    http: outgoing,
    now,
    onFault: events.callerNotFound,
  })
  const app = createHttpApp({
    mounts: gatewayMounts(deps),
    authenticator,
    admit: limits.admit,
    origins: config.server.cors_origins,
    bodyLimitKb: config.server.body_limit_kb,
    isInfrastructure,
    onEnd: events.requestEnded,
    onFault: events.requestFailed,
  })
  const http = createHttpServer(app, await tlsOf(config))
  ctx.onStop('connections', () => http.close())
  const stream = await attachStream(http.server, {
    steps: store.steps,
    subscribe: bus.subscribe,
    authenticate: streamAccess({ authenticator, bus, limits, origins: config.server.cors_origins }),
    log,
    paths: streamPaths(deps),
  })
  streamClients = stream.clients
  metrics.watchWsClients(stream.clients)
  ctx.onStop('event stream', () => stream.close())
  const port = await http.listen(config.server.host, config.server.port)
  ctx.onStop('intake', () => http.drain(DRAIN_MS))
  return {
    port,
    url: `${config.server.tls_cert === '' ? 'http' : 'https'}://${config.server.host.includes(':') ? `[${config.server.host}]` : config.server.host}:${port}`,
  }
}

/** A certificate that cannot be read ends the start. */
async function tlsOf({ server, auth }: Config): Promise<TlsFiles | undefined> {
  if (server.tls_cert === '') return undefined
  const asksForCertificates = auth.method.includes('cert') && auth.cert.forwarded_header === ''
  const [cert, key, clientCa] = await Promise.all([
    readFile(server.tls_cert, 'utf8'),
    readFile(server.tls_key, 'utf8'),
    asksForCertificates ? readFile(auth.cert.ca_cert, 'utf8') : undefined,
  ])
  return { cert, key, clientCa }
}

function openParts(ctx: ProcessContext, replaced: Partial<Parts>): Parts {
  const { config, log } = ctx
  return {
    store: replaced.store ?? openProcessStore(ctx),
    bus: replaced.bus ?? openBus({ ...redisOf(config), onError: quietly(log) }),
    now: () => new Date(),
  }
}

/** Redis that may drop jobs makes the gateway unready; one that forgets at a restart is only told, once. */
function addReadyChecks(ctx: ProcessContext, store: Store, bus: Bus, events: GatewayEvents): void {
  let warned: string | undefined
  ctx.onReady('postgres', () => store.ping())
  ctx.onReady('redis', async () => {
    const { fault, warning } = await bus.check()
    if (warning !== undefined && warning !== warned) events.redisWarned(warning)
    warned = warning
    return fault === undefined ? { ok: true } : { ok: false, message: fault }
  })
}
