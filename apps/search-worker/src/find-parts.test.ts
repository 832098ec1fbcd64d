import { afterAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type Ticket, withoutHeld } from '@torrentino/domain'
import type { TorrentSearcher } from '@torrentino/providers'
import {
  HARBOUR_ARTIST,
  type HarbourTorrent,
  type HarbourWish,
  harbourPath,
  harbourTicket,
  harbourTorrent,
  openTestStore,
  sampleCandidate,
} from '@torrentino/testkit'
import { lookInCatalog } from './find-in-catalog.js'
import { findParts, hasPartIn } from './find-parts.js'
import { createSearchStage } from './search-stage.js'
import { EMPTY_CATALOG } from './test-support/empty-catalog.js'

const store = await openTestStore()
afterAll(() => store.drop())
beforeEach(() => store.rows('truncate torrents, torrent_contents, torrent_uses, artist_wishes'))

const NOW = new Date('2026-06-01T00:00:00.000Z')
const run = { signal: new AbortController().signal, now: () => NOW }
const deps = { ...EMPTY_CATALOG, catalog: store.catalog, torrents: store.torrents }
const only = (at: number): HarbourTorrent => ({ confirmed: [at], here: [at] })
const file = (at: number) => ({ item_id: `x${at}`, torrent_file_path: harbourPath(at), size_bytes: 24_000_000 })
const partsFor = async (ticket: Ticket) => findParts(ticket, await lookInCatalog(ticket, deps), deps, run)
const tracksHeld = async (wish?: HarbourWish) =>
  ((await partsFor(await harbourTicket(store, wish)))?.held ?? []).flatMap(({ files }) => files.map(({ item_id }) => item_id)).sort()

/** An indexer that notes what it is asked. */
function indexer(): TorrentSearcher & { asked: string[] } {
  const asked: string[] = []
  return {
    asked,
    name: 'one',
    search: async ({ text }) => {
      asked.push(text)
      return [sampleCandidate({ title: `${HARBOUR_ARTIST} - High Tide [FLAC]` })]
    },
    getFiles: async () => null,
  }
}

function stageWith(searcher: TorrentSearcher) {
  const stage = createSearchStage({ ...deps, searchers: [searcher], maxWaitMs: 0 })
  return async (ticket: Ticket) => stage.decide(ticket, await stage.gather(ticket, run), NOW)
}

