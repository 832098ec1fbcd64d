import { afterAll, expect, test } from '@jest/globals'
import type { Span } from '@torrentino/runtime'
import { openStore } from '@torrentino/store'
import { createTestDatabase, sharedRedisUrl } from '@torrentino/testkit'
import { sampleTicket } from './test-support/sample-ticket.js'
import { openGateway } from './test-support/test-gateway.js'

const spans: Span[] = []
const database = await createTestDatabase()
const store = openStore({ url: database.url, poolSize: 2 })
const gateway = await openGateway({
  databaseUrl: database.url,
  redisUrl: await sharedRedisUrl(),
  tracer: { tell: (span) => spans.push(span), close: async () => {} },
})
afterAll(async () => {
  await gateway.close()
  await store.close()
  await database.drop()
})

test('a call that files a ticket goes on with the trace of its caller, or begins one, and the ticket keeps it', async () => {
  const [traceId, parentId] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7']
  const headers = { traceparent: `00-${traceId}-${parentId}-01` }
  const { json } = await gateway.call('POST', '/api/v1/ticket', { body: sampleTicket(), headers })
  expect(spans.splice(0)).toEqual([
    expect.objectContaining({
      traceId,
      parentId,
      name: 'POST /api/v1/ticket',
      kind: 'server',
      attributes: { 'ticket.id': json.ticket_id, 'http.response.status_code': 201 },
    }),
  ])
  const ticket = await store.tickets.find(json.ticket_id)
  expect(ticket?.work.traceparent).toMatch(new RegExp(`^00-${traceId}-(?!${parentId})[0-9a-f]{16}-01$`))

  await gateway.call('POST', '/api/v1/ticket', { body: sampleTicket(), headers: { traceparent: 'nonsense' } })
  const [own] = spans.splice(0)
  expect(own?.parentId).toBeUndefined()
  expect(own?.traceId).toMatch(/^[0-9a-f]{32}$/)
})
