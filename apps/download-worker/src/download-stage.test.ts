import { randomUUID } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { openBus } from '@torrentino/bus'
import { StageError, type Ticket } from '@torrentino/domain'
import { scoreCandidate } from '@torrentino/matching'
import type { Outcome } from '@torrentino/pipeline'
import { limitedUntil, type TorrentSearcher } from '@torrentino/providers'
import {
  creationOf,
  loadingTicket,
  openTestStore,
  SAMPLE_STATES,
  sampleCandidate,
  sharedRedisUrl,
  stepOf,
  waitFor,
} from '@torrentino/testkit'
import { decideDownload } from './decide-download.js'
import { FILES, useDownloads } from './test-support/run-downloads.js'
import { newHash, type TestWorker, useTestWorkers } from './test-support/test-worker.js'

const store = await openTestStore()
const bus = openBus({ url: await sharedRedisUrl(), prefix: `g${randomUUID().slice(0, 8)}`, onError: () => {} })
const start = useTestWorkers(store, bus)
afterAll(async () => {
  await bus.close()
  await store.drop()
})

const { runOn, left } = useDownloads(store, bus)

/** On its way with this torrent. */
async function downloading(...args: Parameters<typeof loadingTicket>): Promise<Ticket> {
  const ticket = loadingTicket(...args)
  await store.door.write(creationOf(ticket))
  return ticket
}

test('two tickets that share a torrent want the files of both, and each gets its own', async () => {
  const worker = start()
  const infoHash = newHash()
  const { gather } = runOn(worker)
  const [one, two] = [await downloading(infoHash, [1]), await downloading(infoHash, [2, 3])]
  const runs = Promise.all([gather(one), gather(two)])
  worker.client.know(infoHash, FILES)
  await waitFor('both wishes', () => worker.client.selections.length === 2)
  expect(worker.client.held(infoHash)?.wanted).toEqual(FILES)
  worker.client.load(infoHash)
  const [first, second] = await runs
  expect(first).toMatchObject({ kind: 'loaded', folder: `/downloads/${infoHash}`, choice: { files: [{ item_id: 't1' }] } })
  expect(second).toMatchObject({ kind: 'loaded', choice: { files: [{ item_id: 't2' }, { item_id: 't3' }] } })
  expect(await store.torrents.find(infoHash)).toMatchObject({
    status: 'seeding',
    completedAt: expect.any(Date),
    wanted: expect.arrayContaining(FILES),
  })
})

test('a disc in one file that a human approved is fetched with its sheet, for each of its tracks', async () => {
  const worker = start()
  const infoHash = newHash()
  const ticket = await downloading(infoHash, [1, 3])
  ticket.work.human_approved = true
  const run = runOn(worker).gather(ticket)
  const [disc, sheet] = ['Album/Album.flac', 'Album/Album.cue']
  worker.client.know(infoHash, [disc, sheet, 'Album/rip.log'], (path) => (path === disc ? 400_000_000 : 1000))
  await waitFor('the selection', () => worker.client.selections.length === 1)
  expect(worker.client.held(infoHash)?.wanted).toEqual([disc, sheet])
  worker.client.load(infoHash)
  const part = { torrent_file_path: disc, cue_path: sheet }
  const folder = `/downloads/${infoHash}`
  expect(decideDownload(ticket, await run, new Date(), 0.85)).toMatchObject({
    type: 'download_done',
    work: {
      download: {
        folder,
        files: [
          { item_id: 't1', ...part },
          { item_id: 't3', ...part },
        ],
      },
    },
    items: [
      { itemId: 't1', sourcePath: `${folder}/${disc}` },
      { itemId: 't3', sourcePath: `${folder}/${disc}` },
    ],
  })
})

test('a ticket does not wait for what another one wants of the torrent, nor stay for it', async () => {
  const worker = start()
  const infoHash = newHash()
  const { gather } = runOn(worker)
  worker.client.know(infoHash, FILES)
  const runs = [gather(await downloading(infoHash, [1])), gather(await downloading(infoHash, [2]))]
  await waitFor('both wishes', () => worker.client.selections.length === 2)
  worker.client.load(infoHash, [FILES[0] as string, FILES[3] as string])
  expect(await runs[0]).toMatchObject({ kind: 'loaded', bytes: 2000, choice: { cover: FILES[3] } })
  // It owes its share from now on, and counts as seeding when all of it is there.
  expect(await store.torrents.find(infoHash)).toMatchObject({ status: 'downloading', completedAt: expect.any(Date) })
  worker.client.load(infoHash)
  await runs[1]
  expect(await store.torrents.find(infoHash)).toMatchObject({ status: 'seeding' })
})

