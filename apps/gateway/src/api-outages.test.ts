import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { createTestPostgres, createTestRedis, type TestRedis, type TestServer, waitFor } from '@torrentino/testkit'
import { Redis } from 'ioredis'
import { sampleTicket } from './test-support/sample-ticket.js'
import { openWorkers } from './test-support/steps-of-workers.js'
import { openGateway, type TestGateway } from './test-support/test-gateway.js'

let postgres: TestServer
let redis: TestRedis
let gateway: TestGateway | undefined

beforeAll(async () => {
  ;[postgres, redis] = await Promise.all([createTestPostgres(), createTestRedis()])
})

afterEach(async () => {
  await gateway?.close()
  gateway = undefined
  await postgres.start()
  await redis.start()
})

afterAll(async () => {
  await Promise.all([postgres?.drop(), redis?.drop()])
})

async function open(): Promise<TestGateway> {
  gateway = await openGateway({ databaseUrl: postgres.url, redisUrl: redis.url })
  return gateway
}

const isReady = async () => (await gateway?.call('GET', '/readyz'))?.status === 200

describe('with a server away', () => {
  it('boots without both, says so, and becomes ready when they come', async () => {
    await Promise.all([postgres.stop(), redis.stop()])
    const { call } = await open()
    expect((await call('GET', '/healthz')).status).toBe(200)
    expect((await call('GET', '/readyz')).json).toMatchObject({ status: 503, code: 'not_ready', checks: { postgres: false, redis: false } })
    const posted = await call('POST', '/api/v1/ticket', { body: sampleTicket() })
    expect([posted.status, posted.json.code, posted.headers.get('retry-after')]).toEqual([503, 'unavailable', '5'])
    await Promise.all([postgres.start(), redis.start()])
    await waitFor('readiness', isReady)
    expect((await call('POST', '/api/v1/ticket', { body: sampleTicket() })).status).toBe(201)
    await waitFor(
      'the start in the audit',
      async () => (await call('GET', '/api/v1/audit?event_type=ServiceStarted')).json.entries.length > 0,
    )
  })

  it('takes tickets while Redis is away, and keeps the word of them', async () => {
    const { call, config } = await open()
    await waitFor('readiness', isReady)
    await redis.stop()
    const { status, json } = await call('POST', '/api/v1/ticket', { body: sampleTicket() })
    expect(status).toBe(201)
    expect((await call('POST', `/api/v1/ticket/${json.ticket_id}/force-search`, { body: { query: 'x' } })).json.state).toBe('searching')
    expect((await call('GET', '/api/v1/stats')).json).toMatchObject({ queues: null, outbox: 2 })
    const workers = openWorkers(config)
    expect(await workers.store.outbox.count()).toBe(2)
    await redis.start()
    await workers.close()
    await waitFor('readiness', isReady)
  })

  it('is not ready on a Redis that drops what it holds', async () => {
    const { call } = await open()
    await waitFor('readiness', isReady)
    await setPolicy('allkeys-lru')
    expect((await call('GET', '/readyz')).json).toMatchObject({ code: 'not_ready', checks: { postgres: true, redis: false } })
    await setPolicy('noeviction')
    expect(await isReady()).toBe(true)
  })

  it('gets over a restart of Postgres', async () => {
    const { call } = await open()
    await waitFor('readiness', isReady)
    const { json } = await call('POST', '/api/v1/ticket', { body: sampleTicket() })
    await postgres.stop()
    expect((await call('GET', `/api/v1/ticket/${json.ticket_id}`)).status).toBe(503)
    await postgres.start()
    await waitFor('readiness', isReady)
    expect((await call('GET', `/api/v1/ticket/${json.ticket_id}`)).status).toBe(200)
  })
})

async function setPolicy(policy: string): Promise<void> {
  const client = new Redis(redis.url)
  await client.config('SET', 'maxmemory-policy', policy)
  client.disconnect()
}
