import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { type Delivery, openTestPipeline, type Way, waitFor } from '@torrentino/testkit'
import { cancelTicket } from './commands/commands.js'
import { rescueTurns } from './rescue.js'
import { readWait } from './waits.js'

const it = await openTestPipeline()
const MINUTE = 60_000

afterAll(() => it.drop())
afterEach(async () => {
  it.plan([])
  await it.flush()
})

async function jobsOf(id: string): Promise<Delivery[]> {
  return (await it.jobs()).filter((job) => job.id.startsWith(id)).toSorted((a, b) => (a.id < b.id ? -1 : 1))
}

/** A ticket in conversion, with a job for each of its items. */
async function converting(body: { tracks?: number; images?: number; constraints?: object } = {}) {
  const ticket = await it.post({ tracks: 3, ...body })
  for (let round = 0; round < 3; round += 1) for (const job of await jobsOf(ticket.id)) if (job.queue !== 'convert') await it.deliver(job)
  expect((await it.ticket(ticket.id)).state.name).toBe('converting')
  return ticket
}

async function causesOf(id: string): Promise<string[]> {
  return (await it.store.steps.history(id)).map((entry) => entry.cause)
}

async function audited(id: string, type: 'ConversionStarted' | 'ConversionCompleted' | 'ConversionFailed') {
  return (await it.store.audit.list({ ticketId: id, eventTypes: [type], limit: 100 })).entries.map((entry) => entry.payload.item_id)
}

describe('conversion', () => {
  test('has a job for each item', async () => {
    const ticket = await converting({ tracks: 4, images: 2 })
    expect(await jobsOf(ticket.id)).toHaveLength(6)
  })

  test('ends once when the last ones end at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const ticket = await converting({ tracks: 5 })
      await Promise.all((await jobsOf(ticket.id)).map((job) => it.deliver(job)))
      expect((await causesOf(ticket.id)).filter((cause) => cause === 'conversion_done')).toHaveLength(1)
      expect((await audited(ticket.id, 'ConversionCompleted')).toSorted()).toEqual(['t1', 't2', 't3', 't4', 't5'])
      expect((await jobsOf(ticket.id)).map((job) => job.queue)).toEqual(['place'])
    }
  })

  test('of an item whose job is delivered twice happens once for the ticket', async () => {
    const ticket = await converting()
    for (const job of await jobsOf(ticket.id)) await Promise.all([it.deliver(job, { keep: true }), it.deliver(job, { keep: true })])
    for (const job of await jobsOf(ticket.id)) await it.deliver(job)
    expect((await causesOf(ticket.id)).filter((cause) => cause === 'conversion_done')).toHaveLength(1)
    expect((await audited(ticket.id, 'ConversionCompleted')).toSorted()).toEqual(['t1', 't2', 't3'])
  })

  test('keeps what one of two runs has made of an item, and takes away what the other has', async () => {
    const ticket = await converting({ tracks: 1 })
    let under = 0
    it.plan(async (): Promise<Way> => {
      under += 1
      await waitFor('the other run', () => under === 2)
      return 'ok'
    })
    const [job] = await jobsOf(ticket.id)
    it.discarded.splice(0)
    await Promise.all([it.deliver(job as Delivery, { keep: true }), it.deliver(job as Delivery, { keep: true })])
    const kept = (await it.store.items.find(ticket.id, 't1'))?.outputPath
    expect(it.discarded).toHaveLength(1)
    expect(it.discarded).not.toContain(kept)
  })

  test('leaves nothing of a run that ends after its ticket', async () => {
    const ticket = await converting({ tracks: 1 })
    it.plan(async (): Promise<Way> => {
      await cancelTicket(it.deps, ticket.id, { kind: 'user', id: 'root', role: 'admin' }, null)
      return 'ok'
    })
    it.discarded.splice(0)
    await it.deliver((await jobsOf(ticket.id))[0] as Delivery)
    expect(it.discarded).toEqual([expect.stringContaining('/made/t1')])
  })

  test('goes on where it was after FLUSHALL: only what is open gets a job', async () => {
    const ticket = await converting()
    await it.deliver((await jobsOf(ticket.id))[1] as Delivery)
    await it.flush()
    await rescueTurns(it.deps, -MINUTE)
    expect((await jobsOf(ticket.id)).map((job) => (job.data as { itemId: string }).itemId)).toEqual(['t1', 't3'])
    await it.deliverAll()
    expect((await it.ticket(ticket.id)).state.name).toBe('completed')
    expect(await audited(ticket.id, 'ConversionCompleted')).toHaveLength(3)
  })

  test('is done anew, for all items, where what was made is gone when it is to be placed', async () => {
    const ticket = await converting({ tracks: 2 })
    let gone = true
    it.plan(({ stage }) => {
      if (stage !== 'place' || !gone) return 'ok'
      gone = false
      return 'gone'
    })
    await it.deliverAll()
    expect((await it.ticket(ticket.id)).state.name).toBe('completed')
    expect((await audited(ticket.id, 'ConversionCompleted')).toSorted()).toEqual(['t1', 't1', 't2', 't2'])
    const last = ['download_done', 'conversion_done', 'files_gone', 'conversion_done', 'placement_done']
    expect((await causesOf(ticket.id)).slice(-5)).toEqual(last)
  })

  test('ends although the run that made the last item died before it could say so', async () => {
    const ticket = await converting({ tracks: 2 })
    for (const itemId of ['t1', 't2'])
      await it.store.items.finish(ticket.id, itemId, (await it.ticket(ticket.id)).stageVersion, {
        outputPath: '/made/x',
        size: 1,
        sha256: 'x',
        info: {},
      })
    await it.flush()
    await rescueTurns(it.deps, -MINUTE)
    expect(await jobsOf(ticket.id)).toHaveLength(1)
    await it.deliverAll()
    expect((await it.ticket(ticket.id)).state.name).toBe('completed')
  })

  test('a job of another turn, or of an item that is not there, does nothing', async () => {
    const ticket = await converting()
    const [job] = await jobsOf(ticket.id)
    const data = job?.data as { stageVersion: number }
    expect(await it.deliver({ ...(job as Delivery), data: { ...data, stageVersion: data.stageVersion - 1 } }, { keep: true })).toEqual({
      kind: 'done',
    })
    expect(await it.deliver({ ...(job as Delivery), data: { ...data, itemId: 'unknown' } }, { keep: true })).toEqual({ kind: 'done' })
    expect((await it.ticket(ticket.id)).state.name).toBe('converting')
    await it.deliverAll()
    expect((await it.ticket(ticket.id)).state.name).toBe('completed')
  })
})

