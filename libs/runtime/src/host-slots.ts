interface Waiting {
  enter(): void
}

interface Host {
  active: number
  waiting: Waiting[]
}

/** At most so many requests to one host at a time; the others wait in line. */
export class HostSlots {
  readonly #hosts = new Map<string, Host>()

  constructor(readonly perHost: number) {}

  /** Resolves with the function that gives the place back; rejects when the signal ends the waiting. */
  async acquire(name: string, signal?: AbortSignal): Promise<() => void> {
    signal?.throwIfAborted()
    const host = this.#hosts.get(name) ?? { active: 0, waiting: [] }
    this.#hosts.set(name, host)
    if (host.active >= this.perHost) await inLine(host, signal)
    else host.active++
    return () => this.#release(name, host)
  }

  #release(name: string, host: Host): void {
    const next = host.waiting.shift()
    if (next !== undefined) {
      next.enter()
      return
    }
    host.active--
    if (host.active === 0) this.#hosts.delete(name)
  }
}

/** A place is handed over as it is, so `active` does not change between two holders. */
function inLine(host: Host, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const place: Waiting = {
      enter() {
        signal?.removeEventListener('abort', leave)
        resolve()
      },
    }
    const leave = () => {
      host.waiting.splice(host.waiting.indexOf(place), 1)
      reject(signal?.reason)
    }
    signal?.addEventListener('abort', leave, { once: true })
    host.waiting.push(place)
  })
}
