import type { Delivery } from './delivery.js'

const MAX_STEPS = 500
const MAX_BYTES = 256 * 1024

/** The newest steps: the last stretch of every replay comes from here, so that it ends however fast new ones come. */
export interface Recent {
  add(delivery: Delivery): void
  /** Null: it does not reach back that far. */
  after(seq: number): Delivery[] | null
  /** Forgets all; what follows continues after this step. */
  restart(seq: number): void
}

export function createRecent(): Recent {
  let kept: Delivery[] = []
  let bytes = 0
  let start = Number.POSITIVE_INFINITY

  function add(delivery: Delivery): void {
    kept.push(delivery)
    bytes += sizeOf(delivery)
    // Half of it at once: removing single ones from the front of a list costs more than it is worth.
    if (kept.length <= MAX_STEPS && bytes <= MAX_BYTES) return
    const dropped = kept.splice(0, Math.ceil(kept.length / 2))
    start = dropped.at(-1)?.seq ?? start
    bytes = kept.reduce((sum, one) => sum + sizeOf(one), 0)
  }

  return {
    add,
    after(seq) {
      if (seq < start) return null
      return kept.filter((delivery) => delivery.seq > seq)
    },
    restart(seq) {
      kept = []
      bytes = 0
      start = seq
    },
  }
}

function sizeOf(delivery: Delivery): number {
  return delivery.frames.reduce((sum, frame) => sum + frame.bytes.length, 0)
}
