import { limited } from '@torrentino/runtime'
import { migrate } from '@torrentino/store'
import { type AppName, mainOf, STOP_ORDER } from './apps.js'
import { takeDataFolder } from './data-folder.js'
import { Group, type SystemProcess } from './group.js'
import { type LogLine, readLine } from './log-lines.js'
import { baseEnvironment, overlay, type PlannedProcess, planProcesses } from './plan.js'
import { untilAllReady } from './ready.js'
import { startServers } from './servers.js'
import { readSettings } from './settings.js'
import type { SupervisorOptions, UnitEvent } from './supervisor.js'
import { processUnit } from './units.js'
import { UserError } from './user-error.js'

export interface SystemOptions {
  /** Holds the servers' data, downloads and work files; `./.data` by default. */
  dataFolder?: string
  /** Settings over those of the environment. */
  env?: Record<string, string>
  replicas?: Partial<Record<AppName, number>>
  /** Servers of our own although the environment names others. */
  embedded?: boolean
  /** How long the processes may take to become ready. */
  readyTimeoutMs?: number
  /** Stands in for the processes of the system where only the launcher is of interest. */
  mainOf?(app: AppName): string
  /** The pauses before a crashed process is started again. */
  pauses?: Omit<SupervisorOptions, 'onEvent'>
  /** Ends a start that is under way. */
  signal?: AbortSignal
  onLog?(line: LogLine): void
  onEvent?(event: UnitEvent): void
  onProgress?(text: string): void
}

export interface SystemUrls {
  /** Of the first gateway. */
  api: string
  websocket: string
  gateways: string[]
  database: string
  redis: string
  /** The address before /metrics, /healthz and /readyz, by process. */
  status: Record<string, string>
}

export interface System {
  urls: SystemUrls
  dataFolder: string
  /** What every process got to see. */
  env: NodeJS.ProcessEnv
  /** With `postgres` and `redis` where they are our own. A second replica is called `match-worker-2`. */
  processes(): SystemProcess[]
  pid(name: string): number | undefined
  /** By default without warning. It is started again. Returns the id of the process that was hit. */
  kill(name: string, signal?: NodeJS.Signals): number
  /** In order, and without a pause. */
  restart(name: string): Promise<void>
  /** Waits until all processes are ready for work, or those named. */
  ready(names?: readonly string[], timeoutMs?: number): Promise<void>
  /** Resolves when a process has refused its configuration, with its name. */
  refused: Promise<string>
  stop(): Promise<void>
  /** At once. */
  killAll(): Promise<void>
}

const READY_TIMEOUT_MS = 120_000
/** Beyond the time a process gives itself. */
const GRACE_MS = 3000

/** Servers, migrations and all processes; resolves when each of them is ready for work. */
export async function startSystem(options: SystemOptions = {}): Promise<System> {
  const { onLog = ignore, onProgress = ignore, signal = new AbortController().signal } = options
  const env = baseEnvironment(options.dataFolder, options.env)
  const settings = readSettings(env, options.embedded === true)
  const plan = await planProcesses(settings, options.replicas ?? {})
  const data = await takeDataFolder(options.dataFolder ?? '.data')
  const refusal = new Refusal()
  const group = new Group({ ...options.pauses, onEvent: (event) => refusal.watch(event, options.onEvent) })
  const over = new AbortController()
  const endBy = (end: () => Promise<void>) => {
    over.abort(new Error('the system is being stopped'))
    return end().finally(data.release)
  }
  const stop = () => endBy(() => group.stop())
  const killAll = () => endBy(() => group.killAll())
  try {
    onProgress(settings.ownDatabase || settings.ownRedis ? 'starting the servers' : 'connecting')
    const redisProgram = process.env.REDIS_SERVER_PATH || undefined
    const urls = await startServers(group, { dataFolder: data.path, settings, processes: plan.length, redisProgram, onLog })
    signal.throwIfAborted()
    onProgress('bringing the database up to date')
    const direct = settings.ownDatabase ? undefined : settings.config.database.direct_url?.reveal()
    await migrateDatabase(direct ?? urls.database)
    signal.throwIfAborted()
    const shared = overlay(env, { DATABASE_URL: urls.database, REDIS_URL: urls.redis, LOG_FORMAT: 'json' })
    const graceMs = settings.config.processing.shutdown_timeout_secs * 1000 + GRACE_MS
    for (const planned of plan) await group.start(stageOf(planned.app), unitOf(planned, shared, graceMs, options))
    const ready = readiness(plan, options, AbortSignal.any([signal, over.signal]))
    await Promise.race([ready(), refusal.rejection])
    return {
      urls: { ...urls, ...addressesOf(plan) },
      dataFolder: data.path,
      env: shared,
      processes: () => group.processes(),
      pid: (name) => group.find(name).pid,
      kill: (name, killSignal = 'SIGKILL') => kill(group, name, killSignal),
      restart: (name) => group.find(name).restart(),
      ready,
      refused: refusal.name,
      stop,
      killAll,
    }
  } catch (error) {
    await (signal.aborted ? killAll() : stop())
    throw error
  }
}

