import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { createClient } from '@torrentino/client'
import { CACHE_WARMER, CatalogList, CatalogTorrentDetails, type StateName } from '@torrentino/domain'
import { searchWords } from '@torrentino/matching'
import type { StoredTorrent } from '@torrentino/store'
import { albumBody, creationOf, openTestStore, sampleTicket, sharedRedisUrl, type TestStore } from '@torrentino/testkit'
import { KEYS, openGateway, type TestGateway } from './test-support/test-gateway.js'

let store: TestStore
let gateway: TestGateway

beforeAll(async () => {
  store = await openTestStore()
  gateway = await openGateway({ databaseUrl: store.url, redisUrl: await sharedRedisUrl() })
})
beforeEach(() => store.rows('truncate torrents, torrent_contents, torrent_uses'))
afterAll(async () => {
  await gateway?.close()
  await store?.drop()
})

const hashOf = (n: number) => n.toString(16).padStart(40, '0')

async function known(n: number, name: string, tracks: string[], change: object = {}): Promise<string> {
  const infoHash = hashOf(n)
  const ticketId = randomUUID()
  const magnetUri = `magnet:?xt=urn:btih:${infoHash}&tr=https%3A%2F%2Ftracker.example%2Fpasskey-1%2Fannounce`
  await store.torrents.use({ infoHash, name, folder: '/d', magnetUri, torrentFile: null }, ticketId)
  await store.torrents.releaseUses(ticketId)
  const contents = tracks.map((trackName, fileIdx) => ({
    ...{ fileIdx, filePath: `${name}/${trackName}.flac`, sizeBytes: 100, catalogTrackId: `t${fileIdx}`, durationSecs: 60 },
    names: { artist: 'Ann', album: null, trackName, artistKey: 'ann', albumKey: null, trackKey: trackName.toLowerCase() },
  }))
  const words = [infoHash, name, ...tracks].flatMap(searchWords)
  await store.catalog.register(infoHash, { name, indexer: 'one', minRatio: 1, minSeedTimeSecs: null, contents, words })
  await store.torrents.update(infoHash, { status: 'goal_met', completedAt: new Date(), ratio: 1, sizeBytes: 200, ...change })
  return infoHash
}

const call = (method: string, path: string) => gateway.call(method, `/api/v1/catalog${path}`)

