import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { waitFor, withRedis } from '@torrentino/testkit'
import { arriveOnce } from './support/arrive-once.js'
import { barrierAtStep, installBarriers } from './support/barriers.js'
import { faultsOfCompleted } from './support/check-ticket.js'
import { arrived, holdInside, transferBegun, WORK_STAGES, WORKERS, type WorkStage } from './support/holds.js'
import { measured } from './support/measured.js'
import { processesOf } from './support/processes.js'
import type { Scene } from './support/scenes.js'
import { startTestSystem, type TestSystem } from './support/test-system.js'

let it: TestSystem
let scene: Scene
let slowScene: Scene
let crawlingScene: Scene
let quickScenes: Scene[]

beforeAll(async () => {
  it = await startTestSystem({ scenes: [{ uploadLimit: 60_000 }, { uploadLimit: 5000 }, {}, {}, {}, {}] })
  await installBarriers(it.sql)
  const [slow, crawling, ...quick] = it.scenes
  const [plain] = quick
  if (!slow || !crawling || !plain) throw new Error('scenes are missing')
  slowScene = slow
  crawlingScene = crawling
  scene = plain
  quickScenes = quick
})
afterAll(async () => {
  await it?.stop()
  expect(await processesOf(it.folders.root)).toEqual([])
})

interface Takeover {
  stage: WorkStage
  tookMs: number
  /** Of the ticket that is to be completed now. */
  ticketId: string | null
}

/** A worker that is in the middle of its work on a ticket. What comes of killing it counts from the kill until somebody is where it was. */
type Busy = () => Promise<Takeover>

async function busyWith(stage: WorkStage, index: number): Promise<Busy> {
  const its = quickScenes[index] ?? scene
  const ticket = its.ticket(it.folders.media)
  const hold = await holdInside(it, stage, its, ticket.ticket_id)
  await it.post(ticket)
  await arrived(hold)
  return async () => {
    const before = await hold.arrivals()
    const tookMs = await killed(stage, () => arrived(hold, before + 1))
    await hold.release()
    return { stage, tookMs, ticketId: ticket.ticket_id }
  }
}

/** Taken over when another process has the torrent. */
async function busyWithTransfer(): Promise<Busy> {
  const ticket = crawlingScene.ticket(it.folders.media)
  const holders = () => withRedis(it.redis.url, (redis) => redis.zrange(`torrentino:lease:torrent:${crawlingScene.infoHash}`, '0', '-1'))
  await it.post(ticket)
  await transferBegun(it, crawlingScene)
  return async () => {
    const before = await holders()
    const another = async () => (await holders()).some((holder) => !before.includes(holder))
    const tookMs = await killed('download', () => waitFor('another holder', another))
    await it.client.cancel(ticket.ticket_id)
    return { stage: 'download', tookMs, ticketId: null }
  }
}

async function killed(stage: WorkStage, takenOver: () => Promise<void>): Promise<number> {
  const began = Date.now()
  it.system.kill(WORKERS[stage].process)
  await takenOver()
  return Date.now() - began
}

describe('killed without warning', () => {
  test('a worker of each stage: another takes its job up, with the default settings', async () => {
    // All are busy before the first is killed, the last stage first: a ticket on its way would wait for each of them.
    const others = WORK_STAGES.filter((stage) => stage !== 'download')
    const busy: Busy[] = []
    for (const [index, stage] of [...others.entries()].reverse()) busy.push(await busyWith(stage, index))
    busy.push(await busyWithTransfer())
    const takeovers = await Promise.all(busy.map((kill) => kill()))
    measured('taken over', Object.fromEntries(takeovers.map(({ stage, tookMs }) => [stage, tookMs])))
    await arriveOnce(
      it,
      takeovers.flatMap(({ ticketId }) => ticketId ?? []),
    )
  })

  test('the gateway, between the commit of a new ticket and its answer: the ticket arrives, and posting again finds it', async () => {
    const ticket = scene.ticket(it.folders.media)
    const barrier = await barrierAtStep(it, ticket.ticket_id, 'pending')
    const answer = it.post(ticket).then(
      () => 'answered',
      () => 'broken off',
    )
    await barrier.reached()
    it.system.kill('gateway')
    await barrier.lift()
    expect(await answer).toBe('broken off')
    await arriveOnce(it, [ticket.ticket_id])
    expect(await it.post(ticket)).toBe(ticket.ticket_id)
    expect(await faultsOfCompleted(it, ticket.ticket_id)).toEqual([])
  })

  test('gateway and scheduler, while an album is converted: work goes on, and a step that nobody told is told', async () => {
    const ticket = scene.ticket(it.folders.media)
    const id = ticket.ticket_id
    const hold = await it.ffmpeg.hold(id)
    await it.post(ticket)
    await arrived(hold)
    const barrier = await barrierAtStep(it, id, 'placing')
    await hold.release()
    await barrier.reached()
    for (const name of ['gateway', 'scheduler', 'convert-worker']) it.system.kill(name)
    await barrier.lift()
    await arriveOnce(it, [id])
  })

  test('the torrent engine, in the middle of a transfer: the transfer goes on where it was', async () => {
    const ticket = slowScene.ticket(it.folders.media)
    await it.post(ticket)
    await transferBegun(it, slowScene)
    const worker = it.system.pid('download-worker')
    const [engine] = (await processesOf(it.folders.downloads)).filter(({ line }) => line.includes('--conf-path'))
    process.kill(engine?.pid ?? Number.NaN, 'SIGKILL')
    await arriveOnce(it, [ticket.ticket_id])
    expect(it.system.pid('download-worker')).toBe(worker)
  })

  test('ffmpeg: the item is made in a second attempt', async () => {
    const ticket = scene.ticket(it.folders.media)
    const hold = await it.ffmpeg.hold(ticket.ticket_id)
    await it.post(ticket)
    await arrived(hold)
    const [pid] = await hold.pids()
    process.kill(pid ?? Number.NaN, 'SIGKILL')
    await waitFor('the failed attempt', async () => (await it.store.items.of(ticket.ticket_id)).some((item) => item.attempts === 1))
    await hold.release()
    await arriveOnce(it, [ticket.ticket_id])
    const calls = Object.values(await it.ffmpeg.calls(ticket.ticket_id))
    expect(Math.max(...calls)).toBe(2)
  })
})
