import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, test } from '@jest/globals'
import { openBus } from '@torrentino/bus'
import { StageError, type Ticket } from '@torrentino/domain'
import { creationOf, loadingTicket, openTestStore, sharedRedisUrl, waitFor } from '@torrentino/testkit'
import { createFakeTorrentClient } from '../test-support/fake-torrent-client.js'
import { FILES, useDownloads } from '../test-support/run-downloads.js'
import { fakeMember, newHash, useTestWorkers } from '../test-support/test-worker.js'
import type { Member } from './pool.js'

const store = await openTestStore()
const bus = openBus({ url: await sharedRedisUrl(), prefix: `p${randomUUID().slice(0, 8)}`, onError: () => {} })
const start = useTestWorkers(store, bus)
const { runOn } = useDownloads(store, bus)
afterAll(async () => {
  await bus.close()
  await store.drop()
})

/** On its way with this torrent. */
async function downloading(...args: Parameters<typeof loadingTicket>): Promise<Ticket> {
  const ticket = loadingTicket(...args)
  await store.door.write(creationOf(ticket))
  return ticket
}

/** Two clients that are shared by all workers, on disks of their own. */
function twoClients(change: Partial<Member> = {}) {
  const [one, two] = [createFakeTorrentClient(), createFakeTorrentClient()]
  const name = (nr: number) => `${nr}-${randomUUID().slice(0, 8)}`
  const clients = [
    fakeMember(name(1), one, { downloadPath: '/disk1', ...change }),
    fakeMember(name(2), two, { downloadPath: '/disk2' }),
  ] as const
  /** The first is not to be used. Answers how to bring it back. */
  const goAway = () => {
    const { addTorrent, health } = one
    one.health = async () => ({ ok: false, message: 'nobody is there' })
    one.addTorrent = async () => Promise.reject(new StageError('retryable', 'client_unreachable', 'nobody is there'))
    return () => void Object.assign(one, { addTorrent, health })
  }
  return { one, two, clients: [...clients], names: clients.map((client) => client.name), goAway }
}

const held = ({ held: heldOf }: ReturnType<typeof createFakeTorrentClient>, infoHash: string) => heldOf(infoHash) !== undefined

test("new torrents go where fewest are loading; each lies in its client's folder and stays there, for another worker, too", async () => {
  const { one, two, clients, names } = twoClients()
  const worker = start({ clients })
  const { gather } = runOn(worker)
  const [first, second] = [newHash(), newHash()]
  const stop = new AbortController()
  const run = gather(await downloading(first, [1]), stop)
  await waitFor('the first', () => held(one, first))
  const ticket = await downloading(second, [1])
  const next = gather(ticket, stop)
  await waitFor('the second', () => held(two, second))
  expect(one.held(first)?.folder).toBe(`/disk1/${first}`)
  expect(await store.torrents.find(second)).toMatchObject({ client: names[1], folder: `/disk2/${second}` })

  stop.abort(new Error('turn over'))
  await Promise.allSettled([run, next])
  await worker.stop()
  // The other one has fewer now, and it is the second's all the same.
  await store.torrents.update(first, { status: 'seeding' })
  two.know(second, FILES)
  const again = runOn(start({ clients })).gather(ticket)
  await waitFor('the selection', () => two.selections.length === 1)
  two.load(second)
  expect(await again).toMatchObject({ kind: 'loaded', folder: `/disk2/${second}` })
  expect(held(one, second)).toBe(false)
})

