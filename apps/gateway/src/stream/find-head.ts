import type { Steps } from '@torrentino/store'

/** The number of the newest visible step, found with a few dozen look-ups in the primary key however long the history is. */
export async function findHead(steps: Pick<Steps, 'between'>): Promise<number> {
  let low = 0
  let high = 1
  for (;;) {
    const [next] = await steps.between(high - 1, Number.MAX_SAFE_INTEGER, 1)
    if (!next) break
    low = next.seq
    high = low * 2 + 1
  }
  while (low + 1 < high) {
    const middle = Math.floor((low + high) / 2)
    const [next] = await steps.between(middle - 1, high - 1, 1)
    if (next) low = next.seq
    else high = middle
  }
  return low
}
