const AGAIN_MS = 60_000

/** What goes wrong again and again is told once a minute. */
export class FaultLog {
  private last = { text: '', at: 0 }

  constructor(private readonly log: ((line: string) => void) | undefined) {}

  note(error: unknown): void {
    const text = error instanceof Error ? error.message : String(error)
    if (text === this.last.text && Date.now() - this.last.at < AGAIN_MS) return
    this.last = { text, at: Date.now() }
    this.log?.(text)
  }
}
