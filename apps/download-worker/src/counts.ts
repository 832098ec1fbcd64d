/** How many there are of each. */
export interface Counts {
  has(key: string): boolean
  add(key: string): void
  /** True when that was the last one. */
  remove(key: string): boolean
}

export function createCounts(): Counts {
  const counts = new Map<string, number>()
  return {
    has: (key) => counts.has(key),
    add: (key) => void counts.set(key, (counts.get(key) ?? 0) + 1),
    remove(key) {
      const left = (counts.get(key) ?? 1) - 1
      if (left > 0) counts.set(key, left)
      else counts.delete(key)
      return left <= 0
    },
  }
}
