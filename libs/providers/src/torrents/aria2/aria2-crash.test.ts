import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { EventEmitter, once } from 'node:events'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type CreatedTorrent, createTorrentFile, startSeeder, startTracker, type Tracker } from '@torrentino/testkit'
import type { TorrentClient, TorrentProgress } from '../torrent-client.js'
import { startAria2 } from './index.js'

const HOLDER = join(dirname(fileURLToPath(import.meta.url)), '__fixtures__', 'hold-client.mjs')
const STALL_TIMEOUT_MS = 60_000

const logged: string[] = []
const opened: { close(): Promise<void> }[] = []
let root: string
let tracker: Tracker
let count = 0

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'torrentino-crash-'))
  tracker = await startTracker()
})

afterAll(async () => {
  for (const closable of opened.reverse()) await closable.close()
  await tracker?.close()
  await rm(root, { recursive: true, force: true })
})

async function startClient(stateFolder: string, onCall?: (outcome: string) => void): Promise<TorrentClient> {
  const log = (line: string) => void logged.push(line)
  const client = await startAria2({ program: 'aria2c', stateFolder, seedRatio: 1, interface: '127.0.0.1', discovery: false, log, onCall })
  opened.push(client)
  return client
}

async function makeAlbum(sizes: Record<string, number>) {
  const name = `Album ${++count}`
  const source = join(root, `source-${count}`)
  const state = join(root, `state-${count}`)
  await mkdir(join(source, name), { recursive: true })
  for (const [path, size] of Object.entries(sizes)) await writeFile(join(source, name, path), Buffer.alloc(size, path))
  const torrent = await createTorrentFile(join(source, name), { trackers: [tracker.announceUrl] })
  return { name, source, state, torrent, folder: join(root, 'downloads', torrent.infoHash) }
}

async function seed({ torrent, source }: { torrent: CreatedTorrent; source: string }, uploadLimit?: number) {
  const seeder = await startSeeder({ torrent, folder: source, tracker, uploadLimit })
  opened.push(seeder)
  return seeder
}

/** The engines that were started with this state folder. */
async function enginesOf(stateFolder: string): Promise<{ pid: number; command: string }[]> {
  const { stdout } = await promisify(execFile)('ps', ['-eo', 'pid=,stat=,args='], { maxBuffer: 8 << 20 })
  return stdout
    .split('\n')
    .filter((line) => line.includes(`--conf-path=${stateFolder}/`) && !/^\s*\d+\s+Z/.test(line))
    .map((line) => ({ pid: Number.parseInt(line, 10), command: line }))
}

function goalsOf(client: TorrentClient): EventEmitter {
  const goals = new EventEmitter()
  client.onSeedingGoal((infoHash) => goals.emit('goal', infoHash))
  return goals
}

async function until(condition: () => Promise<boolean>): Promise<void> {
  while (!(await condition())) await pause(50)
}

async function expectFetched(album: { source: string; folder: string; name: string }, path: string): Promise<void> {
  const [original, fetched] = await Promise.all([
    readFile(join(album.source, album.name, path)),
    readFile(join(album.folder, album.name, path)),
  ])
  expect(fetched.equals(original)).toBe(true)
}

test.concurrent('an engine killed in mid-transfer is started again, and the wait goes on to the end', async () => {
  const album = await makeAlbum({ '01.flac': 900_000 })
  await seed(album, 300_000)
  const calls: string[] = []
  const client = await startClient(album.state, (outcome) => calls.push(outcome))
  const { infoHash, magnetUri } = album.torrent
  await client.addTorrent({ infoHash, magnetUri }, album.folder)
  await client.waitForFiles(infoHash, { timeoutMs: 120_000 })
  await client.selectFiles(infoHash, [0])
  const [first] = await enginesOf(album.state)
  const seen: TorrentProgress[] = []
  const end = await client.waitForCompletion(infoHash, {
    stallTimeoutMs: STALL_TIMEOUT_MS,
    onProgress(progress) {
      if (progress.downloadedBytes > 0 && seen.every(({ downloadedBytes }) => downloadedBytes === 0))
        process.kill(first?.pid ?? 0, 'SIGKILL')
      seen.push(progress)
    },
  })
  expect(end).toMatchObject({ progressPct: 100, wantedBytes: 900_000 })
  expect(seen.some(({ downloadedBytes }) => downloadedBytes > 0)).toBe(true)
  const after = await enginesOf(album.state)
  expect(after).toHaveLength(1)
  expect(after[0]?.pid).not.toBe(first?.pid)
  await expectFetched(album, '01.flac')
  expect(calls).toEqual(expect.arrayContaining(['ok', 'metadata', 'engine_ended', 'transfer']))
})

