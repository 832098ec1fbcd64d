import { randomBytes, randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { AuditEvent, StateName } from '@torrentino/domain'
import { creationOf, openTestStore, sampleTicket, stepOf, waitFor } from '@torrentino/testkit'
import fc from 'fast-check'
import type { AuditNote } from '../audit.js'
import type { WrittenAudit } from '../pool.js'
import { openStore } from '../store.js'
import { MAX_PAIRS, type WantedTrack } from './coverage.js'
import type { TorrentContent } from './register.js'

const store = await openTestStore()
const copies: WrittenAudit[] = []
const copied = openStore({ url: store.url, poolSize: 2, onAudit: (entries) => copies.push(...entries) })
afterAll(async () => {
  await copied.close()
  await store.drop()
})
beforeEach(forget)

async function forget(): Promise<void> {
  await store.rows('with a as (delete from torrents), b as (delete from torrent_contents) delete from torrent_uses')
  copies.length = 0
}

const newHash = () => randomBytes(20).toString('hex')

type AdminAct = 'AdminPinTorrent' | 'AdminUnpinTorrent' | 'AdminRemoveTorrent'
const byRoot = (type: AdminAct, infoHash: string, was = { status: '', pinned: false }): AuditNote => ({
  ...{ ticketId: null, actor: 'root' },
  event: { type, payload: { admin_id: 'root', info_hash: infoHash, forced: false, was } } as AuditEvent,
})
const retire = (infoHash: string) => store.catalog.retire(infoHash, (was) => byRoot('AdminRemoveTorrent', infoHash, was))
/** The newest first. */
async function notesOf(infoHash: string): Promise<string[]> {
  const { entries } = await store.audit.list({ actor: 'root', limit: 99 })
  return entries.flatMap(({ event_type, payload }) => (payload.info_hash === infoHash ? [event_type] : []))
}

interface KnownFile {
  artist: string
  album: string | null
  track: string
  id: string | null
  duration: number | null
  here: boolean
}

const few = (...names: string[]) => fc.constantFrom(...names)
const duration = fc.option(few('60', '63', '90').map(Number), { nil: null })
const knownFile: fc.Arbitrary<KnownFile> = fc.record({
  artist: few('ann', 'bob'),
  album: fc.option(few('one', 'two'), { nil: null }),
  track: few('intro', 'song', 'end'),
  id: fc.option(few('t1', 't2', 't3'), { nil: null }),
  duration,
  here: fc.boolean(),
})
const knownTorrent = fc.record({
  files: fc.array(knownFile, { minLength: 1, maxLength: 6 }),
  status: few('downloading', 'seeding', 'goal_met', 'removed'),
})
const wantedTracks: fc.Arbitrary<WantedTrack[]> = fc.uniqueArray(
  fc.record({
    ...{ id: few('t1', 't2', 't3', 't4'), artistKey: few('ann', 'bob'), albumKey: fc.option(few('one', 'two'), { nil: null }) },
    ...{ trackKey: few('intro', 'song', 'end'), durationSecs: duration },
  }),
  { selector: ({ id }) => id, minLength: 1, maxLength: 4 },
)

function contentOf({ artist, album, track, id, duration: secs }: KnownFile, idx: number): TorrentContent {
  const names = { artist, album, trackName: track, artistKey: artist, albumKey: album, trackKey: track }
  return { fileIdx: idx, filePath: `a/${idx}.flac`, sizeBytes: 10 + idx, names, catalogTrackId: id, durationSecs: secs }
}

async function known(files: KnownFile[], status: string): Promise<string> {
  const infoHash = newHash()
  const wanted = files.flatMap(({ here }, idx) => (here ? [`a/${idx}.flac`] : []))
  await store.rows(
    `insert into torrents (info_hash, name, folder, status, size_bytes, wanted, completed_at)
     values ($1, 'a', '/d', $2, 9, $3::jsonb, case when $2 = 'downloading' then null else now() end)`,
    [infoHash, status, JSON.stringify(wanted)],
  )
  const registration = { name: 'a', indexer: null, minRatio: null, minSeedTimeSecs: null, words: [] }
  await store.catalog.register(infoHash, { ...registration, contents: files.map(contentOf) })
  return infoHash
}

/** The rule in other words. */
function isThere(wanted: WantedTrack, file: KnownFile): boolean {
  const lengths = [wanted.durationSecs, file.duration].filter((secs) => secs !== null)
  if (file.track !== wanted.trackKey || Math.max(...lengths) - Math.min(...lengths) > 5) return false
  const albumDiffers = file.album !== null && wanted.albumKey !== null && file.album !== wanted.albumKey
  if (file.artist !== wanted.artistKey) return false
  return !albumDiffers || (file.id === wanted.id && lengths.length === 2)
}

describe('coverage', () => {
  test('never claims a track that is not there, nor one file twice, and misses no torrent that has one', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(knownTorrent, { maxLength: 5 }), wantedTracks, async (torrents, wanted) => {
        await forget()
        const hashes = await Promise.all(torrents.map(({ files, status }) => known(files, status)))
        const covers = await store.catalog.findCoverage(wanted)
        for (const cover of covers) {
          const { files = [], status } = torrents[hashes.indexOf(cover.infoHash)] ?? {}
          expect(status).toBe(cover.status)
          expect(new Set(cover.tracks.map(({ fileIdx }) => fileIdx)).size).toBe(cover.tracks.length)
          for (const { id, fileIdx, here, confirmed, filePath } of cover.tracks) {
            const file = files[fileIdx] as KnownFile
            expect(isThere(wanted.find((track) => track.id === id) as WantedTrack, file)).toBe(true)
            const isHere = file.here && status !== 'downloading'
            expect({ here, confirmed, filePath }).toEqual({ here: isHere, confirmed: file.id !== null, filePath: `a/${fileIdx}.flac` })
          }
          expect(cover.complete).toBe(cover.tracks.every(({ here }) => here))
        }
        const holding = torrents.flatMap(({ files, status }, index) =>
          status !== 'removed' && wanted.some((track) => files.some((file) => isThere(track, file))) ? [hashes[index]] : [],
        )
        expect(covers.map(({ infoHash }) => infoHash).sort()).toEqual(holding.sort())
        const rank = covers.map(({ tracks, complete, bytesToFetch }) => [-tracks.length, complete ? 0 : 1, bytesToFetch])
        expect(rank).toEqual(rank.toSorted(compareLists))
      }),
      { numRuns: 60 },
    )
  })

  test('is of a bounded size, however many tracks and files have one name', async () => {
    const equal = 300
    await known(
      Array.from({ length: equal }, () => ({ artist: 'ann', album: null, track: 'intro', id: null, duration: null, here: true })),
      'seeding',
    )
    const track = { artistKey: 'ann', albumKey: null, trackKey: 'intro', durationSecs: null }
    const covers = await store.catalog.findCoverage(Array.from({ length: equal }, (_, at) => ({ ...track, id: `t${at}` })))
    expect(covers.map(({ tracks }) => tracks.length)).toEqual([Math.ceil(MAX_PAIRS / equal)])
  })

  test('leaves out the torrents that are not wanted any more', async () => {
    const file: KnownFile = { artist: 'ann', album: null, track: 'song', id: 't1', duration: null, here: true }
    const [one, two] = [await known([file], 'seeding'), await known([file], 'seeding')]
    const wanted = [{ id: 't1', artistKey: 'ann', albumKey: null, trackKey: 'song', durationSecs: null }]
    expect((await store.catalog.findCoverage(wanted, [one])).map(({ infoHash }) => infoHash)).toEqual([two])
    await store.torrents.remove(two)
    expect(await store.catalog.findCoverage(wanted, [one])).toEqual([])
    expect(await store.catalog.files(two, 0, 9)).toEqual([])
  })
})

