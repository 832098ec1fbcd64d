interface WatcherDeps {
  /** One question for all torrents. */
  look(): Promise<void>
  /** Something is left to wait for, though nobody stands and waits. */
  isAwaited(): boolean
  onFault(error: unknown): void
  tickMs: number
  idleMs: number
}

/** Looks once a second as long as somebody waits, and now and then for what has time. */
export class Watcher {
  /** Why the last look failed. */
  fault: unknown = null
  private readonly listeners = new Set<() => void>()
  private running = false
  private closed = false
  private idle = false
  private endPause: (() => void) | null = null

  constructor(private readonly deps: WatcherDeps) {}

  /** Called after each look, the failed ones too. */
  onLook(listener: () => void): () => void {
    this.listeners.add(listener)
    this.wake()
    return () => void this.listeners.delete(listener)
  }

  /** Something began that is to be waited for. */
  wake(): void {
    // Who comes while others wait is served by their next tick: one question a second is enough.
    if (this.idle) this.endPause?.()
    if (!this.running && !this.closed) void this.run()
  }

  close(): void {
    this.closed = true
    this.endPause?.()
  }

  private async run(): Promise<void> {
    this.running = true
    while (!this.closed && (this.listeners.size > 0 || this.deps.isAwaited())) {
      await this.look()
      for (const listener of this.listeners) listener()
      await this.pause()
    }
    this.running = false
  }

  private pause(): Promise<void> {
    this.idle = this.listeners.size === 0
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, this.idle ? this.deps.idleMs : this.deps.tickMs)
      // Not worth keeping a process alive for.
      timer.unref()
      this.endPause = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  private async look(): Promise<void> {
    try {
      await this.deps.look()
      this.fault = null
    } catch (error) {
      if (this.fault === null && !this.closed) this.deps.onFault(error)
      this.fault = error
    }
  }
}
