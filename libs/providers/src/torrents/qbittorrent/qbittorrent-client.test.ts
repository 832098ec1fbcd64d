import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import {
  createTorrentFile,
  hasQbittorrent,
  makeSmallDisk,
  startBrokenTracker,
  startMutePeer,
  startQbittorrent,
  startSeeder,
  startTracker,
  waitFor,
} from '@torrentino/testkit'
import { torrentClientContract } from '../contract/torrent-client-contract.js'
import type { TorrentClient, TorrentProgress } from '../torrent-client.js'
import { madeTorrent } from './test-support/made-torrent.js'
import { openTestClient } from './test-support/test-client.js'

const startClient = async (folder: string) => openTestClient(await startQbittorrent(folder), { tickMs: 250 })

if (hasQbittorrent()) {
  torrentClientContract({
    startClient,
    startTracker,
    createTorrent: createTorrentFile,
    startSeeder,
    startMutePeer,
    startBrokenTracker,
    makeSmallDisk,
  })

  test.concurrent('killed in mid-transfer and started again: the wait goes on', () =>
    inFolder(async (root, closing) => {
      const source = join(root, 'source', 'Album')
      await mkdir(source, { recursive: true })
      await writeFile(join(source, '01.flac'), Buffer.alloc(900_000, 'not all the same '))
      const tracker = await startTracker()
      closing.push(() => tracker.close())
      const torrent = await createTorrentFile(source, { trackers: [tracker.announceUrl] })
      const seeder = await startSeeder({ torrent, folder: join(root, 'source'), tracker, uploadLimit: 200_000 })
      closing.push(() => seeder.close())
      const first = await startQbittorrent(join(root, 'profile'))
      const client = openTestClient(first, { tickMs: 250 })
      closing.push(() => client.close())
      const { infoHash, bytes } = torrent
      await client.addTorrent({ infoHash, torrentFile: bytes }, join(root, 'downloads'))
      await client.selectFiles(infoHash, [0])
      const begun = new AbortController()
      const onProgress = ({ downloadedBytes }: TorrentProgress) => downloadedBytes > 0 && begun.abort()
      const done = client.waitForCompletion(infoHash, { stallTimeoutMs: 120_000, onProgress })
      await waitFor('the transfer', () => begun.signal.aborted)
      await first.kill()
      const second = await startQbittorrent(join(root, 'profile'), first.port)
      closing.push(() => second.stop())
      expect(await done).toMatchObject({ progressPct: 100 })
    }))

  test.concurrent('started again without the files that it had: they are missing, and fetched anew when it is added again; removed by somebody, it ends its waits', () =>
    inFolder(async (root, closing) => {
      const source = join(root, 'source', 'Album')
      await mkdir(source, { recursive: true })
      await writeFile(join(source, '01.flac'), Buffer.alloc(200_000, 'not all the same '))
      const tracker = await startTracker()
      closing.push(() => tracker.close())
      const torrent = await createTorrentFile(source, { trackers: [tracker.announceUrl] })
      const seeder = await startSeeder({ torrent, folder: join(root, 'source'), tracker })
      closing.push(() => seeder.close())
      const first = await startQbittorrent(join(root, 'profile'))
      const { infoHash, bytes } = torrent
      const folder = join(root, 'downloads')
      async function load(client: TorrentClient): Promise<TorrentProgress> {
        await client.addTorrent({ infoHash, torrentFile: bytes }, folder)
        await client.selectFiles(infoHash, [0])
        return client.waitForCompletion(infoHash, { stallTimeoutMs: 120_000 })
      }
      const before = openTestClient(first, { tickMs: 250 })
      closing.push(() => before.close())
      await load(before)
      await first.kill()
      await rm(join(folder, 'Album'), { recursive: true })
      const second = await startQbittorrent(join(root, 'profile'), first.port)
      const after = openTestClient(second, { tickMs: 250 })
      closing.push(() => after.close())
      // It may see that they are missing a little after its start.
      const again = load(after).catch((error) => (error.code === 'files_missing' ? load(after) : Promise.reject(error)))
      expect(await again).toMatchObject({ progressPct: 100 })

      await after.selectFiles(infoHash, [0])
      await seeder.close()
      await rm(join(folder, 'Album', '01.flac'))
      const other = openTestClient({ ...second, stop: async () => {} }, { tickMs: 250 })
      closing.push(() => other.close())
      await after.pause(infoHash)
      await other.removeTorrent(infoHash, true, { folder, paths: [] })
      await waitFor('the loss to be seen', async () => (await after.getProgress(infoHash)) === null)
    }))

  test.concurrent('an interface that is not there: qBittorrent is bound to it, nothing is added, and the health says so', () =>
    inFolder(async (root, closing) => {
      const server = await startQbittorrent(join(root, 'profile'))
      const [away, there] = [openTestClient(server, { interface: 'nosuch0' }), openTestClient(server, { interface: 'lo' })]
      closing.push(
        () => away.close(),
        () => there.close(),
      )
      expect(await away.health()).toEqual({ ok: false, message: expect.stringContaining('nosuch0 (torrent.interface) is down') })
      const { infoHash, bytes } = madeTorrent('Album', { '01.flac': 1000 })
      const adding = away.addTorrent({ infoHash, torrentFile: bytes }, join(root, 'downloads'))
      await expect(adding).rejects.toMatchObject({ code: 'interface_down' })
      expect(await there.health()).toMatchObject({ ok: true })
    }))
} else {
  test.skip('does all that the contract asks, with a real qBittorrent', () => {})
}

type Close = () => Promise<void>

async function inFolder(work: (root: string, closing: Close[]) => Promise<void>): Promise<void> {
  const root = await mkdtemp(join(tmpdir(), 'torrentino-qbittorrent-'))
  const closing: Close[] = [() => rm(root, { recursive: true, force: true })]
  try {
    await work(root, closing)
  } finally {
    for (const close of closing.reverse()) await close()
  }
}
