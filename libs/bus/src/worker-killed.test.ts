import { describe, expect, test } from '@jest/globals'
import { sharedRedisUrl, waitFor } from '@torrentino/testkit'
import { searchJob, useBus } from './test-support/test-bus.js'
import { startWorkerProcess } from './test-support/worker-process.js'

const buses = useBus()
const url = await sharedRedisUrl()

async function killAndTakeOver(lockMs: number, stalledCheckMs: number) {
  const bus = await buses.open(url)
  const killed = startWorkerProcess(url, bus.prefix, lockMs, stalledCheckMs)
  const job = searchJob()
  await bus.jobs.add([job])
  expect(await killed.began).toBe(job.id)
  const heir = buses.work(bus, { lockMs, stalledCheckMs })
  await killed.kill()
  return { bus, job, heir }
}

describe('a worker that is killed with -9 over its job', () => {
  test('with the default lock of 4 s the job is taken over, as a restarted one', async () => {
    const { job, heir } = await killAndTakeOver(4000, 2000)
    await waitFor('the take-over', () => heir.runs.length === 1)
    expect(heir.runs[0]).toMatchObject({ id: job.id, restarted: true })
    expect(heir.stalled).toEqual([job.id])
    heir.runs[0]?.end()
  })

  test('a pause after the crash is no second crash; the next crash is one', async () => {
    const { bus, job, heir } = await killAndTakeOver(500, 250)
    await waitFor('the take-over', () => heir.runs.length === 1)
    heir.runs[0]?.end({ kind: 'later', at: new Date() })
    await waitFor('the run after the pause', () => heir.runs.length === 2)
    expect(heir.runs.map((run) => run.restarted)).toEqual([true, false])
    heir.runs[1]?.end({ kind: 'later', at: new Date(Date.now() + 3_600_000) })
    await waitFor('the pause', async () => (await bus.jobs.depths()).some((depth) => depth.delayed === 1))
    await heir.worker.close(0)

    const killed = startWorkerProcess(url, bus.prefix, 500, 250)
    await waitFor('somebody takes it', async () => bus.jobs.promote('search', job.id))
    expect(await killed.began).toBe(job.id)
    const next = buses.work(bus, { lockMs: 500, stalledCheckMs: 250 })
    await killed.kill()
    await waitFor('the second take-over', () => next.runs.length === 1)
    expect(next.runs[0]).toMatchObject({ id: job.id, restarted: true })
    next.runs[0]?.end()
  })
})
