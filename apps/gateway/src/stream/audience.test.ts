import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { createAudience } from './audience.js'
import { type StreamClient, type Wish, wants } from './stream-client.js'

const user = fc.constantFrom('ann', 'bob')
const ticket = fc.constantFrom('t1', 't2', 't3')
const wish: fc.Arbitrary<Wish> = fc.record({
  userId: fc.option(user),
  ticketIds: fc.option(fc.array(ticket, { minLength: 1 }).map((ids) => new Set(ids))),
})

test('a ticket finds just those whom it concerns, whoever came and went', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(wish, fc.boolean())), ticket, user, (comers, ticketId, requestedBy) => {
      const audience = createAudience()
      const clients = comers.map(([its, stays]) => ({ client: { wish: its } as StreamClient, stays }))
      for (const { client } of clients) audience.add(client)
      for (const { client, stays } of clients) if (!stays) audience.remove(client)
      const present = clients.filter(({ stays }) => stays).map(({ client }) => client)
      const concerned = (client: StreamClient) => wants(client.wish, ticketId, requestedBy)
      const found = audience.of(ticketId, requestedBy)
      expect(new Set(found).size).toBe(found.length)
      expect(new Set(found.filter(concerned))).toEqual(new Set(present.filter(concerned)))
      expect(audience.clients).toEqual(new Set(present))
    }),
  )
})