function compareLists(a: number[], b: number[]): number {
  return a.map((value, at) => value - (b[at] ?? 0)).find((difference) => difference !== 0) ?? 0
}

describe('registration', () => {
  test.each<[string, Partial<{ minRatio: number; minSeedTimeSecs: number }>, string]>([
    ['no more than was given back', { minRatio: 1, minSeedTimeSecs: 100 }, 'goal_met'],
    ['a higher ratio', { minRatio: 1.1 }, 'seeding'],
    ['a longer time', { minSeedTimeSecs: 101 }, 'seeding'],
  ])('an indexer that demands %s: %j, then it is %s', async (_what, demand, status) => {
    const infoHash = await known([], 'goal_met')
    await store.torrents.noteGiven([
      { infoHash, ratio: 1, seededSecs: 100 },
      { infoHash: newHash(), ratio: 1, seededSecs: 1 },
    ])
    await store.torrents.noteGiven([{ infoHash, ratio: 0.5, seededSecs: 99 }])
    const registration = { name: 'a', indexer: null, minRatio: null, minSeedTimeSecs: null, words: [], contents: [] }
    await store.catalog.register(infoHash, { ...registration, ...demand })
    expect(await store.torrents.find(infoHash)).toMatchObject({ status, ratio: 1, seededSecs: 100 })
  })

  test('the same again changes nothing, and what a later ticket confirms stays confirmed', async () => {
    const file: KnownFile = { artist: 'ann', album: null, track: 'song', id: null, duration: null, here: true }
    const infoHash = await known([file, { ...file, track: 'end' }], 'seeding')
    const registration = { name: 'Songs', indexer: 'one', minRatio: 2, minSeedTimeSecs: null, words: ['song', "it's\\", '\ud800'] }
    const confirmed = [contentOf({ ...file, id: 't9', album: 'two' }, 0), contentOf({ ...file, track: 'other' }, 1)]
    await store.catalog.register(infoHash, { ...registration, contents: confirmed })
    await store.catalog.register(infoHash, { ...registration, minRatio: 1, contents: [contentOf(file, 0)] })
    expect(await store.catalog.files(infoHash, 0, 9)).toMatchObject([
      { catalogTrackId: 't9', album: 'two', trackName: 'song' },
      { catalogTrackId: null, trackName: 'end' },
    ])
    expect(await store.catalog.find(infoHash)).toMatchObject({ name: 'Songs', indexer: 'one', minRatio: 2, filesCount: 2, uses: 0 })
    for (const words of [['son'], ["it's\\"], ['song', "it's\\"]])
      expect((await store.catalog.list({ words, limit: 5 })).torrents).toMatchObject([{ infoHash }])
    for (const words of [['song', 'nothing'], [], ["' | 'song"]])
      expect((await store.catalog.list({ words, limit: 5 })).torrents).toEqual([])
  })
})

