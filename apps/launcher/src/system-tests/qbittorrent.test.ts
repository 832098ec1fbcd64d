import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createHttpClient } from '@torrentino/runtime'
import { hasQbittorrent, type RunningQbittorrent, startQbittorrent, waitFor } from '@torrentino/testkit'
import { faultsOfCompleted } from './support/check-ticket.js'
import { transferBegun } from './support/holds.js'
import { processesOf } from './support/processes.js'
import { QUICK_RECOVERY, startTestSystem, type TestSystem } from './support/test-system.js'

interface TheirTorrent {
  hash: string
  added_on: number
  tags: string
  category: string
}

const describeWithQbittorrent = hasQbittorrent() ? describe : describe.skip

describeWithQbittorrent('downloaded by a real qBittorrent', () => {
  let it: TestSystem
  let qbittorrent: RunningQbittorrent
  let profile: string
  const http = createHttpClient()

  beforeAll(async () => {
    profile = await mkdtemp(join(tmpdir(), 'torrentino-qbittorrent-'))
    qbittorrent = await startQbittorrent(profile)
    const { url, username, password } = qbittorrent
    // Beside another that nobody answers at.
    const clients = [
      { name: 'gone', engine: 'qbittorrent', url: 'http://127.0.0.1:9' },
      { name: 'box', engine: 'qbittorrent', url, username, password },
    ]
    it = await startTestSystem({
      scenes: [{ uploadLimit: 80_000 }, { uploadLimit: 5000 }],
      env: { TORRENT_CLIENTS: JSON.stringify(clients), TORRENT_CLEANUP_POLICY: 'manual', ...QUICK_RECOVERY },
    })
  })

  afterAll(async () => {
    await it?.stop()
    await qbittorrent?.stop()
    http.close()
    await rm(profile, { recursive: true, force: true })
    expect(await processesOf(profile)).toEqual([])
  })

  /** Beside the product, with a login of its own. */
  async function theirTorrents(): Promise<TheirTorrent[]> {
    const { url, username, password } = qbittorrent
    const login = await http.postForm(`${url}/api/v2/auth/login`, new URLSearchParams({ username, password }))
    const cookie = login.headers['set-cookie']?.split(';')[0] ?? ''
    const { body } = await http.get(`${url}/api/v2/torrents/info`, { headers: { cookie } })
    return JSON.parse(body.toString()) as TheirTorrent[]
  }

  test('a ticket is completed, though the worker is killed in mid-transfer: the next one goes on with the same torrent', async () => {
    const [scene] = it.scenes
    if (!scene) throw new Error('the scene is missing')
    const ticket = scene.ticket(it.folders.media)
    await it.post(ticket)
    await transferBegun(it, scene)
    const before = await theirTorrents()
    expect(before).toMatchObject([{ hash: scene.infoHash, category: 'torrentino' }])
    expect(before[0]?.tags).toContain(`ticket ${ticket.ticket_id}`)
    it.system.kill('download-worker')

    await it.completed(ticket.ticket_id)
    expect(await faultsOfCompleted(it, ticket.ticket_id)).toEqual([])
    expect(await theirTorrents()).toMatchObject([{ hash: scene.infoHash, added_on: before[0]?.added_on }])
  })

  test('the one that is gone delays nobody, and all are told of', async () => {
    const clients = async () => (await it.client.stats()).torrent_clients.map(({ name, ok }) => ({ name, ok }))
    await waitFor('the word of a worker', async () => (await clients()).every(({ ok }) => ok !== null))
    expect(await clients()).toEqual([
      { name: 'gone', ok: false },
      { name: 'box', ok: true },
    ])
    expect(await it.store.torrents.find(it.scenes[0]?.infoHash ?? '')).toMatchObject({ client: 'box' })
  })

  test('a cancelled ticket takes its torrent out of qBittorrent, files and all', async () => {
    const [, scene] = it.scenes
    if (!scene) throw new Error('the scene is missing')
    const ticket = scene.ticket(it.folders.media)
    await it.post(ticket)
    await transferBegun(it, scene)
    await it.client.cancel(ticket.ticket_id)
    await waitFor('the end of the torrent', async () => (await theirTorrents()).every(({ hash }) => hash !== scene.infoHash))
    await waitFor('the end of its folder', async () => !(await readdir(it.folders.downloads)).includes(scene.infoHash))
  })
})
