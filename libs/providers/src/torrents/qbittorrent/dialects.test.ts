import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { waitFor } from '@torrentino/testkit'
import type { TorrentClient } from '../torrent-client.js'
import type { QbittorrentOptions } from './options.js'
import { type FakeOptions, type FakeQbittorrent, startFakeQbittorrent } from './test-support/fake-qbittorrent.js'
import { madeTorrent } from './test-support/made-torrent.js'
import { openTestClient } from './test-support/test-client.js'

const root = await mkdtemp(join(tmpdir(), 'torrentino-dialects-'))
afterAll(() => rm(root, { recursive: true, force: true }))

const VERSIONS = ['2.8.19', '2.9.3', '2.11.4', '2.15.1']
const WAIT = { stallTimeoutMs: 120_000 }
const SOON = { timeoutMs: 120_000 }
const clients: TorrentClient[] = []
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close()
})

function open(fake: FakeQbittorrent, options: Partial<QbittorrentOptions> = {}): TorrentClient {
  const client = openTestClient(fake, options)
  clients.push(client)
  return client
}

async function start(options: Partial<FakeOptions> = {}): Promise<FakeQbittorrent> {
  return startFakeQbittorrent({ webapi: '2.11.4', password: 's3cret', ...options })
}

describe.each(VERSIONS)('Web API %s', (webapi) => {
  test('a .torrent: added stopped and unwanted, selected, finished, given back, removed', async () => {
    const fake = await start({ webapi })
    const client = open(fake)
    const { infoHash, bytes } = madeTorrent(`Album ${webapi}`, { '01.flac': 1000, '02.flac': 2000, 'cover.jpg': 300 })
    const folder = join(root, infoHash)
    await client.addTorrent({ infoHash, torrentFile: bytes }, folder, { label: 'ticket one, two' })
    const torrent = fake.torrents.of(infoHash)
    expect(torrent).toMatchObject({
      savePath: folder,
      category: 'music',
      priorities: [0, 0, 0],
      state: expect.stringMatching(/^(paused|stopped)/),
    })
    expect([...torrent.tags]).toEqual(['torrentino', 'ticket one  two'])
    expect(Object.values(torrent.limits ?? {}).slice(0, 2)).toEqual(['-1', '-1'])

    await client.selectFiles(infoHash, [1])
    expect(torrent).toMatchObject({ priorities: [0, 1, 0], state: 'downloading' })
    const goals: number[] = []
    client.onSeedingGoal((_, { ratio }) => goals.push(ratio))
    const done = client.waitForCompletion(infoHash, WAIT)
    await fake.torrents.finish(infoHash)
    expect(await done).toMatchObject({ state: 'seeding', progressPct: 100, wantedBytes: 2000 })

    torrent.ratio = 1.25
    await waitFor('the goal', () => goals.length > 0)
    expect(goals).toEqual([1.25])
    expect(torrent.state).toMatch(/^(paused|stopped)UP$/)
    expect(await client.getProgress(infoHash)).toMatchObject({ state: 'complete' })

    await client.removeTorrent(infoHash, true)
    expect(fake.torrents.byId.size).toBe(0)
    await expect(readdir(folder)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  test('a magnet: stopped at its metadata, which is read and given priority 0 before anything is selected', async () => {
    const fake = await start({ webapi })
    const client = open(fake)
    const { infoHash, bytes, magnetUri } = madeTorrent('From a magnet', { '01.flac': 1000, '02.flac': 2000 })
    await client.addTorrent({ infoHash, magnetUri }, join(root, infoHash))
    expect(await client.getFiles(infoHash)).toBeNull()
    const files = client.waitForFiles(infoHash, SOON)
    fake.torrents.describe(infoHash, bytes)
    expect((await files).map(({ path, wanted }) => [path, wanted])).toEqual([
      ['From a magnet/01.flac', false],
      ['From a magnet/02.flac', false],
    ])
    expect(fake.torrents.of(infoHash)).toMatchObject({ priorities: [0, 0], state: expect.stringMatching(/^(paused|stopped)DL$/) })
  })

  test('pause and resume', async () => {
    const fake = await start({ webapi })
    const client = open(fake)
    const { infoHash, bytes } = madeTorrent('Held', { '01.flac': 1000 })
    await client.addTorrent({ infoHash, torrentFile: bytes }, join(root, infoHash))
    await client.selectFiles(infoHash, [0])
    await client.pause(infoHash)
    expect(fake.torrents.of(infoHash).state).toMatch(/^(paused|stopped)DL$/)
    await client.resume(infoHash)
    expect(fake.torrents.of(infoHash).state).toBe('downloading')
  })
})

test('a version that is too old is refused, and the health says so', async () => {
  const client = open(await start({ webapi: '2.8.2' }))
  expect(await client.health()).toEqual({ ok: false, message: expect.stringContaining('4.5 is the oldest') })
})

test('who takes a torrent over finds it as it is: nothing is added, checked or unselected again', async () => {
  const fake = await start()
  const { infoHash, bytes, magnetUri } = madeTorrent('Shared', { '01.flac': 1000, '02.flac': 2000 })
  const folder = join(root, infoHash)
  const first = open(fake)
  await first.addTorrent({ infoHash, torrentFile: bytes }, folder, { label: 'ticket one' })
  await first.selectFiles(infoHash, [0])
  const ended = expect(first.waitForCompletion(infoHash, WAIT)).rejects.toMatchObject({ code: 'torrent_removed' })
  await first.letGo(infoHash)
  await ended
  expect(await first.getProgress(infoHash)).toBeNull()

  const second = open(fake)
  await second.addTorrent({ infoHash, magnetUri }, folder, { label: 'ticket two' })
  const torrent = fake.torrents.of(infoHash)
  expect(torrent).toMatchObject({ priorities: [1, 0], state: 'downloading' })
  expect([...torrent.tags]).toEqual(['torrentino', 'ticket one', 'ticket two'])
  expect((await second.getFiles(infoHash))?.map(({ wanted }) => wanted)).toEqual([true, false])
  const done = second.waitForCompletion(infoHash, WAIT)
  await fake.torrents.finish(infoHash)
  expect(await done).toMatchObject({ progressPct: 100, wantedBytes: 1000 })
  expect(fake.requests.filter((path) => path === 'torrents/add')).toHaveLength(1)
})

test.each(VERSIONS)('Web API %s, started just now: what it does not show yet keeps its selection', async (webapi) => {
  const fake = await start({ webapi })
  const { infoHash, bytes } = madeTorrent('Late', { '01.flac': 1000, '02.flac': 2000 })
  const folder = join(root, infoHash)
  fake.torrents.add(infoHash, { savePath: folder, tags: new Set(['torrentino']), state: 'downloading' })
  fake.torrents.describe(infoHash, bytes)
  fake.torrents.of(infoHash).priorities = [0, 1]
  fake.hidden.add(infoHash)
  const client = open(fake)
  await client.addTorrent({ infoHash, torrentFile: bytes }, folder)
  expect(fake.torrents.of(infoHash)).toMatchObject({ priorities: [0, 1], state: 'downloading' })
  expect((await client.getFiles(infoHash))?.map(({ wanted }) => wanted)).toEqual([false, true])
})

test('a magnet whose metadata must not be fetched is taken out again', async () => {
  const fake = await start()
  const client = open(fake)
  const { infoHash, bytes, magnetUri } = madeTorrent('..', { '01.flac': 1000 })
  await client.addTorrent({ infoHash, magnetUri }, join(root, infoHash))
  const files = client.waitForFiles(infoHash, SOON)
  const refused = expect(files).rejects.toMatchObject({ kind: 'permanent', code: 'torrent_unsafe' })
  Object.assign(fake.torrents.of(infoHash), { torrent: bytes, meta: { files: [], totalBytes: 1000 } })
  await refused
  await waitFor('the removal', () => fake.torrents.byId.size === 0)
})

test('names that qBittorrent reads otherwise are refused before anything is fetched', async () => {
  const fake = await start()
  const client = open(fake)
  const { infoHash, bytes, magnetUri } = madeTorrent('Honest', { '01.flac': 1000 })
  const other = madeTorrent('Honest', { '02.flac': 1000 })
  await client.addTorrent({ infoHash, magnetUri }, join(root, infoHash))
  const refused = expect(client.waitForFiles(infoHash, SOON)).rejects.toMatchObject({ code: 'torrent_unsafe' })
  fake.torrents.describe(infoHash, other.bytes)
  fake.torrents.of(infoHash).torrent = bytes
  await refused
  await waitFor('the removal', () => fake.torrents.byId.size === 0)
})

test('a hybrid torrent goes by another hash in qBittorrent, from its metadata on', async () => {
  const fake = await start({ webapi: '2.15.1' })
  const client = open(fake)
  const { infoHash, bytes, magnetUri } = madeTorrent('Both versions', { '01.flac': 1000 })
  await client.addTorrent({ infoHash, magnetUri }, join(root, infoHash))
  const files = client.waitForFiles(infoHash, SOON)
  fake.torrents.describe(infoHash, bytes, 'f'.repeat(40))
  expect(await files).toHaveLength(1)
  await client.selectFiles(infoHash, [0])
  const done = client.waitForCompletion(infoHash, WAIT)
  await fake.torrents.finish(infoHash)
  expect(await done).toMatchObject({ infoHash, progressPct: 100 })
  await client.removeTorrent(infoHash, true)
  expect(fake.torrents.byId.size).toBe(0)
})

test('filler files are ours to know: they shift no number', async () => {
  const fake = await start()
  const client = open(fake)
  const { infoHash, bytes } = madeTorrent('Padded', { '01.flac': 1000, '.pad/24': 24, '02.flac': 2000 })
  await client.addTorrent({ infoHash, torrentFile: bytes }, join(root, infoHash))
  await client.selectFiles(infoHash, [2])
  expect(fake.torrents.of(infoHash).priorities).toEqual([0, 1])
  expect((await client.getFiles(infoHash))?.map(({ path, wanted }) => [path, wanted])).toEqual([
    ['Padded/01.flac', false],
    ['Padded/.pad/24', false],
    ['Padded/02.flac', true],
  ])
})

test('folders by other names: added there, looked for here', async () => {
  const fake = await start()
  const client = open(fake, { pathMap: [{ theirs: 'D:\\Downloads\\', ours: root }] })
  const { infoHash, bytes } = madeTorrent('Mapped', { '01.flac': 1000 })
  await client.addTorrent({ infoHash, torrentFile: bytes }, join(root, infoHash))
  expect(fake.torrents.of(infoHash).savePath).toBe(`D:\\Downloads\\${infoHash}`)
  await client.selectFiles(infoHash, [0])
  const done = client.waitForCompletion(infoHash, WAIT)
  await fake.torrents.finish(infoHash, (path) => path.replace('D:\\Downloads\\', `${root}/`))
  expect(await done).toMatchObject({ progressPct: 100 })
})

test('what lies in another folder there is not ours', async () => {
  const fake = await start()
  const { infoHash, bytes } = madeTorrent('Of somebody', { '01.flac': 1000 })
  fake.torrents.add(infoHash, { savePath: '/home/somebody' })
  fake.torrents.describe(infoHash, bytes)
  const client = open(fake)
  const adding = client.addTorrent({ infoHash, torrentFile: bytes }, join(root, infoHash))
  await expect(adding).rejects.toMatchObject({ kind: 'permanent', code: 'torrent_elsewhere' })
  expect(await client.getProgress(infoHash)).toBeNull()
  expect(fake.torrents.of(infoHash)).toMatchObject({ limits: null, priorities: [1] })

  await client.removeTorrent(infoHash, true, { folder: join(root, infoHash), paths: [] })
  await client.removeTorrent(infoHash, true)
  expect(fake.torrents.byId.size).toBe(1)
})
