import { setTimeout as sleep } from 'node:timers/promises'
import { STATUS_KEYS, type Status, StatusList } from './schema.js'
import type { Supervisor } from './supervisor.js'

const INTERVAL_MS = 1000
const FAILURES_ALLOWED = 3

interface SamplerDeps {
  perform: Supervisor['perform']
  absorb(statuses: Status[]): void
  /** aria2 runs but no longer answers. */
  giveUp(): void
}

/** One question a second for all running torrents, as long as somebody listens. */
export class Sampler {
  private readonly listeners = new Set<() => void>()
  private readonly closing = new AbortController()
  private running = false
  private failures = 0

  constructor(private readonly deps: SamplerDeps) {}

  onSample(listener: () => void): () => void {
    this.listeners.add(listener)
    if (!this.running) void this.run()
    return () => void this.listeners.delete(listener)
  }

  close(): void {
    this.closing.abort()
  }

  private async run(): Promise<void> {
    this.running = true
    const { signal } = this.closing
    while (this.listeners.size > 0 && !signal.aborted) {
      await this.sample()
      for (const listener of this.listeners) listener()
      // Not worth keeping a process alive for.
      await sleep(INTERVAL_MS, undefined, { signal, ref: false }).catch(() => {})
    }
    this.running = false
  }

  async once(): Promise<void> {
    this.deps.absorb(await this.deps.perform(({ rpc }) => rpc.call('aria2.tellActive', [STATUS_KEYS], StatusList)))
  }

  private async sample(): Promise<void> {
    try {
      await this.once()
      this.failures = 0
    } catch {
      if (++this.failures < FAILURES_ALLOWED || this.closing.signal.aborted) return
      this.failures = 0
      this.deps.giveUp()
    }
  }
}
