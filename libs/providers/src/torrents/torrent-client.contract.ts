import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { Given, TorrentClient, TorrentProgress } from './torrent-client.js'

export interface ContractTorrent {
  bytes: Uint8Array
  infoHash: string
  magnetUri: string
}

interface Closable {
  close(): Promise<void>
}

interface SeederOptions<Tracker> {
  torrent: ContractTorrent
  folder: string
  tracker: Tracker
  uploadLimit?: number
  /** Gives whatever lies there, be it right or not. */
  unverified?: boolean
}

/** The swarm around the client, given by the test that runs the suite. */
export interface ContractWorld<Tracker extends Closable & { announceUrl: string }> {
  startClient(stateFolder: string): Promise<TorrentClient>
  startTracker(): Promise<Tracker>
  createTorrent(source: string, options: { trackers: string[] }): Promise<ContractTorrent>
  startSeeder(options: SeederOptions<Tracker>): Promise<Closable>
  startMutePeer(options: { infoHash: string; tracker: Tracker }): Promise<Closable>
  makeSmallDisk(bytes: number): (Closable & { folder: string }) | null
}

const STALL_TIMEOUT_MS = 30_000
const METADATA_TIMEOUT_MS = 30_000

/**
 * What every torrent client must do, with a real tracker and a real peer.
 * To be called at the top of a test file: swarms take their time, so the tests run side by side on one client.
 */
