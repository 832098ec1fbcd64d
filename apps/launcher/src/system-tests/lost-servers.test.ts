import { mkdir, rmdir } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import type { NewTicketInput } from '@torrentino/client'
import { waitFor } from '@torrentino/testkit'
import { arriveOnce } from './support/arrive-once.js'
import { barrierAtJournal, barrierAtStep, installBarriers } from './support/barriers.js'
import { faultsOfHistory } from './support/check-ticket.js'
import { arrived, holdInside, transferBegun } from './support/holds.js'
import { measured } from './support/measured.js'
import { processesOf } from './support/processes.js'
import type { PostableTicket, Scene } from './support/scenes.js'
import { startTestSystem, type TestSystem } from './support/test-system.js'

type Outage = ['silent' | 'killed', secs: number]
// A minute is worth a try by hand now and then.
const byHand = Number(process.env.SYSTEM_TEST_OUTAGE_SECS ?? 0)
const OUTAGES: Outage[] =
  byHand > 0
    ? [
        ['silent', byHand],
        ['killed', byHand],
      ]
    : [
        ['silent', 3],
        ['silent', 15],
        ['killed', 15],
      ]

let it: TestSystem
let searched: Scene
let matched: Scene
let slow: Scene
let scene: Scene

beforeAll(async () => {
  it = await startTestSystem({ scenes: [{}, {}, { uploadLimit: 60_000 }, {}] })
  await installBarriers(it.sql)
  ;[searched, matched, slow, scene] = it.scenes as [Scene, Scene, Scene, Scene]
})
afterAll(async () => {
  await it?.stop()
  expect(await processesOf(it.folders.root)).toEqual([])
})

async function post(from: Scene, count = 1, change: Partial<NewTicketInput> = {}): Promise<string[]> {
  const tickets = Array.from({ length: count }, () => from.ticket(it.folders.media, change))
  return Promise.all(tickets.map((ticket) => it.post(ticket)))
}

/** Its tracks have other names than those of the album that is offered, which only a person can judge; and than those of its like. */
function unclear(word: string): PostableTicket {
  const ticket = scene.ticket(it.folders.media)
  return { ...ticket, tracks: ticket.tracks.map((track, index) => ({ ...track, name: `${['Dawn', 'Little Ships'][index]} ${word}` })) }
}

/** A ticket for each track, since of those that want the same one waits for the other. */
async function postEach(from: Scene): Promise<string[]> {
  const tickets = [0, 1].map((at) => {
    const ticket = from.ticket(it.folders.media)
    return { ...ticket, tracks: ticket.tracks.slice(at, at + 1) }
  })
  return Promise.all(tickets.map((ticket) => it.post(ticket)))
}

/** Five that are in the middle of something. */
async function postBusy(): Promise<string[]> {
  const ids = await post(scene, 5)
  await it.until(ids[0] ?? '', ['downloading'])
  return ids
}

/** An outage is of the length that the test is about. */
async function outage(secs: number, during: () => Promise<unknown> = async () => {}): Promise<void> {
  await Promise.all([delay(secs * 1000), during()])
}