function unitOf({ app, name, env }: PlannedProcess, shared: NodeJS.ProcessEnv, graceMs: number, options: SystemOptions) {
  const main = (options.mainOf ?? mainOf)(app)
  return processUnit({ name, main, env: overlay(shared, env), graceMs, onLine: (line) => options.onLog?.(readLine(name, line)) })
}

function stageOf(app: AppName): number {
  return STOP_ORDER.findIndex((stage) => (stage as readonly AppName[]).includes(app))
}

function addressesOf(plan: readonly PlannedProcess[]) {
  const gateways = plan.flatMap(({ apiUrl }) => (apiUrl === undefined ? [] : [apiUrl]))
  const api = gateways[0] ?? ''
  const status = Object.fromEntries(plan.map(({ name, statusUrl }) => [name, statusUrl]))
  return { api, websocket: `${api.replace(/^http/, 'ws')}/ws`, gateways, status }
}

function readiness(plan: readonly PlannedProcess[], options: SystemOptions, signal: AbortSignal) {
  return async (names?: readonly string[], timeoutMs = options.readyTimeoutMs ?? READY_TIMEOUT_MS): Promise<void> => {
    const chosen = plan.filter(({ name }) => names === undefined || names.includes(name))
    const probes = chosen.map(({ name, statusUrl }) => ({ name, url: `${statusUrl}/readyz` }))
    const tell = (waiting: string[]) => {
      if (waiting.length > 0) options.onProgress?.(`waiting for ${waiting.join(', ')}`)
    }
    await untilAllReady(probes, tell, limited(signal, timeoutMs))
  }
}

function kill(group: Group, name: string, signal: NodeJS.Signals): number {
  const target = group.find(name)
  if (target.pid === undefined) throw new Error(`${name} is not running at this moment`)
  const { pid } = target
  target.signal(signal)
  return pid
}

async function migrateDatabase(url: string): Promise<void> {
  try {
    await migrate(url)
  } catch (error) {
    throw new UserError(`The database cannot be brought up to date: ${(error as Error).message}`, { cause: error })
  }
}

/** A process that refuses its configuration would refuse it again: there is no use in going on. */
class Refusal {
  #tell: (name: string) => void = ignore
  readonly name = new Promise<string>((resolve) => {
    this.#tell = resolve
  })
  readonly rejection = this.name.then((name): never => {
    throw new UserError(`${name} refuses its configuration; it says why in the lines above.`)
  })

  constructor() {
    // After the start somebody else may watch, or nobody.
    this.rejection.catch(ignore)
  }

  watch(event: UnitEvent, onEvent: ((event: UnitEvent) => void) | undefined): void {
    onEvent?.(event)
    if (event.kind === 'refused') this.#tell(event.name)
  }
}

function ignore(): void {}