test('what only a cancelled ticket wanted is loaded no longer; what is there of it, and what others want, stays', async () => {
  const worker = start()
  const infoHash = newHash()
  const { gather } = runOn(worker)
  worker.client.know(infoHash, FILES)
  const [one, two] = [await downloading(infoHash, [1]), await downloading(infoHash, [2, 3])]
  const cancel = new AbortController()
  const [first, second] = [gather(one), gather(two, cancel)]
  await waitFor('both wishes', () => worker.client.selections.length === 2)
  const [its, loaded, undone, cover] = FILES
  worker.client.load(infoHash, [loaded as string])
  cancel.abort(new Error('cancelled'))
  await expect(second).rejects.toThrow('cancelled')
  const undecided = randomUUID()
  await store.torrents.use({ infoHash, name: 'Album', folder: '/downloads', magnetUri: null, torrentFile: null }, undecided)
  const release = async (ticketId: string) => {
    await store.torrents.releaseUses(ticketId)
    worker.holdings.onHint({ kind: 'review_torrent', infoHash })
    await worker.holdings.exclusively(infoHash, async () => {})
  }
  await release(two.id)
  // One that has yet to choose may want it.
  expect(worker.client.held(infoHash)?.wanted).toContain(undone)
  await release(undecided)
  expect(worker.client.held(infoHash)?.wanted.sort()).toEqual([its, loaded, cover])
  worker.client.load(infoHash)
  expect(await first).toMatchObject({ kind: 'loaded', choice: { files: [{ item_id: 't1' }] } })
  const stored = await store.torrents.find(infoHash)
  expect([stored?.status, stored?.wanted.sort()]).toEqual(['seeding', [its, loaded, cover]])
})

test('a picture that does not come costs neither the tracks nor the ticket', async () => {
  const worker = start()
  const infoHash = newHash()
  const run = runOn(worker).gather(await downloading(infoHash, [1]))
  worker.client.know(infoHash, FILES)
  await waitFor('the selection', () => worker.client.selections.length === 1)
  worker.client.load(infoHash, [FILES[0] as string])
  worker.client.stall(infoHash)
  expect(await run).toMatchObject({ kind: 'loaded', bytes: 1000, choice: { files: [{ item_id: 't1' }], cover: undefined } })
})

test('what an admin removed meanwhile stays so', async () => {
  const worker = start()
  const infoHash = newHash()
  const run = runOn(worker).gather(await downloading(infoHash, [1]))
  worker.client.know(infoHash, FILES)
  await waitFor('the selection', () => worker.client.selections.length === 1)
  await store.torrents.update(infoHash, { status: 'removed' })
  worker.client.load(infoHash)
  expect(await run).toMatchObject({ kind: 'loaded' })
  expect(await store.torrents.find(infoHash)).toMatchObject({ status: 'removed' })
})

test('who waits long for another worker asks seldom', async () => {
  const [holder, other] = [start(), start()]
  const infoHash = newHash()
  await holder.holdings.take(infoHash)
  const ticket = await downloading(infoHash, [1])
  const waitAfter = async (secs: number) => runOn(other).gather({ ...ticket, updatedAt: new Date(Date.now() - secs * 1000) })
  expect(await waitAfter(0)).toMatchObject({ ms: 1000 })
  expect(await waitAfter(86_400)).toMatchObject({ ms: 15_000 })
})

test('a torrent that another worker has is asked for and waited for', async () => {
  const [holder, other] = [start(), start()]
  const infoHash = newHash()
  await holder.holdings.take(infoHash)
  const { gather, hints } = runOn(other)
  const ticket = await downloading(infoHash, [1])
  expect(await gather(ticket)).toMatchObject({ kind: 'wait' })
  expect(hints).toEqual([{ kind: 'release_torrent', infoHash }])
  expect(other.client.held(infoHash)).toBeUndefined()
  expect(await store.torrents.isUsed(infoHash)).toBe(true)
})

test('a torrent that is lost to another worker under way costs no attempt', async () => {
  const worker = start({ leaseMs: 150 })
  const infoHash = newHash()
  const run = runOn(worker).gather(await downloading(infoHash, [1]))
  await waitFor('the torrent', () => worker.client.held(infoHash) !== undefined)
  const other = start()
  // Until then it may take it again.
  await waitFor('the loss', async () => {
    await bus.leases.release(`torrent:${infoHash}`, worker.owner)
    return other.holdings.take(infoHash)
  })
  expect(await run).toMatchObject({ kind: 'wait' })
})

