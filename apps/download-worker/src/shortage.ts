/** Whether a ticket that somebody waits for found no space, or no client with a place, in this process not long ago. */
export interface Shortage {
  note(): void
  isFresh(): boolean
}

/** Longer than it takes until whoever found none asks again. */
const FRESH_MS = 30_000

export function createShortage(): Shortage {
  let noted = Number.NEGATIVE_INFINITY
  return {
    note() {
      noted = performance.now()
    },
    isFresh: () => performance.now() - noted < FRESH_MS,
  }
}
