import { DomainError, FileList, FileParams, TicketParams } from '@torrentino/domain'
import { type Route, route } from '@torrentino/http'
import type { GatewayDeps } from '../deps.js'
import { ownTicket } from '../tickets/own-ticket.js'
import { openUnderRoots } from './open-under-roots.js'
import { placedFiles } from './placed-files.js'
import { sendFile } from './send-file.js'

export function fileRoutes(deps: GatewayDeps): Route[] {
  return [
    route({
      name: 'listFiles',
      method: 'GET',
      path: '/ticket{s}/:ticket_id/files',
      access: 'user',
      about: 'The placed files',
      answer: FileList,
      params: TicketParams,
      handle: async ({ params, identity }) => {
        const ticket = await ownTicket(deps, params.ticket_id, identity)
        const files = placedFiles(ticket, await deps.store.items.of(ticket.id))
        return { json: { ticket_id: ticket.id, state: ticket.state.name, files } satisfies FileList }
      },
    }),
    route({
      name: 'downloadFile',
      method: 'GET',
      path: '/ticket{s}/:ticket_id/files/:item_id',
      access: 'user',
      about: 'A placed file; ranges, ETag and checksums as HTTP has them',
      answer: { type: 'application/octet-stream' },
      statuses: [200, 206, 304],
      params: FileParams,
      handle: async ({ params: { ticket_id, item_id }, identity, request, response }) => {
        const ticket = await ownTicket(deps, ticket_id, identity)
        const { state } = ticket
        if (state.name !== 'completed') throw new DomainError('not_found', `the ticket has no files yet, it is in state ${state.name}`)
        const file = placedFiles(ticket, await deps.store.items.of(ticket.id)).find((placed) => placed.item_id === item_id)
        if (!file) throw new DomainError('not_found', `the ticket has no file ${item_id}`)
        const opened = await openUnderRoots(file.path, deps.config.media.roots)
        try {
          const whole = await sendFile(request, response, file, opened, new Date(state.completed_at))
          deps.events.fileServed(ticket_id, item_id, whole ? 'complete' : 'cut short')
        } finally {
          await opened.handle.close()
        }
        return undefined
      },
    }),
  ]
}
