import { isDatabaseAway } from './connection-fault.js'

interface Waiting<I, O> {
  input: I
  resolve(output: O): void
  reject(error: unknown): void
}

/**
 * Collects calls that arrive while a statement is under way into the next statement.
 * An idle caller is sent at once; a busy process pays one round trip and one commit for many tickets.
 */
export function createBatcher<I, O>(options: {
  run(inputs: I[]): Promise<O[]>
  /** Inputs of equal key never share a statement. */
  key(input: I): string
  maxBatch?: number
  parallel?: number
}): (input: I) => Promise<O> {
  const { run, key, maxBatch = 100, parallel = 2 } = options
  let queue: Waiting<I, O>[] = []
  let underWay = 0

  function take(): Waiting<I, O>[] {
    const batch: Waiting<I, O>[] = []
    const later: Waiting<I, O>[] = []
    const keys = new Set<string>()
    for (const waiting of queue) {
      const id = key(waiting.input)
      if (batch.length >= maxBatch || keys.has(id)) later.push(waiting)
      else {
        keys.add(id)
        batch.push(waiting)
      }
    }
    queue = later
    return batch
  }

  function pump(): void {
    while (underWay < parallel && queue.length > 0) {
      underWay += 1
      void send(take()).finally(() => {
        underWay -= 1
        pump()
      })
    }
  }

  async function send(batch: Waiting<I, O>[]): Promise<void> {
    try {
      const outputs = await run(batch.map((waiting) => waiting.input))
      for (const [index, waiting] of batch.entries()) waiting.resolve(outputs[index] as O)
    } catch (error) {
      // With the database away nobody knows whether it was written; only the callers know whether asking again is harmless.
      if (batch.length === 1 || isDatabaseAway(error)) {
        for (const waiting of batch) waiting.reject(error)
        return
      }
      // One bad input must not fail its neighbours: each goes again alone.
      for (const waiting of batch) await send([waiting])
    }
  }

  return (input) =>
    new Promise<O>((resolve, reject) => {
      queue.push({ input, resolve, reject })
      // A turn of the loop later, so that calls of one tick travel together.
      setImmediate(pump)
    })
}
