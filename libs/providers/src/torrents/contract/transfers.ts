import { readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { signalled } from './helpers.js'
import { type Scene, STALL_TIMEOUT_MS } from './scene.js'

/** Files of so many bytes share none with their neighbours. */
const PIECE = 32_768

/** Waiting for a part, holding, leaving and going on. */
export function transfersContract(scene: Scene): void {
  test.concurrent('some of the wanted files are waited for alone, whatever becomes of the others', async () => {
    const made = await scene.makeAlbum({ '01.flac': 300_000, '02.flac': 900_000, '03.flac': 1000 })
    // Nobody has the second half of it, nor what comes behind.
    await truncate(join(made.album, '02.flac'), 450_000)
    await rm(join(made.album, '03.flac'))
    await scene.seed(made, { uploadLimit: 400_000 })
    const { infoHash, bytes } = made.torrent
    await scene.client.addTorrent({ infoHash, torrentFile: bytes }, made.folder)
    await scene.client.selectFiles(infoHash, [0, 1])
    const one = () => scene.client.waitForCompletion(infoHash, { stallTimeoutMs: STALL_TIMEOUT_MS, indexes: [0] })
    expect(await one()).toMatchObject({ state: 'downloading', wantedBytes: 1_200_000 })
    await scene.expectSame(made, '01.flac')
    // It is there already when the next one comes to want it.
    await scene.client.selectFiles(infoHash, [0, 1, 2])
    expect(await one()).toMatchObject({ state: 'downloading' })
    await expect(scene.client.waitForCompletion(infoHash, { stallTimeoutMs: 2000, indexes: [0, 1] })).rejects.toMatchObject({
      code: 'download_stalled',
    })
  })

  test.concurrent('a narrower selection leaves the others where they are, and a wider one goes on with them', async () => {
    const made = await scene.makeAlbum({ '01.flac': 6 * PIECE, '02.flac': 12 * PIECE, '03.flac': 6 * PIECE })
    const wanting = join(made.album, '02.flac')
    const all = await readFile(wanting)
    // Nobody has the second half of it yet.
    await truncate(wanting, 6 * PIECE)
    const half = await scene.seed(made)
    const { infoHash, bytes } = made.torrent
    await scene.client.addTorrent({ infoHash, torrentFile: bytes }, made.folder)
    await scene.client.selectFiles(infoHash, [0, 1])
    await scene.client.waitForCompletion(infoHash, { stallTimeoutMs: STALL_TIMEOUT_MS, indexes: [0] })
    await scene.client.selectFiles(infoHash, [0, 2])
    expect(await scene.complete(infoHash)).toMatchObject({ state: 'seeding', wantedBytes: 12 * PIECE })
    await scene.expectSame(made, '03.flac')
    expect((await scene.client.getFiles(infoHash))?.map(({ wanted }) => wanted)).toEqual([true, false, true])
    await scene.client.selectFiles(infoHash, [2])
    await scene.expectSame(made, '01.flac')
    await half.close()
    await writeFile(wanting, all)
    await scene.seed(made)
    await scene.client.selectFiles(infoHash, [0, 1, 2])
    expect(await scene.complete(infoHash)).toMatchObject({ progressPct: 100, wantedBytes: 24 * PIECE })
    await scene.expectSame(made, '02.flac')
  })

  test.concurrent('pause holds a transfer, resume finishes it', async () => {
    const made = await scene.makeAlbum({ '01.flac': 900_000 })
    await scene.seed(made, { uploadLimit: 400_000 })
    const { infoHash, bytes } = made.torrent
    await scene.client.addTorrent({ infoHash, torrentFile: bytes }, made.folder)
    await scene.client.selectFiles(infoHash, [0])
    await scene.client.pause(infoHash)
    await scene.client.pause(infoHash)
    expect(await scene.client.getProgress(infoHash)).toMatchObject({ state: 'paused' })
    await scene.client.resume(infoHash)
    expect(await scene.complete(infoHash)).toMatchObject({ progressPct: 100 })
    await scene.expectSame(made, '01.flac')
  })

  test.concurrent('letting go in mid-transfer ends the wait and leaves the files; who adds it again goes on', async () => {
    const made = await scene.makeAlbum({ '01.flac': 800_000 })
    await scene.seed(made, { uploadLimit: 50_000 })
    const { infoHash, bytes } = made.torrent
    await scene.client.addTorrent({ infoHash, torrentFile: bytes }, made.folder)
    await scene.client.selectFiles(infoHash, [0])
    const moving = signalled()
    const waiting = scene.complete(infoHash, ({ downloadedBytes }) => downloadedBytes > 0 && moving.resolve())
    const ended = expect(waiting).rejects.toMatchObject({ code: 'torrent_removed' })
    await moving.promise
    await scene.client.letGo(infoHash)
    await scene.client.letGo(infoHash)
    await ended
    expect(await scene.client.getProgress(infoHash)).toBeNull()
    expect(await readdir(made.folder)).toContain(made.name)
    await scene.seed(made)
    await scene.download(made, [0])
    await scene.expectSame(made, '01.flac')
  })

  test.concurrent('an aborted wait ends at once with the reason; the transfer goes on', async () => {
    const made = await scene.makeAlbum({ '01.flac': 600_000 })
    await scene.seed(made, { uploadLimit: 300_000 })
    const { infoHash, bytes } = made.torrent
    await scene.client.addTorrent({ infoHash, torrentFile: bytes }, made.folder)
    await scene.client.selectFiles(infoHash, [0])
    const cancel = new AbortController()
    const waiting = scene.client.waitForCompletion(infoHash, { stallTimeoutMs: STALL_TIMEOUT_MS, signal: cancel.signal })
    cancel.abort(new Error('cancelled by the user'))
    await expect(waiting).rejects.toThrow('cancelled by the user')
    expect(await scene.complete(infoHash)).toMatchObject({ progressPct: 100 })
  })
}
