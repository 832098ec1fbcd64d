import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createTestDatabase, sharedRedisUrl, type TestDatabase } from '@torrentino/testkit'
import type { GatewayDeps } from './deps.js'
import { gatewayMounts } from './routes.js'
import { sampleTicket } from './test-support/sample-ticket.js'
import { type Caller, openGateway, type TestGateway } from './test-support/test-gateway.js'

/** Who may call what. `own`: a user with what is his; to others it does not exist. A route that is not here fails the test. */
const TABLE = `
open  GET    /api/v1/health
open  GET    /api/v1/ready
open  GET    /healthz
open  GET    /readyz
user  GET    /api/v1/stats
admin GET    /api/v1/config
user  POST   /api/v1/ticket{s}
user  GET    /api/v1/ticket{s}
own   GET    /api/v1/ticket{s}/:ticket_id
own   DELETE /api/v1/ticket{s}/:ticket_id
own   POST   /api/v1/ticket{s}/:ticket_id/pause
own   POST   /api/v1/ticket{s}/:ticket_id/resume
admin POST   /api/v1/ticket{s}/:ticket_id/approve
admin POST   /api/v1/ticket{s}/:ticket_id/reject
admin POST   /api/v1/ticket{s}/:ticket_id/retry
admin POST   /api/v1/ticket{s}/:ticket_id/force-search
admin POST   /api/v1/ticket{s}/:ticket_id/force-magnet
own   GET    /api/v1/ticket{s}/:ticket_id/files
own   GET    /api/v1/ticket{s}/:ticket_id/files/:item_id
user  POST   /ticket{s}
user  GET    /ticket{s}
own   GET    /ticket{s}/:ticket_id
own   DELETE /ticket{s}/:ticket_id
own   POST   /ticket{s}/:ticket_id/pause
own   POST   /ticket{s}/:ticket_id/resume
admin POST   /ticket{s}/:ticket_id/approve
admin POST   /ticket{s}/:ticket_id/reject
admin POST   /ticket{s}/:ticket_id/retry
admin POST   /ticket{s}/:ticket_id/force-search
admin POST   /ticket{s}/:ticket_id/force-magnet
own   GET    /ticket{s}/:ticket_id/files
own   GET    /ticket{s}/:ticket_id/files/:item_id
admin POST   /api/v1/ticket{s}/bulk
admin GET    /api/v1/audit
admin GET    /api/v1/audit/export
admin GET    /api/v1/indexers
admin GET    /api/v1/indexers/:name
admin POST   /api/v1/indexers/:name/test
admin GET    /api/v1/catalog
admin GET    /api/v1/catalog/warmer
admin GET    /api/v1/catalog/:info_hash
admin POST   /api/v1/catalog/:info_hash/pin
admin POST   /api/v1/catalog/:info_hash/unpin
admin DELETE /api/v1/catalog/:info_hash
admin GET    /api/v1/tokens
admin POST   /api/v1/tokens
admin DELETE /api/v1/tokens/:id
user  POST   /api/v1/stream-pass
user  GET    /api/v1/webhooks
user  POST   /api/v1/webhooks
own   GET    /api/v1/webhooks/:hook
own   DELETE /api/v1/webhooks/:hook
own   POST   /api/v1/webhooks/:hook/pause
own   POST   /api/v1/webhooks/:hook/resume
own   POST   /api/v1/webhooks/:hook/test
own   GET    /api/v1/webhooks/:hook/dead-letters
own   POST   /api/v1/webhooks/:hook/dead-letters/replay
own   POST   /api/v1/webhooks/:hook/dead-letters/:letter/replay
open  GET    /api/v1/openapi.json
open  GET    /api/docs
open  GET    /api/docs/:asset
admin GET    /admin/queues
admin GET    /admin/queues/metrics-history
admin GET    /admin/queues/job-schedulers
admin GET    /admin/queues/queue/:queueName
admin GET    /admin/queues/queue/:queueName/:jobId
admin GET    /admin/queues/api/redis/stats
admin GET    /admin/queues/api/queues
admin GET    /admin/queues/api/job-schedulers
admin GET    /admin/queues/api/queues/:queueName/metrics
admin GET    /admin/queues/api/queues/:queueName/default-job-options
admin GET    /admin/queues/api/queues/:queueName/workers
admin GET    /admin/queues/api/queues/:queueName/rate-limit
admin GET    /admin/queues/api/queues/:queueName/job-data-schema
admin GET    /admin/queues/api/queues/:queueName/:jobId/logs
admin GET    /admin/queues/api/queues/:queueName/:jobId/flow
admin GET    /admin/queues/api/queues/:queueName/:jobId
admin GET    /admin/queues/static/*file
`

