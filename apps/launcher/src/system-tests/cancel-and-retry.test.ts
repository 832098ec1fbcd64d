import { access, mkdir, readdir, readFile, rm, rmdir, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import type { ClientMessage } from '@torrentino/domain'
import { canMount, mountSmallDisk, unmount, waitFor, withRedis } from '@torrentino/testkit'
import { arriveOnce } from './support/arrive-once.js'
import { barrierAtJournal, barrierAtStep, installBarriers } from './support/barriers.js'
import { nothingLeft } from './support/check-leftovers.js'
import { faultsOfHistory } from './support/check-ticket.js'
import { arrived, transferBegun } from './support/holds.js'
import { measured } from './support/measured.js'
import { processesOf, processGone } from './support/processes.js'
import type { PostableTicket, Scene } from './support/scenes.js'
import { QUICK_RECOVERY, startTestSystem, type TestSystem } from './support/test-system.js'

const MAX_CRASHES = 2

let it: TestSystem
let scene: Scene
let crawlingScene: Scene

beforeAll(async () => {
  const env = { ...QUICK_RECOVERY, PROCESSING_MAX_CRASHES: String(MAX_CRASHES), PROCESSING_RETRY_MAX_ATTEMPTS: '20' }
  it = await startTestSystem({ scenes: [{}, { uploadLimit: 5000 }], env })
  await installBarriers(it.sql)
  const [quick, crawling] = it.scenes
  if (!quick || !crawling) throw new Error('scenes are missing')
  scene = quick
  crawlingScene = crawling
})
afterAll(async () => {
  await it?.stop()
  expect(await processesOf(it.folders.root)).toEqual([])
})

function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}

function folderOf(ticket: PostableTicket): string {
  return dirname(ticket.tracks[0]?.dest_path ?? '')
}

/** From the answer to the DELETE on. */
async function cancelled(ticketId: string, gone: () => Promise<void>): Promise<number> {
  await it.client.cancel(ticketId)
  const began = Date.now()
  await gone()
  return Date.now() - began
}

async function failed(ticketId: string): Promise<Record<string, unknown>> {
  return (await it.until(ticketId, ['failed'])).details
}

describe('a cancelled ticket', () => {
  test('that was being downloaded: torrent, its files and its row are gone, the destination was never touched', async () => {
    const ticket = crawlingScene.ticket(it.folders.media)
    const { infoHash } = crawlingScene
    await it.post(ticket)
    await transferBegun(it, crawlingScene)
    const tookMs = await cancelled(ticket.ticket_id, () =>
      waitFor(
        'the end of the torrent',
        async () => !(await exists(join(it.folders.downloads, infoHash))) && !(await it.store.torrents.find(infoHash)),
      ),
    )
    measured('cancelled while downloading', tookMs)
    await nothingLeft(it)
    expect(await exists(folderOf(ticket))).toBe(false)
    // An engine that still held it would write it again.
    expect(await exists(join(it.folders.downloads, infoHash))).toBe(false)
    expect(await faultsOfHistory(it.store, ticket.ticket_id)).toEqual([])
  })

  test('that was being converted: no ffmpeg runs, no converted file is kept', async () => {
    const ticket = scene.ticket(it.folders.media)
    const id = ticket.ticket_id
    const hold = await it.ffmpeg.hold(id)
    await it.post(ticket)
    await arrived(hold, 2)
    const tookMs = await cancelled(id, async () => {
      for (const pid of await hold.pids()) await processGone(pid)
      await waitFor('the end of the work folder', async () => !(await exists(join(it.folders.work, id))))
    })
    measured('cancelled while converting', tookMs)
    await nothingLeft(it)
    expect(await exists(folderOf(ticket))).toBe(false)
  })

  test('that was being placed: what stood at the destination stands there again, and nothing else', async () => {
    const ticket = scene.ticket(it.folders.media)
    const earlier = ticket.tracks[0]?.dest_path ?? ''
    await mkdir(folderOf(ticket), { recursive: true })
    await writeFile(earlier, 'the earlier file')
    const barrier = await barrierAtJournal(it, ticket.ticket_id, 'placed')
    await it.post(ticket)
    await barrier.reached()
    expect(await readFile(earlier, 'utf8')).not.toBe('the earlier file')
    await it.client.cancel(ticket.ticket_id)
    const began = Date.now()
    await barrier.lift()
    await waitFor('the earlier file', async () => (await readFile(earlier, 'utf8').catch(() => '')) === 'the earlier file')
    measured('cancelled while placing', Date.now() - began)
    await nothingLeft(it)
    expect(await readdir(folderOf(ticket))).toHaveLength(1)
    expect(await readFile(earlier, 'utf8')).toBe('the earlier file')
  })
})