describe('faults of an item', () => {
  test('a retryable one is tried again after its pause, the others do not wait for it', async () => {
    let faults = 2
    it.plan(({ itemId }) => (itemId === 't2' && faults-- > 0 ? 'retryable' : 'ok'))
    const ticket = await converting()
    for (let round = 0; round < 3; round += 1) {
      await it.deliverAll()
      it.pass(10 * MINUTE)
    }
    expect((await it.ticket(ticket.id)).state.name).toBe('completed')
    expect(await audited(ticket.id, 'ConversionFailed')).toEqual(['t2', 't2'])
    expect(await audited(ticket.id, 'ConversionStarted')).toHaveLength(3)
  })

  test('one whose place is away waits without end and without cost, and the ticket says for what', async () => {
    it.plan(({ itemId }) => (itemId === 't2' ? 'wait' : 'ok'))
    const ticket = await converting()
    for (let round = 0; round < 10; round += 1) {
      await it.deliverAll()
      it.pass(MINUTE)
    }
    expect(await it.store.items.find(ticket.id, 't2')).toMatchObject({ status: 'waiting', attempts: 0, error: 'as planned' })
    expect(await readWait(it.bus, await it.ticket(ticket.id))).toMatchObject({ reason: 'as planned' })
    expect(await it.store.items.tally(ticket.id)).toEqual({ waiting: 1, done: 2, failed: 0 })
    it.plan([])
    await it.deliverAll()
    expect((await it.ticket(ticket.id)).state.name).toBe('completed')
    expect(await audited(ticket.id, 'ConversionFailed')).toEqual([])
    expect(await audited(ticket.id, 'ConversionStarted')).toHaveLength(3)
    expect(await it.store.items.find(ticket.id, 't2')).toMatchObject({ status: 'done', error: null })
  })

  test('its pause outlives FLUSHALL', async () => {
    it.plan(({ itemId }) => (itemId === 't2' ? 'retryable' : 'ok'))
    const ticket = await converting()
    await it.deliverAll()
    await it.flush()
    await rescueTurns(it.deps, -MINUTE)
    expect(await jobsOf(ticket.id)).toEqual([])
    it.pass(2 * MINUTE)
    it.plan([])
    await rescueTurns(it.deps, -MINUTE)
    await it.deliverAll()
    expect((await it.ticket(ticket.id)).state.name).toBe('completed')
  })

  test('one too many fails the ticket, which names the item; late results change nothing', async () => {
    it.plan(({ itemId }) => (itemId === 't2' ? 'permanent' : 'ok'))
    const ticket = await converting()
    const jobs = await jobsOf(ticket.id)
    await it.deliver(jobs[1] as Delivery)
    const failed = await it.ticket(ticket.id)
    expect(failed.state).toMatchObject({
      name: 'failed',
      failed_at_state: 'converting',
      error: 't2: a permanent fault',
      code: 'permanent_fault',
    })
    expect(await it.deliver(jobs[0] as Delivery)).toEqual({ kind: 'done' })
    expect(await it.store.items.tally(ticket.id)).toEqual({ waiting: 2, done: 0, failed: 1 })
  })

  test.each([
    ['a track where part of the album will do', { tracks: 3, constraints: { allow_partial: true } }, 't2'],
    ['a picture', { tracks: 2, images: 1 }, 'i1'],
  ])('%s is given up, the rest goes on', async (_what, body, lost) => {
    it.plan(({ itemId }) => (itemId === lost ? 'permanent' : 'ok'))
    const ticket = await converting(body)
    await it.deliverAll()
    expect((await it.ticket(ticket.id)).state.name).toBe('completed')
    expect(await audited(ticket.id, 'ConversionFailed')).toEqual([lost])
    expect(await it.store.items.find(ticket.id, lost)).toMatchObject({ status: 'failed', error: 'a permanent fault' })
  })

  test('one of our own servers costs no attempt', async () => {
    it.plan(({ itemId }) => (itemId === 't1' ? 'away' : 'ok'))
    const ticket = await converting()
    for (let round = 0; round < 5; round += 1)
      expect(await it.deliver((await jobsOf(ticket.id))[0] as Delivery)).toMatchObject({ kind: 'later' })
    expect(await it.store.items.find(ticket.id, 't1')).toMatchObject({ attempts: 0, status: 'waiting' })
  })

  test('a process that dies over it too often fails the ticket', async () => {
    const ticket = await converting()
    const [job] = (await jobsOf(ticket.id)) as [Delivery]
    const stop = new AbortController()
    stop.abort('killed')
    for (const crashes of [1, 2]) {
      await it.deliver(job, { restarted: true, signal: stop.signal })
      expect((await it.store.items.find(ticket.id, 't1'))?.crashes).toBe(crashes)
    }
    expect(await it.deliver(job, { restarted: true })).toEqual({ kind: 'done' })
    expect((await it.ticket(ticket.id)).state).toMatchObject({ name: 'failed', code: 'crashes' })
  })

  test('a cancel stops the runs of all items', async () => {
    const signals: AbortSignal[] = []
    it.plan(({ itemId, signal }) => {
      if (itemId === undefined) return 'ok'
      signals.push(signal)
      return 'hang'
    })
    const ticket = await converting()
    const runs = (await jobsOf(ticket.id)).map((job) => it.deliver(job))
    await waitFor('all runs', () => signals.length === 3)
    const { stageVersion } = await it.ticket(ticket.id)
    const at = {
      seq: 1,
      ticket_id: ticket.id,
      requested_by: 'ann',
      from: 'converting' as const,
      to: 'cancelled' as const,
      reason: null,
      at: '',
    }
    it.runs.onEvent({ kind: 'step', ...at, version: stageVersion + 1, cause: 'cancel', details: {} })
    expect(signals.map((signal) => signal.aborted)).toEqual([true, true, true])
    expect(await Promise.all(runs)).toMatchObject([{ kind: 'later' }, { kind: 'later' }, { kind: 'later' }])
  })
})
