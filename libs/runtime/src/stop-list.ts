import type { Logger } from './logger.js'

export type StopFunction = () => unknown

const LAST_CHANCE_MS = 1000

interface Entry {
  name: string
  stop: StopFunction
}

/** What has to be stopped, in the order it was started; stopped the other way round, once, within a deadline. */
export class StopList {
  readonly #entries: Entry[] = []
  readonly #log: Logger
  #stopping: Promise<boolean> | undefined
  #deadline = 0
  #ended = false

  constructor(log: Logger) {
    this.#log = log
  }

  /** What comes too late, because the stop has begun, is stopped with the rest or at once. */
  add(name: string, stop: StopFunction): void {
    if (this.#ended) void this.#stopOne({ name, stop }, LAST_CHANCE_MS)
    else this.#entries.push({ name, stop })
  }

  /** True when everything ended well and in time. */
  run(timeoutMs: number): Promise<boolean> {
    this.#deadline = Date.now() + timeoutMs
    this.#stopping ??= this.#runAll().finally(() => {
      this.#ended = true
    })
    return this.#stopping
  }

  /** After the deadline the rest still gets its call and a last second, so that no child process is left behind. */
  async #runAll(): Promise<boolean> {
    let clean = true
    for (let entry = this.#entries.pop(); entry !== undefined; entry = this.#entries.pop()) {
      const left = this.#deadline - Date.now()
      if (left <= 0) return this.#stopRest(entry)
      clean = (await this.#stopOne(entry, left)) && clean
    }
    return clean
  }

  async #stopRest(first: Entry): Promise<false> {
    const rest = [first, ...this.#entries.splice(0).reverse()]
    await Promise.all(rest.map((entry) => this.#stopOne(entry, LAST_CHANCE_MS)))
    return false
  }

  async #stopOne({ name, stop }: Entry, timeoutMs: number): Promise<boolean> {
    let timer: NodeJS.Timeout | undefined
    const late = new Promise<'late'>((resolve) => {
      timer = setTimeout(() => resolve('late'), timeoutMs)
    })
    try {
      const ended = await Promise.race([Promise.resolve().then(stop), late])
      if (ended !== 'late') return true
      this.#log.error('stop took too long and was cut', { part: name })
    } catch (error) {
      this.#log.error('stop failed', { part: name, error })
    } finally {
      clearTimeout(timer)
    }
    return false
  }
}
