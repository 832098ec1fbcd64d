import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { TorrentProgress } from '../torrent-client.js'
import type { ContractTorrent, Scene } from './scene.js'

const METADATA_TIMEOUT_MS = 30_000

/** What it takes, what it tells of that, and what it refuses. */
export function addingContract(scene: Scene): void {
  test.concurrent('is healthy and says its version', async () => {
    expect(await scene.client.health()).toEqual({ ok: true, version: expect.any(String) })
  })

  test.concurrent('a magnet: metadata from the peer, one file wanted, then more of them', async () => {
    const made = await scene.makeAlbum({ '01.flac': 400_000, '02.flac': 500_000, 'cd2/03.flac': 300_000, 'notes.txt': 0 })
    await scene.seed(made)
    const { infoHash, magnetUri } = made.torrent
    expect(await scene.client.addTorrent({ infoHash, magnetUri }, made.folder)).toBe(infoHash)
    const files = await scene.client.waitForFiles(infoHash, { timeoutMs: METADATA_TIMEOUT_MS })
    expect(files.map(({ path, size_bytes, wanted }) => [path, size_bytes, wanted])).toEqual([
      [`${made.name}/01.flac`, 400_000, false],
      [`${made.name}/02.flac`, 500_000, false],
      [`${made.name}/cd2/03.flac`, 300_000, false],
      [`${made.name}/notes.txt`, 0, false],
    ])
    expect(await scene.client.getProgress(infoHash)).toMatchObject({ state: 'paused', downloadedBytes: 0 })

    await scene.client.selectFiles(infoHash, [1])
    expect(await scene.complete(infoHash)).toMatchObject({
      state: 'seeding',
      progressPct: 100,
      wantedBytes: 500_000,
      downloadedBytes: 500_000,
      etaSecs: 0,
    })
    const selected = await scene.client.getFiles(infoHash)
    expect(selected?.map(({ wanted }) => wanted)).toEqual([false, true, false, false])
    expect(selected?.[1]?.progress_pct).toBe(100)
    expect(selected?.[0]?.progress_pct).toBeLessThan(100)
    expect(selected?.[2]?.progress_pct).toBeLessThan(100)
    await scene.expectSame(made, '02.flac')

    await scene.client.selectFiles(infoHash, [1, 2, 3])
    expect(await scene.complete(infoHash)).toMatchObject({ progressPct: 100, wantedBytes: 800_000 })
    expect((await scene.client.getFiles(infoHash))?.map(({ progress_pct }) => progress_pct === 100)).toEqual([false, true, true, true])
    await scene.expectSame(made, '02.flac')
    await scene.expectSame(made, 'cd2/03.flac')
  })

  test.concurrent('a .torrent file: the list at once, progress on the way, adding and selecting twice', async () => {
    const made = await scene.makeAlbum({ '01.flac': 2_000_000, '02.flac': 100_000 })
    await scene.seed(made, { uploadLimit: 600_000 })
    const { infoHash, bytes } = made.torrent
    await scene.client.addTorrent({ infoHash, torrentFile: bytes }, made.folder)
    expect(await scene.client.getFiles(infoHash)).toHaveLength(2)
    const seen: TorrentProgress[] = []
    await scene.client.selectFiles(infoHash, [0, 1])
    await scene.client.selectFiles(infoHash, [1, 0])
    const waiting = scene.complete(infoHash, (progress) => seen.push(progress))
    expect(await scene.client.addTorrent({ infoHash, torrentFile: bytes }, made.folder)).toBe(infoHash)
    expect(await waiting).toMatchObject({ progressPct: 100, wantedBytes: 2_100_000 })
    expect(seen.some(({ state, downloadSpeedBps, peers }) => state === 'downloading' && downloadSpeedBps > 0 && peers > 0)).toBe(true)
    const shares = seen.map(({ progressPct }) => progressPct)
    expect(shares).toEqual([...shares].sort((a, b) => a - b))
    await scene.expectSame(made, '01.flac')
  })

  test.concurrent.each<[string, string, (torrent: ContractTorrent) => { infoHash: string; magnetUri?: string; torrentFile?: Uint8Array }]>([
    ['a .torrent of another hash', 'torrent_hash_mismatch', ({ bytes }) => ({ infoHash: 'a'.repeat(40), torrentFile: bytes })],
    ['a magnet of another hash', 'torrent_hash_mismatch', ({ magnetUri }) => ({ infoHash: 'b'.repeat(40), magnetUri })],
    ['an info hash that is none', 'torrent_invalid', ({ bytes }) => ({ infoHash: 'xyz', torrentFile: bytes })],
    ['bytes that are no torrent', 'torrent_invalid', ({ infoHash }) => ({ infoHash, torrentFile: Buffer.from('<html>') })],
  ])('refuses %s', async (_, code, source) => {
    const { torrent, folder } = await scene.makeAlbum({ '01.flac': 1000 })
    await expect(scene.client.addTorrent(source(torrent), folder)).rejects.toMatchObject({ kind: 'permanent', code })
    await expect(readdir(folder)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test.concurrent('an unknown torrent, and files that it does not have', async () => {
    const unknown = 'c'.repeat(40)
    expect(await scene.client.getProgress(unknown)).toBeNull()
    await scene.client.removeTorrent(unknown, true)
    await scene.client.pause(unknown, join(scene.root, 'downloads', unknown))
    await expect(scene.client.pause(unknown)).rejects.toMatchObject({ code: 'torrent_unknown' })
    await expect(scene.client.getFiles(unknown)).rejects.toMatchObject({ code: 'torrent_unknown' })
    await expect(scene.client.selectFiles(unknown, [0])).rejects.toMatchObject({ code: 'torrent_unknown' })
    const { torrent, folder } = await scene.makeAlbum({ '01.flac': 1000 })
    await scene.client.addTorrent({ infoHash: torrent.infoHash, torrentFile: torrent.bytes }, folder)
    for (const indexes of [[], [1], [-1], [0.5]]) {
      await expect(scene.client.selectFiles(torrent.infoHash, indexes)).rejects.toMatchObject({
        kind: 'permanent',
        code: 'file_index_invalid',
      })
    }
  })
}
