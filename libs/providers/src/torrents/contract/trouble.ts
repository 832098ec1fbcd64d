import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { fill, until } from './helpers.js'
import type { BrokenAnswer, Scene } from './scene.js'

/** Swarms and disks that do what they should not. */
export function troubleContract(scene: Scene): void {
  test.concurrent('a dead swarm: the metadata times out, a transfer stalls, and both may be tried again', async () => {
    const made = await scene.makeAlbum({ '01.flac': 100_000 })
    const { infoHash, magnetUri, bytes } = made.torrent
    await scene.client.addTorrent({ infoHash, magnetUri }, made.folder)
    expect(await scene.client.getFiles(infoHash)).toBeNull()
    await expect(scene.client.waitForFiles(infoHash, { timeoutMs: 500 })).rejects.toMatchObject({
      kind: 'retryable',
      code: 'metadata_timeout',
    })
    await scene.client.addTorrent({ infoHash, torrentFile: bytes }, made.folder)
    await scene.client.selectFiles(infoHash, [0])
    await expect(scene.client.waitForCompletion(infoHash, { stallTimeoutMs: 1500 })).rejects.toMatchObject({
      kind: 'retryable',
      code: 'download_stalled',
    })
    await scene.seed(made)
    expect(await scene.complete(infoHash)).toMatchObject({ progressPct: 100 })
  })

  test.concurrent('a peer that never says a word gives no metadata and no data, and both are told in time', async () => {
    const made = await scene.makeAlbum({ '01.flac': 100_000 })
    const { infoHash, magnetUri, bytes } = made.torrent
    await scene.startMutePeer(made.torrent)
    await scene.client.addTorrent({ infoHash, magnetUri }, made.folder)
    await expect(scene.client.waitForFiles(infoHash, { timeoutMs: 2000 })).rejects.toMatchObject({ code: 'metadata_timeout' })
    await scene.client.addTorrent({ infoHash, torrentFile: bytes }, made.folder)
    await scene.client.selectFiles(infoHash, [0])
    await expect(scene.client.waitForCompletion(infoHash, { stallTimeoutMs: 2000 })).rejects.toMatchObject({ code: 'download_stalled' })
  })

  test.concurrent.each<[string, BrokenAnswer]>([
    ['a page for people', { body: '<!DOCTYPE html><html><body>Please log in</body></html>' }],
    ['half an answer', { body: 'd8:intervali2e5:peers600:' }],
    ['a refusal', { body: 'd14:failure reason20:unregistered torrente' }],
    ['an error', { status: 500, body: 'out of order' }],
    ['nothing', { body: '' }],
  ])('a tracker that answers with %s leads to nobody, which is told in time', async (_, answer) => {
    const tracker = await scene.startBrokenTracker(answer)
    const made = await scene.makeAlbum({ '01.flac': 100_000 }, [tracker.announceUrl])
    const { infoHash, magnetUri, bytes } = made.torrent
    await scene.client.addTorrent({ infoHash, magnetUri }, made.folder)
    await expect(scene.client.waitForFiles(infoHash, { timeoutMs: 2000 })).rejects.toMatchObject({ code: 'metadata_timeout' })
    await scene.client.addTorrent({ infoHash, torrentFile: bytes }, made.folder)
    await scene.client.selectFiles(infoHash, [0])
    await expect(scene.client.waitForCompletion(infoHash, { stallTimeoutMs: 2000 })).rejects.toMatchObject({ code: 'download_stalled' })
    await until(async () => tracker.asked() > 0)
    expect(await scene.client.getProgress(infoHash)).toMatchObject({ state: 'downloading', progressPct: 0 })
    await scene.client.removeTorrent(infoHash, true)
  })

  test.concurrent('a peer that gives other bytes than were promised: nothing of it counts, and the stall is told in time', async () => {
    const made = await scene.makeAlbum({ '01.flac': 300_000 })
    const wrong = join(scene.root, `wrong ${made.name}`)
    await mkdir(join(wrong, made.name), { recursive: true })
    await writeFile(join(wrong, made.name, '01.flac'), fill(300_000, 7777))
    const liar = await scene.seed({ torrent: made.torrent, source: wrong }, { unverified: true })
    const { infoHash, bytes } = made.torrent
    await scene.client.addTorrent({ infoHash, torrentFile: bytes }, made.folder)
    await scene.client.selectFiles(infoHash, [0])
    await expect(scene.client.waitForCompletion(infoHash, { stallTimeoutMs: 3000 })).rejects.toMatchObject({ code: 'download_stalled' })
    expect((await scene.client.getFiles(infoHash))?.[0]?.progress_pct).toBeLessThan(100)
    await liar.close()
    await scene.seed(made)
    // After so many wrong pieces libtorrent has been seen never to ask for one of them again, whoever has it. Then it begins anew.
    await scene.complete(infoHash).catch(async (error) => {
      if (error.code !== 'download_stalled') throw error
      await scene.client.removeTorrent(infoHash, true)
      await scene.download(made, [0])
    })
    expect(await scene.client.getProgress(infoHash)).toMatchObject({ progressPct: 100 })
    await scene.expectSame(made, '01.flac')
  })

  test.concurrent('files that somebody deleted are fetched anew when the torrent is added again', async () => {
    const made = await scene.makeAlbum({ '01.flac': 200_000, '02.flac': 200_000 })
    await scene.seed(made)
    await scene.download(made, [0, 1])
    await scene.client.removeTorrent(made.torrent.infoHash, false)
    await rm(join(made.folder, made.name, '02.flac'))
    await scene.download(made, [0, 1])
    await scene.expectSame(made, '01.flac')
    await scene.expectSame(made, '02.flac')
  })

  const disk = scene.makeSmallDisk(1_000_000)
  if (disk) {
    test.concurrent('a disk that is full is named as such, and the download goes on when there is space', async () => {
      const made = await scene.makeAlbum({ '01.flac': 600_000 })
      await scene.seed(made)
      await writeFile(join(disk.folder, 'ballast'), Buffer.alloc(700_000))
      const place = { ...made, folder: join(disk.folder, 'downloads') }
      await expect(scene.download(place, [0])).rejects.toMatchObject({ kind: 'retryable', code: 'disk_full' })
      await rm(join(disk.folder, 'ballast'))
      await scene.download(place, [0])
      await scene.expectSame(place, '01.flac')
    })
  } else {
    test.skip('a disk that is full (it takes a root to make one)', () => {})
  }
}
