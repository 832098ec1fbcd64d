import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach, describe, expect, test } from '@jest/globals'
import { openBus } from '@torrentino/bus'
import { NewTicket, type Ticket, type TicketRequest } from '@torrentino/domain'
import { albumBody, creationOf, openTestStore, sampleTicket, sharedRedisUrl, stepOf, waitFor } from '@torrentino/testkit'
import { decideDownload } from './decide-download.js'
import { worthKeeping } from './keep-all.js'
import { FILES, useDownloads } from './test-support/run-downloads.js'
import { newHash, type TestWorker, useTestWorkers } from './test-support/test-worker.js'

const store = await openTestStore()
const bus = openBus({ url: await sharedRedisUrl(), prefix: `k${randomUUID().slice(0, 8)}`, onError: () => {} })
const start = useTestWorkers(store, bus)
afterAll(async () => {
  await bus.close()
  await store.drop()
})

const { runOn, left } = useDownloads(store, bus)

/** A ticket for some tracks of one album, on its way with this torrent. */
async function downloading(infoHash: string, tracks: number[], change: Partial<TicketRequest> = {}): Promise<Ticket> {
  const body = albumBody({ tracks: 3, folder: `/media/${randomUUID()}` })
  const { ticket_id: _id, ...request } = NewTicket.parse(body)
  for (const track of request.tracks) track.requested = tracks.includes(track.track_number)
  const ticket = sampleTicket({
    state: 'downloading',
    request: { ...request, ...change },
    work: { magnet_uri: `magnet:?xt=urn:btih:${infoHash}`, download: { info_hash: infoHash, started_at: '2026-01-01T00:00:00.000Z' } },
  })
  await store.door.write(creationOf(ticket))
  return ticket
}
beforeEach(() => {
  left.room = Number.POSITIVE_INFINITY
})

const MORE = [...FILES, 'Other Album/01 Elsewhere.flac', 'Other Album/notes.txt', 'Other Album/back.png']
const KEPT = MORE.filter((path) => !path.endsWith('.txt'))
const keeping = (infoHash: string) => downloading(infoHash, [1], { keep_only: true })

/** A worker whose run for the warmer has chosen what it wants. */
async function warming(places = 10) {
  const worker = start()
  const infoHash = newHash()
  const stage = runOn(worker, places)
  const ticket = await keeping(infoHash)
  const run = stage.gather(ticket)
  worker.client.know(infoHash, MORE)
  await waitFor('the selection', () => worker.client.selections.length === 1)
  expect(worker.client.held(infoHash)?.wanted).toEqual(KEPT)
  return { worker, infoHash, ticket, run, ...stage }
}

const wantedNow = async (infoHash: string) => (await store.torrents.find(infoHash))?.wanted ?? []
const isPaused = (worker: TestWorker, infoHash: string) => worker.client.held(infoHash)?.paused === true

test('all audio is loaded, with pictures; then the ticket is over, and what it brought is in the catalog', async () => {
  const { worker, infoHash, ticket, run } = await warming()
  expect(await wantedNow(infoHash)).toEqual([])
  worker.client.load(infoHash)
  const facts = await run
  expect(decideDownload(ticket, facts, new Date(), 0.85)).toMatchObject({
    type: 'download_kept',
    state: { name: 'completed', stats: { total_download_bytes: 1000 * KEPT.length, final_size_bytes: 0 } },
    audit: [{ type: 'DownloadCompleted', payload: { info_hash: infoHash } }],
  })
  expect(await wantedNow(infoHash)).toEqual(KEPT)
  expect(await store.torrents.find(infoHash)).toMatchObject({ status: 'seeding', completedAt: expect.any(Date) })
  const names = (await store.catalog.files(infoHash, 0, 99)).map(({ trackName }) => trackName)
  expect(names).toEqual(['Track 1', expect.any(String), expect.any(String), null, 'elsewhere', null, null])
})

test('more than the budget leaves is not begun, and ends the ticket', async () => {
  const worker = start()
  const infoHash = newHash()
  left.room = 1000 * KEPT.length - 1
  worker.client.know(infoHash, MORE)
  const ticket = await keeping(infoHash)
  const facts = await runOn(worker).gather(ticket)
  expect(facts).toEqual({ kind: 'no_room', bytes: 1000 * KEPT.length })
  expect(worker.client.selections).toEqual([])
  expect(decideDownload(ticket, facts, new Date(), 0.85)).toMatchObject({ type: 'given_up', state: { name: 'cancelled' } })
})

