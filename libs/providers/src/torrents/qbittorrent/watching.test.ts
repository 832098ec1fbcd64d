import { mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, describe, expect, jest, test } from '@jest/globals'
import { waitFor } from '@torrentino/testkit'
import { signalled } from '../contract/helpers.js'
import type { TorrentClient, TorrentProgress, TorrentState } from '../torrent-client.js'
import type { QbittorrentOptions } from './options.js'
import { type FakeQbittorrent, startFakeQbittorrent } from './test-support/fake-qbittorrent.js'
import { type MadeTorrent, madeTorrent } from './test-support/made-torrent.js'
import { openTestClient } from './test-support/test-client.js'

const root = await mkdtemp(join(tmpdir(), 'torrentino-watching-'))
afterAll(() => rm(root, { recursive: true, force: true }))

const WAIT = { stallTimeoutMs: 120_000 }
const clients: TorrentClient[] = []
afterEach(async () => {
  for (const client of clients.splice(0)) await client.close()
})

async function start(options: Partial<QbittorrentOptions> = {}): Promise<{ fake: FakeQbittorrent; client: TorrentClient }> {
  const fake = await startFakeQbittorrent({ webapi: '2.11.4' })
  const client = openTestClient(fake, options)
  clients.push(client)
  return { fake, client }
}

/** In the client and running. */
async function running(fake: FakeQbittorrent, client: TorrentClient, name: string): Promise<MadeTorrent> {
  const made = madeTorrent(name, { '01.flac': 1000, '02.flac': 3000 })
  await client.addTorrent({ infoHash: made.infoHash, torrentFile: made.bytes }, join(root, made.infoHash))
  await client.selectFiles(made.infoHash, [0, 1])
  expect(fake.torrents.of(made.infoHash).state).toBe('downloading')
  return made
}

const asked = ({ requests }: FakeQbittorrent, what: string) => requests.filter((path) => path === what).length
const looks = (fake: FakeQbittorrent) => asked(fake, 'sync/maindata')

/** The files were looked at twice from now on: the first look is over. */
async function lookedAtFiles(fake: FakeQbittorrent): Promise<void> {
  const before = asked(fake, 'torrents/files')
  await waitFor('two looks at the files', () => asked(fake, 'torrents/files') > before + 1)
}

test('1,000 running downloads cost one request a tick, and one that is done is acted on within a tick', async () => {
  const { fake, client } = await start({ tickMs: 300 })
  const made = Array.from({ length: 1000 }, (_, number) => madeTorrent(`Album ${number}`, { '01.flac': 1000 }))
  for (const { infoHash, bytes } of made) {
    fake.torrents.add(infoHash, { savePath: join(root, infoHash), tags: new Set(['torrentino']) })
    fake.torrents.describe(infoHash, bytes)
  }
  await Promise.all(made.map(({ infoHash, bytes }) => client.addTorrent({ infoHash, torrentFile: bytes }, join(root, infoHash))))
  const finished: string[] = []
  const told = new Set<string>()
  const waits = made.map(({ infoHash }) =>
    client
      .waitForCompletion(infoHash, { ...WAIT, indexes: [0], onProgress: () => told.add(infoHash) })
      .then(() => finished.push(infoHash))
      .catch(() => {}),
  )
  const begun = looks(fake)
  fake.requests.length = 0
  await waitFor('five looks', () => looks(fake) >= 5)
  expect(begun).toBeGreaterThan(0)
  expect(new Set(fake.requests)).toEqual(new Set(['sync/maindata']))
  expect(told.size).toBe(1000)

  const { infoHash = '' } = made[500] ?? {}
  await fake.torrents.finish(infoHash)
  const before = looks(fake)
  await waitFor('the end of one wait', () => finished.length > 0)
  expect(finished).toEqual([infoHash])
  // One may have been on its way already.
  expect(looks(fake) - before).toBeLessThanOrEqual(2)
  expect(fake.requests.filter((path) => path !== 'sync/maindata')).toEqual(['torrents/files'])
  await client.close()
  await Promise.all(waits)
})

test('nobody is asked while nobody waits', async () => {
  const { fake, client } = await start({ tickMs: 10 })
  const { infoHash } = await running(fake, client, 'Left alone')
  const leaving = new AbortController()
  const waiting = client.waitForCompletion(infoHash, { ...WAIT, signal: leaving.signal })
  leaving.abort(new Error('left'))
  await expect(waiting).rejects.toThrow('left')
  const [last] = [looks(fake)]
  // A round trip of its own, longer than many ticks.
  for (let asked = 0; asked < 50; asked++) await client.getFiles(infoHash)
  expect(looks(fake)).toBeLessThanOrEqual(last + 1)
})

