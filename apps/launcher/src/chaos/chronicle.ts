import type { LogLine } from '../log-lines.js'

export interface Happening {
  at: number
  /** null as long as it goes on. */
  until: number | null
  text: string
}

/** What was done to the system and when, and what its processes said, for whoever wants to understand what came of it. */
export class Chronicle {
  readonly began = Date.now()
  readonly happenings: Happening[] = []
  readonly lines: { at: number; text: string }[] = []
  readonly #say: (text: string) => void

  constructor(say: (text: string) => void) {
    this.#say = say
  }

  note(text: string): Happening {
    const happening = { at: Date.now(), until: Date.now(), text }
    this.happenings.push(happening)
    return happening
  }

  /** Of something that goes on for a while. */
  async during<T>(text: string, work: () => Promise<T>): Promise<T> {
    const happening: Happening = this.note(text)
    happening.until = null
    try {
      return await work()
    } finally {
      happening.until = Date.now()
    }
  }

  log({ process, level, msg, fields }: LogLine): void {
    this.lines.push({ at: Date.now(), text: `${process} ${level}: ${msg} ${JSON.stringify(fields)}` })
  }

  progress(text: string): void {
    this.#say(`${this.time(Date.now())}  ${text}`)
  }

  /** Seconds since the beginning. */
  time(at: number): string {
    return ((at - this.began) / 1000).toFixed(1).padStart(7)
  }

  /** What touches the span, a little before it included. */
  near(from: number, to: number, beforeMs = 3000): Happening[] {
    return this.happenings.filter(({ at, until }) => at <= to && (until ?? Number.POSITIVE_INFINITY) >= from - beforeMs)
  }

  told(happening: Happening): string {
    const { at, until, text } = happening
    const end = until === null ? ' ...' : until - at < 50 ? '' : ` (${((until - at) / 1000).toFixed(1)} s)`
    return `${this.time(at)}  ${text}${end}`
  }
}
