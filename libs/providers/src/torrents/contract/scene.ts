import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect } from '@jest/globals'
import type { TorrentClient, TorrentProgress } from '../torrent-client.js'
import { fill } from './helpers.js'

export interface ContractTorrent {
  bytes: Uint8Array
  infoHash: string
  magnetUri: string
}

export interface Closable {
  close(): Promise<void>
}

interface SeedOptions {
  uploadLimit?: number
  /** Gives whatever lies there, be it right or not. */
  unverified?: boolean
}

interface SeederOptions<Tracker> extends SeedOptions {
  torrent: ContractTorrent
  folder: string
  tracker: Tracker
}

export interface BrokenAnswer {
  status?: number
  body: string
}

interface BrokenTracker extends Closable {
  announceUrl: string
  asked(): number
}

/** The swarm around the client, given by the test that runs the suite. */
export interface ContractWorld<Tracker extends Closable & { announceUrl: string }> {
  startClient(stateFolder: string): Promise<TorrentClient>
  startTracker(): Promise<Tracker>
  createTorrent(source: string, options: { trackers: string[] }): Promise<ContractTorrent>
  startSeeder(options: SeederOptions<Tracker>): Promise<Closable>
  startMutePeer(options: { infoHash: string; tracker: Tracker }): Promise<Closable>
  startBrokenTracker(answer: BrokenAnswer): Promise<BrokenTracker>
  makeSmallDisk(bytes: number): (Closable & { folder: string }) | null
}

export interface Album {
  torrent: ContractTorrent
  name: string
  /** What holds the album, for who seeds it. */
  source: string
  album: string
  /** Where it is to be loaded to. */
  folder: string
}

/** One client and the swarm around it, for all tests of the suite. */
export interface Scene {
  readonly root: string
  readonly client: TorrentClient
  /** Another client, on folders of its own. */
  startClient(name: string): Promise<TorrentClient>
  /** `trackers`: instead of the one that knows the peers. */
  makeAlbum(sizes: Record<string, number>, trackers?: string[]): Promise<Album>
  seed(made: Pick<Album, 'torrent' | 'source'>, options?: SeedOptions): Promise<Closable>
  startMutePeer(torrent: ContractTorrent): Promise<void>
  startBrokenTracker(answer: BrokenAnswer): Promise<BrokenTracker>
  makeSmallDisk(bytes: number): { folder: string } | null
  complete(infoHash: string, onProgress?: (progress: TorrentProgress) => void): Promise<TorrentProgress>
  download(made: Pick<Album, 'torrent' | 'folder'>, indexes: number[]): Promise<void>
  expectSame(made: Album, path: string): Promise<void>
}

export const STALL_TIMEOUT_MS = 60_000

/** To be called at the top of a test file. What was opened is closed at the end. */
export function openScene<Tracker extends Closable & { announceUrl: string }>(world: ContractWorld<Tracker>): Scene {
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

  function keep<T extends Closable>(closable: T): T {
    opened.push(closable)
    return closable
  }

  const complete: Scene['complete'] = (infoHash, onProgress) =>
    client.waitForCompletion(infoHash, { stallTimeoutMs: STALL_TIMEOUT_MS, onProgress })

  return {
    get root() {
      return root
    },
    get client() {
      return client
    },
    startClient: async (name) => keep(await world.startClient(join(root, name))),
    async makeAlbum(sizes, trackers = [tracker.announceUrl]) {
      const number = ++count
      const source = join(root, `source-${number}`)
      const album = join(source, `Album ${number}`)
      for (const [path, size] of Object.entries(sizes)) {
        await mkdir(join(album, path, '..'), { recursive: true })
        await writeFile(join(album, path), fill(size, path.length + number))
      }
      const torrent = await world.createTorrent(album, { trackers })
      return { torrent, source, album, name: `Album ${number}`, folder: join(root, 'downloads', torrent.infoHash) }
    },
    seed: async ({ torrent, source }, options) => keep(await world.startSeeder({ torrent, folder: source, tracker, ...options })),
    async startMutePeer({ infoHash }) {
      keep(await world.startMutePeer({ infoHash, tracker }))
    },
    startBrokenTracker: async (answer) => keep(await world.startBrokenTracker(answer)),
    makeSmallDisk(bytes) {
      const disk = world.makeSmallDisk(bytes)
      return disk && keep(disk)
    },
    complete,
    async download({ torrent: { infoHash, bytes }, folder }, indexes) {
      await client.addTorrent({ infoHash, torrentFile: bytes }, folder)
      await client.selectFiles(infoHash, indexes)
      await complete(infoHash)
    },
    async expectSame({ album, folder, name }, path) {
      const [original, fetched] = await Promise.all([readFile(join(album, path)), readFile(join(folder, name, path))])
      expect(fetched.equals(original)).toBe(true)
    },
  }
}