describe('a ticket that somebody waits for', () => {
  test('has the place: the transfer stops until there is one again', async () => {
    const { worker, infoHash, run, gather, ticket } = await warming(1)
    const other = await downloading(newHash(), [1])
    expect(await gather(other)).toMatchObject({ kind: 'wait', reason: 'all places for downloads are taken' })
    expect(await run).toMatchObject({ kind: 'wait', reason: 'a ticket waits for the place' })
    await waitFor('the pause', () => isPaused(worker, infoHash))
    const next = gather(other)
    await waitFor('the other', () => worker.client.held(other.work.download?.info_hash ?? '') !== undefined)
    // It stands behind everybody.
    expect(await gather(ticket)).toMatchObject({ kind: 'wait', reason: 'all places for downloads are taken' })
    worker.client.know(other.work.download?.info_hash ?? '', FILES)
    await waitFor('its selection', () => worker.client.selections.length === 2)
    worker.client.load(other.work.download?.info_hash ?? '')
    expect(await next).toMatchObject({ kind: 'loaded' })
    const again = gather(ticket)
    await waitFor('the rest', () => !isPaused(worker, infoHash))
    worker.client.load(infoHash)
    expect(await again).toMatchObject({ kind: 'loaded' })
  })

  test('has the space: what was promised is given back', async () => {
    const { worker, infoHash, run, gather } = await warming()
    const other = await downloading(newHash(), [1])
    worker.client.know(other.work.download?.info_hash ?? '', FILES)
    left.space = 0
    expect(await gather(other)).toMatchObject({ kind: 'wait', reason: 'no space' })
    left.space = Number.POSITIVE_INFINITY
    expect(await run).toMatchObject({ kind: 'wait', reason: 'a ticket waits for space, or for a client' })
    await waitFor('the pause', () => isPaused(worker, infoHash))
  })

  test('has its tracks of the same torrent at once; the rest comes after it', async () => {
    const { worker, infoHash, run, gather, ticket } = await warming()
    const other = await downloading(infoHash, [2])
    const served = gather(other)
    const own = [FILES[1], FILES[3]]
    await waitFor('the narrower choice', () => worker.client.held(infoHash)?.wanted.length === own.length)
    worker.client.load(infoHash)
    expect(await served).toMatchObject({ kind: 'loaded', choice: { files: [{ item_id: 't2' }] } })
    expect(await run).toMatchObject({ kind: 'wait', reason: 'a ticket loads from this torrent' })
    expect((await wantedNow(infoHash)).toSorted()).toEqual(own.toSorted())
    expect(await gather(ticket)).toMatchObject({ kind: 'wait', reason: 'a ticket loads from this torrent' })
    expect(worker.client.held(infoHash)?.wanted).toEqual(own)

    await store.door.write(stepOf(other, 'completed'))
    const again = gather(ticket)
    await waitFor('the wider choice', () => worker.client.held(infoHash)?.wanted.length === KEPT.length)
    expect((await store.torrents.find(infoHash))?.status).toBe('downloading')
    worker.client.load(infoHash)
    expect(await again).toMatchObject({ kind: 'loaded' })
    expect((await wantedNow(infoHash)).toSorted()).toEqual(KEPT.toSorted())
  })

  test('gets the torrent where another worker has it for the warmer', async () => {
    const { worker, infoHash, run } = await warming()
    const second = start()
    const elsewhere = runOn(second)
    const other = await downloading(infoHash, [2])
    expect(await elsewhere.gather(other)).toMatchObject({ kind: 'wait', reason: 'another worker holds this torrent' })
    expect(await run).toMatchObject({ kind: 'wait', reason: 'a ticket loads from this torrent' })
    worker.holdings.onHint({ kind: 'release_torrent', infoHash })
    await waitFor('the release', () => worker.client.held(infoHash) === undefined)
    second.client.know(infoHash, MORE)
    const served = elsewhere.gather(other)
    await waitFor('the selection', () => second.client.selections.length === 1)
    second.client.load(infoHash)
    expect(await served).toMatchObject({ kind: 'loaded' })
  })
})

test('what is worth keeping: audio, its sheets and pictures, nothing hidden, empty or large beside it', () => {
  const file = (path: string, size_bytes = 1000) => ({ path, size_bytes })
  const kept = [file('A/1.mp3'), file('A/disc 2/1.ape'), file('A/disc 2/1.cue'), file('A/Front.JPG', 10_000_000)]
  const left = [file('A/.1.mp3'), file('A/2.mp3', 0), file('A/poster.png', 10_000_001), file('A/empty.jpg', 0), file('A/film.mkv', 5e9)]
  expect(worthKeeping([...kept, ...left])).toEqual(kept)
})