test('Redis is emptied in the middle of 20 tickets in all states: all that can arrive do, and those that wait for a person can go on', async () => {
  const release: (() => unknown)[] = []

  const [completed = '', dry = ''] = [...(await post(scene)), ...(await post(scene, 1, { dry_run: true }))]
  const asking = await Promise.all(['Alder', 'Birch', 'Cedar'].map((word) => it.post(unclear(word))))
  const [lost = ''] = await post(scene, 1, { search: { artist: 'Nobody Whatsoever' } })
  const blocked = scene.ticket(it.folders.media)
  const inTheWay = blocked.tracks[0]?.dest_path ?? ''
  await mkdir(inTheWay, { recursive: true })
  await it.post(blocked)
  const cancelled = await it.post(unclear('Elm'))
  await it.until(cancelled, ['needs_approval'])
  await it.client.cancel(cancelled)
  await it.completed(completed)
  await it.until(dry, ['dry_run_complete'])
  await it.until(lost, ['search_failed'])
  await it.until(blocked.ticket_id, ['failed'])
  for (const id of asking) await it.until(id, ['needs_approval'])

  const placing = [scene, scene].map((from) => from.ticket(it.folders.media))
  for (const ticket of placing) {
    const barrier = await barrierAtJournal(it, ticket.ticket_id, 'placed')
    release.push(barrier.lift)
    await it.post(ticket)
    await barrier.reached()
  }
  const converting = [scene, scene, scene].map((from) => from.ticket(it.folders.media))
  for (const ticket of converting) {
    const hold = await it.ffmpeg.hold(ticket.ticket_id)
    release.push(hold.release)
    await it.post(ticket)
  }
  const downloading = await postEach(slow)
  await transferBegun(it, slow)
  for (const id of downloading) await it.until(id, ['downloading'])
  const holdMatch = await holdInside(it, 'match', matched, '')
  const matching = await postEach(matched)
  await arrived(holdMatch, 2)
  const holdSearch = await holdInside(it, 'search', searched, '')
  const searching = await post(searched, 2)
  // Equal searches at one moment are one question.
  await arrived(holdSearch)
  for (const id of searching) await it.until(id, ['searching'])
  const pending = scene.ticket(it.folders.media)
  const barrier = await barrierAtStep(it, pending.ticket_id, 'searching')
  await it.post(pending)
  await barrier.reached()
  release.push(holdMatch.release, holdSearch.release, barrier.lift)

  const states = Object.fromEntries((await it.store.tickets.countByState()).map(({ state, count }) => [state, count]))
  expect(states).toEqual({
    ...{ pending: 1, searching: 2, matching: 2, downloading: 2, converting: 3, placing: 2 },
    ...{ needs_approval: 3, search_failed: 1, failed: 1, cancelled: 1, completed: 1, dry_run_complete: 1 },
  })

  const began = Date.now()
  await it.redis.flushAll()
  await Promise.all(release.map((letGo) => letGo()))
  const running = [...converting, ...placing, pending].map((ticket) => ticket.ticket_id).concat(downloading, matching, searching)
  await Promise.all(running.map((id) => it.completed(id)))
  measured('completed after Redis was emptied', Date.now() - began)

  for (const id of asking) await it.client.approve(id)
  await rmdir(inTheWay)
  await it.client.retry(blocked.ticket_id)
  await arriveOnce(it, [...running, ...asking, blocked.ticket_id, completed])
  for (const id of [dry, lost, cancelled]) expect(await faultsOfHistory(it.store, id)).toEqual([])
  expect((await it.client.getTicket(lost)).state).toBe('search_failed')
})

describe('an outage in the middle of five tickets: all arrive, and all processes are ready again', () => {
  let before: ReturnType<TestSystem['system']['processes']>
  beforeEach(() => {
    before = it.system.processes()
  })

  async function survived(ids: string[], what: string): Promise<void> {
    const began = Date.now()
    await it.system.ready()
    measured(`ready after ${what}`, Date.now() - began)
    await Promise.all(ids.map((id) => it.completed(id)))
    measured(`completed after ${what}`, Date.now() - began)
    await arriveOnce(it, ids)
    expect(restartsSince(before)).toEqual(before.map(() => 0))
  }

  test('PostgreSQL is stopped for 3 s', async () => {
    const ids = await postBusy()
    await it.postgres.stop()
    await outage(3)
    await it.postgres.start()
    await survived(ids, 'a restart of PostgreSQL')
  })

  test.each(OUTAGES)(
    'Redis is %s for %d s; a ticket posted meanwhile arrives, too',
    async (how, secs) => {
      const ids = await postBusy()
      if (how === 'silent') it.redis.pause()
      else await it.redis.kill()
      await outage(secs, async () => ids.push(...(await post(scene))))
      if (how === 'silent') it.redis.resume()
      else await it.redis.start()
      await survived(ids, `${secs} s without Redis (${how})`)
    },
    240_000,
  )
})

test('processes that start while PostgreSQL and Redis are away wait for them, and become ready when they come', async () => {
  await Promise.all([it.postgres.stop(), it.redis.stop()])
  const before = it.system.processes()
  for (const { name } of before) it.system.kill(name)
  await waitFor('all processes to be started again', () => restartsSince(before).every((restarts) => restarts === 1))
  await outage(3)
  await it.redis.start()
  await it.postgres.start()
  const began = Date.now()
  await it.system.ready()
  measured('ready after a start without servers', Date.now() - began)
  // None gave up meanwhile.
  expect(restartsSince(before)).toEqual(before.map(() => 1))
  await arriveOnce(it, await post(scene))
})

function restartsSince(before: { name: string; restarts: number }[]): number[] {
  const now = new Map(it.system.processes().map(({ name, restarts, pid }) => [name, pid === undefined ? Number.NaN : restarts]))
  return before.map(({ name, restarts }) => (now.get(name) ?? 0) - restarts)
}
