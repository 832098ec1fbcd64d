import { Supervised, type SupervisorOptions, type Unit } from './supervisor.js'

export interface SystemProcess {
  name: string
  pid: number | undefined
  restarts: number
}

/** Everything that is kept running, in stages: the first is stopped first, and the next only when all of it is gone. */
export class Group {
  readonly #stages = new Map<number, Supervised[]>()
  readonly #options: SupervisorOptions
  #stopped: Promise<void> | undefined

  constructor(options: SupervisorOptions) {
    this.#options = options
  }

  async start(stage: number, unit: Unit): Promise<void> {
    if (this.#stopped !== undefined) throw new Error('the system is being stopped')
    const supervised = new Supervised(unit, this.#options)
    this.#stages.set(stage, [...(this.#stages.get(stage) ?? []), supervised])
    await supervised.start()
  }

  processes(): SystemProcess[] {
    return this.#all().map(({ name, pid, restarts }) => ({ name, pid, restarts }))
  }

  find(name: string): Supervised {
    const found = this.#all().find((entry) => entry.name === name)
    if (found === undefined) throw new Error(`there is no process named ${name}`)
    return found
  }

  stop(): Promise<void> {
    this.#stopped ??= this.#stopInOrder()
    return this.#stopped
  }

  /** Also while an orderly stop is under way. */
  async killAll(): Promise<void> {
    this.#stopped ??= Promise.resolve()
    await Promise.all(this.#all().map((entry) => entry.kill()))
  }

  async #stopInOrder(): Promise<void> {
    for (const stage of this.#ordered()) await Promise.all(stage.map((entry) => entry.stop()))
  }

  #ordered(): Supervised[][] {
    return [...this.#stages].sort(([left], [right]) => left - right).map(([, stage]) => stage)
  }

  #all(): Supervised[] {
    return this.#ordered().flat()
  }
}