const ADD_OWNERS = `
with owner as (
  select * from jsonb_to_recordset($1::jsonb) as o("infoHash" text, status text, size bigint, ratio float8, pinned boolean, used boolean,
    "minRatio" float8, "minSeedSecs" int, "seededSecs" int, "accessedDay" int)
), used as (
  insert into torrent_uses select "infoHash", gen_random_uuid() from owner where used
)
insert into torrents (info_hash, name, folder, status, size_bytes, wanted, ratio, pinned, min_ratio, min_seed_time_secs, seeded_secs,
  last_accessed)
select "infoHash", 'a', '/d', status, size, '[]', ratio, pinned, "minRatio", "minSeedSecs", "seededSecs",
  timestamptz '2026-05-01' + "accessedDay" * interval '1 d'
from owner`

test('however many long words it is found by, a torrent is registered', async () => {
  const infoHash = await known([], 'seeding')
  const registration = { name: 'a', indexer: null, minRatio: null, minSeedTimeSecs: null, contents: [] }
  const word = (turn: number, n: number) => `${turn}x${n}${'\u{1d54f}'.repeat(50)}`
  for (const turn of [1, 2, 3])
    await store.catalog.register(infoHash, { ...registration, words: Array.from({ length: 4000 }, (_, n) => word(turn, n)) })
  expect((await store.catalog.list({ words: ['1x7'], limit: 5 })).torrents).toMatchObject([{ infoHash }])
})

describe('clean-up', () => {
  const owner = fc.record({
    status: few('downloading', 'seeding', 'goal_met', 'removed'),
    pinned: fc.boolean(),
    used: fc.boolean(),
    size: fc.integer({ min: 1, max: 50 }),
    ratio: few('0', '1', '2').map(Number),
    minRatio: fc.option(few('1', '2').map(Number), { nil: null }),
    minSeedSecs: fc.option(few('100', '4800').map(Number), { nil: null }),
    seededSecs: few('0', '99', '100', '4800').map(Number),
    accessedDay: fc.integer({ min: 1, max: 28 }),
  })

  test('no candidate is below its goal, pinned or in use; the least recently used go, and no more than needed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(owner, { maxLength: 12 }), fc.integer({ min: 0, max: 200 }), async (owners, bytesToFree) => {
        await forget()
        const all = owners.map((it) => ({ ...it, infoHash: newHash() }))
        await store.rows(ADD_OWNERS, [JSON.stringify(all)])
        const free = all
          .filter(
            ({ status, pinned, used, ratio, minRatio, minSeedSecs, seededSecs }) =>
              status === 'goal_met' && !pinned && !used && ratio >= (minRatio ?? 0) && seededSecs >= (minSeedSecs ?? 0),
          )
          .sort((a, b) => a.accessedDay - b.accessedDay || (a.infoHash < b.infoHash ? -1 : 1))
        const expected: string[] = []
        let freed = 0
        for (const { infoHash, size } of free) {
          if (freed < bytesToFree) expected.push(infoHash)
          freed += size
        }
        const chosen = await store.catalog.cleanupCandidates(bytesToFree)
        expect(chosen.map(({ infoHash }) => infoHash)).toEqual(expected)
        expect(await store.catalog.bytesHeld()).toBe(all.reduce((sum, { size }) => sum + size, 0))
      }),
      { numRuns: 60 },
    )
  })

  test('goes on over many pages', async () => {
    await store.rows(`insert into torrents (info_hash, name, folder, status, size_bytes, wanted, last_accessed)
      select lpad(to_hex(n), 40, '0'), 'a', '/d', 'goal_met', 1, '[]', timestamptz '2026-01-01' + n / 7 * interval '1 s'
      from generate_series(1, 1000) n`)
    expect((await store.catalog.cleanupCandidates(901)).length).toBe(901)
    expect((await store.catalog.cleanupCandidates(5000)).length).toBe(1000)
  })
})

