import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { signalled } from './helpers.js'
import type { Scene } from './scene.js'

export function removalContract(scene: Scene): void {
  test.concurrent('removal without files leaves them, with files takes only its own', async () => {
    const made = await scene.makeAlbum({ '01.flac': 100_000, 'cd2/02.flac': 100_000 })
    await scene.seed(made)
    const { infoHash, bytes } = made.torrent
    await scene.download(made, [0, 1])
    await scene.client.removeTorrent(infoHash, false)
    expect(await scene.client.getProgress(infoHash)).toBeNull()
    await scene.expectSame(made, '01.flac')

    await scene.client.addTorrent({ infoHash, torrentFile: bytes }, made.folder)
    await scene.client.selectFiles(infoHash, [0, 1])
    await scene.complete(infoHash)
    await writeFile(join(made.folder, made.name, 'mine.txt'), 'not of the torrent')
    await scene.client.removeTorrent(infoHash, true)
    await scene.client.removeTorrent(infoHash, true)
    expect(await readdir(made.folder, { recursive: true })).toEqual([made.name, join(made.name, 'mine.txt')])
  })

  test.concurrent('removal in mid-transfer leaves nothing and ends the wait', async () => {
    const made = await scene.makeAlbum({ '01.flac': 2_000_000 })
    await scene.seed(made, { uploadLimit: 100_000 })
    const { infoHash, bytes } = made.torrent
    await scene.client.addTorrent({ infoHash, torrentFile: bytes }, made.folder)
    await scene.client.selectFiles(infoHash, [0])
    const moving = signalled()
    const waiting = scene.complete(infoHash, ({ downloadedBytes }) => downloadedBytes > 0 && moving.resolve())
    const ended = expect(waiting).rejects.toMatchObject({ code: 'torrent_removed' })
    await moving.promise
    await scene.client.removeTorrent(infoHash, true)
    await ended
    await expect(readdir(made.folder)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test.concurrent('what a torrent wrote that nobody holds any more goes by what else is known of it', async () => {
    const made = await scene.makeAlbum({ '01.flac': 3 * 32_768, '02.flac': 100_000 })
    await scene.seed(made)
    const { infoHash } = made.torrent
    await scene.download(made, [0])
    await scene.client.removeTorrent(infoHash, false)
    await rm(join(made.folder, `${infoHash}.torrent`), { force: true })
    await writeFile(join(made.folder, 'mine.txt'), 'not of the torrent')
    await scene.client.removeTorrent(infoHash, true, { folder: made.folder, paths: [`${made.name}/01.flac`] })
    expect(await readdir(made.folder)).toEqual(['mine.txt'])
  })
}
