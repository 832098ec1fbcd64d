import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { createTestDatabase, createTestRedis, type TestDatabase, type TestRedis } from '@torrentino/testkit'
import { sampleTicket } from './test-support/sample-ticket.js'
import { KEYS, openGateway, type TestGateway } from './test-support/test-gateway.js'

let database: TestDatabase
let redis: TestRedis
let gateway: TestGateway

beforeAll(async () => {
  ;[database, redis] = await Promise.all([createTestDatabase(), createTestRedis()])
  gateway = await openGateway({ databaseUrl: database.url, redisUrl: redis.url, env: { SERVER_BASE_PATH: '/torrentino' } })
})
afterAll(async () => {
  await gateway?.close()
  await Promise.all([database?.drop(), redis?.drop()])
})

const login = (key: string, name = 'me') => ({ authorization: `Basic ${Buffer.from(`${name}:${key}`).toString('base64')}` })
const asBrowser = (path: string, key?: string) =>
  gateway.call('GET', path, { as: 'nobody', ...(key !== undefined && { headers: login(key) }) })

describe('who opens the page', () => {
  it('is asked for a login, whose password is the key', async () => {
    const { status, headers } = await asBrowser('/admin/queues')
    expect([status, headers.get('www-authenticate')]).toEqual([401, expect.stringMatching(/^Bearer .*, Basic realm="torrentino"/)])
    expect((await asBrowser('/admin/queues', KEYS.admin)).status).toBe(200)
    expect((await asBrowser('/admin/queues/', KEYS.admin)).status).toBe(200)
    expect((await asBrowser('/admin/queues', KEYS.ann)).status).toBe(403)
  })

  it.each(['', 'wrong', 'with space', 'ä', '\0', `${KEYS.admin} `])('gets nowhere with the password %j', async (key) => {
    expect((await asBrowser('/admin/queues', key)).status).toBe(401)
  })

  it.each(['Basic', 'Basic !', 'Basic YWJj', `Basic ${KEYS.admin}`, `Basic ${'A'.repeat(9000)}`])(
    'gets nowhere with %s',
    async (authorization) => {
      expect((await gateway.call('GET', '/admin/queues', { as: 'nobody', headers: { authorization } })).status).toBe(401)
    },
  )

  it('can use the login nowhere else: what changes something never takes what a browser sends by itself', async () => {
    for (const [method, path] of [
      ['GET', '/api/v1/config'],
      ['POST', '/api/v1/tickets'],
      ['POST', '/admin/queues'],
    ] as const)
      expect((await gateway.call(method, path, { as: 'nobody', headers: login(KEYS.admin) })).status).toBe(401)
  })
})

describe('the page', () => {
  it.each(['/admin/queues', '/torrentino/admin/queues', '/admin/queues/queue/search', '/admin/queues/queue/search/some-job'])(
    '%s takes everything from where the proxy has the gateway, and nothing from elsewhere',
    async (path) => {
      const { text, headers } = await gateway.call('GET', path)
      expect(text).toContain('<base href="/torrentino/admin/queues/" />')
      expect(text).not.toMatch(/<%|(src|href)="(https?:)?\/\//)
      const policy = headers.get('content-security-policy')
      expect(policy).toContain("script-src 'self';")
      expect(policy).toContain("frame-ancestors 'none'")
      const files = [...text.matchAll(/(?:src|href)="(static\/[^"]+)"/g)].map(([, file]) => `/torrentino/admin/queues/${file}`)
      expect(files.length).toBeGreaterThan(4)
      for (const file of files) expect((await gateway.call('GET', file)).status).toBe(200)
    },
  )

  it.each(['..%2f..%2fpackage.json', '..%2findex.ejs', 'js/../../index.ejs', 'js', 'js/434.cf3361192c.js.LICENSE.txt', 'a/b/c/d/e/f/g.js'])(
    'its folder has no %s',
    async (file) => {
      expect([400, 404]).toContain((await gateway.call('GET', `/admin/queues/static/${file}`)).status)
    },
  )
})

describe('what it shows', () => {
  it('is every queue with its jobs, for reading only', async () => {
    const { json } = await gateway.call('POST', '/api/v1/ticket', { as: 'ann', body: sampleTicket() })
    const { json: shown } = await gateway.call('GET', '/admin/queues/api/queues?activeQueue=search&jobsPerPage=100000')
    expect(shown.queues.map(({ name }: { name: string }) => name)).toEqual(['search', 'match', 'download', 'convert', 'place', 'cleanup'])
    for (const queue of shown.queues) expect(queue).toMatchObject({ readOnlyMode: true, allowRetries: false })
    const [search] = shown.queues
    expect(search.counts).toMatchObject({ prioritized: 1 })
    expect(search.jobs).toMatchObject([{ data: { ticketId: json.ticket_id } }])
    const { id } = search.jobs[0]
    const { json: one } = await gateway.call('GET', `/admin/queues/api/queues/search/${id}`)
    expect(one).toMatchObject({ job: { id }, status: 'prioritized' })
  })

  it.each(['nobody', '..', '%00', 'a'.repeat(301)])('is nothing of a queue %s', async (name) => {
    const { status } = await gateway.call('GET', `/admin/queues/api/queues/${name}/1`)
    expect([400, 404]).toContain(status)
  })

  it.each(['PUT', 'POST', 'PATCH', 'DELETE'])('is changed by no %s', async (method) => {
    for (const path of [
      'search/pause',
      'search/add',
      'search/1/retry/failed',
      'search/1/promote',
      'search/1/clean',
      'search/empty',
      'pause',
    ])
      expect([404, 405]).toContain((await gateway.call(method, `/admin/queues/api/queues/${path}`)).status)
  })

  it('is nothing while Redis is away, which it says', async () => {
    await redis.stop()
    expect((await gateway.call('GET', '/admin/queues/api/queues')).status).toBe(503)
    expect((await gateway.call('GET', '/admin/queues')).status).toBe(200)
  })
})
