import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals'
import { CACHE_WARMER, type StateName } from '@torrentino/domain'
import { creationOf, openTestStore, sampleTicket } from '@torrentino/testkit'
import fc from 'fast-check'
import type { Look, WarmerState } from './warming.js'

const store = await openTestStore()
afterAll(() => store.drop())
beforeEach(async () => {
  for (const table of ['torrents', 'torrent_uses', 'tickets', 'cache_warmer']) await store.rows(`delete from ${table}`)
})

const looked = (heldBack: string): Look => ({
  state: { scannedAt: '2026-01-01T00:00:00.000Z', artists: [], skipped: [], heldBack },
  audit: [{ type: 'CacheWarmerScanned', payload: { artists: [], held_bytes: 0, room_bytes: 0 } }],
})
const scans = async () => (await store.audit.list({ eventTypes: ['CacheWarmerScanned'], limit: 50 })).entries.length

describe('looking', () => {
  test('is done by one at a time, each on what the last one left', async () => {
    const seen: WarmerState[] = []
    const before = await scans()
    const first = store.warming.alone('one', async (state) => {
      seen.push(state)
      expect(await store.warming.alone('two', async () => looked('by two'))).toBe(false)
      return looked('by one')
    })
    expect(await first).toBe(true)
    await store.warming.alone('two', async (state) => {
      seen.push(state)
      return looked('by two')
    })
    expect(seen.map(({ heldBack }) => heldBack)).toEqual([null, 'by one'])
    expect((await store.warming.state()).heldBack).toBe('by two')
    expect((await scans()) - before).toBe(2)
  })

  test.each<[string, () => Promise<unknown>]>([
    ['fails', () => Promise.reject(new Error('away'))],
    [
      'dies',
      () =>
        store.rows(`select pg_terminate_backend(pid) from pg_locks l join pg_class c on c.oid = l.relation where c.relname = 'cache_warmer'
        and pid <> pg_backend_pid()`),
    ],
  ])('leaves nothing behind where it %s, and nobody has to wait for it', async (_what, fate) => {
    await store.warming.alone('one', async () => looked('earlier'))
    const before = await scans()
    const failing = store.warming.alone('one', async () => {
      await fate()
      return looked('never')
    })
    await expect(failing).rejects.toThrow()
    expect((await store.warming.state()).heldBack).toBe('earlier')
    expect(await scans()).toBe(before)
    expect(await store.warming.alone('two', async () => looked('later'))).toBe(true)
  })
})

describe('tickets', () => {
  const ticket = (state: StateName, requestedBy: string) => store.door.write(creationOf(sampleTicket({ state, requestedBy })))

  test.each<[StateName, boolean]>([
    ['pending', true],
    ['auto_approved', true],
    ['downloading', false],
    ['needs_approval', false],
    ['search_failed', false],
    ['completed', false],
  ])('of others wait in %s: %s; those of the warmer never', async (state, expected) => {
    await ticket(state, CACHE_WARMER)
    expect(await store.warming.othersWait()).toBe(false)
    await ticket(state, 'ann')
    expect(await store.warming.othersWait()).toBe(expected)
  })

  test('that are linked wait for nothing of their own', async () => {
    const searching = { name: 'searching' as const, strategies_tried: [], started_at: '2026-01-01T00:00:00.000Z' }
    await store.door.write(creationOf(sampleTicket({ state: { ...searching, linked_to: randomUUID() } })))
    expect(await store.warming.othersWait()).toBe(false)
    await store.door.write(creationOf(sampleTicket({ state: searching })))
    expect(await store.warming.othersWait()).toBe(true)
  })

  test('of the warmer count while they are not over, and their artists as tried unless they failed', async () => {
    for (const state of ['pending', 'downloading', 'completed', 'failed'] as const) await ticket(state, CACHE_WARMER)
    await ticket('downloading', 'ann')
    expect(await store.warming.underWay()).toBe(2)
    expect(await store.warming.triedSince(new Date(0))).toEqual(['The Example Band'])
    await store.rows(`update tickets set state = 'cancelled' where state = 'pending'`)
    expect(await store.warming.triedSince(new Date(Date.now() + 60_000))).toEqual(['The Example Band'])
    await store.rows(`update tickets set state = 'cancelled' where state = 'downloading'`)
    expect(await store.warming.triedSince(new Date(Date.now() + 60_000))).toEqual([])
    await store.rows(`update tickets set state = 'failed'`)
    expect(await store.warming.triedSince(new Date(0))).toEqual([])
  })
})