describe('what a state means for a wait', () => {
  const lines: [state: string, TorrentState][] = [
    ['downloading', 'downloading'],
    ['stalledDL', 'downloading'],
    ['ForcedDL', 'downloading'],
    ['allocating', 'downloading'],
    ['queuedDL', 'paused'],
    ['pausedDL', 'paused'],
    ['stoppedDL', 'paused'],
    ['checkingDL', 'checking'],
    ['checkingUP', 'checking'],
    ['checkingResumeData', 'checking'],
    ['moving', 'checking'],
    ['a state of the future', 'downloading'],
    // Of the selection before: its files say otherwise.
    ['stalledUP', 'downloading'],
  ]
  test.each(lines)('%s: %s, and it goes on', async (state, expected) => {
    const { fake, client } = await start()
    const { infoHash } = await running(fake, client, state)
    fake.torrents.of(infoHash).state = state
    expect(await client.getProgress(infoHash)).toMatchObject({ state: expected, progressPct: 0 })
  })

  test.each([
    ['error', 1e12, 'download_failed'],
    ['error', 100, 'disk_full'],
    ['missingFiles', 1e12, 'files_missing'],
  ])('%s with %d bytes free: %s, until it is added again', async (state, freeBytes, code) => {
    const { fake, client } = await start()
    const { infoHash, bytes } = await running(fake, client, `${state} ${freeBytes}`)
    Object.assign(fake, { freeBytes })
    fake.torrents.of(infoHash).state = state
    await expect(client.waitForCompletion(infoHash, WAIT)).rejects.toMatchObject({ kind: 'retryable', code })
    expect(await client.getProgress(infoHash)).toMatchObject({ state: 'error', error: expect.any(String) })

    await client.addTorrent({ infoHash, torrentFile: bytes }, join(root, infoHash))
    await client.selectFiles(infoHash, [0])
    const done = client.waitForCompletion(infoHash, WAIT)
    await fake.torrents.finish(infoHash)
    expect(await done).toMatchObject({ state: 'seeding' })
    expect(fake.requests.includes('torrents/recheck')).toBe(state === 'missingFiles')
  })

  test('an error of what was on its way to the disk when it was tried again does not end the new try', async () => {
    const { fake, client } = await start()
    const { infoHash, bytes } = await running(fake, client, 'Late error')
    fake.torrents.of(infoHash).state = 'error'
    await expect(client.waitForCompletion(infoHash, WAIT)).rejects.toMatchObject({ code: 'download_failed' })
    await client.addTorrent({ infoHash, torrentFile: bytes }, join(root, infoHash))
    await client.selectFiles(infoHash, [0])
    fake.torrents.of(infoHash).state = 'error'
    const done = client.waitForCompletion(infoHash, WAIT)
    await waitFor('the start', () => fake.torrents.of(infoHash).state === 'downloading')
    await fake.torrents.finish(infoHash)
    expect(await done).toMatchObject({ state: 'seeding' })
  })

  test('an error that is seen while it is being added again is the one of before', async () => {
    const { fake, client } = await start()
    const { infoHash, bytes } = await running(fake, client, 'Error of before')
    fake.torrents.of(infoHash).state = 'error'
    await expect(client.waitForCompletion(infoHash, WAIT)).rejects.toMatchObject({ code: 'download_failed' })
    const answer = signalled()
    fake.delays.set('torrents/addTags', answer.promise)
    const adding = client.addTorrent({ infoHash, torrentFile: bytes }, join(root, infoHash), { label: 'ticket 1' })
    await waitFor('the tags', () => asked(fake, 'torrents/addTags') > 0)
    await client.getProgress(infoHash)
    answer.resolve()
    await adding
    await client.selectFiles(infoHash, [0])
    expect(await client.getProgress(infoHash)).toMatchObject({ state: 'downloading' })
  })

  test.each(['checkingUP', 'moving'])('whole, but %s: not done before that is over', async (state) => {
    const { fake, client } = await start()
    const { infoHash } = await running(fake, client, `Whole and ${state}`)
    await fake.torrents.finish(infoHash)
    fake.torrents.of(infoHash).state = state
    const seen: TorrentProgress[] = []
    const done = client.waitForCompletion(infoHash, { ...WAIT, onProgress: (progress) => seen.push(progress) })
    await waitFor('a few looks', () => seen.length > 2)
    expect(seen.map((progress) => progress.state)).toEqual(seen.map(() => 'checking'))
    fake.torrents.of(infoHash).state = 'uploading'
    expect(await done).toMatchObject({ state: 'seeding' })
  })
})

