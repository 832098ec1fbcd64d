import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, jest, test } from '@jest/globals'
import { openBus } from '@torrentino/bus'
import type { StateName, TicketState } from '@torrentino/domain'
import type { StoredTorrent } from '@torrentino/store'
import { creationOf, openTestStore, sampleTicket, sharedRedisUrl, waitFor } from '@torrentino/testkit'
import { type CleanupPolicy, mayGo } from './may-go.js'
import { createFakeTorrentClient } from './test-support/fake-torrent-client.js'
import { fakeMember, newHash, type TestWorker, useTestWorkers } from './test-support/test-worker.js'

const store = await openTestStore()
const bus = openBus({ url: await sharedRedisUrl(), prefix: `h${randomUUID().slice(0, 8)}`, onError: () => {} })
const { torrents } = store
const start = useTestWorkers(store, bus)
afterAll(async () => {
  await bus.close()
  await store.drop()
})

const PLAIN = { pinned: false, ratio: 0, minRatio: null as number | null, minSeedTimeSecs: null as number | null, seededSecs: 0 }
const FILES = ['Album/01.flac', 'Album/02.flac', 'Album/cover.jpg']

const firstUses = new Map<string, string>()

/** A torrent in the database, wanted by nobody, or by a ticket from the beginning, so that no round of a worker meddles with it. */
async function stored(change: Partial<StoredTorrent> = {}, isUsed = false): Promise<string> {
  const infoHash = newHash()
  const ticket = randomUUID()
  await torrents.use(
    { infoHash, name: 'Album', folder: `/downloads/${infoHash}`, magnetUri: `magnet:?xt=urn:btih:${infoHash}`, torrentFile: null },
    ticket,
  )
  firstUses.set(infoHash, ticket)
  if (!isUsed) await torrents.releaseUses(ticket)
  await torrents.update(infoHash, { wanted: FILES.slice(0, 2), completedAt: new Date(), ...change })
  return infoHash
}

async function use(infoHash: string): Promise<string> {
  const ticket = randomUUID()
  await torrents.use({ infoHash, name: 'Album', folder: `/downloads/${infoHash}`, magnetUri: null, torrentFile: null }, ticket)
  return ticket
}

/** The torrent in the worker's client, as a ticket leaves it. */
async function holding(worker: TestWorker, infoHash: string): Promise<void> {
  worker.client.know(infoHash, FILES)
  // The first round of the worker may be at it, too.
  await worker.holdings.exclusively(infoHash, async () => {
    expect(await worker.holdings.take(infoHash)).toBe(true)
    const torrent = await torrents.find(infoHash)
    if (!torrent) throw new Error('it has no row')
    const { folder } = await worker.holdings.home(torrent)
    await worker.client.addTorrent({ infoHash }, folder)
    await worker.client.selectFiles(infoHash, [0, 1])
  })
}

/** Which nobody wants any more once it is in the client. */
async function heldUnused(worker: TestWorker, change: Partial<StoredTorrent> = {}): Promise<string> {
  const infoHash = await stored(change, true)
  await holding(worker, infoHash)
  await torrents.releaseUses(firstUses.get(infoHash) ?? '')
  return infoHash
}

/** Everything that was asked of this torrent before is done. */
const settled = (worker: TestWorker, infoHash: string) => worker.holdings.exclusively(infoHash, async () => {})
const review = (worker: TestWorker, infoHash: string) => {
  worker.holdings.onHint({ kind: 'review_torrent', infoHash })
  return settled(worker, infoHash)
}

describe('what may go', () => {
  const done = new Date()
  test.each<[CleanupPolicy, StoredTorrent['status'], Date | null, boolean]>([
    ['immediate', 'seeding', done, true],
    ['immediate', 'goal_met', done, true],
    ['after_ratio', 'seeding', done, false],
    ['after_ratio', 'goal_met', done, true],
    ['manual', 'seeding', done, false],
    ['manual', 'goal_met', done, false],
    ['immediate', 'downloading', null, true],
    ['after_ratio', 'downloading', null, true],
    ['manual', 'downloading', null, true],
  ])('%s, %s, completed %s: %s', (policy, status, completedAt, expected) => {
    expect(mayGo({ ...PLAIN, status, completedAt }, policy)).toBe(expected)
  })
})