test('a download that is paused lets go of its transfer and its place, tells so, and goes on when it is resumed', async () => {
  const ticket = crawlingScene.ticket(it.folders.media)
  const id = ticket.ticket_id
  const hasPlace = () => withRedis(it.redis.url, async (redis) => (await redis.zscore('torrentino:lease:downloads', id)) !== null)
  await it.post(ticket)
  await transferBegun(it, crawlingScene)
  expect(await hasPlace()).toBe(true)
  const paused = await it.client.pause(id)
  expect(paused).toMatchObject({ state: 'downloading', details: { paused: { at: expect.any(String) } } })
  await waitFor('the free place', async () => !(await hasPlace()))
  await it.client.resume(id)
  await waitFor('its place', hasPlace)
  const found = new AbortController()
  const progress: unknown[] = []
  const onMessage = (message: ClientMessage) => {
    if (message.type === 'progress' && (message.peers ?? 0) > 0) progress.push(message)
  }
  const following = it.client.stream({ ticketIds: [id], signal: found.signal, onMessage }).catch(() => {})
  await waitFor('its progress', () => progress.length > 0)
  found.abort()
  await following
  expect(progress[0]).toMatchObject({ ticket_id: id, stage: 'download', download_speed_bps: expect.any(Number), peers: expect.any(Number) })
  const { history } = await it.client.getTicket(id)
  expect(history.slice(-2).map(({ cause }) => cause)).toEqual(['pause', 'resume'])
  await it.client.cancel(id)
  await nothingLeft(it)
  expect(await faultsOfHistory(it.store, id)).toEqual([])
})

test('a ticket that may be placed in part has what could be made at its place, and says what is missing and why', async () => {
  const ticket = scene.ticket(it.folders.media, { constraints: { allow_partial: true } })
  const id = ticket.ticket_id
  await it.ffmpeg.spoil(id, 1)
  await it.post(ticket)
  const { details, items } = await it.completed(id)
  const [made, lost] = ticket.tracks
  expect(details.missing_items).toEqual([lost?.catalog_track_id])
  expect(items.find((item) => item.item_id === lost?.catalog_track_id)).toMatchObject({ status: 'failed', error: expect.any(String) })
  const placed = await readdir(folderOf(ticket))
  expect(placed).toContain(basename(made?.dest_path ?? ''))
  expect(placed).not.toContain(basename(lost?.dest_path ?? ''))
  const { files } = await it.client.files(id)
  expect(files.map((file) => file.item_id)).not.toContain(lost?.catalog_track_id)
  await nothingLeft(it)
  expect(await faultsOfHistory(it.store, id)).toEqual([])
})

