/** The work, until the given signal ends it, or `late` after so many milliseconds; also where the work does not listen. */
export async function within<T>(ms: number, signal: AbortSignal, late: Error, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  signal.throwIfAborted()
  const stop = new AbortController()
  const ended = new Promise<never>((_, reject) => {
    stop.signal.addEventListener('abort', () => reject(stop.signal.reason), { once: true })
  })
  const timer = setTimeout(() => stop.abort(late), ms)
  const cancel = () => stop.abort(signal.reason)
  signal.addEventListener('abort', cancel, { once: true })
  try {
    return await Promise.race([work(stop.signal), ended])
  } finally {
    clearTimeout(timer)
    signal.removeEventListener('abort', cancel)
  }
}