describe('what may go, besides', () => {
  const met = { ...PLAIN, status: 'goal_met' as const, completedAt: new Date(), ratio: 1, seededSecs: 3600 }
  test.each<[string, Partial<typeof met>, boolean]>([
    ['not what is pinned', { pinned: true }, false],
    ['what gave back as much as its indexer asks', { minRatio: 1 }, true],
    ['not what gave back less', { minRatio: 1.5 }, false],
    ['what was seeded as long as its indexer asks', { minSeedTimeSecs: 3600 }, true],
    ['not what was seeded for less', { minSeedTimeSecs: 3601 }, false],
  ])('%s', (_what, change, expected) => {
    expect(mayGo({ ...met, ...change }, 'after_ratio')).toBe(expected)
    // It forgoes our own goal alone.
    expect(mayGo({ ...met, ...change, status: 'seeding' }, 'immediate')).toBe(expected)
  })

  test.each<CleanupPolicy>(['immediate', 'after_ratio', 'manual'])('%s: what an admin removed', (policy) =>
    expect(mayGo({ ...met, status: 'removed', minRatio: 9 }, policy)).toBe(true),
  )
})

describe('cleaning up', () => {
  test('what nobody uses and the policy allows: files, also those that were wanted only for a while, row and lease', async () => {
    const worker = start()
    const infoHash = await stored({ status: 'goal_met' }, true)
    await holding(worker, infoHash)
    const contents = FILES.map((filePath, fileIdx) => ({
      fileIdx,
      filePath,
      sizeBytes: 1,
      names: null,
      catalogTrackId: null,
      durationSecs: null,
    }))
    await store.catalog.register(infoHash, { name: 'Album', indexer: null, minRatio: null, minSeedTimeSecs: null, contents, words: [] })
    await torrents.releaseUses(firstUses.get(infoHash) ?? '')
    await review(worker, infoHash)
    expect(worker.client.removals).toEqual([{ infoHash, deleteFiles: true, remains: { folder: `/downloads/${infoHash}`, paths: FILES } }])
    expect(await torrents.find(infoHash)).toBeNull()
    expect(await start().holdings.take(infoHash)).toBe(true)
  })

  test('not what a ticket uses, not what still owes its share', async () => {
    const worker = start()
    const used = await stored({ status: 'goal_met' }, true)
    await holding(worker, used)
    const owing = await heldUnused(worker, { status: 'seeding' })
    for (const infoHash of [used, owing]) await review(worker, infoHash)
    expect(worker.client.removals).toEqual([])
    worker.client.reachGoal(owing, 1.1)
    await waitFor('the clean-up', async () => (await torrents.find(owing)) === null)
    expect(worker.client.removals).toHaveLength(1)
  })

  test('not what was complete before a ticket wanted more and went away: its whole files are seeded on', async () => {
    const worker = start()
    const infoHash = await heldUnused(worker, { status: 'seeding' })
    worker.client.load(infoHash)
    await worker.client.selectFiles(infoHash, [0, 1, 2])
    await torrents.update(infoHash, { wanted: FILES, status: 'downloading' })
    worker.holdings.onHint({ kind: 'review_torrent', infoHash })
    await waitFor('the end of the wish', async () => (await torrents.find(infoHash))?.status === 'seeding')
    expect((await torrents.find(infoHash))?.wanted).toEqual(FILES.slice(0, 2))
    expect(worker.client.held(infoHash)?.wanted).toEqual(FILES.slice(0, 2))
    expect(worker.client.removals).toEqual([])
  })

  test.each<[StoredTorrent['status'], StoredTorrent['status']]>([
    ['seeding', 'goal_met'],
    ['downloading', 'downloading'],
    ['removed', 'removed'],
  ])('a goal that is met makes of %s %s', async (before, after) => {
    const infoHash = await stored({ status: before })
    await use(infoHash)
    const client = createFakeTorrentClient()
    client.know(infoHash, FILES)
    const worker = start({ client })
    worker.client.reachGoal(infoHash, 1.5)
    await waitFor('the word', async () => (await torrents.find(infoHash))?.ratio === 1.5)
    await settled(worker, infoHash)
    expect((await torrents.find(infoHash))?.status).toBe(after)
  })

  test.each<['failed' | 'downloading', boolean]>([
    ['failed', true],
    ['downloading', false],
  ])('what a ticket wanted more of, which is %s now: seeded on without that: %s', async (state, expected) => {
    const worker = start()
    const infoHash = await heldUnused(worker, { status: 'seeding' })
    worker.client.load(infoHash)
    await worker.client.selectFiles(infoHash, [0, 1, 2])
    await torrents.update(infoHash, { wanted: FILES, status: 'downloading' })
    const ticket = sampleTicket({ state })
    await store.door.write(creationOf(ticket))
    await torrents.use({ infoHash, name: 'Album', folder: `/downloads/${infoHash}`, magnetUri: null, torrentFile: null }, ticket.id)
    await review(worker, infoHash)
    expect((await torrents.find(infoHash))?.status).toBe(expected ? 'seeding' : 'downloading')
    expect(await torrents.isUsed(infoHash)).toBe(true)
  })

  test('not what is kept for later tickets, until the room is needed; then the least recently used', async () => {
    await store.rows('delete from torrents')
    const kept: string[] = []
    for (const day of [3, 1, 2]) {
      const infoHash = await stored({ status: 'goal_met', sizeBytes: 4e12 })
      await store.rows('update torrents set last_accessed = $2 where info_hash = $1', [infoHash, `2020-01-0${day}`])
      kept.push(infoHash)
    }
    const worker = start({ budgetBytes: 9e12 })
    await waitFor('the clean-up', async () => (await torrents.find(kept[1] ?? '')) === null)
    for (const infoHash of kept) await review(worker, infoHash)
    expect((await Promise.all(kept.map((infoHash) => torrents.find(infoHash)))).map((torrent) => torrent?.status)).toEqual([
      ...['goal_met', undefined, 'goal_met'],
    ])
    for (const infoHash of kept) await torrents.remove(infoHash)
  })

  test('what an admin removed, though it owes its share and the policy keeps all', async () => {
    const infoHash = await stored({ status: 'seeding' })
    // Its first look may come to seed it before, and is not to wait for its metadata then.
    const client = createFakeTorrentClient()
    client.know(infoHash, FILES)
    const worker = start({ policy: 'manual', client })
    const payload = { admin_id: 'root', info_hash: infoHash, forced: true }
    await store.catalog.retire(infoHash, (was) => ({
      ...{ ticketId: null, actor: 'root' },
      event: { type: 'AdminRemoveTorrent', payload: { ...payload, was } },
    }))
    worker.holdings.onHint({ kind: 'review_torrent', infoHash })
    await waitFor('the clean-up', async () => (await torrents.find(infoHash)) === null)
  })

  test('not while a ticket is at work on it; then it is made up for', async () => {
    const worker = start()
    const infoHash = await heldUnused(worker, { status: 'goal_met' })
    const [first, second] = [worker.holdings.pin(infoHash), worker.holdings.pin(infoHash)]
    await review(worker, infoHash)
    first()
    first()
    await settled(worker, infoHash)
    expect(worker.client.removals).toEqual([])
    second()
    await waitFor('the clean-up', async () => (await torrents.find(infoHash)) === null)
  })

  test('not what another worker holds', async () => {
    // Which does not do it itself.
    const [holder, other] = [start({ policy: 'manual' }), start()]
    // Until it is held nobody's first round may take it away.
    const infoHash = await stored({ status: 'goal_met', pinned: true })
    await holding(holder, infoHash)
    await torrents.update(infoHash, { pinned: false })
    await review(other, infoHash)
    expect(other.client.removals).toEqual([])
    expect(await torrents.find(infoHash)).not.toBeNull()
  })

  test('not when a ticket comes to need it in between', async () => {
    const infoHash = await stored({ status: 'goal_met' })
    const leases = {
      ...bus.leases,
      async take(...args: Parameters<typeof bus.leases.take>) {
        await use(infoHash)
        return bus.leases.take(...args)
      },
    }
    const worker = start({ bus: { leases } })
    await review(worker, infoHash)
    expect(worker.client.removals).toEqual([])
    expect(await torrents.find(infoHash)).not.toBeNull()
    expect(await start().holdings.take(infoHash)).toBe(true)
  })

  test('of all workers one does it', async () => {
    const workers = [start(), start(), start(), start()]
    const infoHash = await stored({ status: 'goal_met' })
    await Promise.all(workers.map((worker) => review(worker, infoHash)))
    const removals = workers.flatMap((worker) => worker.client.removals)
    expect(removals.filter((removal) => removal.infoHash === infoHash)).toHaveLength(1)
  })
})