describe('holding and retiring', () => {
  const file: KnownFile = { artist: 'ann', album: null, track: 'song', id: 't1', duration: null, here: true }
  async function ticketIn(state: 'searching' | 'failed') {
    const ticket = sampleTicket({ state })
    await store.door.write(creationOf(ticket))
    return ticket
  }

  test('a ticket that searches holds a torrent that stays, and nothing else', async () => {
    const ticket = await ticketIn('searching')
    const infoHash = await known([file], 'goal_met')
    expect(await store.catalog.hold(infoHash, ticket.id)).toBe(true)
    expect(await store.catalog.hold(infoHash, ticket.id)).toBe(true)
    expect(await store.catalog.find(infoHash)).toMatchObject({ uses: 1 })
    expect(await store.catalog.hold(await known([file], 'removed'), ticket.id)).toBe(false)
    expect(await store.catalog.hold(newHash(), ticket.id)).toBe(false)
    const other = await known([file], 'seeding')
    await store.door.write(stepOf(ticket, 'cancelled'))
    expect(await store.catalog.hold(other, ticket.id)).toBe(false)
  })

  test('what a ticket that is not over needs is not retired; a failed one gives it up', async () => {
    const [searching, failed] = [await ticketIn('searching'), await ticketIn('failed')]
    const infoHash = await known([file], 'seeding')
    await store.catalog.pin(infoHash, true, byRoot('AdminPinTorrent', infoHash))
    await store.catalog.hold(infoHash, searching.id)
    await store.rows('insert into torrent_uses values ($1, $2)', [infoHash, failed.id])
    expect(await retire(infoHash)).toBe(false)
    expect(await store.catalog.find(infoHash)).toMatchObject({ status: 'seeding', pinned: true, uses: 2 })
    await store.torrents.releaseUses(searching.id)
    expect(await retire(infoHash)).toBe(true)
    expect(await store.catalog.find(infoHash)).toMatchObject({ status: 'removed', pinned: false, uses: 0 })
    expect(await retire(newHash())).toBe(false)
    expect(await notesOf(infoHash)).toEqual(['AdminRemoveTorrent', 'AdminPinTorrent'])
  })

  test('what a ticket comes to need at the same moment is not retired', async () => {
    const ticket = await ticketIn('searching')
    const infoHash = await known([file], 'seeding')
    const holding = await store.connect()
    await holding.query('begin')
    await holding.query('select from torrents where info_hash = $1 for share', [infoHash])
    await holding.query('insert into torrent_uses values ($1, $2)', [infoHash, ticket.id])
    const retired = retire(infoHash)
    const waiting = `select from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database() and query like '%torrents%'`
    await waitFor('the one that retires it to wait', async () => (await store.rows(waiting)).length === 1)
    await holding.query('commit')
    expect(await retired).toBe(false)
    expect(await store.catalog.find(infoHash)).toMatchObject({ status: 'seeding', uses: 1 })
  })

  test('a removal is noted once, with what the torrent was', async () => {
    const infoHash = await known([file], 'goal_met')
    await store.torrents.update(infoHash, { pinned: true })
    for (const _again of [1, 2]) expect(await retire(infoHash)).toBe(true)
    const { entries } = await store.audit.list({ actor: 'root', limit: 99 })
    const own = entries.filter(({ payload }) => payload.info_hash === infoHash)
    expect(own).toMatchObject([{ event_type: 'AdminRemoveTorrent', payload: { was: { status: 'goal_met', pinned: true } } }])
  })

  type Act = (infoHash: string, note: AuditNote) => Promise<boolean>
  test.each<[AdminAct, Act, object, object]>([
    ['AdminPinTorrent', (infoHash, note) => copied.catalog.pin(infoHash, true, note), { pinned: false }, { pinned: true }],
    ['AdminUnpinTorrent', (infoHash, note) => copied.catalog.pin(infoHash, false, note), { pinned: true }, { pinned: false }],
    ['AdminRemoveTorrent', (infoHash, note) => copied.catalog.retire(infoHash, () => note), { status: 'seeding' }, { status: 'removed' }],
  ])('%s: is done together with its entry in the audit, or not at all', async (type, act, before, after) => {
    const infoHash = await known([file], 'seeding')
    await store.torrents.update(infoHash, before)
    const note = byRoot(type, infoHash)
    await expect(act(infoHash, { ...note, ticketId: 'no id' })).rejects.toThrow('uuid')
    expect([await store.catalog.find(infoHash), await notesOf(infoHash), copies]).toMatchObject([before, [], []])
    expect(await act(infoHash, note)).toBe(true)
    expect([await store.catalog.find(infoHash), await notesOf(infoHash), copies]).toMatchObject([after, [type], [{ event_type: type }]])
  })

  test('pinned is what was pinned already: nothing is noted', async () => {
    const infoHash = await known([file], 'seeding')
    for (const isNew of [true, false]) expect(await store.catalog.pin(infoHash, true, byRoot('AdminPinTorrent', infoHash))).toBe(isNew)
    expect(await notesOf(infoHash)).toEqual(['AdminPinTorrent'])
  })
})

