import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { waitFor } from '@torrentino/testkit'
import { arriveOnce } from './support/arrive-once.js'
import { type Barrier, barrierAtStep, installBarriers } from './support/barriers.js'
import { arrived, holdInside, transferBegun, WORK_STAGES, WORKERS, type WorkStage } from './support/holds.js'
import { processesOf } from './support/processes.js'
import type { PostableTicket, Scene } from './support/scenes.js'
import { QUICK_RECOVERY, startTestSystem, type TestSystem } from './support/test-system.js'

/** A ticket that is to lose its worker in one of the stages. */
interface Case {
  stage: WorkStage
  scene: Scene
  ticket: PostableTicket
  /** The last step of the stage. */
  step: string
}

let it: TestSystem

beforeAll(async () => {
  // One scene for each stage, and one whose transfer takes its time.
  it = await startTestSystem({ scenes: [{}, {}, {}, {}, {}, { uploadLimit: 60_000 }], env: QUICK_RECOVERY })
  await installBarriers(it.sql)
})
afterAll(async () => {
  await it?.stop()
  expect(await processesOf(it.folders.root)).toEqual([])
})

function caseOf(stage: WorkStage, scene = it.scenes[WORK_STAGES.indexOf(stage)]): Case {
  if (!scene) throw new Error(`no scene for ${stage}`)
  return { stage, scene, ticket: scene.ticket(it.folders.media), step: WORKERS[stage].lastStep }
}

/** The last stage first: a ticket on its way must not share a statement with one that is held up. */
function casesOfAllStages(): Case[] {
  return WORK_STAGES.map((stage) => caseOf(stage)).reverse()
}

function kill({ stage }: Case): void {
  it.system.kill(WORKERS[stage].process)
}

async function hasStep({ ticket, step }: Case): Promise<boolean> {
  return (await it.store.steps.history(ticket.ticket_id)).some((entry) => entry.to === step)
}

/** Each ticket waits inside the transaction of its stage's last step. */
async function bringIntoTransactions(cases: Case[]): Promise<{ barriers: Barrier[]; backends: number[] }> {
  const barriers: Barrier[] = []
  const backends: number[] = []
  for (const { ticket, step } of cases) {
    const barrier = await barrierAtStep(it, ticket.ticket_id, step)
    await it.post(ticket)
    backends.push(await barrier.reached())
    barriers.push(barrier)
  }
  return { barriers, backends }
}

function idsOf(cases: Case[]): string[] {
  return cases.map(({ ticket }) => ticket.ticket_id)
}

describe('five tickets, each of which loses its worker in another stage, arrive once', () => {
  test('in the middle of the work', async () => {
    const cases = casesOfAllStages().map((its) => (its.stage === 'download' ? caseOf('download', it.scenes[5]) : its))
    const release: (() => unknown)[] = []
    for (const its of cases) {
      if (its.stage === 'download') {
        await it.post(its.ticket)
        await transferBegun(it, its.scene)
        continue
      }
      const hold = await holdInside(it, its.stage, its.scene, its.ticket.ticket_id)
      await it.post(its.ticket)
      await arrived(hold)
      release.push(hold.release)
    }
    for (const its of cases) kill(its)
    await Promise.all(release.map((letGo) => letGo()))
    await arriveOnce(it, idsOf(cases))
  })

  test('during its transaction, which is rolled back', async () => {
    const cases = casesOfAllStages()
    const { barriers, backends } = await bringIntoTransactions(cases)
    for (const its of cases) kill(its)
    await it.sql.query('select pg_terminate_backend(pid) from unnest($1::int[]) as pid', [backends])
    for (const [index, barrier] of barriers.entries())
      await waitFor('the end of the session', async () => !(await barrier.waiting()).includes(backends[index] ?? 0))
    expect(await Promise.all(cases.map(hasStep))).toEqual(cases.map(() => false))
    await Promise.all(barriers.map((barrier) => barrier.lift()))
    await arriveOnce(it, idsOf(cases))
  })

  test('during its transaction, which is committed all the same, and nobody tells Redis', async () => {
    const cases = casesOfAllStages()
    const { barriers } = await bringIntoTransactions(cases)
    for (const its of cases) kill(its)
    await Promise.all(barriers.map((barrier) => barrier.lift()))
    await Promise.all(cases.map((its) => waitFor('the commit', () => hasStep(its))))
    await arriveOnce(it, idsOf(cases))
  })

  test('between commit and flush, while Redis is silent', async () => {
    const cases = casesOfAllStages()
    const { barriers } = await bringIntoTransactions(cases)
    it.redis.pause()
    try {
      await Promise.all(barriers.map((barrier) => barrier.lift()))
      await Promise.all(cases.map((its) => waitFor('the commit', () => hasStep(its))))
      for (const its of cases) kill(its)
    } finally {
      it.redis.resume()
    }
    await arriveOnce(it, idsOf(cases))
  })

  test('as soon as its step is heard of', async () => {
    const cases = casesOfAllStages()
    const waiting = new Map(cases.map((its) => [its.ticket.ticket_id, its]))
    const listening = new AbortController()
    it.onStop(async () => listening.abort())
    await it.client.stream({
      signal: listening.signal,
      onState: ({ state }) => {
        if (state === 'open') for (const { ticket } of cases) it.post(ticket).catch(() => {})
      },
      onMessage: (message) => {
        const its = message.type === 'state_change' ? waiting.get(message.ticket_id) : undefined
        if (message.type !== 'state_change' || message.new_state !== its?.step) return
        kill(its)
        waiting.delete(message.ticket_id)
        if (waiting.size === 0) listening.abort()
      },
    })
    await arriveOnce(it, idsOf(cases))
  })
})