describe('the catalog', () => {
  it('is listed newest first, page by page, and searched by beginnings of words', async () => {
    const hashes = []
    for (let n = 1; n <= 5; n += 1)
      hashes.unshift(await known(n, `Harbour Songs ${n}`, ['Low Tide', n % 2 ? "Fisherman's Café" : 'High Tide']))
    await store.rows(`update torrents set added_at = timestamptz '2026-01-01' + right(info_hash, 1)::int / 2 * interval '1 h'`)
    const expected = await store.rows<{ info_hash: string }>('select info_hash from torrents order by added_at desc, info_hash desc')
    const client = createClient({ baseUrl: gateway.url, token: KEYS.admin })
    const found: string[] = []
    let after: string | undefined
    do {
      const page = await client.catalog({ limit: 2, after })
      expect(page.torrents.length).toBeLessThanOrEqual(2)
      found.push(...page.torrents.map((torrent) => torrent.info_hash))
      after = page.next ?? undefined
    } while (after)
    expect(found).toEqual(expected.map((row) => row.info_hash))
    const search = async (q: string) => (await client.catalog({ q })).torrents.map((torrent) => Number(torrent.info_hash.slice(-1))).sort()
    expect(await search('harb tide')).toEqual([1, 2, 3, 4, 5])
    expect(await search('FISHERMANS cafe')).toEqual([1, 3, 5])
    expect(await search(hashOf(4))).toEqual([4])
    for (const q of ['nothing', '!!!', '\\']) expect([q, await search(q)]).toEqual([q, []])
    for (const q of ["' | 'harbour", 'low:*|!', '<-> tide)']) expect([q, await search(q)]).toEqual([q, [1, 2, 3, 4, 5]])
    expect((await client.catalog({ status: ['seeding', 'removed'] })).torrents).toEqual([])
    expect((await client.catalog({ pinned: true, q: 'tide' })).torrents).toEqual([])
    expect((await client.pinTorrent(hashOf(2), true)).pinned).toBe(true)
    expect((await client.catalog({ pinned: true })).torrents.map((torrent) => torrent.info_hash)).toEqual([hashOf(2)])
    expect((await client.pinTorrent(hashOf(2), false)).pinned).toBe(false)
  })

  it('notes who pinned one and who did so no longer, and no repetition of it', async () => {
    const infoHash = await known(12, 'Harbour Songs', ['Low Tide'])
    for (const command of ['unpin', 'pin', 'pin', 'unpin']) expect((await call('POST', `/${infoHash}/${command}`)).status).toBe(200)
    const { entries } = await store.audit.list({ eventTypes: ['AdminPinTorrent', 'AdminUnpinTorrent'], actor: 'admin', limit: 9 })
    const own = entries.filter(({ payload }) => payload.info_hash === infoHash)
    expect(own).toMatchObject([{ event_type: 'AdminUnpinTorrent' }, { event_type: 'AdminPinTorrent', payload: { admin_id: 'admin' } }])
    expect(own).toHaveLength(2)
  })

  it('shows one with its files, without anything secret', async () => {
    const infoHash = await known(7, 'Harbour Songs', ['Low Tide', 'High Tide'])
    const { status, json, text } = await call('GET', `/${infoHash.toUpperCase()}`)
    expect(status).toBe(200)
    expect(CatalogTorrentDetails.parse(json)).toEqual(json)
    expect(json).toMatchObject({
      ...{ title: 'Harbour Songs', indexer: 'one', status: 'goal_met', owes_goal: false, files_count: 2, uses: 0, next_file: null },
      files: [
        { index: 0, path: 'Harbour Songs/Low Tide.flac', artist: 'Ann', catalog_track_id: 't0' },
        { index: 1, track_name: 'High Tide' },
      ],
    })
    expect((await call('GET', `/${infoHash}?files_from=1`)).json.files).toMatchObject([{ index: 1 }])
    const list = await call('GET', '')
    expect(CatalogList.parse(list.json)).toEqual(list.json)
    expect(text + list.text).not.toMatch(/passkey|magnet/)
  })

  it('shows the files of a large one in parts', async () => {
    const infoHash = await known(
      8,
      'All',
      Array.from({ length: 1500 }, (_, n) => `Song ${n}`),
    )
    const client = createClient({ baseUrl: gateway.url, token: KEYS.admin })
    const first = await client.catalogTorrent(infoHash)
    expect([first.files.length, first.next_file]).toEqual([1000, 1000])
    const rest = await client.catalogTorrent(infoHash, first.next_file ?? 0)
    expect([rest.files.length, rest.next_file]).toEqual([500, null])
  })

  it('gives up one that nobody needs', async () => {
    const infoHash = await known(9, 'Harbour Songs', ['Low Tide'])
    const { status, json } = await call('DELETE', `/${infoHash}`)
    expect([status, json.status]).toEqual([202, 'removed'])
    const { entries } = await store.audit.list({ eventTypes: ['AdminRemoveTorrent'], limit: 1 })
    expect(entries).toMatchObject([{ actor: 'admin', payload: { admin_id: 'admin', info_hash: infoHash, forced: false } }])
  })

  it('answers with it though its holder was quicker to take it away', async () => {
    const infoHash = await known(11, 'Quickly Gone', ['Low Tide'])
    await store.rows(`create function vanish() returns trigger language plpgsql as $$
      begin delete from torrents where info_hash = new.info_hash; return null; end $$`)
    await store.rows(`create trigger vanish after update on torrents for each row
      when (new.status = 'removed' and new.name = 'Quickly Gone') execute function vanish()`)
    const { status, json } = await call('DELETE', `/${infoHash}`)
    expect([status, json.status]).toEqual([202, 'removed'])
  })

  it.each<[string, Partial<StoredTorrent>, StateName | null, number]>([
    ['owes its share', { status: 'seeding' }, null, 202],
    ['has given back less than its indexer asks', { ratio: 0.5 }, null, 202],
    ['is kept by a failed ticket for a retry', {}, 'failed', 202],
    ['a ticket is at work on', {}, 'downloading', 409],
  ])('refuses what %s; with force that may be another thing', async (_what, change, state, forced) => {
    const infoHash = await known(10, 'Harbour Songs', ['Low Tide'], change)
    if (state) {
      const ticket = sampleTicket({ state })
      await store.door.write(creationOf(ticket))
      await store.rows('insert into torrent_uses values ($1, $2)', [infoHash, ticket.id])
    }
    const refused = await call('DELETE', `/${infoHash}`)
    expect([refused.status, refused.json.code]).toEqual([409, 'conflict'])
    expect((await call('GET', `/${infoHash}`)).json.status).toBe(change.status ?? 'goal_met')
    expect((await call('DELETE', `/${infoHash}?force=true`)).status).toBe(forced)
  })

  it('tells what the cache warmer does, and what it did not and why', async () => {
    const client = createClient({ baseUrl: gateway.url, token: KEYS.admin })
    const none = { scanned_at: null, next_scan_at: null, held_back: null, artists: [], skipped: [], tickets: [] }
    expect(await client.cacheWarmer()).toEqual({ enabled: false, ...none, budget_bytes: 0, held_bytes: 0, room_bytes: 0 })
    const artists = [{ artist: 'Ann', artistKey: 'ann', demand: 3, ticketId: randomUUID() }]
    const skipped = [{ artist: 'Bob', reason: 'is in the catalog by now' }]
    const state = { scannedAt: '2026-01-01T00:00:00.000Z', artists, skipped, heldBack: 'tickets wait' }
    await store.warming.alone('test', async () => ({ state, audit: [] }))
    await store.door.write(creationOf(sampleTicket({ state: 'failed', requestedBy: CACHE_WARMER })))
    expect(await client.cacheWarmer()).toMatchObject({
      ...{ scanned_at: state.scannedAt, held_back: 'tickets wait', artists: [{ artist: 'Ann', demand: 3 }], skipped },
      tickets: [{ artist: 'The Example Band', state: 'failed', reason: 'it broke' }],
    })
    const asUser = createClient({ baseUrl: gateway.url, token: KEYS.ann })
    await expect(asUser.cacheWarmer()).rejects.toMatchObject({ status: 403 })
  })

  it('takes no wish of a caller to keep only', async () => {
    const client = createClient({ baseUrl: gateway.url, token: KEYS.admin })
    const wish = { ...albumBody(), keep_only: true } as never
    await expect(client.createTicket(wish)).rejects.toMatchObject({ status: 400 })
  })

  it.each([
    ['GET', `/${hashOf(99)}`, 404],
    ['POST', `/${hashOf(99)}/pin`, 404],
    ['DELETE', `/${hashOf(99)}?force=true`, 404],
    ['GET', '/no-hash', 400],
    ['GET', '?q=', 400],
    ['GET', '?status=lost', 400],
    ['GET', '?pinned=yes', 400],
    ['GET', '?after=abc', 400],
    ['GET', '?offset=1', 400],
    ['DELETE', `/${hashOf(99)}?force=1`, 400],
  ])('%s %s is %d', async (method, path, status) => expect((await call(method, path)).status).toBe(status))
})
