import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals'
import { creationOf, openTestStore, sampleTicket } from '@torrentino/testkit'
import type { OutboxRow } from './outbox.js'

const store = await openTestStore()
afterAll(() => store.drop())
const soon = () => new Date(Date.now() + 1000)

beforeEach(() => store.rows('delete from outbox'))

async function leave(count: number): Promise<string[]> {
  const results = await Promise.all(Array.from({ length: count }, () => store.door.write(creationOf(sampleTicket()))))
  return results.map((result) => result?.outboxId ?? '')
}

const FOLDER = new URL('./__fixtures__/recorded/', import.meta.url)
const versions = readdirSync(FOLDER).map((file) => {
  const { outbox } = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as { outbox: object[] }
  return [file, outbox] as const
})

// While a new version is rolled out, rows of the last one may be left, and the other way round: see the README of libs/bus.
test.each(versions)('what is left of %s is told as it was written, also with what a later version adds', async (_, recorded) => {
  const added = recorded.map((payload) => ({ ...payload, what_a_later_version_adds: { list: [1] } }))
  const values = JSON.stringify([...recorded, ...added])
  const insert = 'insert into outbox (ticket_id, payload) select gen_random_uuid(), value from jsonb_array_elements($1::jsonb)'
  await store.rows(insert, [values])
  const told: OutboxRow[] = []
  await store.outbox.sweep(soon(), 100, async (rows) => void told.push(...rows))
  const payloads = told.map(({ version, jobs }) => ({ version, jobs }))
  expect(payloads).toEqual([...recorded, ...recorded])
})

describe('the sweep', () => {
  test('tells what is old enough, oldest first, and takes it away', async () => {
    const ids = await leave(5)
    expect(await store.outbox.sweep(new Date(Date.now() - 60_000), 10, async () => {})).toBe(0)
    const told: OutboxRow[] = []
    expect(await store.outbox.sweep(soon(), 3, async (rows) => void told.push(...rows))).toBe(3)
    expect(told.map((row) => row.id)).toEqual(ids.toSorted((a, b) => Number(a) - Number(b)).slice(0, 3))
    expect(told[0]).toMatchObject({ version: 1, jobs: [] })
    expect(await store.outbox.count()).toBe(2)
  })

  test('keeps everything when the telling fails, for the next one', async () => {
    await leave(4)
    await expect(store.outbox.sweep(soon(), 10, () => Promise.reject(new Error('Redis is away')))).rejects.toThrow('Redis is away')
    expect(await store.outbox.count()).toBe(4)
    expect(await store.outbox.sweep(soon(), 10, async () => {})).toBe(4)
    expect(await store.outbox.count()).toBe(0)
  })

  test('in many copies at once tells each row once', async () => {
    const ids = await leave(300)
    const told: string[] = []
    async function sweeper(): Promise<void> {
      while ((await store.outbox.sweep(soon(), 20, async (rows) => void told.push(...rows.map((row) => row.id)))) > 0);
    }
    await Promise.all(Array.from({ length: 6 }, sweeper))
    expect(told.toSorted()).toEqual(ids.toSorted())
  })

  test('waits for nobody: a second one gets the next rows, or none', async () => {
    await leave(3)
    await store.outbox.sweep(soon(), 2, async (first) => {
      expect(first).toHaveLength(2)
      await store.outbox.sweep(soon(), 2, async (second) => {
        expect(second).toHaveLength(1)
        expect(await store.outbox.sweep(soon(), 2, async () => {})).toBe(0)
      })
    })
    expect(await store.outbox.count()).toBe(0)
  })

  test('a row that is told on the spot meanwhile is no trouble', async () => {
    const [id = ''] = await leave(1)
    const sweeping = store.outbox.sweep(soon(), 10, async () => {})
    await Promise.all([sweeping, store.outbox.remove(id), store.outbox.remove(id)])
    expect(await store.outbox.count()).toBe(0)
  })

  test('removing is durable enough: a new connection sees it gone', async () => {
    const ids = await leave(50)
    await Promise.all(ids.map((id) => store.outbox.remove(id)))
    const other = await store.connect()
    expect((await other.query('select * from outbox')).rows).toEqual([])
    expect((await other.query('show synchronous_commit')).rows).toEqual([{ synchronous_commit: 'on' }])
  })
})
