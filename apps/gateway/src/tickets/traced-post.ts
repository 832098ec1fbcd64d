import type { Reply } from '@torrentino/http'
import { callContext } from '@torrentino/pipeline'
import { newTraceId, type Tracer } from '@torrentino/runtime'

/** A call that files a ticket is the beginning of the ticket's trace, or goes on with that of the caller. */
export async function tracedPost(
  tracer: Pick<Tracer, 'tell'> | undefined,
  caller: unknown,
  post: (traceparent?: string) => Promise<{ ticketId: string; reply: Reply }>,
): Promise<Reply> {
  if (tracer === undefined) return (await post()).reply
  const { traceparent, ...context } = callContext(caller, newTraceId)
  const startMs = Date.now()
  const tell = (attributes: Record<string, string | number>, error?: string) =>
    tracer.tell({
      ...context,
      name: 'POST /api/v1/ticket',
      kind: 'server',
      startMs,
      endMs: Date.now(),
      attributes,
      ...(error && { error }),
    })
  try {
    const { ticketId, reply } = await post(traceparent)
    tell({ 'ticket.id': ticketId, 'http.response.status_code': reply.status ?? 200 })
    return reply
  } catch (error) {
    tell({}, (error as Error).message)
    throw error
  }
}
