import { setTimeout as pause } from 'node:timers/promises'
import { ConfigAnswer, DomainError, Health, Ready, Stats } from '@torrentino/domain'
import { type Reply, type Route, route } from '@torrentino/http'
import { VERSION } from '@torrentino/pipeline'
import { configHash, publicConfig, torrentClients } from '@torrentino/runtime'
import type { GatewayDeps } from '../deps.js'
import { createStats } from './stats.js'
import { clientWellness } from './torrent-clients.js'

const SERVICE = 'gateway'
const PATIENCE_MS = 500

export function statusRoutes(deps: GatewayDeps): Route[] {
  const stats = createStats(deps)
  return [
    route({
      name: 'getHealth',
      method: 'GET',
      path: '/health',
      access: 'open',
      about: 'Alive, with how the torrent clients are',
      answer: Health,
      handle: () => healthWithClients(deps),
    }),
    route({
      name: 'getReadiness',
      method: 'GET',
      path: '/ready',
      access: 'open',
      about: 'Able to work',
      answer: Ready,
      handle: () => readiness(deps),
    }),
    route({
      name: 'getStats',
      method: 'GET',
      path: '/stats',
      access: 'user',
      about: 'Tickets by state, queues, indexers, torrent clients, recent events',
      answer: Stats,
      handle: async () => ({ json: await stats() }),
    }),
    route({
      name: 'getConfig',
      method: 'GET',
      path: '/config',
      access: 'admin',
      about: 'The configuration, secrets masked',
      answer: ConfigAnswer,
      handle: () => ({ json: configAnswer(deps) }),
    }),
  ]
}

/** The paths that probes ask for on every process. */
export function probeRoutes(deps: GatewayDeps): Route[] {
  return [
    route({ name: 'getHealthz', method: 'GET', path: '/healthz', access: 'open', about: 'Alive', answer: Health, handle: health }),
    route({
      name: 'getReadyz',
      method: 'GET',
      path: '/readyz',
      access: 'open',
      about: 'Able to work',
      answer: Ready,
      handle: () => readiness(deps),
    }),
  ]
}

function health(): Reply {
  return { json: alive() }
}

function alive(): Health {
  return { status: 'ok', service: SERVICE, version: VERSION, uptime_secs: Math.round(process.uptime()) }
}

/** Alive whatever they are; Redis that takes its time to tell is not waited for. */
async function healthWithClients({ config, bus }: GatewayDeps): Promise<Reply> {
  const unknown = torrentClients(config).map(({ name }) => ({ name, ok: null }))
  const found = clientWellness({ config, bus }).then((clients) => clients.map(({ name, ok }) => ({ name, ok })))
  const clients = await Promise.race([found, pause(PATIENCE_MS, unknown, { ref: false })])
  return { json: { ...alive(), torrent_clients: clients } satisfies Health }
}

/** Open to everybody, so it names what is not well, but not why: the log and the status port tell that. */
async function readiness({ ready }: GatewayDeps): Promise<Reply> {
  const found = await ready()
  const checks = Object.fromEntries(Object.entries(found.checks).map(([name, check]) => [name, check.ok]))
  if (found.ok) return { json: { status: 'ready', checks } satisfies Ready }
  const away = Object.keys(checks).filter((name) => !checks[name])
  throw new DomainError('not_ready', `not ready: ${away.join(', ')}`, { checks })
}

function configAnswer({ config }: GatewayDeps): ConfigAnswer {
  return { config: publicConfig(config), config_hash: configHash(config), version: VERSION }
}