describe('the budget', () => {
  async function torrent(sizeBytes = 0): Promise<string> {
    const infoHash = randomBytes(20).toString('hex')
    await store.rows(
      `insert into torrents (info_hash, name, folder, status, size_bytes, wanted) values ($1, 'a', '/d', 'seeding', $2, '[]')`,
      [infoHash, sizeBytes],
    )
    return infoHash
  }

  test('is never exceeded by those who come at once, and what fits is given', async () => {
    const bytes = fc.integer({ min: 1, max: 100 })
    await fc.assert(
      fc.asyncProperty(
        fc.array(bytes, { maxLength: 6 }),
        fc.array(bytes, { maxLength: 3 }),
        bytes,
        bytes,
        async (asked, there, own, all) => {
          await store.rows('delete from torrents')
          for (const size of there) await torrent(size)
          const others = there.reduce((sum, size) => sum + size, 0)
          const hashes = await Promise.all(asked.map(() => torrent()))
          const given = await Promise.all(asked.map((size, at) => store.warming.reserve(hashes[at] ?? '', size, { own, all })))
          const taken = asked.reduce((sum, size, at) => (given[at] ? sum + size : sum), 0)
          expect(taken).toBeLessThanOrEqual(Math.max(0, Math.min(own, all - others)))
          expect(await store.warming.held()).toEqual({ own: taken, all: others + taken })
          const room = await store.warming.room({ own, all })
          expect(room).toBe(Math.max(0, Math.min(own - taken, all - others - taken)))
          for (const [at, size] of asked.entries()) if (!given[at]) expect(size).toBeGreaterThan(room)
        },
      ),
      { numRuns: 25 },
    )
  })

  test('what was promised is kept, whatever came since; what is removed gives it back', async () => {
    const [one, two] = [await torrent(), await torrent()]
    const budget = { own: 10, all: 20 }
    expect(await store.warming.reserve(one, 8, budget)).toBe(true)
    await torrent(15)
    expect(await store.warming.reserve(one, 8, budget)).toBe(true)
    expect(await store.warming.reserve(one, 9, budget)).toBe(false)
    expect(await store.warming.reserve(two, 4, { own: 10, all: Number.POSITIVE_INFINITY })).toBe(false)
    await store.torrents.remove(one)
    expect(await store.warming.reserve(two, 4, budget)).toBe(true)
  })

  test('what is loaded counts once', async () => {
    const one = await torrent()
    await store.warming.reserve(one, 8, { own: 10, all: 20 })
    await store.torrents.update(one, { sizeBytes: 9 })
    expect(await store.warming.held()).toEqual({ own: 8, all: 9 })
  })
})

test('a torrent is awaited by tickets that are not over, and not by those that only keep', async () => {
  const infoHash = randomBytes(20).toString('hex')
  const source = { infoHash, name: 'a', folder: '/d', magnetUri: null, torrentFile: null }
  const { request } = sampleTicket()
  for (const [state, keeps, expected] of [
    ['downloading', true, false],
    ['failed', false, false],
    ['auto_approved', false, true],
  ] as const) {
    const ticket = sampleTicket({ state, request: { ...request, ...(keeps && { keep_only: true as const }) } })
    await store.door.write(creationOf(ticket))
    await store.torrents.use(source, ticket.id)
    expect(await store.torrents.isAwaited(infoHash)).toBe(expected)
  }
})