test('a torrent that somebody removed ends its waits, and can be added again', async () => {
  const { fake, client } = await start()
  const { infoHash } = await running(fake, client, 'Removed')
  const waiting = expect(client.waitForCompletion(infoHash, WAIT)).rejects.toMatchObject({ kind: 'retryable', code: 'torrent_removed' })
  fake.torrents.byId.clear()
  await waiting
  expect(await client.getProgress(infoHash)).toBeNull()
  await running(fake, client, 'Removed')
})

test('files that are whole and not to be seen are waited for, each time anew; for too long, the setting is named', async () => {
  const now = Date.now
  let later = 0
  const clock = jest.spyOn(Date, 'now').mockImplementation(() => now() + later)
  try {
    const { fake, client } = await start()
    const { infoHash } = await running(fake, client, 'Unseen')
    const waiting = client.waitForCompletion(infoHash, WAIT)
    await fake.torrents.finish(infoHash, (path) => `${path}-elsewhere`)
    expect(await client.getProgress(infoHash)).toMatchObject({ state: 'downloading' })
    await lookedAtFiles(fake)
    await fake.torrents.finish(infoHash)
    expect(await waiting).toMatchObject({ state: 'seeding' })

    later += 16_000
    await rename(join(root, infoHash), join(root, `${infoHash}-away`))
    await client.selectFiles(infoHash, [0])
    const again = client.waitForCompletion(infoHash, WAIT)
    const ended = expect(again).rejects.toMatchObject({
      code: 'files_unreachable',
      message: expect.stringContaining('qbittorrent.path_map'),
    })
    await lookedAtFiles(fake)
    expect(await client.getProgress(infoHash)).toMatchObject({ state: 'seeding' })
    later += 16_000
    await ended
  } finally {
    clock.mockRestore()
  }
})

describe('what is paused', () => {
  const stateOf = (fake: FakeQbittorrent, infoHash: string) => fake.torrents.of(infoHash).state

  test('while the server is away is stopped as soon as it is there again', async () => {
    const { fake, client } = await start({ tickMs: 20 })
    const { infoHash } = await running(fake, client, 'Paused in vain')
    fake.trouble = 503
    await expect(client.pause(infoHash)).rejects.toMatchObject({ code: 'client_unreachable' })
    fake.trouble = undefined
    await waitFor('the stop', () => stateOf(fake, infoHash) === 'stoppedDL')
    expect(await client.getProgress(infoHash)).toMatchObject({ state: 'paused' })
  })

  test.each(['downloading', 'queuedDL'])('and is found as %s all the same is stopped again, until it is resumed', async (state) => {
    const { fake, client } = await start({ tickMs: 20 })
    const { infoHash } = await running(fake, client, `Paused ${state}`)
    await client.pause(infoHash)
    fake.torrents.of(infoHash).state = state
    await waitFor('the stop', () => stateOf(fake, infoHash) === 'stoppedDL')
    await client.resume(infoHash)
    await client.getProgress(infoHash)
    await client.getProgress(infoHash)
    expect(stateOf(fake, infoHash)).toBe('downloading')
  })

  test('and held by nobody is stopped where it lies, if it is ours', async () => {
    const { fake, client } = await start()
    const { infoHash } = await running(fake, client, 'Left behind')
    const other = openTestClient(fake)
    clients.push(other)
    await other.pause(infoHash, join(root, 'elsewhere'))
    expect(stateOf(fake, infoHash)).toBe('downloading')
    await other.pause(infoHash, join(root, infoHash))
    expect(stateOf(fake, infoHash)).toBe('stoppedDL')
    fake.requests.length = 0
    await other.pause(infoHash, join(root, infoHash))
    expect(asked(fake, 'torrents/stop')).toBe(0)
  })
})