describe('artists nobody has anything of', () => {
  beforeEach(() => store.rows('delete from artist_wishes'))
  const names = async (...asked: Parameters<typeof store.catalog.uncoveredArtists>) =>
    (await store.catalog.uncoveredArtists(...asked)).map(({ artistKey }) => artistKey)
  const wish = (artist: string, ticketId: string = randomUUID()) => store.catalog.noteWish(ticketId, artist.toUpperCase(), artist)

  test('come by how many tickets asked for them', async () => {
    for (const artist of ['bob', 'cat', 'ann', 'ann', 'ann']) await wish(artist)
    const ticketId = randomUUID()
    await wish('cat', ticketId)
    const again = randomUUID()
    for (const _again of [1, 2, 3]) await wish('dan', again)
    await store.rows(`update artist_wishes set at = now() + interval '1 s' where ticket_id = $1`, [ticketId])
    await known([{ artist: 'ann', album: null, track: 'song', id: null, duration: null, here: true }], 'seeding')
    expect(await store.catalog.uncoveredArtists(2)).toMatchObject([
      { artist: 'CAT', artistKey: 'cat', demand: 2, ticketId },
      { artist: 'BOB', artistKey: 'bob', demand: 1 },
    ])
    expect(await names(9)).toEqual(['cat', 'bob', 'dan'])
    expect([await store.catalog.isCovered('ann'), await store.catalog.isCovered('cat')]).toEqual([true, false])
  })

  test('are those of the time, with enough demand, and not left out', async () => {
    for (const artist of ['bob', 'cat', 'cat', 'dan', 'dan']) await wish(artist)
    await store.rows(`update artist_wishes set at = now() - interval '2 days' where artist_key = 'dan'`)
    const since = new Date(Date.now() - 86_400_000)
    expect(await names(9, { since })).toEqual(['cat', 'bob'])
    expect(await names(9, { since, minDemand: 2 })).toEqual(['cat'])
    expect(await names(9, { minDemand: 2, without: ['cat'] })).toEqual(['dan'])
  })

  test.each<[StateName, string[]]>([
    ['searching', []],
    ['needs_approval', []],
    ['downloading', []],
    ['search_failed', ['bob']],
    ['cancelled', ['bob']],
    ['completed', ['bob']],
  ])('are not those whom a ticket is at work on: %s', async (state, expected) => {
    const ticket = sampleTicket({ state })
    await store.door.write(creationOf(ticket))
    await wish('bob', ticket.id)
    expect(await names(9)).toEqual(expected)
  })
})

test('a .torrent, which may be large, is read only where it is asked for', async () => {
  const infoHash = newHash()
  const torrentFile = Buffer.from('d4:infode')
  await store.torrents.use({ infoHash, name: 'a', folder: '/d', magnetUri: null, torrentFile }, randomUUID())
  const found = await store.torrents.find(infoHash)
  expect(found).toMatchObject({ infoHash, folder: '/d' })
  expect(found).not.toHaveProperty('torrentFile')
  expect(Buffer.from((await store.torrents.torrentFile(infoHash)) ?? [])).toEqual(torrentFile)
  expect(await store.torrents.torrentFile(newHash())).toBeNull()
})
