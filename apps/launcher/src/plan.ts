import { join } from 'node:path'
import { APP_NAMES, type AppName } from './apps.js'
import { gatewayPorts, reachable, statusPorts } from './ports.js'
import type { Settings } from './settings.js'

export interface PlannedProcess {
  app: AppName
  name: string
  env: Record<string, string>
  /** The address before /metrics, /healthz and /readyz. */
  statusUrl: string
  /** Of a gateway. */
  apiUrl?: string
}

/** What this machine decides before anything runs: which processes there are, and the ports of each. */
export async function planProcesses({ config }: Settings, replicas: Partial<Record<AppName, number>>): Promise<PlannedProcess[]> {
  const wanted = APP_NAMES.flatMap((app) => Array.from({ length: replicas[app] ?? 1 }, (_, index) => ({ app, index })))
  const gateways = await gatewayPorts(wanted.filter(({ app }) => app === 'gateway').length, config.server)
  const status = await statusPorts(wanted.length, config.metrics, gateways)
  return wanted.map(({ app, index }, place) => {
    const apiPort = app === 'gateway' ? gateways[index] : undefined
    return {
      app,
      name: index === 0 ? app : `${app}-${index + 1}`,
      env: { METRICS_PORT: String(status[place]), ...(apiPort === undefined ? {} : { SERVER_PORT: String(apiPort) }) },
      statusUrl: `http://${reachable(config.metrics.host)}:${status[place]}`,
      ...(apiPort === undefined ? {} : { apiUrl: `http://${reachable(config.server.host)}:${apiPort}/api/v1` }),
    }
  })
}

/** The environment that all processes start from. */
export function baseEnvironment(dataFolder: string | undefined, more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const folders =
    dataFolder === undefined ? {} : { TORRENT_DOWNLOAD_PATH: join(dataFolder, 'downloads'), CONVERTER_TEMP_DIR: join(dataFolder, 'work') }
  const env: NodeJS.ProcessEnv = { ...folders, ...process.env, ...more }
  // Of the launcher alone; a process would wonder about it.
  delete env.REDIS_SERVER_PATH
  return env
}

/** A setting may also be there in its long form, SERVER__PORT, which must not contradict. */
export function overlay(env: NodeJS.ProcessEnv, values: Record<string, string>): NodeJS.ProcessEnv {
  const out = { ...env, ...values }
  for (const name of Object.keys(values)) delete out[name.replace('_', '__')]
  return out
}
