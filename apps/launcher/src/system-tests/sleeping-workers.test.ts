import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { waitFor } from '@torrentino/testkit'
import { arriveOnce } from './support/arrive-once.js'
import { installBarriers } from './support/barriers.js'
import type { Hold } from './support/gate.js'
import { arrived, holdInside, WORK_STAGES, WORKERS, type WorkStage } from './support/holds.js'
import { processesOf } from './support/processes.js'
import { QUICK_RECOVERY, startTestSystem, type TestSystem } from './support/test-system.js'

let it: TestSystem

beforeAll(async () => {
  const replicas = Object.fromEntries(WORK_STAGES.map((stage) => [WORKERS[stage].process, 2]))
  it = await startTestSystem({ scenes: [{}, {}, {}, {}, {}], replicas, env: QUICK_RECOVERY })
  await installBarriers(it.sql)
})
afterAll(async () => {
  await it?.stop()
  expect(await processesOf(it.folders.root)).toEqual([])
})

test('workers that are suspended in the middle of their work, and wake when others have done it, change nothing', async () => {
  const holds: { stage: WorkStage; hold: Hold; ticketId: string }[] = []
  for (const [index, stage] of WORK_STAGES.entries()) {
    const scene = it.scenes[index]
    const ticket = scene?.ticket(it.folders.media)
    if (!scene || !ticket) throw new Error('no scene')
    const hold = await holdInside(it, stage, scene, ticket.ticket_id)
    await it.post(ticket)
    await arrived(hold)
    holds.push({ stage, hold, ticketId: ticket.ticket_id })
  }
  const ids = holds.map(({ ticketId }) => ticketId)
  const sleepers = await Promise.all(holds.map(({ stage, hold }) => suspendHolder(stage, hold)))
  try {
    await Promise.all(holds.map(({ hold }) => hold.release()))
    await arriveOnce(it, ids)
    for (const { name, stage, ended } of sleepers) {
      it.system.kill(name, 'SIGCONT')
      await waitFor(`the late run of ${name}`, async () => (await runsEnded(name, stage)) > ended)
    }
  } finally {
    for (const { name } of sleepers) it.system.kill(name, 'SIGCONT')
  }
  await arriveOnce(it, ids)
})

interface Sleeper {
  name: string
  stage: WorkStage
  /** Runs of its stage that it had ended when it was suspended. */
  ended: number
}

/** Of the two replicas the one that has the job; when it sleeps, the other comes to the same place. */
async function suspendHolder(stage: WorkStage, hold: Hold): Promise<Sleeper> {
  const before = await hold.arrivals()
  const name = await holderOf(stage)
  const ended = await runsEnded(name, stage)
  it.system.kill(name, 'SIGSTOP')
  await arrived(hold, before + 1)
  return { name, stage, ended }
}

async function holderOf(stage: WorkStage): Promise<string> {
  for (const name of [WORKERS[stage].process, `${WORKERS[stage].process}-2`])
    if (/^torrentino_runs_under_way\{[^}]*\} [1-9]/m.test(await metricsOf(name))) return name
  throw new Error(`no ${stage} worker is at work`)
}

async function runsEnded(name: string, stage: WorkStage): Promise<number> {
  const counts = [...(await metricsOf(name)).matchAll(/^torrentino_stage_outcomes_total\{([^}]*)\} (\d+)$/gm)]
  return counts.filter(([, labels]) => labels?.includes(`stage="${stage}"`)).reduce((sum, [, , count]) => sum + Number(count), 0)
}

async function metricsOf(name: string): Promise<string> {
  return (await fetch(`${it.system.urls.status[name]}/metrics`)).text()
}
