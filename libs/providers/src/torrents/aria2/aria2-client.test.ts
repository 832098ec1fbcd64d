import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { createTorrentFile, makeSmallDisk, startBrokenTracker, startMutePeer, startSeeder, startTracker } from '@torrentino/testkit'
import { torrentClientContract } from '../contract/torrent-client-contract.js'
import { startAria2 } from './index.js'

const startClient = (stateFolder: string) =>
  startAria2({ program: 'aria2c', stateFolder, seedRatio: 1, interface: '127.0.0.1', discovery: false })

torrentClientContract({
  startClient,
  startTracker,
  createTorrent: createTorrentFile,
  startSeeder,
  startMutePeer,
  startBrokenTracker,
  makeSmallDisk,
})

test.concurrent('a selection that changes while what lies on disk is hashed does not end that', async () => {
  const root = await mkdtemp(join(tmpdir(), 'torrentino-aria2-'))
  const client = await startClient(join(root, 'state'))
  try {
    const album = join(root, 'downloads', 'Album')
    await mkdir(album, { recursive: true })
    await writeFile(join(album, '01.flac'), Buffer.alloc(30_000_000, 'not all the same '))
    await writeFile(join(album, '02.flac'), Buffer.alloc(1_000_000, 'nor this'))
    const { infoHash, bytes } = await createTorrentFile(album)
    await client.addTorrent({ infoHash, torrentFile: bytes }, join(root, 'downloads'))
    await client.selectFiles(infoHash, [0])
    await client.selectFiles(infoHash, [0, 1])
    // There is nobody to load it from.
    expect(await client.waitForCompletion(infoHash, { stallTimeoutMs: 120_000 })).toMatchObject({
      progressPct: 100,
      wantedBytes: 31_000_000,
    })
  } finally {
    await client.close()
    await rm(root, { recursive: true, force: true })
  }
})