test.each(['client_unreachable', 'client_banned', 'interface_down', 'engine_unavailable', 'disk_full'])(
  'a client that cannot be used (%s) is waited for',
  async (code) => {
    const worker = start()
    worker.client.addTorrent = async () => {
      throw new StageError('retryable', code, 'it cannot be used')
    }
    const ticket = await downloading(newHash(), [1])
    expect(await runOn(worker).gather(ticket)).toEqual({ kind: 'wait', ms: expect.any(Number), reason: 'it cannot be used' })
  },
)

test('one that is stopped leaves the transfer paused, and the next run goes on with it', async () => {
  const worker = start()
  const infoHash = newHash()
  const { gather } = runOn(worker)
  const ticket = await downloading(infoHash, [1])
  const stop = new AbortController()
  const run = gather(ticket, stop)
  worker.client.know(infoHash, FILES)
  await waitFor('the selection', () => worker.client.selections.length === 1)
  stop.abort(new Error('turn over'))
  await expect(run).rejects.toThrow('turn over')
  await waitFor('the pause', () => worker.client.held(infoHash)?.paused === true)
  const again = gather(ticket)
  await waitFor('the resumption', () => worker.client.held(infoHash)?.paused === false)
  worker.client.load(infoHash)
  expect(await again).toMatchObject({ kind: 'loaded' })
})

test('a ticket that was cancelled just before leaves no claim on the torrent', async () => {
  const worker = start()
  const infoHash = newHash()
  const ticket = await downloading(infoHash, [1])
  await store.door.write(stepOf(ticket, 'cancelled'))
  await expect(runOn(worker).gather(ticket)).rejects.toMatchObject({ code: 'ticket_ended' })
  expect(await store.torrents.isUsed(infoHash)).toBe(false)
})

test('the indexer is asked for the torrent once, however many runs follow', async () => {
  const worker = start()
  const infoHash = newHash()
  let asked = 0
  const searcher: TorrentSearcher = {
    name: 'example',
    search: async () => [],
    async getFiles() {
      asked += 1
      return { infoHash, files: [], torrentFile: Buffer.from('a torrent') }
    },
  }
  const { gather } = runOn(worker, 10, [searcher])
  const ticket = {
    ...(await downloading(infoHash, [1])),
    state: SAMPLE_STATES.auto_approved,
    work: { candidates_version: 2, selected_idx: 0 },
  }
  await store.door.write(stepOf(ticket, 'auto_approved', { candidates: [sampleCandidate({ info_hash: undefined })] }))
  expect(await gather(ticket)).toMatchObject({ kind: 'found', infoHash })
  const begun = { info_hash: infoHash, started_at: ticket.createdAt.toISOString() }
  const next = { ...ticket, state: SAMPLE_STATES.downloading, work: { ...ticket.work, download: begun } }
  worker.client.know(infoHash, FILES)
  const run = gather(next)
  await waitFor('the selection', () => worker.client.selections.length === 1)
  worker.client.load(infoHash)
  expect(await run).toMatchObject({ kind: 'loaded' })
  expect(asked).toBe(1)
})

test('an indexer whose places of this minute are taken is waited for; one that fails costs an attempt', async () => {
  const { gather } = runOn(start(), 10, [refusing(limitedUntil('example', 9000))])
  const ticket = { ...(await downloading(newHash(), [1])), state: SAMPLE_STATES.auto_approved, work: { candidates_version: 2 } }
  await store.door.write(stepOf(ticket, 'auto_approved', { candidates: [sampleCandidate({ info_hash: undefined })] }))
  expect(await gather(ticket)).toEqual({ kind: 'wait', ms: 9000, reason: expect.stringMatching(/^example: its requests of this minute/) })
  const gone = new StageError('retryable', 'indexer_unreachable', 'example: no answer')
  await expect(runOn(start(), 10, [refusing(gone)]).gather(ticket)).rejects.toBe(gone)
})

const refusing = (error: StageError): TorrentSearcher => ({
  name: 'example',
  search: async () => [],
  getFiles: async () => Promise.reject(error),
})

