import { afterAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { Ticket } from '@torrentino/domain'
import { nameKey } from '@torrentino/matching'
import {
  HARBOUR_ARTIST as ARTIST,
  type HarbourTorrent,
  type HarbourWish,
  harbourTicket,
  harbourTorrent,
  openTestStore,
} from '@torrentino/testkit'
import { findInCatalog } from './find-in-catalog.js'
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

const found = async (ticket: Ticket) => (await findInCatalog(ticket, deps, run))?.candidate.info_hash ?? null

describe('what is in the catalog', () => {
  test('is the only candidate, with the confirmed mapping, and held for the ticket', async () => {
    const infoHash = await known()
    const ticket = await searching({ tracks: [2, 0] })
    const stage = createSearchStage({ ...EMPTY_CATALOG, ...deps, searchers: [], maxWaitMs: 0 })
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
    const result = await findInCatalog(await searching({ tracks: [1, 2], album: 'Harbour Songs' }), deps, run)
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
    ['for a dry run', { dry_run: true }, {}],
    ['for a search that was forced', { work: { forced_query: 'tin lanterns' } }, {}],
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

  test('whom nobody has anything of is noted, for each ticket once', async () => {
    const ticket = await searching({ artist: 'The Café Owls' })
    for (const _again of [1, 2]) await found(ticket)
    await found(await searching({ artist: 'the cafe owls' }))
    await store.rows(`update tickets set state = 'search_failed'`)
    expect(await store.catalog.uncoveredArtists(5)).toMatchObject([{ artistKey: nameKey('The Café Owls'), demand: 2 }])
  })

  test('is neither looked at nor asked for by what is only kept', async () => {
    await known()
    const asked: string[] = []
    const search = async ({ text }: { text: string }) => {
      asked.push(text)
      return []
    }
    const searchers = [{ name: 'one', search, getFiles: async () => null }]
    const stage = createSearchStage({ ...EMPTY_CATALOG, ...deps, searchers, maxWaitMs: 0 })
    const ticket = await searching({ keep_only: true })
    expect(stage.decide(ticket, await stage.gather(ticket, run), NOW)).toMatchObject({ type: 'nothing_found' })
    expect(asked[0]).toBe(`${ARTIST} discography`)
    expect(await store.rows('select from artist_wishes')).toEqual([])
  })
})
