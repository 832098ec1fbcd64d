import type { ProgressEvent } from '@torrentino/domain'

/** Lets at most one progress event per ticket and item through in a time: the first at once, then the latest. */
export interface ProgressGate {
  offer(event: ProgressEvent): void
  /** The ticket has moved on: what is held back is out of date. */
  drop(ticketId: string): void
  close(): void
}

export function createProgressGate(intervalMs: number, pass: (event: ProgressEvent) => void): ProgressGate {
  const tickets = new Map<string, Map<string, { latest: ProgressEvent | null; timer: NodeJS.Timeout }>>()

  function offer(event: ProgressEvent): void {
    const items = tickets.get(event.ticket_id) ?? new Map()
    const key = `${event.stage}:${event.item_id ?? ''}`
    const held = items.get(key)
    if (held) {
      held.latest = event
      return
    }
    tickets.set(event.ticket_id, items)
    items.set(key, { latest: null, timer: setTimeout(() => release(event.ticket_id, key), intervalMs) })
    pass(event)
  }

  function release(ticketId: string, key: string): void {
    const items = tickets.get(ticketId)
    const latest = items?.get(key)?.latest
    items?.delete(key)
    if (items?.size === 0) tickets.delete(ticketId)
    if (latest) offer(latest)
  }

  function drop(ticketId: string): void {
    for (const held of tickets.get(ticketId)?.values() ?? []) held.latest = null
  }

  return {
    offer,
    drop,
    close() {
      for (const items of tickets.values()) for (const held of items.values()) clearTimeout(held.timer)
      tickets.clear()
    },
  }
}