describe('a torrent has one holder', () => {
  test('who hands it over when asked, with the files where they are', async () => {
    const [holder, other] = [start(), start()]
    const infoHash = await stored({}, true)
    await holding(holder, infoHash)
    expect(await other.holdings.take(infoHash)).toBe(false)
    holder.holdings.onHint({ kind: 'release_torrent', infoHash })
    await waitFor('the release', () => other.holdings.take(infoHash))
    expect(holder.client.removals).toEqual([{ infoHash, deleteFiles: false }])
    expect(holder.holdings.holds(infoHash)).toBe(false)
  })

  test('but not while a ticket of its own is at work on it', async () => {
    const [holder, other] = [start(), start()]
    const infoHash = await stored({}, true)
    await holding(holder, infoHash)
    const unpin = holder.holdings.pin(infoHash)
    holder.holdings.onHint({ kind: 'release_torrent', infoHash })
    await settled(holder, infoHash)
    expect(await other.holdings.take(infoHash)).toBe(false)
    unpin()
  })

  test('until it dies', async () => {
    const infoHash = await stored()
    await bus.leases.take(`torrent:${infoHash}`, 'of the dead', 1, 200)
    const worker = start()
    expect(await worker.holdings.take(infoHash)).toBe(false)
    await waitFor('the end of the lease', () => worker.holdings.take(infoHash))
  })

  test('and after a stop it is free at once', async () => {
    const [holder, other] = [start(), start()]
    const infoHash = await stored({}, true)
    await holding(holder, infoHash)
    await holder.stop()
    expect(await other.holdings.take(infoHash)).toBe(true)
  })

  test('who lets go of what another took after a long silence', async () => {
    const holder = start({ leaseMs: 150 })
    const infoHash = await heldUnused(holder)
    const other = start()
    await waitFor('the other to be quicker than a renewal', async () => {
      await bus.leases.release(`torrent:${infoHash}`, holder.owner)
      return other.holdings.take(infoHash)
    })
    await waitFor('the loss to be noticed', () => holder.client.removals.length > 0)
    expect(holder.client.removals).toEqual([{ infoHash, deleteFiles: false }])
    expect(holder.holdings.holds(infoHash)).toBe(false)
  })
})

