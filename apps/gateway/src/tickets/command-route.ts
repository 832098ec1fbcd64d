import { type Actor, type Ticket, TicketParams, TicketSummary } from '@torrentino/domain'
import { type Access, type Method, type Route, route } from '@torrentino/http'
import { z } from 'zod'
import type { GatewayDeps } from '../deps.js'
import { actorOf, ownTicket } from './own-ticket.js'
import { summaryOf } from './summary.js'

interface Command<Q extends z.ZodType, B extends z.ZodType> {
  name: string
  command: string
  about: string
  method?: Method
  path?: string
  access?: Access
  query?: Q
  body: B
  run(input: { id: string; actor: Actor; query: z.output<Q>; body: z.output<B> }): Promise<Ticket>
}

const NoQuery = z.strictObject({})

/** A command given to one ticket; it answers with the ticket as it is then. */
export function commandRoute<B extends z.ZodType, Q extends z.ZodType = typeof NoQuery>(deps: GatewayDeps, command: Command<Q, B>): Route {
  const {
    name,
    method = 'POST',
    path = `/ticket{s}/:ticket_id/${command.command}`,
    access = 'admin',
    about,
    query = NoQuery,
    body,
    run,
  } = command
  return route({
    name,
    method,
    path,
    access,
    about,
    answer: TicketSummary,
    params: TicketParams,
    query,
    body,
    handle: async ({ params: { ticket_id: id }, query, body, identity }) => {
      await ownTicket(deps, id, identity)
      const ticket = await run({ id, actor: actorOf(identity), query: query as z.output<Q>, body })
      deps.events.ticketCommanded(command.command, id, identity, ticket.state.name)
      return { json: summaryOf(ticket) }
    },
  })
}
