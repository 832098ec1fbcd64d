import type { Ticket } from '@torrentino/domain'
import type { Outcome } from '@torrentino/pipeline'
import type { TicketItemRow } from '@torrentino/store'

/** All items were tried. A lost picture is noted, unless it is required; a lost track fails the ticket unless it may be placed in part. */
export function decideConverted(ticket: Ticket, items: TicketItemRow[], now: Date): Outcome {
  const at = now.toISOString()
  const done = items.filter((item) => item.status === 'done')
  const required = new Set(ticket.request.images.filter((image) => image.required).map((image) => image.catalog_image_id))
  const lost = items.filter((item) => item.status === 'failed' && (item.kind === 'track' || required.has(item.itemId)))
  const partial = ticket.request.constraints.allow_partial && done.some((item) => item.kind === 'track')
  if (lost.length > 0 && !partial) {
    const [first] = lost
    const error = `${first?.itemId}: ${first?.error ?? 'could not be converted'}`
    return {
      kind: 'step',
      type: 'fail',
      reason: error,
      state: {
        name: 'failed',
        failed_at_state: 'converting',
        error,
        code: 'items_failed',
        retryable: true,
        retry_count: ticket.work.retry_count ?? 0,
        failed_at: at,
      },
    }
  }
  const startedAt = ticket.work.conversion?.started_at ?? at
  return {
    kind: 'step',
    type: 'conversion_done',
    state: { name: 'placing', total_files: done.length, started_at: at },
    work: { conversion: { started_at: startedAt, completed_at: at } },
  }
}