describe('at a start', () => {
  test('what was given back meanwhile is noted, and what owes its indexer nothing any more goes at once, where the policy says so', async () => {
    const client = createFakeTorrentClient()
    const infoHash = await stored({ status: 'seeding', minRatio: 0.5, minSeedTimeSecs: 100, seededSecs: 40 })
    client.know(infoHash, FILES)
    const first = start({ policy: 'immediate', client })
    await waitFor('the selection', () => client.selections.length > 0)
    expect(client.held(infoHash)).toMatchObject({ demand: { ratio: 0.5, secs: 100 }, seededSecs: 40 })
    await review(first, infoHash)
    expect(client.removals).toEqual([])
    client.give(infoHash, { ratio: 0.5, secs: 100.9 })
    await first.holdings.noteGiven()
    await review(first, infoHash)
    expect(client.removals).toEqual([
      { infoHash, deleteFiles: true, remains: { folder: `/downloads/${infoHash}`, paths: FILES.slice(0, 2) } },
    ])
  })

  test('what was being given back is given back again, with what was wanted', async () => {
    const infoHash = await stored({ status: 'seeding' })
    const worker = start()
    worker.client.know(infoHash, FILES)
    await waitFor('the selection', () => worker.client.selections.length > 0)
    expect(worker.client.held(infoHash)).toMatchObject({ wanted: FILES.slice(0, 2), folder: `/downloads/${infoHash}` })
    await torrents.update(infoHash, { status: 'goal_met' })
  })

  test('nothing is tried with a client that cannot be used', async () => {
    const infoHash = await stored({ status: 'seeding' })
    const client = createFakeTorrentClient()
    const asked = jest.spyOn(client, 'health').mockResolvedValue({ ok: false, message: 'it is away' })
    const worker = start({ client })
    await waitFor('the question', () => asked.mock.calls.length > 0)
    await settled(worker, infoHash)
    expect(worker.holdings.holds(infoHash)).toBe(false)
    await torrents.update(infoHash, { status: 'goal_met' })
  })

  test('a ticket does not wait for a torrent that gives no metadata', async () => {
    const infoHash = await stored({ status: 'seeding' })
    const worker = start()
    await waitFor('the try to seed', () => worker.client.held(infoHash) !== undefined)
    const unpin = worker.holdings.pin(infoHash)
    await settled(worker, infoHash)
    expect(worker.client.held(infoHash)).toBeDefined()
    expect(worker.holdings.holds(infoHash)).toBe(true)
    await torrents.update(infoHash, { status: 'goal_met' })
    unpin()
  })
})

