import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { Given } from '../torrent-client.js'
import { signalled, until } from './helpers.js'
import { type Scene, STALL_TIMEOUT_MS } from './scene.js'

export function seedingContract(scene: Scene): void {
  test.concurrent('what was given back as often as it was taken is told once', async () => {
    const made = await scene.makeAlbum({ '01.flac': 300_000 })
    const seeder = await scene.seed(made)
    const goals: Given[] = []
    const reached = signalled()
    const stopListening = scene.client.onSeedingGoal((infoHash, given) => {
      if (infoHash !== made.torrent.infoHash) return
      goals.push(given)
      reached.resolve()
    })
    await scene.download(made, [0])
    await seeder.close()

    const taker = await scene.startClient('taker-state')
    const { infoHash, bytes } = made.torrent
    await taker.addTorrent({ infoHash, torrentFile: bytes }, join(scene.root, 'taken'))
    await taker.selectFiles(infoHash, [0])
    await taker.waitForCompletion(infoHash, { stallTimeoutMs: STALL_TIMEOUT_MS })
    // An engine may not count the last block to a peer that leaves as soon as it has it. Then the next one takes what is missing.
    await taker.pause(infoHash)
    await scene.seed({ torrent: made.torrent, source: join(scene.root, 'another taker') })
    await reached.promise
    stopListening()
    expect(goals).toHaveLength(1)
    expect(goals[0]?.ratio).toBeGreaterThanOrEqual(1)
    expect(await scene.client.getProgress(infoHash)).toMatchObject({ state: 'complete', progressPct: 100 })
    expect((await scene.client.getFiles(infoHash))?.[0]?.progress_pct).toBe(100)
  })

  test.concurrent('what its indexer demands is given back, too: as much and for as long, however soon our own goal is met', async () => {
    const made = await scene.makeAlbum({ '01.flac': 200_000 })
    const { infoHash, bytes } = made.torrent
    const demand = { ratio: 1.5, secs: 4 }
    const seeder = await scene.seed(made)
    const told = signalled<Given>()
    const stopListening = scene.client.onSeedingGoal((hash, given) => hash === infoHash && told.resolve(given))
    await scene.client.addTorrent({ infoHash, torrentFile: bytes }, made.folder)
    await scene.client.addTorrent({ infoHash, torrentFile: bytes }, made.folder, { demand })
    await scene.client.selectFiles(infoHash, [0])
    await scene.complete(infoHash)
    await seeder.close()
    const first = await scene.seed({ torrent: made.torrent, source: join(scene.root, 'first taker') })
    // All, but for a block that was not counted.
    await until(async () => ((await scene.client.given()).get(infoHash)?.ratio ?? 0) > 0.9)
    // An engine that ends by a ratio alone is set to it anew, and may look at the files again.
    expect(['seeding', 'checking']).toContain((await scene.client.getProgress(infoHash))?.state)
    await first.close()
    await scene.seed({ torrent: made.torrent, source: join(scene.root, 'second taker') })
    const given = await told.promise
    stopListening()
    expect(given.ratio).toBeGreaterThanOrEqual(demand.ratio)
    expect(given.secs).toBeGreaterThanOrEqual(demand.secs)
    expect(await scene.client.getProgress(infoHash)).toMatchObject({ state: 'complete', progressPct: 100 })
  })
}
