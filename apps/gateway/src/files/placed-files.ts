import { type PlacedFile, requestedItems, type Ticket } from '@torrentino/domain'
import type { TicketItemRow } from '@torrentino/store'
import { contentTypeOf } from './content-types.js'

/** The files that a completed ticket placed; none before. */
export function placedFiles(ticket: Ticket, rows: readonly TicketItemRow[]): PlacedFile[] {
  if (ticket.state.name !== 'completed') return []
  const done = new Map(rows.filter((row) => row.status === 'done').map((row) => [row.itemId, row]))
  return requestedItems(ticket.request).flatMap(({ id, kind, name, destPath }) => {
    const row = done.get(id)
    if (!row || row.size === null || row.sha256 === null) return []
    return [{ item_id: id, kind, name, path: destPath, size: row.size, sha256: row.sha256, content_type: contentTypeOf(destPath) }]
  })
}