test('what another cleans up just before this one has its lease is not seeded again', async () => {
  const infoHash = await stored({ status: 'seeding', client: 'default' })
  let cleanedUp = false
  const leases = {
    ...bus.leases,
    async take(...args: Parameters<typeof bus.leases.take>) {
      await torrents.remove(infoHash)
      cleanedUp = true
      return bus.leases.take(...args)
    },
  }
  const worker = start({ bus: { leases } })
  await waitFor('the clean-up by the other', () => cleanedUp)
  await settled(worker, infoHash)
  expect(worker.client.held(infoHash)).toBeUndefined()
  expect(await start().holdings.take(infoHash)).toBe(true)
})

test('what the client has lost is put into it again', async () => {
  const infoHash = await stored({ status: 'downloading' })
  const ticket = await use(infoHash)
  const worker = start()
  await holding(worker, infoHash)
  await worker.client.removeTorrent(infoHash, false)
  await torrents.releaseUses(ticket)
  await review(worker, infoHash)
  expect(worker.client.held(infoHash)).toBeDefined()
})

test('a lease that is renewed while the torrent is let go does not stay behind', async () => {
  const infoHash = await stored({}, true)
  const leases = {
    ...bus.leases,
    async takeEach(...args: Parameters<typeof bus.leases.takeEach>) {
      worker.holdings.onHint({ kind: 'release_torrent', infoHash })
      await waitFor('the release', () => !worker.holdings.holds(infoHash))
      await settled(worker, infoHash)
      return bus.leases.takeEach(...args)
    },
  }
  const worker = start({ leaseMs: 3000, bus: { leases } })
  await holding(worker, infoHash)
  const other = start()
  await waitFor('the renewal', () => !worker.holdings.holds(infoHash))
  await waitFor('the lease', () => other.holdings.take(infoHash), 2000)
})

