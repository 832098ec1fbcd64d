import {
  ApproveBody,
  CancelQuery,
  DomainError,
  EmptyBody,
  ForceMagnetBody,
  ForceSearchBody,
  ListTicketsQuery,
  NewTicket,
  ReasonBody,
  TicketCreated,
  TicketDetails,
  TicketList,
  TicketParams,
} from '@torrentino/domain'
import { type Identity, type Route, route } from '@torrentino/http'
import {
  approveTicket,
  cancelTicket,
  forceMagnet,
  forceSearch,
  pauseTicket,
  rejectTicket,
  resumeTicket,
  retryTicket,
} from '@torrentino/pipeline'
import type { GatewayDeps } from '../deps.js'
import { commandRoute } from './command-route.js'
import { detailsView } from './details.js'
import { ownTicket } from './own-ticket.js'
import { postTicket } from './post-ticket.js'
import { summaryOf } from './summary.js'

/** `ticket` and `tickets` are the same word everywhere. */
export function ticketRoutes(deps: GatewayDeps): Route[] {
  return [
    route({
      name: 'postTicket',
      method: 'POST',
      path: '/ticket{s}',
      access: 'user',
      about: 'Files a ticket; 200 where the same was filed before',
      answer: TicketCreated,
      statuses: [201, 200],
      body: NewTicket,
      handle: ({ body, identity, request }) => postTicket(deps, body, identity, request.headers),
    }),
    route({
      name: 'listTickets',
      method: 'GET',
      path: '/ticket{s}',
      access: 'user',
      about: 'Tickets, newest first; a user sees his own',
      answer: TicketList,
      query: ListTicketsQuery,
      handle: async ({ query, identity }) => ({ json: await listTickets(deps, query, identity) }),
    }),
    route({
      name: 'getTicket',
      method: 'GET',
      path: '/ticket{s}/:ticket_id',
      access: 'user',
      about: 'Where a ticket is, and how it came there',
      answer: TicketDetails,
      params: TicketParams,
      handle: async ({ params, identity }) => {
        const ticket = await ownTicket(deps, params.ticket_id, identity)
        return { json: await detailsView(deps, ticket, deps.now()) }
      },
    }),
    commandRoute(deps, {
      name: 'cancelTicket',
      command: 'cancel',
      about: 'Cancels a ticket and cleans up after it',
      method: 'DELETE',
      path: '/ticket{s}/:ticket_id',
      access: 'user',
      query: CancelQuery,
      body: ReasonBody.optional(),
      run: ({ id, actor, query, body }) => cancelTicket(deps, id, actor, body?.reason ?? query.reason ?? null),
    }),
    commandRoute(deps, {
      name: 'pauseTicket',
      command: 'pause',
      about: 'Pauses a running download; its place goes to another',
      access: 'user',
      body: EmptyBody.optional(),
      run: ({ id, actor }) => pauseTicket(deps, id, actor),
    }),
    commandRoute(deps, {
      name: 'resumeTicket',
      command: 'resume',
      about: 'Resumes a paused download',
      access: 'user',
      body: EmptyBody.optional(),
      run: ({ id, actor }) => resumeTicket(deps, id, actor),
    }),
    commandRoute(deps, {
      name: 'approveTicket',
      command: 'approve',
      about: 'Approves the best candidate, or that of candidate_idx',
      body: ApproveBody.optional(),
      run: ({ id, actor, body }) => approveTicket(deps, id, actor, body?.candidate_idx),
    }),
    commandRoute(deps, {
      name: 'rejectTicket',
      command: 'reject',
      about: 'Rejects all candidates',
      body: ReasonBody.optional(),
      run: ({ id, actor, body }) => rejectTicket(deps, id, actor, body?.reason ?? null),
    }),
    commandRoute(deps, {
      name: 'retryTicket',
      command: 'retry',
      about: 'Begins a failed ticket anew',
      body: EmptyBody.optional(),
      run: ({ id, actor }) => retryTicket(deps, id, actor),
    }),
    commandRoute(deps, {
      name: 'forceSearch',
      command: 'force-search',
      about: 'Searches by a query of the admin',
      body: ForceSearchBody,
      run: ({ id, actor, body }) => forceSearch(deps, id, actor, body.query),
    }),
    commandRoute(deps, {
      name: 'forceMagnet',
      command: 'force-magnet',
      about: 'Takes the torrent of this magnet link',
      body: ForceMagnetBody,
      run: ({ id, actor, body: { magnet_uri } }) => forceMagnet(deps, id, actor, magnet_uri.uri, magnet_uri.infoHash),
    }),
  ]
}

async function listTickets({ store }: GatewayDeps, { state, requested_by, ...paging }: ListTicketsQuery, { role, userId }: Identity) {
  if (role !== 'admin' && requested_by !== undefined && requested_by !== userId)
    throw new DomainError('forbidden', 'only admins may list the tickets of others', {
      errors: [{ path: 'requested_by', message: 'must be absent or yourself' }],
    })
  const requestedBy = role === 'admin' ? requested_by : userId
  const { tickets, next } = await store.tickets.list({ states: state, requestedBy, ...paging })
  return { tickets: tickets.map(summaryOf), next }
}