export function torrentClientContract<Tracker extends Closable & { announceUrl: string }>(world: ContractWorld<Tracker>): void {
  const contract = test.concurrent
  let root: string
  let tracker: Tracker
  let client: TorrentClient
  const opened: Closable[] = []
  let count = 0

  beforeAll(async () => {
    root = await mkdtemp(join(tmpdir(), 'torrentino-contract-'))
    tracker = await world.startTracker()
    client = await world.startClient(join(root, 'state'))
  })

  afterAll(async () => {
    await client?.close()
    for (const closable of opened.reverse()) await closable.close()
    await tracker?.close()
    await rm(root, { recursive: true, force: true })
  })

  async function makeAlbum(sizes: Record<string, number>) {
    const number = ++count
    const source = join(root, `source-${number}`)
    const album = join(source, `Album ${number}`)
    for (const [path, size] of Object.entries(sizes)) {
      await mkdir(join(album, path, '..'), { recursive: true })
      await writeFile(join(album, path), fill(size, path.length + number))
    }
    const torrent = await world.createTorrent(album, { trackers: [tracker.announceUrl] })
    return { torrent, source, album, name: `Album ${number}`, folder: join(root, 'downloads', torrent.infoHash) }
  }

  async function seed(made: { torrent: ContractTorrent; source: string }, uploadLimit?: number): Promise<Closable> {
    const seeder = await world.startSeeder({ torrent: made.torrent, folder: made.source, tracker, uploadLimit })
    opened.push(seeder)
    return seeder
  }

  const complete = (infoHash: string, onProgress?: (progress: TorrentProgress) => void) =>
    client.waitForCompletion(infoHash, { stallTimeoutMs: STALL_TIMEOUT_MS, onProgress })

  contract('is healthy and says its version', async () => {
    expect(await client.health()).toEqual({ ok: true, version: expect.any(String) })
  })

  contract('a magnet: metadata from the peer, one file wanted, then more of them', async () => {
    const made = await makeAlbum({ '01.flac': 400_000, '02.flac': 500_000, 'cd2/03.flac': 300_000, 'notes.txt': 0 })
    await seed(made)
    const { infoHash, magnetUri } = made.torrent
    expect(await client.addTorrent({ infoHash, magnetUri }, made.folder)).toBe(infoHash)
    const files = await client.waitForFiles(infoHash, { timeoutMs: METADATA_TIMEOUT_MS })
    expect(files.map(({ path, size_bytes, wanted }) => [path, size_bytes, wanted])).toEqual([
      [`${made.name}/01.flac`, 400_000, false],
      [`${made.name}/02.flac`, 500_000, false],
      [`${made.name}/cd2/03.flac`, 300_000, false],
      [`${made.name}/notes.txt`, 0, false],
    ])
    expect(await client.getProgress(infoHash)).toMatchObject({ state: 'paused', downloadedBytes: 0 })

    await client.selectFiles(infoHash, [1])
    expect(await complete(infoHash)).toMatchObject({
      state: 'seeding',
      progressPct: 100,
      wantedBytes: 500_000,
      downloadedBytes: 500_000,
      etaSecs: 0,
    })
    const selected = await client.getFiles(infoHash)
    expect(selected?.map(({ wanted }) => wanted)).toEqual([false, true, false, false])
    expect(selected?.[1]?.progress_pct).toBe(100)
    expect(selected?.[0]?.progress_pct).toBeLessThan(100)
    expect(selected?.[2]?.progress_pct).toBeLessThan(100)
    await expectSame(made, '02.flac')

    await client.selectFiles(infoHash, [1, 2, 3])
    expect(await complete(infoHash)).toMatchObject({ progressPct: 100, wantedBytes: 800_000 })
    expect((await client.getFiles(infoHash))?.map(({ progress_pct }) => progress_pct === 100)).toEqual([false, true, true, true])
    await expectSame(made, '02.flac')
    await expectSame(made, 'cd2/03.flac')
  })

  contract('a .torrent file: the list at once, progress on the way, adding and selecting twice', async () => {
    const made = await makeAlbum({ '01.flac': 2_000_000, '02.flac': 100_000 })
    await seed(made, 600_000)
    const { infoHash, bytes } = made.torrent
    await client.addTorrent({ infoHash, torrentFile: bytes }, made.folder)
    expect(await client.getFiles(infoHash)).toHaveLength(2)
    const seen: TorrentProgress[] = []
    await client.selectFiles(infoHash, [0, 1])
    await client.selectFiles(infoHash, [1, 0])
    const waiting = complete(infoHash, (progress) => seen.push(progress))
    expect(await client.addTorrent({ infoHash, torrentFile: bytes }, made.folder)).toBe(infoHash)
    expect(await waiting).toMatchObject({ progressPct: 100, wantedBytes: 2_100_000 })
    expect(seen.some(({ state, downloadSpeedBps, peers }) => state === 'downloading' && downloadSpeedBps > 0 && peers > 0)).toBe(true)
    const shares = seen.map(({ progressPct }) => progressPct)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    await expectSame(made, '01.flac')
  })

  contract('some of the wanted files are waited for alone, whatever becomes of the others', async () => {
    const made = await makeAlbum({ '01.flac': 300_000, '02.flac': 900_000, '03.flac': 1000 })
    // Nobody has the second half of it, nor what comes behind.
    await truncate(join(made.album, '02.flac'), 450_000)
    await rm(join(made.album, '03.flac'))
    await seed(made, 400_000)
    const { infoHash, bytes } = made.torrent
    await client.addTorrent({ infoHash, torrentFile: bytes }, made.folder)
    await client.selectFiles(infoHash, [0, 1])
    const one = () => client.waitForCompletion(infoHash, { stallTimeoutMs: STALL_TIMEOUT_MS, indexes: [0] })
    expect(await one()).toMatchObject({ state: 'downloading', wantedBytes: 1_200_000 })
    await expectSame(made, '01.flac')
    // It is there already when the next one comes to want it.
    await client.selectFiles(infoHash, [0, 1, 2])
    expect(await one()).toMatchObject({ state: 'downloading' })
    await expect(client.waitForCompletion(infoHash, { stallTimeoutMs: 2000, indexes: [0, 1] })).rejects.toMatchObject({
      code: 'download_stalled',
    })
  })

  contract('pause holds a transfer, resume finishes it', async () => {
    const made = await makeAlbum({ '01.flac': 900_000 })
    await seed(made, 400_000)
    const { infoHash, bytes } = made.torrent
    await client.addTorrent({ infoHash, torrentFile: bytes }, made.folder)
    await client.selectFiles(infoHash, [0])
    await client.pause(infoHash)
    await client.pause(infoHash)
    expect(await client.getProgress(infoHash)).toMatchObject({ state: 'paused' })
    await client.resume(infoHash)
    expect(await complete(infoHash)).toMatchObject({ progressPct: 100 })
    await expectSame(made, '01.flac')
  })

  contract('removal without files leaves them, with files takes only its own', async () => {
    const made = await makeAlbum({ '01.flac': 100_000, 'cd2/02.flac': 100_000 })
    await seed(made)
    const { infoHash, bytes } = made.torrent
    await download(made, [0, 1])
    await client.removeTorrent(infoHash, false)
    expect(await client.getProgress(infoHash)).toBeNull()
    await expectSame(made, '01.flac')

    await client.addTorrent({ infoHash, torrentFile: bytes }, made.folder)
    await client.selectFiles(infoHash, [0, 1])
    await complete(infoHash)
    await writeFile(join(made.folder, made.name, 'mine.txt'), 'not of the torrent')
    await client.removeTorrent(infoHash, true)
    await client.removeTorrent(infoHash, true)
    expect(await readdir(made.folder, { recursive: true })).toEqual([made.name, join(made.name, 'mine.txt')])
  })

  contract('removal in mid-transfer leaves nothing and ends the wait', async () => {
    const made = await makeAlbum({ '01.flac': 2_000_000 })
    await seed(made, 100_000)
    const { infoHash, bytes } = made.torrent
    await client.addTorrent({ infoHash, torrentFile: bytes }, made.folder)
    await client.selectFiles(infoHash, [0])
    const moving = signalled()
    const waiting = complete(infoHash, ({ downloadedBytes }) => downloadedBytes > 0 && moving.resolve())
    const ended = expect(waiting).rejects.toMatchObject({ code: 'torrent_removed' })
    await moving.promise
    await client.removeTorrent(infoHash, true)
    await ended
    await expect(readdir(made.folder)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  contract('letting go in mid-transfer ends the wait and leaves the files; who adds it again goes on', async () => {
    const made = await makeAlbum({ '01.flac': 800_000 })
    await seed(made, 300_000)
    const { infoHash, bytes } = made.torrent
    await client.addTorrent({ infoHash, torrentFile: bytes }, made.folder)
    await client.selectFiles(infoHash, [0])
    const moving = signalled()
    const waiting = complete(infoHash, ({ downloadedBytes }) => downloadedBytes > 0 && moving.resolve())
    const ended = expect(waiting).rejects.toMatchObject({ code: 'torrent_removed' })
    await moving.promise
    await client.letGo(infoHash)
    await client.letGo(infoHash)
    await ended
    expect(await client.getProgress(infoHash)).toBeNull()
    expect(await readdir(made.folder)).toContain(made.name)
    await download(made, [0])
    await expectSame(made, '01.flac')
  })

  contract('an aborted wait ends at once with the reason; the transfer goes on', async () => {
    const made = await makeAlbum({ '01.flac': 600_000 })
    await seed(made, 300_000)
    const { infoHash, bytes } = made.torrent
    await client.addTorrent({ infoHash, torrentFile: bytes }, made.folder)
    await client.selectFiles(infoHash, [0])
    const cancel = new AbortController()
    const waiting = client.waitForCompletion(infoHash, { stallTimeoutMs: STALL_TIMEOUT_MS, signal: cancel.signal })
    cancel.abort(new Error('cancelled by the user'))
    await expect(waiting).rejects.toThrow('cancelled by the user')
    expect(await complete(infoHash)).toMatchObject({ progressPct: 100 })
  })

  contract('a dead swarm: the metadata times out, a transfer stalls, and both may be tried again', async () => {
    const made = await makeAlbum({ '01.flac': 100_000 })
    const { infoHash, magnetUri, bytes } = made.torrent
    await client.addTorrent({ infoHash, magnetUri }, made.folder)
    expect(await client.getFiles(infoHash)).toBeNull()
    await expect(client.waitForFiles(infoHash, { timeoutMs: 500 })).rejects.toMatchObject({ kind: 'retryable', code: 'metadata_timeout' })
    await client.addTorrent({ infoHash, torrentFile: bytes }, made.folder)
    await client.selectFiles(infoHash, [0])
    await expect(client.waitForCompletion(infoHash, { stallTimeoutMs: 1500 })).rejects.toMatchObject({
      kind: 'retryable',
      code: 'download_stalled',
    })
    await seed(made)
    expect(await complete(infoHash)).toMatchObject({ progressPct: 100 })
  })

  contract('a peer that never says a word gives no metadata and no data, and both are told in time', async () => {
    const made = await makeAlbum({ '01.flac': 100_000 })
    const { infoHash, magnetUri, bytes } = made.torrent
    opened.push(await world.startMutePeer({ infoHash, tracker }))
    await client.addTorrent({ infoHash, magnetUri }, made.folder)
    await expect(client.waitForFiles(infoHash, { timeoutMs: 2000 })).rejects.toMatchObject({ code: 'metadata_timeout' })
    await client.addTorrent({ infoHash, torrentFile: bytes }, made.folder)
    await client.selectFiles(infoHash, [0])
    await expect(client.waitForCompletion(infoHash, { stallTimeoutMs: 2000 })).rejects.toMatchObject({ code: 'download_stalled' })
  })

  contract('a peer that gives other bytes than were promised: nothing of it counts, and the stall is told in time', async () => {
    const made = await makeAlbum({ '01.flac': 300_000 })
    const wrong = join(root, `wrong ${made.name}`)
    await mkdir(join(wrong, made.name), { recursive: true })
    await writeFile(join(wrong, made.name, '01.flac'), fill(300_000, 7777))
    const liar = await world.startSeeder({ torrent: made.torrent, folder: wrong, tracker, unverified: true })
    opened.push(liar)
    const { infoHash, bytes } = made.torrent
    await client.addTorrent({ infoHash, torrentFile: bytes }, made.folder)
    await client.selectFiles(infoHash, [0])
    await expect(client.waitForCompletion(infoHash, { stallTimeoutMs: 3000 })).rejects.toMatchObject({ code: 'download_stalled' })
    expect((await client.getFiles(infoHash))?.[0]?.progress_pct).toBeLessThan(100)
    await liar.close()
    await seed(made)
    expect(await complete(infoHash)).toMatchObject({ progressPct: 100 })
    await expectSame(made, '01.flac')
  })

  contract('files that somebody deleted are fetched anew when the torrent is added again', async () => {
    const made = await makeAlbum({ '01.flac': 200_000, '02.flac': 200_000 })
    await seed(made)
    await download(made, [0, 1])
    await client.removeTorrent(made.torrent.infoHash, false)
    await rm(join(made.folder, made.name, '02.flac'))
    await download(made, [0, 1])
    await expectSame(made, '01.flac')
    await expectSame(made, '02.flac')
  })

  const disk = world.makeSmallDisk(1_000_000)
  if (disk) {
    opened.push(disk)
    contract('a disk that is full is named as such, and the download goes on when there is space', async () => {
      const made = await makeAlbum({ '01.flac': 600_000 })
      await seed(made)
      await writeFile(join(disk.folder, 'ballast'), Buffer.alloc(700_000))
      const place = { ...made, folder: join(disk.folder, 'downloads') }
      await expect(download(place, [0])).rejects.toMatchObject({ kind: 'retryable', code: 'disk_full' })
      await rm(join(disk.folder, 'ballast'))
      await download(place, [0])
      await expectSame(place, '01.flac')
    })
  } else {
    test.skip('a disk that is full (it takes a root to make one)', () => {})
  }

  contract('what was given back as often as it was taken is told once', async () => {
    const made = await makeAlbum({ '01.flac': 300_000 })
    const seeder = await seed(made)
    const goals: Given[] = []
    const reached = signalled()
    const stopListening = client.onSeedingGoal((infoHash, given) => {
      if (infoHash !== made.torrent.infoHash) return
      goals.push(given)
      reached.resolve()
    })
    await download(made, [0])
    await seeder.close()

    const taker = await world.startClient(join(root, 'taker-state'))
    opened.push(taker)
    const { infoHash, bytes } = made.torrent
    await taker.addTorrent({ infoHash, torrentFile: bytes }, join(root, 'taken'))
    await taker.selectFiles(infoHash, [0])
    await taker.waitForCompletion(infoHash, { stallTimeoutMs: STALL_TIMEOUT_MS })
    await reached.promise
    stopListening()
    expect(goals).toHaveLength(1)
    expect(goals[0]?.ratio).toBeGreaterThanOrEqual(1)
    expect(await client.getProgress(infoHash)).toMatchObject({ state: 'complete', progressPct: 100 })
    expect((await client.getFiles(infoHash))?.[0]?.progress_pct).toBe(100)
  })

  contract('what its indexer demands is given back, too: as much and for as long, however soon our own goal is met', async () => {
    const made = await makeAlbum({ '01.flac': 200_000 })
    const { infoHash, bytes } = made.torrent
    const demand = { ratio: 1.5, secs: 4 }
    const seeder = await seed(made)
    const told = signalled<Given>()
    const stopListening = client.onSeedingGoal((hash, given) => hash === infoHash && told.resolve(given))
    await client.addTorrent({ infoHash, torrentFile: bytes }, made.folder)
    await client.addTorrent({ infoHash, torrentFile: bytes }, made.folder, { demand })
    await client.selectFiles(infoHash, [0])
    await complete(infoHash)
    await seeder.close()
    const first = await seed({ torrent: made.torrent, source: join(root, 'first taker') })
    await until(async () => ((await client.given()).get(infoHash)?.ratio ?? 0) >= 1)
    // An engine that ends by a ratio alone is set to it anew, and may look at the files again.
    expect(['seeding', 'checking']).toContain((await client.getProgress(infoHash))?.state)
    await first.close()
    await seed({ torrent: made.torrent, source: join(root, 'second taker') })
    const given = await told.promise
    stopListening()
    expect(given.ratio).toBeGreaterThanOrEqual(demand.ratio)
    expect(given.secs).toBeGreaterThanOrEqual(demand.secs)
    expect(await client.getProgress(infoHash)).toMatchObject({ state: 'complete', progressPct: 100 })
  })

  contract.each<[string, string, (torrent: ContractTorrent) => { infoHash: string; magnetUri?: string; torrentFile?: Uint8Array }]>([
    ['a .torrent of another hash', 'torrent_hash_mismatch', ({ bytes }) => ({ infoHash: 'a'.repeat(40), torrentFile: bytes })],
    ['a magnet of another hash', 'torrent_hash_mismatch', ({ magnetUri }) => ({ infoHash: 'b'.repeat(40), magnetUri })],
    ['an info hash that is none', 'torrent_invalid', ({ bytes }) => ({ infoHash: 'xyz', torrentFile: bytes })],
    ['bytes that are no torrent', 'torrent_invalid', ({ infoHash }) => ({ infoHash, torrentFile: Buffer.from('<html>') })],
  ])('refuses %s', async (_, code, source) => {
    const { torrent, folder } = await makeAlbum({ '01.flac': 1000 })
    await expect(client.addTorrent(source(torrent), folder)).rejects.toMatchObject({ kind: 'permanent', code })
    await expect(readdir(folder)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  contract('an unknown torrent, and files that it does not have', async () => {
    const unknown = 'c'.repeat(40)
    expect(await client.getProgress(unknown)).toBeNull()
    await client.removeTorrent(unknown, true)
    await expect(client.getFiles(unknown)).rejects.toMatchObject({ code: 'torrent_unknown' })
    await expect(client.selectFiles(unknown, [0])).rejects.toMatchObject({ code: 'torrent_unknown' })
    const { torrent, folder } = await makeAlbum({ '01.flac': 1000 })
    await client.addTorrent({ infoHash: torrent.infoHash, torrentFile: torrent.bytes }, folder)
    for (const indexes of [[], [1], [-1], [0.5]]) {
      await expect(client.selectFiles(torrent.infoHash, indexes)).rejects.toMatchObject({ kind: 'permanent', code: 'file_index_invalid' })
    }
  })

  async function download(made: { torrent: ContractTorrent; folder: string }, indexes: number[]): Promise<void> {
    const { infoHash, bytes } = made.torrent
    await client.addTorrent({ infoHash, torrentFile: bytes }, made.folder)
    await client.selectFiles(infoHash, indexes)
    await complete(infoHash)
  }

  async function expectSame(made: { album: string; folder: string; name: string }, path: string): Promise<void> {
    const [original, fetched] = await Promise.all([readFile(join(made.album, path)), readFile(join(made.folder, made.name, path))])
    expect(fetched.equals(original)).toBe(true)
  }
}

/** Different in every piece, and the same on every run. */
function fill(size: number, seed: number): Buffer {
  const bytes = Buffer.alloc(size)
  let state = seed * 2_654_435_761
  for (let index = 0; index < size; index++) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) | 0
    bytes[index] = state >>> 24
  }
  return bytes
}

async function until(isSo: () => Promise<boolean>): Promise<void> {
  while (!(await isSo())) await pause(100)
}

function signalled<T = void>(): { promise: Promise<T>; resolve: (value: T) => void } {
  let resolve: (value: T) => void = () => {}
  const promise = new Promise<T>((done) => {
    resolve = done
  })
  return { promise, resolve }
}