test('a server that is away for a while is waited for; for too long, it is named', async () => {
  const { fake, client } = await start()
  const { infoHash } = await running(fake, client, 'Away')
  const waiting = client.waitForCompletion(infoHash, WAIT)
  const impatient = client.waitForCompletion(infoHash, { stallTimeoutMs: 500 })
  fake.trouble = 502
  await expect(impatient).rejects.toMatchObject({ kind: 'retryable', code: 'client_unreachable' })
  fake.trouble = undefined
  await fake.torrents.finish(infoHash)
  expect(await waiting).toMatchObject({ progressPct: 100 })
})

test('a seeding time ends it whatever the ratio', async () => {
  const { fake, client } = await start({ seedRatio: 0, seedSecs: 3600, tickMs: 20 })
  const { infoHash } = await running(fake, client, 'For an hour')
  const goals: string[] = []
  client.onSeedingGoal((hash) => goals.push(hash))
  const done = client.waitForCompletion(infoHash, WAIT)
  await fake.torrents.finish(infoHash)
  await done
  Object.assign(fake.torrents.of(infoHash), { ratio: 5, seedingTime: 3599 })
  const before = looks(fake)
  await waitFor('another look', () => looks(fake) > before + 1)
  expect(goals).toEqual([])
  fake.torrents.of(infoHash).seedingTime = 3600
  await waitFor('the goal', () => goals.length > 0)
  expect(goals).toEqual([infoHash])
})

test('what is widened just when its seeding goal is met is loaded and given back first', async () => {
  const { fake, client } = await start({ tickMs: 20 })
  const { infoHash } = await running(fake, client, 'Wider')
  await client.selectFiles(infoHash, [0])
  const first = client.waitForCompletion(infoHash, WAIT)
  await fake.torrents.finish(infoHash)
  await first
  const goals: string[] = []
  client.onSeedingGoal((hash) => goals.push(hash))
  const answer = signalled()
  fake.delays.set('torrents/files', answer.promise)
  const before = asked(fake, 'torrents/files')
  const widening = client.selectFiles(infoHash, [0, 1])
  await waitFor('the widening', () => asked(fake, 'torrents/files') > before)
  fake.torrents.of(infoHash).ratio = 2
  // Sees the goal met; what follows from that has its turn after the widening.
  await client.getProgress(infoHash)
  answer.resolve()
  await widening
  await client.selectFiles(infoHash, [0, 1])
  expect(fake.requests).not.toContain('torrents/stop')
  expect(await client.getProgress(infoHash)).toMatchObject({ state: 'downloading' })
  expect(goals).toEqual([])

  const second = client.waitForCompletion(infoHash, WAIT)
  await fake.torrents.finish(infoHash)
  await second
  await waitFor('the goal', () => goals.length > 0)
  expect(await client.getProgress(infoHash)).toMatchObject({ state: 'complete' })
})

describe('bound to an interface', () => {
  test.each([
    ['tun0', { current_network_interface: 'tun0', current_interface_address: '' }],
    ['10.8.0.2', { current_network_interface: '', current_interface_address: '10.8.0.2' }],
  ])('%s: qBittorrent is told so', async (name, preferences) => {
    const { fake, client } = await start({ interface: name })
    fake.addresses.tun0 = ['10.8.0.2']
    expect(await client.health()).toMatchObject({ ok: true })
    expect(fake.preferences).toEqual(preferences)
  })

  test('while it is down nothing is added, what runs is stopped, and the health says so', async () => {
    const { fake, client } = await start({ interface: 'tun0', tickMs: 20 })
    fake.addresses.tun0 = ['10.8.0.2']
    const { infoHash } = await running(fake, client, 'Through the tunnel')
    const waiting = client.waitForCompletion(infoHash, WAIT)
    fake.addresses.tun0 = []
    await waitFor('the stop', () => fake.torrents.of(infoHash).state === 'stoppedDL')
    expect(await client.health()).toEqual({ ok: false, message: expect.stringContaining('tun0 (torrent.interface) is down') })
    const other = madeTorrent('Not now', { '01.flac': 1000 })
    const adding = client.addTorrent({ infoHash: other.infoHash, torrentFile: other.bytes }, join(root, other.infoHash))
    await expect(adding).rejects.toMatchObject({ kind: 'retryable', code: 'interface_down' })
    expect(fake.torrents.byId.size).toBe(1)

    fake.addresses.tun0 = ['10.8.0.3']
    await waitFor('the start', () => fake.torrents.of(infoHash).state === 'downloading')
    await fake.torrents.finish(infoHash)
    expect(await waiting).toMatchObject({ progressPct: 100 })
  })
})
