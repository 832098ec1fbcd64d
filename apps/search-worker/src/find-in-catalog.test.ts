import { afterAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Ticket } from '@torrentino/domain'
import { nameKey } from '@torrentino/matching'
import type { TorrentSearcher } from '@torrentino/providers'
import {
  HARBOUR_ARTIST as ARTIST,
  type HarbourTorrent,
  type HarbourWish,
  harbourTicket,
  harbourTorrent,
  openTestStore,
} from '@torrentino/testkit'
import { findWhole, lookInCatalog } from './find-in-catalog.js'
import { createSearchStage } from './search-stage.js'
import { EMPTY_CATALOG } from './test-support/empty-catalog.js'

const store = await openTestStore()
afterAll(() => store.drop())
beforeEach(() => store.rows('truncate torrents, torrent_contents, torrent_uses, artist_wishes'))

const NOW = new Date('2026-06-01T00:00:00.000Z')
const run = { signal: new AbortController().signal, now: () => NOW }
const deps = { catalog: store.catalog, torrents: store.torrents, autoApproveThreshold: 0.85 }
const searching = (wish?: HarbourWish) => harbourTicket(store, wish)
const known = (torrent?: HarbourTorrent) => harbourTorrent(store, torrent)

const asked: string[] = []
const indexer: TorrentSearcher = {
  name: 'one',
  search: async ({ text }) => {
    asked.push(text)
    return []
  },
  getFiles: async () => null,
}
const stage = createSearchStage({ ...EMPTY_CATALOG, ...deps, searchers: [indexer], maxWaitMs: 0 })
const whole = async (ticket: Ticket) => findWhole(ticket, await lookInCatalog(ticket, deps), deps, run)
const found = async (ticket: Ticket) => (await whole(ticket))?.candidate.info_hash ?? null
/** As it was before its search. */
const pending = (ticket: Ticket): Ticket => ({ ...ticket, state: { name: 'pending' } })

describe('what is in the catalog', () => {
  test('is the only candidate, with the confirmed mapping, and held for the ticket', async () => {
    const infoHash = await known()
    const ticket = await searching({ tracks: [2, 0] })
    await stage.gather(pending(ticket), run)
    const outcome = stage.decide(ticket, await stage.gather(ticket, run), NOW)
    expect(outcome).toMatchObject({
      type: 'candidates_found',
      work: { from_catalog: true, candidates_version: ticket.version + 1 },
      candidates: [{ indexer: 'catalog', info_hash: infoHash, files: [{}, {}, {}] }],
      scores: [
        {
          score: 1,
          trackMapping: [
            { catalog_track_id: 'x2', torrent_file_path: 'Harbour Songs/03 - Harbour Light.flac', confidence: 1 },
            { catalog_track_id: 'x0', torrent_file_path: 'Harbour Songs/01 - Low Tide.flac', confidence: 1 },
          ],
        },
      ],
      details: { source: 'catalog' },
      audit: [{ type: 'SearchExecuted', payload: { searcher_name: 'catalog', query: ARTIST, results_count: 1 } }],
    })
    expect(await store.catalog.find(infoHash)).toMatchObject({ uses: 1 })
    expect(await store.catalog.uncoveredArtists(5)).toEqual([])
  })

  test('is taken by what its files are called, where the rules are sure of it', async () => {
    const infoHash = await known({ confirmed: [0] })
    const result = await whole(await searching({ tracks: [1, 2], album: 'Harbour Songs' }))
    expect(result?.candidate.info_hash).toBe(infoHash)
    expect(result?.mapping.map(({ torrent_file_path }) => torrent_file_path)).toEqual([
      'Harbour Songs/02 - High Tide.flac',
      'Harbour Songs/03 - Harbour Light.flac',
    ])
    expect(result?.score).toBeLessThanOrEqual(1)
  })

  test.each<[string, HarbourWish, HarbourTorrent]>([
    ['for another artist', { artist: 'Somebody Else' }, {}],
    ['for what is to be lossless, out of lossy files', { format: 'flac' }, { extension: 'mp3' }],
    [
      'where the rules are not sure of files that nobody confirmed',
      { album: 'Mountain Songs' },
      { confirmed: [], title: 'Somebody Else - Live (1999) [MP3]' },
    ],
  ])('is not taken %s', async (_what, wish, torrent) => {
    await known(torrent)
    expect(await found(await searching(wish))).toBeNull()
    expect(await store.rows('select from torrent_uses')).toEqual([])
  })

  test.each<[string, HarbourWish]>([
    ['a dry run', { dry_run: true }],
    ['a search that was forced', { work: { forced_query: 'tin lanterns' } }],
  ])('is not looked at for %s, in whole or in part', async (_what, wish) => {
    await known()
    await known({ confirmed: [0], here: [0] })
    const ticket = await searching(wish)
    expect(stage.decide(ticket, await stage.gather(ticket, run), NOW)).toMatchObject({ type: 'nothing_found' })
    expect(await store.rows('select from torrent_uses')).toEqual([])
  })

  test('is not taken when only some of the tracks are there, when it failed the ticket before, or when the ticket is over', async () => {
    const infoHash = await known()
    const blocked = { info_hash: infoHash, title: '', size_bytes: 0, code: 'stalled', reason: 'it stood still', at: NOW.toISOString() }
    expect(await found(await searching({ work: { blocklist: [blocked] } }))).toBeNull()
    const ticket = await searching()
    await store.rows(`update tickets set state = 'cancelled' where id = $1`, [ticket.id])
    expect(await found(ticket)).toBeNull()
    await store.rows('delete from torrent_contents where file_idx = 1')
    expect(await found(await searching())).toBeNull()
    expect(await found(await searching({ tracks: [0, 2] }))).toBe(infoHash)
  })

  test('whom nobody has anything of is noted where a search begins, for each ticket once', async () => {
    const { gather } = stage
    const ticket = await searching({ artist: 'The Café Owls' })
    await gather(ticket, run)
    expect(await store.rows('select from artist_wishes')).toEqual([])
    for (const _again of [1, 2]) await gather(pending(ticket), run)
    await gather(pending(await searching({ artist: 'the cafe owls' })), run)
    await gather(pending(await searching({ artist: 'the cafe owls', dry_run: true })), run)
    await store.rows(`update tickets set state = 'search_failed'`)
    expect(await store.catalog.uncoveredArtists(5)).toMatchObject([{ artistKey: nameKey('The Café Owls'), demand: 2 }])
  })

  test('is neither looked at nor asked for by what is only kept', async () => {
    await known()
    asked.length = 0
    const ticket = await searching({ keep_only: true })
    await stage.gather(pending(ticket), run)
    expect(stage.decide(ticket, await stage.gather(ticket, run), NOW)).toMatchObject({ type: 'nothing_found' })
    expect(asked[0]).toBe(`${ARTIST} discography`)
    expect(await store.rows('select from artist_wishes')).toEqual([])
  })
})
