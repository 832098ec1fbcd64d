import { createCounts } from './counts.js'

/** Which torrents tickets are at work on in this process, and how many tickets each. */
export interface Pins {
  /** Answers how to take it back, which works once. */
  add(infoHash: string): () => void
  has(infoHash: string): boolean
  /** True when it is pinned; then a review is due once it no longer is. */
  reviewLater(infoHash: string): boolean
  /** Aborted as soon as a ticket pins it. */
  comes(infoHash: string): AbortSignal
}

export function createPins(onFree: (infoHash: string, reviewIsDue: boolean) => void): Pins {
  const counts = createCounts()
  const toReview = new Set<string>()
  const awaited = new Map<string, AbortController>()

  function remove(infoHash: string): void {
    if (counts.remove(infoHash)) onFree(infoHash, toReview.delete(infoHash))
  }

  return {
    add(infoHash) {
      counts.add(infoHash)
      awaited.get(infoHash)?.abort(new Error('a ticket needs this torrent'))
      awaited.delete(infoHash)
      let taken = true
      return () => {
        if (taken) remove(infoHash)
        taken = false
      }
    },
    has: counts.has,
    reviewLater(infoHash) {
      if (!counts.has(infoHash)) return false
      toReview.add(infoHash)
      return true
    },
    comes(infoHash) {
      const controller = awaited.get(infoHash) ?? new AbortController()
      awaited.set(infoHash, controller)
      return controller.signal
    },
  }
}