test.concurrent('an engine killed while it looks for metadata looks again after its start', async () => {
  const album = await makeAlbum({ '01.flac': 100_000 })
  const client = await startClient(album.state)
  const { infoHash, magnetUri } = album.torrent
  await client.addTorrent({ infoHash, magnetUri }, album.folder)
  const waiting = client.waitForFiles(infoHash, { timeoutMs: 120_000 })
  const [first] = await enginesOf(album.state)
  process.kill(first?.pid ?? 0, 'SIGKILL')
  await until(async () => !(await enginesOf(album.state)).some(({ pid }) => pid === first?.pid))
  await client.pause(infoHash)
  await client.resume(infoHash)
  await seed(album)
  expect(await waiting).toHaveLength(1)
})

test.concurrent('a client killed with -9 takes its engine with it; the next one fetches only what is missing', async () => {
  const album = await makeAlbum({ '01.flac': 300_000, '02.flac': 1_500_000 })
  const slow = await seed(album, 400_000)
  const { infoHash, magnetUri } = album.torrent
  const plan = { stateFolder: album.state, folder: album.folder, source: { infoHash, magnetUri }, steps: [[0], [0, 1]] }
  const holder = spawn(process.execPath, [HOLDER, JSON.stringify(plan)], { stdio: ['ignore', 'pipe', 'inherit'] })
  await untilSecondStepMoves(holder)
  const gone = once(holder, 'exit')
  holder.kill('SIGKILL')
  await gone
  await until(async () => (await enginesOf(album.state)).length === 0)
  await slow.close()

  // Nobody is there to fetch from: what completes now was on disk. Nor is the magnet needed again for its metadata.
  const client = await startClient(album.state)
  await client.addTorrent({ infoHash, magnetUri }, album.folder)
  expect(await client.getFiles(infoHash)).toHaveLength(2)
  await client.selectFiles(infoHash, [0])
  expect(await client.waitForCompletion(infoHash, { stallTimeoutMs: STALL_TIMEOUT_MS })).toMatchObject({ progressPct: 100, peers: 0 })
  await expectFetched(album, '01.flac')

  await seed(album)
  await client.selectFiles(infoHash, [0, 1])
  expect(await client.waitForCompletion(infoHash, { stallTimeoutMs: STALL_TIMEOUT_MS })).toMatchObject({
    progressPct: 100,
    wantedBytes: 1_800_000,
  })
  await expectFetched(album, '02.flac')
})

test.concurrent('what was damaged on disk meanwhile is fetched again', async () => {
  const album = await makeAlbum({ '01.flac': 200_000 })
  await seed(album)
  const { infoHash, bytes } = album.torrent
  const first = await startClient(album.state)
  await fetchAll(first, album)
  await first.close()
  await writeFile(join(album.folder, album.name, '01.flac'), Buffer.alloc(200_000))
  const second = await startClient(album.state)
  await second.addTorrent({ infoHash, torrentFile: bytes }, album.folder)
  await second.selectFiles(infoHash, [0])
  await second.waitForCompletion(infoHash, { stallTimeoutMs: STALL_TIMEOUT_MS })
  await expectFetched(album, '01.flac')
})

test.concurrent('what was given back is still known after a restart', async () => {
  const album = await makeAlbum({ '01.flac': 200_000 })
  const seeder = await seed(album)
  const { infoHash, bytes } = album.torrent
  const giver = await startClient(album.state)
  await fetchAll(giver, album)
  await seeder.close()
  const goal = once(goalsOf(giver), 'goal')
  const taker = await startClient(`${album.state}-taker`)
  await fetchAll(taker, { ...album, folder: join(root, 'taken', infoHash) })
  await goal
  await giver.close()
  await taker.close()

  const again = await startClient(album.state)
  const goalAgain = once(goalsOf(again), 'goal')
  await again.addTorrent({ infoHash, torrentFile: bytes }, album.folder)
  await again.selectFiles(infoHash, [0])
  await goalAgain
  expect((await again.getProgress(infoHash))?.uploadRatio).toBeGreaterThanOrEqual(1)
})

test.concurrent('a folder that cannot be written is said to be so', async () => {
  const album = await makeAlbum({ '01.flac': 1000 })
  const client = await startClient(album.state)
  const { infoHash, bytes } = album.torrent
  const blocked = join(root, 'a-file')
  await writeFile(blocked, '')
  const added = client.addTorrent({ infoHash, torrentFile: bytes }, join(blocked, infoHash))
  await expect(added).rejects.toMatchObject({ kind: 'retryable', code: 'folder_unusable', message: expect.stringContaining(blocked) })
})

