import { setTimeout as delay } from 'node:timers/promises'
import { backoffMs, EXIT_CONFIG } from '@torrentino/runtime'
import type { Exit } from '@torrentino/testkit'

export interface Running {
  pid: number
  exited: Promise<Exit>
  signal(signal: NodeJS.Signals): void
  stop(): Promise<unknown>
}

/** Something that is kept running: one of our processes, or a server. */
export interface Unit {
  name: string
  start(): Promise<Running>
}

export type UnitEvent =
  | { kind: 'started'; name: string; pid: number }
  | { kind: 'ended'; name: string; exit: Exit; pauseMs: number }
  | { kind: 'not started'; name: string; error: unknown; pauseMs: number }
  | { kind: 'refused'; name: string }

export interface SupervisorOptions {
  onEvent(event: UnitEvent): void
  initialPauseMs?: number
  maxPauseMs?: number
  /** After a life of this length a crash counts as the first one. */
  steadyMs?: number
}

/** Keeps one unit running until it is stopped, or until it says that its configuration is bad, which no restart puts right. */
export class Supervised {
  readonly #unit: Unit
  readonly #options: Required<SupervisorOptions>
  readonly #stopped = new AbortController()
  #running: Running | undefined
  #life: Promise<void> = Promise.resolve()
  #crashes = 0
  #restartWanted = false
  #restarts = 0

  constructor(unit: Unit, options: SupervisorOptions) {
    this.#unit = unit
    this.#options = { initialPauseMs: 300, maxPauseMs: 10_000, steadyMs: 30_000, ...options }
  }

  get name(): string {
    return this.#unit.name
  }

  get pid(): number | undefined {
    return this.#running?.pid
  }

  get restarts(): number {
    return this.#restarts
  }

  /** Rejects when the first start fails: then there is nothing to keep running. */
  async start(): Promise<void> {
    const first = this.#startUnit()
    this.#life = first.then(
      () => this.#keepRunning(),
      () => {},
    )
    await first
  }

  signal(name: NodeJS.Signals): void {
    this.#running?.signal(name)
  }

  /** An orderly end and a new start without a pause. */
  async restart(): Promise<void> {
    this.#restartWanted = true
    await this.#running?.stop()
  }

  async stop(): Promise<void> {
    this.#stopped.abort()
    await this.#running?.stop()
    await this.#life
  }

  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    this.#stopped.abort()
    this.#running?.signal(signal)
    await this.#life
  }

  async #startUnit(): Promise<void> {
    const running = await this.#unit.start()
    this.#running = running
    this.#options.onEvent({ kind: 'started', name: this.name, pid: running.pid })
    // Told to stop while starting: whoever told could not reach it.
    if (this.#stopped.signal.aborted) await running.stop()
  }

  async #keepRunning(): Promise<void> {
    while (await this.#oneLife()) {
      this.#restarts += 1
      await this.#startAgain()
    }
  }

  /** Whether another one shall follow. */
  async #oneLife(): Promise<boolean> {
    if (this.#running === undefined) return false
    const began = Date.now()
    const exit = await this.#running.exited
    this.#running = undefined
    if (this.#stopped.signal.aborted) return false
    if (exit.code === EXIT_CONFIG) {
      this.#options.onEvent({ kind: 'refused', name: this.name })
      return false
    }
    if (Date.now() - began >= this.#options.steadyMs) this.#crashes = 0
    await this.#pause((pauseMs) => ({ kind: 'ended', name: this.name, exit, pauseMs }))
    return !this.#stopped.signal.aborted
  }

  async #startAgain(): Promise<void> {
    while (this.#running === undefined && !this.#stopped.signal.aborted) {
      try {
        await this.#startUnit()
      } catch (error) {
        await this.#pause((pauseMs) => ({ kind: 'not started', name: this.name, error, pauseMs }))
      }
    }
  }

  async #pause(event: (pauseMs: number) => UnitEvent): Promise<void> {
    if (this.#restartWanted) {
      this.#restartWanted = false
      return
    }
    this.#crashes += 1
    const { initialPauseMs: initialMs, maxPauseMs: maxMs, onEvent } = this.#options
    const pauseMs = backoffMs(this.#crashes, { initialMs, maxMs })
    onEvent(event(pauseMs))
    await delay(pauseMs, undefined, { signal: this.#stopped.signal }).catch(() => {})
  }
}
