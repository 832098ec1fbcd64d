import { afterAll, beforeEach, describe, expect, test } from '@jest/globals'
import { CACHE_WARMER, NewTicket, type StateName, type TicketRequest } from '@torrentino/domain'
import { nameKey } from '@torrentino/matching'
import { albumBody, creationOf, openTestPipeline, sampleTicket } from '@torrentino/testkit'
import { lookAround, type WarmerDeps } from './look-around.js'

const it = await openTestPipeline()
afterAll(() => it.drop())
const { store } = it

const HOUR_MS = 3_600_000
let told: string[]
let at: Date

beforeEach(async () => {
  for (const table of ['tickets', 'artist_wishes', 'cache_warmer', 'torrents', 'torrent_contents', 'outbox'])
    await store.rows(`delete from ${table}`)
  told = []
  at = new Date()
})

function warmer(change: Partial<WarmerDeps['settings']> = {}): WarmerDeps {
  const settings = {
    ...{ enabled: true, scan_interval_hours: 24, max_concurrent_downloads: 2, storage_budget_gb: 1 },
    ...{ min_artist_popularity: 1, window_days: 90, pause_days: 30 },
    ...change,
  }
  const events = {
    scanned: (artists: readonly { artist: string }[]) => void told.push(`scanned ${artists.map(({ artist }) => artist)}`),
    filed: ({ artist }: { artist: string }) => void told.push(`filed ${artist}`),
    skipped: ({ artist }: { artist: string }, reason: string) => void told.push(`skipped ${artist}: ${reason}`),
    heldBack: (reason: string) => void told.push(reason),
    stands() {},
  }
  return { ...it.deps, now: () => at, settings, budget: { own: 1e9, all: 1e9 }, events }
}

/** A ticket for an artist that came to nothing. */
async function asked(artist: string, change: Partial<TicketRequest> = {}, state: StateName = 'search_failed'): Promise<string> {
  const { ticket_id: _id, ...request } = NewTicket.parse(albumBody({ images: 1 }))
  const ticket = sampleTicket({ state, request: { ...request, search: { ...request.search, artist }, ...change } })
  await store.door.write(creationOf(ticket))
  await store.catalog.noteWish(ticket.id, artist, nameKey(artist))
  return ticket.id
}

async function askedBy(artist: string, tickets: number): Promise<void> {
  for (let n = 0; n < tickets; n += 1) await asked(artist)
}

async function warmed(): Promise<string[]> {
  const { tickets } = await store.tickets.list({ requestedBy: CACHE_WARMER, limit: 50 })
  return tickets.map(({ request }) => request.search.artist).sort()
}

const end = (state: StateName) => store.rows('update tickets set state = $1, stage = null where requested_by = $2', [state, CACHE_WARMER])
const scans = async () => (await store.audit.list({ eventTypes: ['CacheWarmerScanned'], limit: 50 })).entries

test('the most wanted come first, as many at once as allowed, and the next when there is a place again', async () => {
  await askedBy('Ann', 2)
  await askedBy('Bob', 3)
  await asked('Cat')
  const deps = warmer()
  const before = (await scans()).length
  await lookAround(deps)
  expect(told).toEqual(['scanned Bob,Ann,Cat', 'filed Bob', 'filed Ann', 'as many artists as allowed are being looked after'])
  expect((await scans()).length).toBe(before + 1)
  expect((await scans())[0]?.payload).toMatchObject({
    artists: [{ artist: 'Bob', demand: 3 }, { artist: 'Ann' }, { artist: 'Cat' }],
    room_bytes: 1e9,
  })
  await lookAround(deps)
  expect(await warmed()).toEqual(['Ann', 'Bob'])
  await end('completed')
  await lookAround(deps)
  expect(await warmed()).toEqual(['Ann', 'Bob', 'Cat'])
  expect((await scans()).length).toBe(before + 1)
})

test('a ticket is filed for what the last one asked for: background, kept only, with no place to put it', async () => {
  await asked('Ann', { priority: 1 })
  await lookAround(warmer())
  const [ticket] = (await store.tickets.list({ requestedBy: CACHE_WARMER, limit: 5 })).tickets
  expect(ticket).toMatchObject({
    priority: 3,
    state: { name: 'pending' },
    request: { keep_only: true, search: { artist: 'Ann', album: 'First Steps', year: 2019 }, images: [], dry_run: false },
  })
  expect(ticket?.request.tracks.map(({ name, dest_path }) => [name, dest_path])).toEqual([
    ['Track 1', ''],
    ['Track 2', ''],
  ])
  const { entries } = await store.audit.list({ ticketId: ticket?.id, limit: 5 })
  expect(entries).toMatchObject([{ event_type: 'TicketCreated', actor: CACHE_WARMER }])
})