const ROWS = TABLE.trim()
  .split('\n')
  .map((line) => {
    const [access = '', method = '', path = ''] = line.split(/\s+/)
    return { access, method, path }
  })
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const
const CALLERS: readonly Caller[] = ['nobody', 'ben', 'ann', 'admin']

let database: TestDatabase
let gateway: TestGateway
let annsTicket: string
let annsHook: string

beforeAll(async () => {
  database = await createTestDatabase()
  gateway = await openGateway({ databaseUrl: database.url, redisUrl: await sharedRedisUrl() })
  annsTicket = (await gateway.call('POST', '/api/v1/ticket', { as: 'ann', body: sampleTicket() })).json.ticket_id
  annsHook = (await gateway.call('POST', '/api/v1/webhooks', { as: 'ann', body: { url: 'http://ann.example' } })).json.id
})
afterAll(async () => {
  await gateway?.close()
  await database?.drop()
})

function addressesOf(path: string): string[] {
  const values = {
    ':ticket_id': annsTicket,
    ':item_id': 't1',
    ':info_hash': 'a'.repeat(40),
    ':name': 'nobody',
    ':asset': 'start.js',
    ':id': annsTicket,
    ':hook': annsHook,
    ':letter': '1',
    ':queueName': 'search',
    ':jobId': 'none',
    '*file': 'favicon.ico',
  }
  const filled = Object.entries(values).reduce(
    (text, [name, value]) => text.replace(new RegExp(`${name.replace('*', '[*]')}(?=/|$)`), value),
    path,
  )
  return path.includes('{s}') ? [filled.replace('{s}', ''), filled.replace('{s}', 's')] : [filled]
}

/** Of the first row that fits: one address may be of two patterns. */
function accessOf(method: string, address: string): string | undefined {
  return ROWS.find((row) => row.method === method && patternOf(row.path).test(address))?.access
}

function patternOf(path: string): RegExp {
  return new RegExp(
    `^${path
      .replace('{s}', 's?')
      .replaceAll(/:\w+/g, '[^/]+')
      .replace(/[*]\w+/, '.+')}$`,
  )
}

/** Let in (whatever comes of it), or in which way not. */
const LET_IN = 'let in'
const REFUSALS: Record<number, string> = { 401: 'who?', 403: 'not you', 404: 'not here', 405: 'no such method' }

async function statusOf({ method, address, as }: { method: string; address: string; as: Caller }): Promise<number> {
  return (await gateway.call(method, address, { as, body: method === 'GET' ? undefined : {} })).status
}

function expectedOf(access: string | undefined, address: string, as: Caller): string {
  if (access === 'open') return LET_IN
  if (as === 'nobody') return 'who?'
  if (access === undefined) return 'no such method'
  // A word in the place of an id is refused as such, whoever asks.
  if (access === 'own' && address.endsWith('/bulk')) return LET_IN
  if (access === 'own' && as === 'ben') return 'not here'
  return access === 'admin' && as !== 'admin' ? 'not you' : LET_IN
}

it('the table has every route, and no other', () => {
  const routes = gatewayMounts({ store: {}, config: { server: { base_path: '' } } } as unknown as GatewayDeps).flatMap(
    ({ prefix, routes }) => routes.map(({ method, path }) => `${method} ${prefix}${path}`),
  )
  expect(ROWS.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(routes.toSorted())
})

describe('every address answers each caller, by each method, as the table says', () => {
  it.each([...new Set(ROWS.map(({ path }) => path))])('%s', async (path) => {
    const asked = addressesOf(path).flatMap((address) => METHODS.flatMap((method) => CALLERS.map((as) => ({ method, address, as }))))
    const answers = await Promise.all(asked.map(async (call) => ({ ...call, status: await statusOf(call) })))
    const told = (tell: (answer: (typeof answers)[number]) => string) =>
      Object.fromEntries(answers.map((answer) => [`${answer.method} ${answer.address} as ${answer.as}`, tell(answer)]))
    const expected = told(({ method, address, as }) => expectedOf(accessOf(method, address), address, as))
    const found = told(({ method, address, as, status }) => {
      const access = accessOf(method, address)
      const isOfTheThing = status === 404 && access !== undefined && !(access === 'own' && as === 'ben')
      return isOfTheThing ? LET_IN : (REFUSALS[status] ?? LET_IN)
    })
    expect(found).toEqual(expected)
  })
})
