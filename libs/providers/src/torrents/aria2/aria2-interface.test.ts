import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type CreatedTorrent, createTorrentFile, startSeeder, startTracker, type Tracker, waitFor } from '@torrentino/testkit'
import type { TorrentClient } from '../torrent-client.js'
import { startAria2 } from './index.js'

const opened: { close(): Promise<void> }[] = []
let root: string
let tracker: Tracker

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'torrentino-interface-'))
  tracker = await startTracker()
})

afterAll(async () => {
  for (const closable of opened.reverse()) await closable.close()
  await tracker?.close()
  await rm(root, { recursive: true, force: true })
})

const UP = ['127.0.0.1']

/** Bound to an interface whose addresses are those of `present`, whatever the machine says. */
async function start(state: string, present: { addresses: string[] }): Promise<{ client: TorrentClient; calls: string[] }> {
  const calls: string[] = []
  const client = await startAria2({
    ...{ program: 'aria2c', stateFolder: join(root, state), seedRatio: 1, interface: '127.0.0.1', lookMs: 50 },
    discovery: false,
    addressesOf: () => present.addresses,
    onCall: (outcome) => calls.push(outcome),
  })
  opened.push(client)
  return { client, calls }
}

async function seeded(name: string, uploadLimit: number) {
  const source = join(root, `source ${name}`)
  await mkdir(join(source, name), { recursive: true })
  await writeFile(join(source, name, '01.flac'), Buffer.alloc(600_000, 'not all the same '))
  const torrent: CreatedTorrent = await createTorrentFile(join(source, name), { trackers: [tracker.announceUrl] })
  opened.push(await startSeeder({ torrent, folder: source, tracker, uploadLimit }))
  return { torrent, folder: join(root, 'downloads', name), original: join(source, name, '01.flac'), fetched: join(name, '01.flac') }
}

const WAIT = { stallTimeoutMs: 120_000 }

test.concurrent('while it is down what runs is paused, nothing is added, and the health says so; then all goes on, with other addresses, too', async () => {
  const present = { addresses: UP }
  const { client, calls } = await start('state', present)
  const album = await seeded('Album', 100_000)
  const { infoHash, bytes } = album.torrent
  await client.addTorrent({ infoHash, torrentFile: bytes }, album.folder)
  await client.selectFiles(infoHash, [0])
  const moving = new AbortController()
  const done = client.waitForCompletion(infoHash, { ...WAIT, onProgress: ({ downloadedBytes }) => downloadedBytes > 0 && moving.abort() })
  await waitFor('the transfer', () => moving.signal.aborted)

  present.addresses = []
  await waitFor('the pause', async () => (await client.getProgress(infoHash))?.state === 'paused')
  await waitFor('the end of the traffic', async () => (await client.getProgress(infoHash))?.peers === 0)
  expect(await client.health()).toEqual({ ok: false, message: expect.stringContaining('127.0.0.1 (torrent.interface) is down') })
  const other = { infoHash: 'd'.repeat(40), magnetUri: `magnet:?xt=urn:btih:${'d'.repeat(40)}` }
  await expect(client.addTorrent(other, join(root, 'other'))).rejects.toMatchObject({ kind: 'retryable', code: 'interface_down' })
  expect(await client.getProgress(other.infoHash)).toBeNull()

  present.addresses = ['127.0.0.1', '127.0.0.2']
  expect(await done).toMatchObject({ progressPct: 100 })
  expect(calls).toContain('engine_ended')
  expect((await readFile(join(album.folder, album.fetched))).equals(await readFile(album.original))).toBe(true)
  expect(await client.health()).toMatchObject({ ok: true })
})

test.concurrent('down at the start: it is started when it is up', async () => {
  const present = { addresses: [] as string[] }
  const { client } = await start('late state', present)
  const album = await seeded('Later', 0)
  const { infoHash, magnetUri } = album.torrent
  expect((await client.health()).ok).toBe(false)
  await expect(client.addTorrent({ infoHash, magnetUri }, album.folder)).rejects.toMatchObject({ code: 'interface_down' })
  present.addresses = UP
  await waitFor('the engine', async () => (await client.health()).ok)
  await client.addTorrent({ infoHash, magnetUri }, album.folder)

  // Nothing is held against a torrent whose metadata could not come.
  present.addresses = []
  const late = client.waitForFiles(infoHash, { timeoutMs: 1 }).catch((error) => error.code)
  expect(['interface_down', 1]).toContain(await late.then((found) => (Array.isArray(found) ? found.length : found)))
  present.addresses = UP
  expect(await client.waitForFiles(infoHash, { timeoutMs: 120_000 })).toHaveLength(1)
})