describe('nothing is begun', () => {
  test.each<StateName>(['pending', 'searching', 'matching', 'auto_approved', 'approved'])('while a ticket is %s', async (state) => {
    await asked('Ann')
    const busy = await asked('Bob', {}, state)
    await lookAround(warmer())
    expect(await warmed()).toEqual([])
    expect((await store.warming.state()).heldBack).toBe('tickets wait')
    await store.rows(`update tickets set state = 'cancelled' where id = $1`, [busy])
    await lookAround(warmer())
    expect(await warmed()).toEqual(['Ann'])
    expect((await store.warming.state()).heldBack).toBeNull()
  })

  test('where the budget has no room for an album', async () => {
    await asked('Ann')
    await lookAround({ ...warmer(), budget: { own: 1e9, all: 49e6 } })
    expect(await warmed()).toEqual([])
    expect(told).toContain('the storage budget is used up')
  })

  test('for whom too few asked, for those of long ago, and for nobody in particular', async () => {
    await askedBy('Ann', 2)
    await askedBy('Various Artists', 9)
    await asked('Bob')
    await askedBy('Cat', 2)
    await store.rows(`update artist_wishes set at = now() - interval '91 days' where artist_key = $1`, [nameKey('Cat')])
    await lookAround(warmer({ min_artist_popularity: 2 }))
    expect(told).toEqual(['scanned Ann', 'filed Ann'])
  })

  test.each<[StateName, string[]]>([
    ['completed', []],
    ['cancelled', []],
    ['failed', ['Ann']],
  ])('soon again for an artist whose ticket was %s', async (state, again) => {
    await asked('Ann')
    await lookAround(warmer())
    await end(state)
    told = []
    at = new Date(at.getTime() + 25 * HOUR_MS)
    await lookAround(warmer())
    expect(told[0]).toBe(`scanned ${again}`)
    await end('completed')
    at = new Date(at.getTime() + 31 * 24 * HOUR_MS)
    told = []
    await lookAround(warmer())
    expect(told[0]).toBe('scanned Ann')
  })

  test('for whom the catalog has something by now', async () => {
    await askedBy('Bob', 2)
    await asked('Ann')
    const deps = warmer({ max_concurrent_downloads: 1 })
    await lookAround(deps)
    await store.rows(
      `insert into torrent_contents (info_hash, file_idx, file_path, size_bytes, artist_key, track_key) values ($1, 0, 'a', 1, $2, 'song')`,
      ['a'.repeat(40), nameKey('Ann')],
    )
    await end('completed')
    await lookAround(deps)
    expect(await warmed()).toEqual(['Bob'])
    expect((await store.warming.state()).skipped).toEqual([{ artist: 'Ann', reason: 'is in the catalog by now' }])
  })
})

describe('several schedulers', () => {
  test('that look at once file each artist once', async () => {
    for (const artist of ['Ann', 'Bob', 'Cat', 'Dan']) await asked(artist)
    await Promise.all(Array.from({ length: 6 }, () => lookAround(warmer({ max_concurrent_downloads: 9 }))))
    expect(await warmed()).toEqual(['Ann', 'Bob', 'Cat', 'Dan'])
  })

  test('take over from one that dies after any of its tickets: none is filed twice, and none is forgotten', async () => {
    for (const artist of ['Ann', 'Bob', 'Cat']) await asked(artist)
    for (let round = 0; round < 4; round += 1) {
      const dying = warmer({ max_concurrent_downloads: 9 })
      const events = {
        ...dying.events,
        filed: () => {
          throw new Error('killed')
        },
      }
      await lookAround({ ...dying, events }).catch(() => {})
    }
    expect(await warmed()).toEqual(['Ann', 'Bob', 'Cat'])
    expect((await store.warming.state()).artists).toEqual([])
  })
})

test('a scan comes when it is time, also after another process', async () => {
  const deps = warmer({ scan_interval_hours: 2 })
  for (const hours of [0, 1, 1.5, 2, 3, 4]) {
    at = new Date(Date.parse('2026-06-01T00:00:00.000Z') + hours * HOUR_MS)
    await lookAround(deps)
  }
  expect(told).toEqual(['scanned ', 'scanned ', 'scanned '])
})