describe('a failed ticket that is tried again', () => {
  test('in conversion: makes only what is missing, searches and downloads nothing', async () => {
    const ticket = scene.ticket(it.folders.media)
    const id = ticket.ticket_id
    const [mend, hold] = [await it.ffmpeg.spoil(id, 1), await it.ffmpeg.hold(id, 1)]
    const madeItems = async () => (await it.store.items.of(id)).filter((item) => item.status === 'done')
    await it.post(ticket)
    await waitFor('the other items', async () => (await madeItems()).length === 2)
    await hold.release()
    expect((await failed(id)).code).toBe('media_unreadable')
    const made = await madeItems()
    const calls = await it.ffmpeg.calls(id)
    const asked = scene.gate.requests.length
    const loaded = (await it.store.torrents.find(scene.infoHash))?.completedAt
    await mend()
    await it.client.retry(id)
    await arriveOnce(it, [id])
    expect(scene.gate.requests).toHaveLength(asked)
    expect((await it.store.torrents.find(scene.infoHash))?.completedAt).toEqual(loaded)
    const after = await it.store.items.of(id)
    for (const item of made) expect(after).toContainEqual(item)
    expect((await it.ffmpeg.calls(id))[0]).toBe(calls[0])
  })

  test('in placement: converts nothing again', async () => {
    const ticket = scene.ticket(it.folders.media)
    const id = ticket.ticket_id
    const inTheWay = ticket.tracks[1]?.dest_path ?? ''
    await mkdir(inTheWay, { recursive: true })
    await it.post(ticket)
    expect((await failed(id)).code).toBe('destination_is_folder')
    await waitFor('the rollback', async () => (await readdir(folderOf(ticket))).length === 1)
    const calls = await it.ffmpeg.calls(id)
    await rmdir(inTheWay)
    await it.client.retry(id)
    await arriveOnce(it, [id])
    expect(await it.ffmpeg.calls(id)).toEqual(calls)
  })

  test('after it killed its worker again and again, which ended with a reason and left the worker to others', async () => {
    const [ticket, next] = [scene.ticket(it.folders.media), scene.ticket(it.folders.media)]
    const id = ticket.ticket_id
    const cure = await it.ffmpeg.poison(id)
    await it.post(ticket)
    const { code, failed_at_state } = await failed(id)
    expect({ code, failed_at_state }).toEqual({ code: 'crashes', failed_at_state: 'converting' })
    const items = await it.store.items.of(id)
    expect(Math.max(...items.map((item) => item.crashes))).toBe(MAX_CRASHES + 1)
    await it.post(next)
    await it.completed(next.ticket_id)
    await cure()
    await it.client.retry(id)
    await arriveOnce(it, [id, next.ticket_id])
  })
})

test('a ticket whose converted files are gone when they are to be placed makes them again by itself', async () => {
  const ticket = scene.ticket(it.folders.media)
  const id = ticket.ticket_id
  const barrier = await barrierAtStep(it, id, 'placing')
  await it.post(ticket)
  await barrier.reached()
  await rm(join(it.folders.work, id), { recursive: true })
  await barrier.lift()
  await arriveOnce(it, [id])
  expect((await it.store.steps.history(id)).map(({ cause }) => cause).slice(-3)).toEqual([
    'files_gone',
    'conversion_done',
    'placement_done',
  ])
})

const onSmallDisks = canMount() ? describe : describe.skip

onSmallDisks('on a full disk', () => {
  const LAST_BYTES = 64 * 1024
  const DISK_BYTES = 4 * 1024 * 1024
  const mounted: string[] = []
  afterEach(() => {
    for (const folder of mounted.splice(0)) unmount(folder)
  })

  /** A disk that is almost full; answers how to make room. */
  async function fullDisk(folder: string): Promise<() => Promise<void>> {
    mountSmallDisk(folder, DISK_BYTES)
    mounted.push(folder)
    const ballast = join(folder, 'ballast')
    await writeFile(ballast, Buffer.alloc(DISK_BYTES - LAST_BYTES))
    return () => rm(ballast)
  }

  test('converting waits for room, says so, and goes on', async () => {
    const makeRoom = await fullDisk(it.folders.work)
    const ticket = scene.ticket(it.folders.media)
    const id = ticket.ticket_id
    await it.post(ticket)
    await it.until(id, ['converting'])
    await waitFor('the wait', async () => (await it.until(id, ['converting'])).wait?.reason.includes('No space left') === true)
    expect(Math.max(...(await it.store.items.of(id)).map((item) => item.attempts))).toBe(0)
    await makeRoom()
    await arriveOnce(it, [id])
  })

  test('placing rolls back, waits for room, says so, and goes on', async () => {
    const small = join(it.folders.media, 'small')
    const makeRoom = await fullDisk(small)
    const ticket = scene.ticket(small)
    const id = ticket.ticket_id
    await it.post(ticket)
    await waitFor('the wait', async () => (await it.until(id, ['placing'])).wait?.reason.includes('No space left') === true)
    expect((await it.store.tickets.find(id))?.attempts).toBe(0)
    expect(await readdir(small)).toEqual(['ballast'])
    await makeRoom()
    await arriveOnce(it, [id])
  })
})