describe('tracks that no torrent has all of', () => {
  test('are taken from two, and nobody is asked', async () => {
    const [one, two] = [await harbourTorrent(store, only(0)), await harbourTorrent(store, only(2))]
    await store.rows('delete from torrent_contents where catalog_track_id is null')
    const ticket = await harbourTicket(store, { tracks: [0, 2] })
    const searcher = indexer()
    const outcome = await stageWith(searcher)(ticket)
    expect(searcher.asked).toEqual([])
    if (outcome.kind !== 'step') throw new Error('no step')
    const [candidate, score, held] = [outcome.candidates?.[0], outcome.scores?.[0], outcome.work?.held]
    expect(outcome).toMatchObject({ type: 'candidates_found', work: { from_catalog: true } })
    const from = new Map([
      [
        candidate?.info_hash,
        score?.trackMapping.map(({ catalog_track_id, torrent_file_path }) => `${catalog_track_id} ${torrent_file_path}`),
      ],
      ...(held ?? []).map(
        ({ info_hash, files }) => [info_hash, files.map(({ item_id, torrent_file_path }) => `${item_id} ${torrent_file_path}`)] as const,
      ),
    ])
    expect(from).toEqual(
      new Map([
        [one, [`x0 ${harbourPath(0)}`]],
        [two, [`x2 ${harbourPath(2)}`]],
      ]),
    )
    for (const infoHash of [one, two]) expect(await store.catalog.find(infoHash)).toMatchObject({ uses: 1 })
  })

  test('are taken from where they are, and indexers are asked for the rest alone', async () => {
    const infoHash = await harbourTorrent(store, { confirmed: [0, 2], here: [0, 2] })
    const ticket = await harbourTicket(store, { format: 'ogg_vorbis' })
    await store.rows('delete from torrent_contents where file_idx = 1')
    const searcher = indexer()
    const outcome = await stageWith(searcher)(ticket)
    const held = [{ info_hash: infoHash, folder: '/d', files: [file(0), file(2)] }]
    expect(outcome).toMatchObject({
      type: 'candidates_found',
      work: { held },
      details: { held: [{ info_hash: infoHash, tracks: ['x0', 'x2'] }] },
    })
    const asked = outcome.kind === 'step' ? (outcome.audit ?? []).map(({ payload }) => payload) : []
    expect(asked[0]).toMatchObject({ searcher_name: 'catalog', results_count: 1 })
    expect(asked.slice(1)).toEqual(searcher.asked.map((query) => expect.objectContaining({ searcher_name: 'one', query })))
    expect(searcher.asked.join()).toContain('High Tide')
    expect(searcher.asked.join()).not.toMatch(/Low Tide|Harbour Light/i)
    const lacking = withoutHeld({ ...ticket, work: { held } })
    expect(lacking.request.tracks.map(({ requested }) => requested)).toEqual([false, true, false])
  })

  test('are all that a ticket gets which is content with a part, where nobody has the rest', async () => {
    const infoHash = await harbourTorrent(store, only(0))
    await store.rows('delete from torrent_contents where catalog_track_id is null')
    const ticket = await harbourTicket(store)
    const nobody = { ...indexer(), search: async () => [] }
    expect(await stageWith(nobody)(ticket)).toMatchObject({ type: 'nothing_found' })
    const constraints = { ...ticket.request.constraints, allow_partial: true }
    expect(await stageWith(nobody)({ ...ticket, request: { ...ticket.request, constraints } })).toMatchObject({
      type: 'candidates_found',
      work: { from_catalog: true },
      candidates: [{ info_hash: infoHash }],
      scores: [{ trackMapping: [{ catalog_track_id: 'x0' }] }],
    })
  })

  test.each<[string, HarbourWish, HarbourTorrent]>([
    ['that nobody confirmed', {}, { confirmed: [], here: [0, 1] }],
    ['that are still to be fetched', {}, { confirmed: [0, 1], here: [] }],
    ['of a format too poor', { format: 'flac' }, { ...only(0), extension: 'mp3' }],
  ])('are not taken: %s', async (_what, wish, torrent) => {
    await harbourTorrent(store, torrent)
    expect(await partsFor(await harbourTicket(store, wish))).toBeNull()
    expect(await store.rows('select from torrent_uses')).toEqual([])
  })

  test('are not taken from a torrent that failed the ticket, nor twice', async () => {
    const [failed] = [await harbourTorrent(store, only(0)), await harbourTorrent(store, only(1)), await harbourTorrent(store, only(1))]
    const blocked = { info_hash: failed, title: '', size_bytes: 0, code: 'held_files_missing', reason: 'gone', at: NOW.toISOString() }
    expect(await tracksHeld({ work: { blocklist: [blocked] } })).toEqual(['x1'])
    expect(await tracksHeld()).toEqual(['x0', 'x1'])
  })
})

test.each<[string, HarbourWish, HarbourTorrent, boolean]>([
  ['is being loaded for another', {}, { confirmed: [0], here: [] }, true],
  ['nobody has confirmed', {}, { confirmed: [], here: [] }, false],
  ['is of a format too poor', { format: 'flac' }, { confirmed: [0], here: [], extension: 'mp3' }, false],
])('what %s may be waited for: %s', async (_what, wish, torrent, worth) => {
  const infoHash = await harbourTorrent(store, torrent)
  const ticket = await harbourTicket(store, wish)
  expect(await hasPartIn(infoHash, ticket, await lookInCatalog(ticket, deps), deps, run)).toBe(worth)
})
