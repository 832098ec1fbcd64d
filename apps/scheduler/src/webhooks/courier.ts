import type { WebhookTurn } from '@torrentino/store'
import { takeTurn, type WebhookDeps } from './take-turn.js'

export interface Courier {
  /** Begins the turns that are due and for which there is room; those under way hold nobody up. */
  look(): Promise<void>
  /** Those under way have ended. */
  idle(): Promise<void>
}

const AT_ONCE = 16

export function createCourier(deps: WebhookDeps): Courier {
  const running = new Set<Promise<void>>()

  function begin(turn: WebhookTurn): void {
    const done = takeTurn(deps, turn)
      .catch((error) => deps.events.turnFailed(turn, error))
      .finally(() => running.delete(done))
    running.add(done)
  }

  return {
    async look() {
      const room = AT_ONCE - running.size
      if (room <= 0 || deps.signal.aborted) return
      for (const turn of await deps.store.webhooks.claim(room, deps.leaseMs)) begin(turn)
    },
    async idle() {
      while (running.size > 0) await Promise.all(running)
    },
  }
}