describe('a candidate that fails', () => {
  /** Auto-approved with two offers, of which the first is on its way. */
  async function onFirst(first: string, second: string): Promise<Ticket> {
    const { id, ...begun } = await downloading(first, [1, 2, 3])
    const files = FILES.slice(0, 3).map((path) => ({ path, size_bytes: 30_000_000 }))
    const offers = [first, second].map((info_hash, nr) =>
      sampleCandidate({ ...{ info_hash, files, size_bytes: 90_000_000 }, title: `The Example Band - First Steps (2019) [FLAC] ${nr}` }),
    )
    const ticket = { ...begun, id, work: { download: begun.work.download, candidates_version: 2, candidates_count: 2, selected_idx: 0 } }
    const scores = offers.map((offer, idx) => {
      const { score, track_mapping: trackMapping, reasons } = scoreCandidate(ticket.request, offer)
      return { idx, score, trackMapping, reasons }
    })
    await store.door.write(stepOf(ticket, 'downloading', { candidates: offers, scores }))
    const magnetUri = `magnet:?xt=urn:btih:${first}`
    await store.torrents.use({ infoHash: first, name: 'Album', folder: `/downloads/${first}`, magnetUri, torrentFile: null }, id)
    return { ...ticket, version: 2 }
  }

  test.each<[string, readonly string[], string]>([
    ['with a program beside the tracks', [...FILES, 'Album/setup.exe'], 'dangerous_files'],
    ['without a track that was promised', FILES.slice(1), 'items_missing'],
    ['with archives only', ['Album/album.rar'], 'archives_only'],
  ])('%s: nothing of it is fetched, its torrent is not needed any more, the next one is loaded', async (_name, files, code) => {
    const worker = start()
    const [first, second] = [newHash(), newHash()]
    const ticket = await onFirst(first, second)
    const { gather, hints } = runOn(worker)
    const run = gather(ticket)
    await waitFor('the torrent', () => worker.client.held(first) !== undefined)
    worker.client.know(first, files)
    const outcome = decideDownload(ticket, await run, new Date(), 0.85)
    expect(outcome).toMatchObject({
      type: 'candidate_failed',
      state: { name: 'auto_approved', selected_idx: 1 },
      work: { blocklist: [{ info_hash: first, code }] },
    })
    expect(worker.client.selections).toEqual([])
    expect(hints).toEqual([{ kind: 'review_torrent', infoHash: first }])
    expect(await store.torrents.isUsed(first)).toBe(false)
    worker.holdings.onHint({ kind: 'review_torrent', infoHash: first })
    await waitFor('the clean-up', async () => (await store.torrents.find(first)) === null)
    expect(worker.client.removals.filter((removal) => removal.infoHash === first)).toMatchObject([{ infoHash: first, deleteFiles: true }])
  })

  test('removed behind our back: it is fetched anew, and given up when that comes again', async () => {
    const worker = start()
    const [first, second] = [newHash(), newHash()]
    const ticket = await onFirst(first, second)
    const { gather } = runOn(worker)
    const removed = async (attempts: number) => {
      const run = gather({ ...ticket, attempts })
      await waitFor('the torrent', () => worker.client.held(first) !== undefined)
      await worker.client.removeTorrent(first, false)
      return run
    }
    await expect(removed(0)).rejects.toMatchObject({ code: 'torrent_removed' })
    expect(await store.torrents.isUsed(first)).toBe(true)
    expect(await removed(2)).toMatchObject({
      kind: 'failed_candidate',
      fault: { code: 'torrent_removed' },
      candidates: [{ idx: 0 }, { idx: 1 }],
    })
  })
})

test('what finds no space waits and goes on when there is some; what lies there already is not counted', async () => {
  const worker = start()
  const infoHash = newHash()
  const { gather } = runOn(worker)
  const ticket = await downloading(infoHash, [1, 3])
  worker.client.know(infoHash, FILES)
  left.space = 2999
  expect(await gather(ticket)).toEqual({ kind: 'wait', ms: expect.any(Number), reason: 'no space' })
  expect(worker.client.selections).toEqual([])
  // Two tracks and the cover.
  left.space = 3000
  const run = gather(ticket)
  await waitFor('the selection', () => worker.client.selections.length === 1)
  worker.client.load(infoHash)
  expect(await run).toMatchObject({ kind: 'loaded' })
  left.space = Number.POSITIVE_INFINITY
})

