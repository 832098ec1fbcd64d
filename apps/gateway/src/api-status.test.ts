import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { ConfigAnswer, Health, Ready, Stats } from '@torrentino/domain'
import { createTestDatabase, sharedRedisUrl, type TestDatabase } from '@torrentino/testkit'
import { sampleTicket } from './test-support/sample-ticket.js'
import { openWorkers, type Workers } from './test-support/steps-of-workers.js'
import { openGateway, type TestGateway } from './test-support/test-gateway.js'

let database: TestDatabase
let redisUrl: string
let gateway: TestGateway
let workers: Workers

beforeAll(async () => {
  database = await createTestDatabase()
  redisUrl = await sharedRedisUrl()
  gateway = await openGateway({
    databaseUrl: database.url,
    redisUrl,
    env: { SEARCHER_INDEXERS: JSON.stringify([{ name: 'one', url: 'http://indexer.example/api', api_key: 'topsecretkey' }]) },
  })
  workers = openWorkers(gateway.config)
})

afterAll(async () => {
  await workers?.close()
  await gateway?.close()
  await database?.drop()
})

describe('status', () => {
  it('tells that it lives and that it is ready, without a key', async () => {
    const [health, ready] = await Promise.all(
      ['/api/v1/health', '/api/v1/ready'].map((path) => gateway.call('GET', path, { as: 'nobody' })),
    )
    expect(Health.parse(health?.json)).toMatchObject({ status: 'ok', service: 'gateway' })
    expect(Ready.parse(ready?.json)).toEqual({ status: 'ready', checks: { postgres: true, redis: true } })
  })

  it('counts tickets, jobs and recent events', async () => {
    const { json } = await gateway.call('POST', '/api/v1/ticket', { body: sampleTicket() })
    await workers.lead(json.ticket_id, 'needs_approval')
    await gateway.call('DELETE', `/api/v1/ticket/${json.ticket_id}`)
    await gateway.call('POST', '/api/v1/ticket', { body: sampleTicket() })
    const stats = Stats.parse((await gateway.call('GET', '/api/v1/stats')).json)
    expect(stats.tickets).toMatchObject({ cancelled: 1, pending: 1, completed: 0 })
    expect(stats.recent).toEqual({ window_secs: 300, tickets_created: 2, tickets_placed: 0, tickets_cancelled: 1 })
    const { window_secs, stages } = stats.latency
    expect(window_secs).toBe(3600)
    expect(stages.map(({ stage, worked }) => [stage, worked.count])).toEqual([
      ['search', 1],
      ['match', 1],
      ['download', 0],
      ['convert', 0],
      ['place', 0],
    ])
    expect(stages[0]).toMatchObject({ queued: { count: 1 }, oldest_secs: expect.any(Number), per_minute: 1 / 60 })
    // Until it was cancelled, it waited for a person.
    expect(stages[1]).toMatchObject({ waited: { count: 1, p50_secs: expect.any(Number) }, oldest_secs: null })
    expect(stages[2]).toMatchObject({ worked: { count: 0, p50_secs: null, p95_secs: null } })
    expect(stats.queues?.map((depth) => depth.queue)).toEqual(['search', 'match', 'download', 'convert', 'place', 'cleanup'])
  })

  it('shows the configuration with every secret masked', async () => {
    const { json, text } = await gateway.call('GET', '/api/v1/config')
    const { config, config_hash } = ConfigAnswer.parse(json)
    expect(config).toMatchObject({
      server: { port: 0 },
      auth: { method: ['token'], tokens: expect.arrayContaining([{ name: 'ann', role: 'user', sha256: '***' }]) },
    })
    expect(config_hash).toMatch(/^[0-9a-f]{64}$/)
    const { password } = new URL(redisUrl)
    for (const secret of ['topsecretkey', password, new URL(database.url).password]) if (secret !== '') expect(text).not.toContain(secret)
  })

  it('keeps a plain request id and makes one for an odd one', async () => {
    const ids = await Promise.all(
      ['abc-123', 'a b', 'x'.repeat(65)].map(async (id) =>
        (await gateway.call('GET', '/healthz', { headers: { 'x-request-id': id } })).headers.get('x-request-id'),
      ),
    )
    expect(ids).toEqual(['abc-123', expect.stringMatching(/^[0-9a-f-]{36}$/), expect.stringMatching(/^[0-9a-f-]{36}$/)])
  })
})

it('writes its start and its stop into the audit', async () => {
  const prefix = `life-${randomUUID().slice(0, 8)}`
  const short = await openGateway({ databaseUrl: database.url, redisUrl, env: { REDIS_PREFIX: prefix } })
  await short.close()
  await short.close()
  const { json } = await gateway.call('GET', '/api/v1/audit?event_type=ServiceStarted,ServiceStopped&actor=gateway')
  expect(json.entries.map((entry: { event_type: string }) => entry.event_type).sort()).toEqual([
    'ServiceStarted',
    'ServiceStarted',
    'ServiceStopped',
  ])
  expect(json.entries.find((entry: { event_type: string }) => entry.event_type === 'ServiceStarted').payload).toMatchObject({
    service: 'gateway',
    version: expect.stringMatching(/^\d+\.\d+\.\d+/),
    config_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
  })
})
