import { hostname } from 'node:os'
import type { Config } from './config/index.js'
import { ConfigError, loadConfig } from './config/index.js'
import { createLogger, type Logger, type RootLogger } from './logger.js'
import { createMetrics, type Metrics } from './metrics.js'
import { createReadiness, type ReadinessProbe, type ReadyCheck } from './readiness.js'
import { startStatusServer } from './status-server.js'
import { type StopFunction, StopList } from './stop-list.js'
import { openTracer } from './tracing/open-tracer.js'
import type { Tracer } from './tracing/span.js'

export const EXIT_CONFIG = 78
const EXIT_FAILED = 1
const NOTE_FAULTS_MS = 2000

/** Told of a faulty configuration before the process ends; it has two seconds. */
export type ConfigFaultsListener = (service: string, faults: readonly string[]) => Promise<void>

export interface ProcessContext {
  service: string
  /** Different in each process of the system: for logs, leases and the owner of a job. */
  instanceId: string
  config: Config
  log: Logger
  metrics: Metrics
  /** Where traces are wanted. */
  tracer?: Tracer
  /** Aborted when the process is told to stop. */
  signal: AbortSignal
  /** Called in reverse order at the stop. */
  onStop(name: string, stop: StopFunction): void
  /** Asked by /readyz. */
  onReady(name: string, check: ReadyCheck): void
  /** All ready checks together, for a server that answers /readyz itself. */
  ready: ReadinessProbe
}

/**
 * The life of a process: configuration, logger, status server, then `start`; it lives until a signal, the end of its supervisor,
 * or a failure. Exits 0 after a clean stop, 78 on a faulty configuration, 1 otherwise.
 */
export async function runProcess(
  service: string,
  start: (ctx: ProcessContext) => Promise<void>,
  onConfigFaults: ConfigFaultsListener = async () => {},
): Promise<void> {
  tolerateClosedPipes()
  const notices: string[] = []
  const config = await configOrExit(service, (notice) => notices.push(notice), onConfigFaults)
  const instanceId = config.service.name === '' ? `${service}-${hostname()}-${process.pid}` : config.service.name
  const root = createLogger({ service, level: config.log.level, format: config.log.format })
  const log = root.child({ instance: instanceId })
  for (const notice of notices) log.warn('configuration notice', { notice })
  const life = new Life(root, log, config.processing.shutdown_timeout_secs * 1000)
  const metrics = createMetrics(service)
  const ready = createReadiness()
  const ctx: ProcessContext = {
    service,
    instanceId,
    config,
    log,
    metrics,
    ready,
    signal: life.signal,
    onStop: (name, stop) => life.onStop(name, stop),
    onReady: (name, check) => ready.add(name, check),
  }
  await life.run(async () => {
    const status = await startStatusServer({ ...config.metrics, registry: metrics.registry, ready: () => life.readiness(ready) })
    life.onStop('status server', status.close)
    ctx.tracer = await openTracer(config, service, log)
    if (ctx.tracer !== undefined) life.onStop('traces', ctx.tracer.close)
    log.info('starting', { status_port: status.port, pid: process.pid })
    await start(ctx)
    log.info('started')
  })
}

/** A supervisor that died must not turn each log line into an exception. */
function tolerateClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
}

async function configOrExit(service: string, onNotice: (text: string) => void, onFaults: ConfigFaultsListener): Promise<Config> {
  try {
    return loadConfig(process.env, { onNotice })
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    process.stderr.write(`${error.message}\n`)
    await Promise.race([onFaults(service, error.faults).catch(() => {}), new Promise((resolve) => setTimeout(resolve, NOTE_FAULTS_MS))])
    process.exit(EXIT_CONFIG)
  }
}

class Life {
  readonly #controller = new AbortController()
  readonly #stops: StopList
  #starting: Promise<boolean> = Promise.resolve(true)
  #started = false
  #ending = false

  constructor(
    readonly root: RootLogger,
    readonly log: Logger,
    readonly timeoutMs: number,
  ) {
    this.#stops = new StopList(log)
  }

  get signal(): AbortSignal {
    return this.#controller.signal
  }

  onStop(name: string, stop: StopFunction): void {
    this.#stops.add(name, stop)
  }

  async readiness(probe: ReadinessProbe) {
    const { ok, checks } = await probe()
    const phase = this.#ending ? 'stopping' : this.#started ? null : 'starting'
    return phase === null ? { ok, checks } : { ok: false, checks: { ...checks, process: { ok: false, message: phase } } }
  }

  async run(start: () => Promise<void>): Promise<void> {
    this.#listen()
    this.#starting = start().then(
      () => {
        this.#started = true
        return true
      },
      (error: unknown) => {
        if (this.signal.aborted) return true
        this.log.error('start failed', { error })
        return false
      },
    )
    if (!(await this.#starting)) await this.#end('start failed', EXIT_FAILED)
  }

  #listen(): void {
    for (const name of ['SIGINT', 'SIGTERM'] as const) process.on(name, () => this.#told(name))
    process.on('uncaughtException', (error) => this.#broken('uncaught exception', error))
    process.on('unhandledRejection', (error) => this.#broken('unhandled rejection', error))
    if (process.env.SUPERVISED === '1') this.#watchSupervisor()
  }

  /** Children of a supervisor that was killed would go on for ever beside those of the next one. */
  #watchSupervisor(): void {
    const gone = () => this.#told('supervisor gone')
    if (process.connected) {
      process.on('disconnect', gone)
      return
    }
    process.stdin.on('end', gone).on('close', gone).on('error', gone).resume()
  }

  #told(reason: string): void {
    if (this.#ending && reason.startsWith('SIG')) process.exit(EXIT_FAILED)
    void this.#end(reason, 0)
  }

  #broken(what: string, error: unknown): void {
    this.log.error(what, { error })
    void this.#end(what, EXIT_FAILED)
  }

  async #end(reason: string, code: number): Promise<void> {
    if (this.#ending) return
    this.#ending = true
    const began = Date.now()
    this.log.info('stopping', { reason })
    this.#controller.abort(new Error(`stopping: ${reason}`))
    const settled = await this.#startSettled()
    const clean = (await this.#stops.run(Math.max(this.timeoutMs - (Date.now() - began), 0))) && settled
    this.log.info('stopped', { reason, clean })
    await Promise.race([this.root.close(), new Promise((resolve) => setTimeout(resolve, 500))])
    process.exit(clean ? code : EXIT_FAILED)
  }

  /** A start that is under way may still open things: its stop functions must be known before they are run. */
  async #startSettled(): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<false>((resolve) => {
      timer = setTimeout(() => {
        this.log.error('stop took too long and was cut', { part: 'start' })
        resolve(false)
      }, this.timeoutMs / 2)
    })
    return Promise.race([this.#starting.then(() => true), late]).finally(() => clearTimeout(timer))
  }
}