describe('tracks that another torrent has', () => {
  async function halved(worker: TestWorker) {
    const [infoHash, other, folder] = [newHash(), newHash(), await mkdtemp(join(tmpdir(), 'held-'))]
    const files = [{ item_id: 't1', torrent_file_path: '1.flac', size_bytes: 4 }]
    await writeFile(join(folder, '1.flac'), 'song')
    const begun = await downloading(infoHash, [1, 2])
    const ticket = { ...begun, work: { ...begun.work, held: [{ info_hash: other, folder, files }] } }
    worker.client.know(infoHash, FILES)
    return { infoHash, other, folder, ticket, end: () => rm(folder, { recursive: true }) }
  }

  test('are not fetched again, and must still be there in the end', async () => {
    const worker = start()
    const { infoHash, other, folder, ticket, end } = await halved(worker)
    const { gather } = runOn(worker)
    const run = gather(ticket)
    await waitFor('the selection', () => worker.client.selections.length === 1)
    expect(worker.client.held(infoHash)?.wanted).toEqual([FILES[1], FILES[3]])
    worker.client.load(infoHash)
    expect(await run).toMatchObject({ kind: 'loaded', choice: { files: [{ item_id: 't2' }] } })
    await writeFile(join(folder, '1.flac'), 'so')
    expect(await gather(ticket)).toEqual({ kind: 'lost_held', infoHash: other })
    await end()
    expect(await gather(ticket)).toEqual({ kind: 'lost_held', infoHash: other })
  })

  test('stay needed when the candidate for the rest fails', async () => {
    const worker = start()
    const { infoHash, other, ticket, end } = await halved(worker)
    await store.torrents.use({ infoHash: other, name: 'Other', folder: '/d', magnetUri: null, torrentFile: null }, ticket.id)
    worker.client.know(infoHash, ['Album/setup.exe', ...FILES])
    expect(await runOn(worker).gather(ticket)).toMatchObject({ kind: 'failed_candidate' })
    expect([await store.torrents.isUsed(infoHash), await store.torrents.isUsed(other)]).toEqual([false, true])
    await end()
  })
})

describe('places', () => {
  test('when all are taken the ticket waits, and nothing is begun', async () => {
    const worker = start()
    const { gather } = runOn(worker, 1)
    const [first, second] = [newHash(), newHash()]
    const run = gather(await downloading(first, [1]))
    await waitFor('the first', () => worker.client.held(first) !== undefined)
    expect(await gather(await downloading(second, [1]))).toMatchObject({ kind: 'wait' })
    expect(worker.client.held(second)).toBeUndefined()
    worker.client.know(first, FILES)
    await waitFor('the selection', () => worker.client.selections.length === 1)
    worker.client.load(first)
    await run
  })
})

describe('a forced magnet', () => {
  const forcedTicket = async (infoHash: string, tracks: number[]) => {
    const ticket = await downloading(infoHash, tracks)
    return { ticket, worker: start() }
  }

  test('has its files mapped once they are known', async () => {
    const infoHash = newHash()
    const { ticket, worker } = await forcedTicket(infoHash, [1, 3])
    const run = runOn(worker).gather(ticket)
    worker.client.know(infoHash, FILES)
    await waitFor('the selection', () => worker.client.selections.length === 1)
    worker.client.load(infoHash)
    expect(decideDownload(ticket, await run, new Date(), 0.85)).toMatchObject({
      type: 'download_done',
      work: { download: { files: [{ item_id: 't1' }, { item_id: 't3', torrent_file_path: 'Album/03 Track 3.flac' }] } },
    })
  })

  test('goes to a human with that where it is poor; nothing is loaded until he approves, then what there is', async () => {
    const infoHash = newHash()
    const { ticket, worker } = await forcedTicket(infoHash, [1, 2, 3])
    const run = runOn(worker).gather(ticket)
    worker.client.know(infoHash, ['Album/01 Track 1.flac', 'Album/02 Track 2.flac', 'Album/notes.txt'])
    const outcome = decideDownload(ticket, await run, new Date(), 0.85)
    expect(outcome).toMatchObject({
      state: { name: 'needs_approval', reason: { type: 'track_count_mismatch', expected: 3, found: 2 } },
      details: { missing: ['t3'] },
      candidates: [{ title: 'Album', indexer: 'forced magnet', info_hash: infoHash }],
      scores: [{ idx: 0, trackMapping: [{ catalog_track_id: 't1' }, { catalog_track_id: 't2' }] }],
    })
    expect(worker.client.selections).toEqual([])

    const { candidates, scores, work } = outcome as Outcome & { kind: 'step' }
    await store.door.write(stepOf({ ...ticket, version: 1 }, 'needs_approval', { candidates, scores }))
    const approved = { ...ticket, work: { ...ticket.work, ...work, magnet_uri: undefined, human_approved: true } }
    const again = runOn(worker).gather(approved)
    await waitFor('the selection', () => worker.client.selections.length === 1)
    worker.client.load(infoHash)
    expect(decideDownload(approved, await again, new Date(), 0.85)).toMatchObject({
      type: 'download_done',
      items: [{ itemId: 't1' }, { itemId: 't2' }],
    })
  })
})
