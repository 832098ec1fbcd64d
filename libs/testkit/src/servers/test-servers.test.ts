import { afterAll, describe, expect, test } from '@jest/globals'
import { Redis } from 'ioredis'
import pg from 'pg'
import { commandLineOf } from './running-process.js'
import { createTestDatabase, createTestPostgres } from './test-postgres.js'
import { createTestRedis } from './test-redis.js'
import { testServers } from './test-servers.js'
import { waitFor } from './wait-for.js'

const drops: (() => Promise<void>)[] = []

afterAll(async () => {
  for (const drop of drops.splice(0).reverse()) await drop()
})

async function rowsOf(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url })
  client.on('error', () => {})
  try {
    await client.connect()
    return (await client.query(sql)).rows
  } finally {
    await client.end()
  }
}

async function withRedis<T>(url: string, work: (redis: Redis) => Promise<T>): Promise<T> {
  const redis = new Redis(url)
  try {
    return await work(redis)
  } finally {
    redis.disconnect()
  }
}

describe('the servers of a test run', () => {
  test('two databases are migrated and apart', async () => {
    const [one, two] = await Promise.all([createTestDatabase(), createTestDatabase()])
    drops.push(one.drop, two.drop)
    await rowsOf(one.url, 'CREATE TABLE mark (id int)')
    expect(await rowsOf(two.url, `SELECT to_regclass('mark') AS found`)).toEqual([{ found: null }])
    expect(await rowsOf(two.url, 'SELECT count(*)::int AS migrations FROM _prisma_migrations')).toEqual([
      { migrations: expect.any(Number) },
    ])
  })

  test('a dropped database is gone although somebody is connected', async () => {
    const database = await createTestDatabase()
    const client = new pg.Client({ connectionString: database.url })
    client.on('error', () => {})
    await client.connect()
    await database.drop()
    await database.drop()
    await expect(rowsOf(database.url, 'SELECT 1')).rejects.toThrow(/does not exist/)
  })

  test('whoever asks gets the same servers', async () => {
    const [one, two] = await Promise.all([testServers(), testServers()])
    expect(one).toEqual(two)
    expect(await withRedis(one.redisUrl, (redis) => redis.ping())).toBe('PONG')
  })
})

describe('a Redis of its own', () => {
  test('keeps its data over a restart, loses it to flushAll', async () => {
    const server = await createTestRedis()
    drops.push(server.drop)
    await withRedis(server.url, (redis) => redis.set('key', 'value'))
    await server.restart()
    expect(await withRedis(server.url, (redis) => redis.get('key'))).toBe('value')
    await server.flushAll()
    expect(await withRedis(server.url, (redis) => redis.get('key'))).toBeNull()
  })

  test('is gone when killed, back when started, silent when paused', async () => {
    const server = await createTestRedis()
    drops.push(server.drop)
    const first = server.pid
    await server.kill()
    expect(await commandLineOf(first)).toBeUndefined()
    await server.start()
    expect(server.pid).not.toBe(first)
    server.pause()
    let answered = false
    const answer = withRedis(server.url, (redis) => redis.ping()).then(() => {
      answered = true
    })
    await expect(waitFor('an answer', () => answered, 200)).rejects.toThrow(/in vain/)
    server.resume()
    await answer
  })

  test('a paused one can be dropped', async () => {
    const server = await createTestRedis()
    server.pause()
    await server.drop()
    expect(await commandLineOf(server.pid)).toBeUndefined()
  })

  test('drops nothing when it is full and writes what it holds', async () => {
    const server = await createTestRedis()
    drops.push(server.drop)
    const [policy, append] = await withRedis(server.url, (redis) =>
      Promise.all([redis.config('GET', 'maxmemory-policy'), redis.config('GET', 'appendonly')]),
    )
    expect([policy, append]).toEqual([
      ['maxmemory-policy', 'noeviction'],
      ['appendonly', 'yes'],
    ])
  })
})

test('a PostgreSQL of its own keeps what was written, killed or restarted', async () => {
  const server = await createTestPostgres()
  drops.push(server.drop)
  await rowsOf(server.url, 'CREATE TABLE mark (id int)')
  await rowsOf(server.url, 'INSERT INTO mark VALUES (1)')
  await server.kill()
  await server.start()
  await rowsOf(server.url, 'INSERT INTO mark VALUES (2)')
  await server.restart()
  expect(await rowsOf(server.url, 'SELECT id FROM mark ORDER BY id')).toEqual([{ id: 1 }, { id: 2 }])
})
