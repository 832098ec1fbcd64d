import { BARE_STAGES } from '../bench/bare-rows.js'
import { type Children, startChildren } from '../bench/children.js'
import { answers } from '../bench/requests.js'
import type { Servers } from '../bench/servers.js'
import { freePort } from '../servers/port.js'
import { waitFor } from '../servers/wait-for.js'

/** A running system that takes tickets by HTTP and tells on a channel which of them are through. */
export interface Peer {
  port: number
  channel: string
  /** The ticket that such a message says is through. */
  completed(message: string): string | undefined
  /** Whether its tickets can be read again. */
  reads: boolean
  pids: Record<string, number>
  stop(): Promise<void>
}

export interface PeerOptions {
  converters?: number
  workMs?: number
}

/** Gateway and scheduler as they are shipped; the workers with the real pipeline around stages that do nothing. */
export async function startOurs(servers: Servers, { converters = 1, workMs = 0 }: PeerOptions = {}): Promise<Peer> {
  const { databaseUrl, redisUrl } = servers
  const port = await freePort()
  const env = {
    AUTH_METHOD: 'none',
    DATABASE_URL: databaseUrl,
    REDIS_URL: redisUrl,
    REDIS_PREFIX: 'bench',
    MEDIA_ROOTS: '/bench',
    SERVER_PORT: String(port),
    METRICS_PORT: '0',
    LOG_LEVEL: 'error',
  }
  const stages = BARE_STAGES.flatMap((stage) => Array.from({ length: stage === 'convert' ? converters : 1 }, () => stage))
  const workers = await startChildren(
    './stage-process.js',
    stages.map((stage) => [stage, databaseUrl, redisUrl, stage === 'convert' && workMs > 0 ? '1' : '20', String(workMs)]),
  )
  const apps = await startChildren('./app-process.js', [['gateway'], ['scheduler']], env)
  await waitFor('the gateway', () => answers(port), 60_000)
  return {
    ...{ port, channel: 'bench:events', completed: completedStep, reads: true },
    pids: named([...stages, 'gateway', 'scheduler'], [workers, apps]),
    stop: () => stopAll([apps, workers]),
  }
}

/** The same rows and jobs by the plainest code. */
export async function startBare({ databaseUrl, redisUrl }: Servers): Promise<Peer> {
  const port = await freePort()
  const workers = await startChildren(
    './bare-process.js',
    BARE_STAGES.map((stage) => [stage, databaseUrl, redisUrl]),
  )
  const gateway = await startChildren('./bare-gateway.js', [[databaseUrl, redisUrl, String(port), 'search']])
  await waitFor('the bare gateway', () => answers(port), 60_000)
  return {
    ...{ port, channel: 'bare:completed', completed: (message: string) => message, reads: false },
    pids: named([...BARE_STAGES, 'gateway'], [workers, gateway]),
    stop: () => stopAll([gateway, workers]),
  }
}

function completedStep(message: string): string | undefined {
  // Most messages are other steps: they are not worth parsing.
  if (!message.includes('"to":"completed"')) return undefined
  return (JSON.parse(message) as { ticket_id: string }).ticket_id
}

function named(names: readonly string[], children: Children[]): Record<string, number> {
  const pids = children.flatMap((child) => child.pids)
  return Object.fromEntries(names.map((name, nr) => [names.indexOf(name) === nr ? name : `${name} ${nr}`, pids[nr] ?? 0]))
}

async function stopAll(children: Children[]): Promise<void> {
  for (const child of children) await child.stop()
}