test.concurrent('a restarted client removes the files of a torrent that it does not hold', async () => {
  const album = await makeAlbum({ '01.flac': 50_000 })
  await seed(album)
  const first = await startClient(album.state)
  await fetchAll(first, album)
  await first.close()
  await writeFile(join(album.folder, 'mine.txt'), 'not of the torrent')
  const second = await startClient(album.state)
  await second.removeTorrent(album.torrent.infoHash, true, { folder: album.folder, paths: [] })
  expect(await readdir(album.folder)).toEqual(['mine.txt'])
})

test.concurrent('metadata that a peer gave is judged before any content is fetched', async () => {
  const album = await makeAlbum({ 'a\\b.flac': 50_000 })
  await seed(album)
  const client = await startClient(album.state)
  const { infoHash, magnetUri } = album.torrent
  await client.addTorrent({ infoHash, magnetUri }, album.folder)
  await expect(client.waitForFiles(infoHash, { timeoutMs: 120_000 })).rejects.toMatchObject({ kind: 'permanent', code: 'torrent_unsafe' })
  expect(await client.getProgress(infoHash)).toMatchObject({ state: 'error', error: expect.stringContaining('refused') })
  expect(await readdir(album.folder)).toEqual([])
})

test.concurrent('the secret is neither on the command line nor left on disk nor in the log', async () => {
  const stateFolder = join(root, 'state-secret')
  await startClient(stateFolder)
  const engines = await enginesOf(stateFolder)
  expect(engines).toHaveLength(1)
  expect(engines[0]?.command).not.toMatch(/[0-9a-f]{48}/)
  expect((await readdir(stateFolder)).filter((name) => name.endsWith('.conf'))).toEqual([])
  expect(logged.join('\n')).not.toMatch(/[0-9a-f]{48}/)
})

test.concurrent("a tracker's address is a secret, too: the log names its host alone", async () => {
  const client = await startClient(join(root, 'state-passkey'))
  const infoHash = 'd'.repeat(40)
  const magnetUri = `magnet:?xt=urn:btih:${infoHash}&tr=${encodeURIComponent('http://user:word@127.0.0.1:9/pass4711key/announce?k=4711')}`
  await client.addTorrent({ infoHash, magnetUri }, join(root, 'downloads', infoHash))
  await until(async () => logged.some((line) => line.includes('http://127.0.0.1:9/…')))
  expect(logged.join('\n')).not.toMatch(/4711|user:word/)
})

test.concurrent('closing twice leaves no engine and fails what waits', async () => {
  const album = await makeAlbum({ '01.flac': 1000 })
  const client = await startClient(album.state)
  const { infoHash, magnetUri } = album.torrent
  await client.addTorrent({ infoHash, magnetUri }, album.folder)
  const waiting = expect(client.waitForFiles(infoHash, { timeoutMs: 120_000 })).rejects.toMatchObject({
    kind: 'retryable',
    code: 'engine_stopped',
  })
  await Promise.all([client.close(), client.close()])
  await waiting
  expect(await enginesOf(album.state)).toEqual([])
  expect(await client.health()).toMatchObject({ ok: false })
  await expect(client.addTorrent({ infoHash, magnetUri }, album.folder)).rejects.toMatchObject({ code: 'engine_stopped' })
})

test.concurrent('an engine that cannot be started says what to do', async () => {
  const options = { stateFolder: join(root, 'state-none'), seedRatio: 1, discovery: false }
  await expect(startAria2({ ...options, program: 'no-such-aria2c' })).rejects.toMatchObject({
    kind: 'permanent',
    code: 'engine_unavailable',
    message: expect.stringContaining('apt install aria2'),
  })
  await expect(startAria2({ ...options, program: 'false' })).rejects.toMatchObject({ kind: 'retryable', code: 'engine_unavailable' })
})

async function fetchAll(client: TorrentClient, { torrent, folder }: { torrent: CreatedTorrent; folder: string }): Promise<void> {
  await client.addTorrent({ infoHash: torrent.infoHash, torrentFile: torrent.bytes }, folder)
  await client.selectFiles(torrent.infoHash, [0])
  await client.waitForCompletion(torrent.infoHash, { stallTimeoutMs: STALL_TIMEOUT_MS })
}

/** The first file is whole and the second has begun to come. */
async function untilSecondStepMoves(holder: ChildProcess): Promise<void> {
  if (!holder.stdout) throw new Error('the holder has no output')
  let firstDone = false
  for await (const line of createInterface(holder.stdout)) {
    const message: { done?: number[]; downloadedBytes?: number } = JSON.parse(line)
    if (firstDone && (message.downloadedBytes ?? 0) > 400_000) return
    firstDone ||= message.done !== undefined
  }
  throw new Error('the holder ended too early')
}