describe('a client that is away', () => {
  test('delays its own torrents alone, and says so; they go on when it is back', async () => {
    const { one, two, clients, names, goAway } = twoClients()
    const { gather } = runOn(start({ clients }))
    const [bound, fresh] = [newHash(), newHash()]
    const ticket = await downloading(bound, [1])
    await store.torrents.use({ infoHash: bound, name: 'a', folder: `/disk1/${bound}`, magnetUri: null, torrentFile: null }, ticket.id)
    await store.torrents.assign(bound, { client: names[0] ?? '', folder: `/disk1/${bound}` }, null)
    const comeBack = goAway()
    expect(await gather(ticket)).toEqual({ kind: 'wait', ms: expect.any(Number), reason: `Torrent client ${names[0]}: nobody is there` })

    two.know(fresh, FILES)
    const run = gather(await downloading(fresh, [1]))
    await waitFor('the new one elsewhere', () => two.selections.length === 1)
    two.load(fresh)
    expect(await run).toMatchObject({ kind: 'loaded' })

    comeBack()
    one.know(bound, FILES)
    const again = gather(ticket)
    await waitFor('the bound one', () => one.selections.length === 1)
    one.load(bound)
    expect(await again).toMatchObject({ kind: 'loaded', folder: `/disk1/${bound}` })
  })

  test('and where all are away a new torrent waits, with a word on each', async () => {
    const { two, clients, names, goAway } = twoClients()
    goAway()
    two.health = async () => ({ ok: false, message: 'it is banned' })
    const infoHash = newHash()
    expect(await runOn(start({ clients })).gather(await downloading(infoHash, [1]))).toEqual({
      kind: 'wait',
      ms: expect.any(Number),
      reason: `No torrent client can be used at present. ${names[0]}: nobody is there ${names[1]}: it is banned`,
    })
    expect(await store.torrents.find(infoHash)).toMatchObject({ client: null })
  })

  test('what it seeds is left alone, what the other has is looked after', async () => {
    const { one, two, clients, names, goAway } = twoClients()
    goAway()
    const hashes = [newHash(), newHash()]
    for (const [index, infoHash] of hashes.entries()) {
      const ticket = randomUUID()
      await store.torrents.use({ infoHash, name: 'a', folder: `/disk${index + 1}/${infoHash}`, magnetUri: null, torrentFile: null }, ticket)
      await store.torrents.releaseUses(ticket)
      const change = { client: names[index], status: 'seeding' as const, completedAt: new Date(), wanted: ['a'] }
      await store.torrents.update(infoHash, change)
      for (const client of [one, two]) client.know(infoHash, ['a'])
    }
    start({ clients })
    await waitFor('what can be seeded', () => held(two, hashes[1] ?? ''))
    expect(one.held(hashes[0] ?? '')).toBeUndefined()
    expect(held(two, hashes[0] ?? '')).toBe(false)
  })
})

describe('a client that may load one torrent', () => {
  test('has the next go to another, over all workers; what is its own waits for the place', async () => {
    const { one, two, clients, names } = twoClients({ maxDownloads: 1 })
    // As the least busy one by far it would be chosen for all.
    const busy = { ...store.torrents, loadingByClient: async () => new Map([[names[1] ?? '', 99]]) }
    const [first, second] = [newHash(), newHash()]
    const stop = new AbortController()
    const workers = [start({ clients, torrents: busy }), start({ clients, torrents: busy })] as const
    const run = runOn(workers[0]).gather(await downloading(first, [1]), stop)
    await waitFor('the first', () => held(one, first))
    const other = runOn(workers[1]).gather(await downloading(second, [1]), stop)
    await waitFor('the second', () => held(two, second))

    const own = newHash()
    const ticket = await downloading(own, [1])
    await store.torrents.use({ infoHash: own, name: 'a', folder: `/disk1/${own}`, magnetUri: null, torrentFile: null }, ticket.id)
    await store.torrents.assign(own, { client: names[0] ?? '', folder: `/disk1/${own}` }, null)
    expect(await runOn(workers[1]).gather(ticket)).toMatchObject({
      kind: 'wait',
      reason: expect.stringContaining(`${names[0]} is loading as many`),
    })
    stop.abort(new Error('turn over'))
    await Promise.allSettled([run, other])
    one.know(own, FILES)
    const again = runOn(workers[1]).gather(ticket)
    await waitFor('its turn', () => one.selections.length === 1)
    one.load(own)
    expect(await again).toMatchObject({ kind: 'loaded' })
  })
})

test('a torrent of a client that is not set up any more goes to the one that has its folder', async () => {
  const { two, clients, names } = twoClients()
  const infoHash = newHash()
  const ticket = await downloading(infoHash, [1])
  await store.torrents.use({ infoHash, name: 'a', folder: `/disk2/x/${infoHash}`, magnetUri: null, torrentFile: null }, ticket.id)
  await store.torrents.update(infoHash, { client: 'old', wanted: [FILES[0] ?? ''], completedAt: new Date() })
  two.know(infoHash, FILES)
  const run = runOn(start({ clients })).gather(ticket)
  await waitFor('the selection', () => two.selections.length === 1)
  two.load(infoHash)
  expect(await run).toMatchObject({ kind: 'loaded', folder: `/disk2/x/${infoHash}` })
  expect(await store.torrents.find(infoHash)).toMatchObject({ client: names[1] })
})
