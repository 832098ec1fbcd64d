export interface Remembered<T> {
  /** What is remembered, or what `load` gives now. Who stops waiting stops the loading only when nobody else waits. */
  get(signal: AbortSignal): Promise<T>
}

interface Loading<T> {
  value: Promise<T>
  stop: AbortController
  waiting: number
}

export const elapsed = () => performance.now()

/** Keeps one value for as long as its `keepMs` says; those who ask meanwhile share one loading. Failures are not kept. */
export function remembered<T>(load: (signal: AbortSignal) => Promise<{ value: T; keepMs: number }>, now = elapsed): Remembered<T> {
  let kept: { value: T; until: number } | undefined
  let loading: Loading<T> | undefined

  function start(): Loading<T> {
    const stop = new AbortController()
    const value = load(stop.signal).then((loaded) => {
      kept = { value: loaded.value, until: now() + loaded.keepMs }
      return loaded.value
    })
    const mine = { value, stop, waiting: 0 }
    const done = () => {
      if (loading === mine) loading = undefined
    }
    value.then(done, done)
    return mine
  }

  return {
    async get(signal) {
      signal.throwIfAborted()
      if (kept && now() < kept.until) return kept.value
      loading ??= start()
      const mine = loading
      mine.waiting++
      try {
        return await orAborted(mine.value, signal)
      } finally {
        mine.waiting--
        if (mine.waiting === 0) leave(mine)
      }
    },
  }

  function leave(mine: Loading<T>) {
    mine.stop.abort(new Error('nobody waits for it any more'))
    if (loading === mine) loading = undefined
  }
}

function orAborted<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const stopped = () => reject(signal.reason)
    signal.addEventListener('abort', stopped, { once: true })
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', stopped))
  })
}