test('the leases of all torrents are renewed with one question', async () => {
  const renewals: (readonly string[])[] = []
  const taken: string[] = []
  const leases = {
    ...bus.leases,
    take(...args: Parameters<typeof bus.leases.take>) {
      taken.push(args[0])
      return bus.leases.take(...args)
    },
    takeEach(...args: Parameters<typeof bus.leases.takeEach>) {
      renewals.push(args[0])
      return bus.leases.takeEach(...args)
    },
  }
  const worker = start({ leaseMs: 300, bus: { leases } })
  const all = await Promise.all([stored({}, true), stored({}, true), stored({}, true)])
  for (const infoHash of all) await holding(worker, infoHash)
  const names = all.map((infoHash) => `torrent:${infoHash}`)
  taken.length = renewals.length = 0
  await waitFor('two renewals', () => renewals.length > 1)
  expect(renewals[1]).toEqual(expect.arrayContaining(names))
  expect(taken.filter((name) => names.includes(name))).toEqual([])
  expect(await start().holdings.take(all[0] as string)).toBe(false)
})

test('what is being checked for a ticket that left is paused, too: it would go on by itself', async () => {
  const worker = start()
  const infoHash = await stored({}, true)
  await holding(worker, infoHash)
  const { getProgress } = worker.client
  worker.client.getProgress = async (hash) => {
    const progress = await getProgress(hash)
    return progress && { ...progress, state: 'checking' }
  }
  worker.holdings.pin(infoHash)()
  await settled(worker, infoHash)
  expect(worker.client.held(infoHash)?.paused).toBe(true)
})

const LOADING = { name: 'downloading' as const, torrent_hash: '', started_at: new Date().toISOString() }

test.each<[string, TicketState | StateName, boolean]>([
  ['is paused', { ...LOADING, paused: { by: 'me', at: new Date().toISOString() } }, true],
  ['failed', 'failed', true],
  ['waits for its turn', LOADING, false],
])('what a worker that died left running for a ticket that %s is stopped', async (_what, state, expected) => {
  const infoHash = newHash()
  const folder = `/downloads/${infoHash}`
  const client = createFakeTorrentClient()
  client.know(infoHash, FILES)
  await client.addTorrent({ infoHash }, folder)
  await client.selectFiles(infoHash, [0])
  const ticket = sampleTicket({ state })
  await store.door.write(creationOf(ticket))
  await torrents.use({ infoHash, name: 'Album', folder, magnetUri: null, torrentFile: null }, ticket.id)
  await torrents.update(infoHash, { client: 'default' })
  const stopped: [string, string | undefined][] = []
  client.pause = async (hash, at) => void stopped.push([hash, at])
  const seeded = await stored({ status: 'seeding' })
  const worker = start({ clients: [fakeMember('default', client, { engine: 'qbittorrent' })] })
  // Comes after the others in a round.
  await waitFor('the seeding', () => client.held(seeded) !== undefined)
  expect(stopped.filter(([hash]) => hash === infoHash)).toEqual(expected ? [[infoHash, folder]] : [])
  expect(worker.holdings.holds(infoHash)).toBe(false)
  await torrents.update(seeded, { status: 'goal_met' })
})

test('a pause that the client did not take is given again', async () => {
  // What earlier tests left would be waited for in each round.
  await store.rows('delete from torrents')
  const infoHash = await stored({ status: 'downloading' }, true)
  const client = createFakeTorrentClient()
  const { pause } = client
  const refused = jest.spyOn(client, 'pause').mockRejectedValueOnce(new Error('it is away')).mockImplementation(pause)
  const worker = start({ client, lookMs: 50 })
  await holding(worker, infoHash)
  worker.holdings.pin(infoHash)()
  await waitFor('the pause', () => client.held(infoHash)?.paused === true)
  expect(refused.mock.calls.length).toBeGreaterThan(1)
})

test('a transfer that the last ticket leaves undone is paused, one that is whole is not', async () => {
  const worker = start()
  const [undone, whole] = [await stored({}, true), await stored({}, true)]
  for (const infoHash of [undone, whole]) await holding(worker, infoHash)
  worker.client.load(whole)
  for (const infoHash of [undone, whole]) worker.holdings.pin(infoHash)()
  await Promise.all([settled(worker, undone), settled(worker, whole)])
  expect(worker.client.held(undone)?.paused).toBe(true)
  expect(worker.client.held(whole)?.paused).toBe(false)
})
