import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createTestDatabase, sharedRedisUrl, type TestDatabase } from '@torrentino/testkit'
import fc from 'fast-check'
import { arbitraryOf } from './test-support/arbitrary-of.js'
import { readContract } from './test-support/contract.js'
import { sampleTicket } from './test-support/sample-ticket.js'
import { type Caller, openGateway, type TestGateway } from './test-support/test-gateway.js'

const RUNS = 15
const document = await readContract()
let database: TestDatabase
let gateway: TestGateway
let ticketId: string

beforeAll(async () => {
  database = await createTestDatabase()
  // Whoever asks an indexer for real is refused at once.
  const env = { SEARCHER_INDEXERS: JSON.stringify([{ name: 'one', url: 'http://127.0.0.1:9/api' }]), SERVER_BODY_LIMIT_KB: '256' }
  gateway = await openGateway({ databaseUrl: database.url, redisUrl: await sharedRedisUrl(), env })
  ticketId = (await gateway.call('POST', '/api/v1/ticket', { as: 'ann', body: sampleTicket() })).json.ticket_id
})
afterAll(async () => {
  // It still works.
  expect(await gateway?.call('GET', '/api/v1/ready', { as: 'nobody' })).toMatchObject({ status: 200 })
  await gateway?.close()
  await database?.drop()
})

// biome-ignore lint/suspicious/noExplicitAny: a document of many depths
type Operation = any

const OPERATIONS: [name: string, method: string, path: string, operation: Operation][] = Object.entries(
  document.paths as Record<string, Record<string, Operation>>,
).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]): [string, string, string, Operation] => [
    operation.operationId,
    method.toUpperCase(),
    path,
    operation,
  ]),
)

interface Shot {
  path: string
  as: Caller
  body: unknown
  isRaw: boolean
}

function shotsAt(path: string, { parameters, requestBody }: Operation): fc.Arbitrary<Shot> {
  const values = fc.record(
    Object.fromEntries(
      parameters.map(({ name, in: place, schema }: Operation) => [
        name,
        place === 'path'
          ? fc.oneof(known(name), arbitraryOf(schema, document))
          : fc.option(arbitraryOf(schema, document), { nil: undefined }),
      ]),
    ),
  ) as fc.Arbitrary<Record<string, unknown>>
  const schema = requestBody?.content['application/json'].schema
  return fc.record({
    path: values.map((given) => addressOf(path, parameters, given)),
    as: fc.constantFrom<Caller>('admin', 'ann', 'ben', 'nobody'),
    body: schema ? arbitraryOf(schema, document) : fc.option(fc.jsonValue({ maxDepth: 1 }), { nil: undefined }),
    isRaw: fc.boolean(),
  })
}

/** Things that are there, so that some shots get further than the door. */
function known(name: string): fc.Arbitrary<string> {
  return fc.constant(name === 'ticket_id' ? 'TICKET' : name === 'name' ? 'one' : 'a'.repeat(40))
}

function addressOf(path: string, parameters: Operation[], given: Record<string, unknown>): string {
  let address = path
  const query = new URLSearchParams()
  for (const { name, in: place } of parameters) {
    const value = given[name]
    const text = typeof value === 'string' ? value.replaceAll(/\p{Cs}/gu, '?') : JSON.stringify(value)
    if (place === 'path') address = address.replace(`{${name}}`, encodeURIComponent(text ?? '').replaceAll('.', '%2E') || '%20')
    else if (value !== undefined) query.append(name, text ?? '')
  }
  return query.size > 0 ? `${address}?${query}` : address
}

describe('whatever is sent, the answer is one of those that are described, and never a fault of ours', () => {
  it.each(OPERATIONS)('%s', async (_name, method, path, operation) => {
    await fc.assert(
      fc.asyncProperty(shotsAt(path, operation), async ({ path: address, as, body, isRaw }) => {
        const text = JSON.stringify(body)
        const sent = method === 'GET' || text === undefined ? {} : { raw: isRaw ? text.slice(0, -1) : text }
        const { status, headers } = await gateway.call(method, address.replace('TICKET', ticketId), { as, ...sent })
        if (status !== 503) expect(status).toBeLessThan(500)
        else expect(headers.get('retry-after')).not.toBeNull()
      }),
      { numRuns: RUNS },
    )
  })
})
