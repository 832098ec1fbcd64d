import { afterAll, afterEach, describe, expect, jest, test } from '@jest/globals'
import { type Delivery, openTestPipeline, waitFor } from '@torrentino/testkit'
import { cancelTicket } from './commands/commands.js'
import { rescueTurns, sweepOutbox } from './rescue.js'
import { readWait } from './waits.js'

const it = await openTestPipeline()
const SYSTEM = { kind: 'user' as const, id: 'root', role: 'admin' as const }
const MINUTE = 60_000

afterAll(() => it.drop())
afterEach(async () => {
  jest.restoreAllMocks()
  it.plan([])
  await it.flush()
})

async function jobOf(ticketId: string): Promise<Delivery> {
  const job = (await it.jobs()).find((one) => one.id.startsWith(ticketId))
  if (!job) throw new Error('the ticket has no job')
  return job
}

async function statesOf(id: string): Promise<string[]> {
  return (await it.store.steps.history(id)).map((entry) => entry.to)
}

async function stateChanges(id: string): Promise<number> {
  return (await it.store.audit.list({ ticketId: id, eventTypes: ['TicketStateChanged'], limit: 100 })).entries.length
}

describe('a ticket', () => {
  test('goes all the way, each step once, and leaves no job and no message behind', async () => {
    const ticket = await it.post({ tracks: 3, images: 1 })
    await it.deliverAll()
    expect(await statesOf(ticket.id)).toEqual([
      'pending',
      'searching',
      'matching',
      'auto_approved',
      'downloading',
      'converting',
      'placing',
      'completed',
    ])
    expect(await stateChanges(ticket.id)).toBe(7)
    expect(await it.jobs()).toEqual([])
    expect(await it.store.outbox.count()).toBe(0)
    expect(await it.store.items.tally(ticket.id)).toEqual({ waiting: 0, done: 4, failed: 0 })
    // Nobody stood by to tidy up on the spot, so the rescue hands that out.
    await rescueTurns(it.deps, -MINUTE)
    await it.deliverAll()
    expect((await it.ticket(ticket.id)).stage).toBeNull()
  })

  test('of a dry run ends with what was found', async () => {
    const ticket = await it.post({ dry_run: true })
    await it.deliverAll()
    expect(await statesOf(ticket.id)).toEqual(['pending', 'searching', 'matching', 'dry_run_complete'])
  })

  test('waits for a human where the stage is unsure', async () => {
    it.plan(({ stage }) => (stage === 'match' ? 'unsure' : 'ok'))
    const ticket = await it.post()
    await it.deliverAll()
    expect((await it.ticket(ticket.id)).state.name).toBe('needs_approval')
    expect(await rescueTurns(it.deps, -MINUTE)).toBeGreaterThanOrEqual(0)
    expect((await it.jobs()).filter((job) => job.id.startsWith(ticket.id))).toEqual([])
  })
})

describe('a job', () => {
  test('that runs twice does its step once', async () => {
    const ticket = await it.post()
    const job = await jobOf(ticket.id)
    await Promise.all([it.deliver(job, { keep: true }), it.deliver(job, { keep: true }), it.deliver(job, { keep: true })])
    await it.deliver(job)
    expect(await statesOf(ticket.id)).toEqual(['pending', 'searching', 'matching'])
    expect(await stateChanges(ticket.id)).toBe(2)
    expect((await it.jobs()).filter((one) => one.id.startsWith(ticket.id))).toHaveLength(1)
    await it.deliverAll()
    expect((await it.ticket(ticket.id)).state.name).toBe('completed')
  })

  test('that comes late does nothing, without a word', async () => {
    const ticket = await it.post()
    const job = await jobOf(ticket.id)
    await it.deliverAll()
    const before = await it.store.steps.history(ticket.id)
    let asked = 0
    it.plan(() => {
      asked += 1
      return 'ok'
    })
    expect(await it.deliver(job)).toEqual({ kind: 'done' })
    expect(asked).toBe(0)
    expect(await it.store.steps.history(ticket.id)).toEqual(before)
  })

  test('of a ticket that is not there is done', async () => {
    const ticket = await it.post()
    const job = await jobOf(ticket.id)
    const data = { ...(job.data as object), ticketId: '00000000-0000-4000-8000-000000000000' }
    expect(await it.deliver({ ...job, data }, { keep: true })).toEqual({ kind: 'done' })
  })

  test('that waits is no failure', async () => {
    it.plan(['ok', 'wait', 'wait'])
    const ticket = await it.post()
    const end = await it.deliver(await jobOf(ticket.id))
    expect(end).toMatchObject({ kind: 'later' })
    const waiting = await it.ticket(ticket.id)
    expect(waiting).toMatchObject({ attempts: 0, dueAt: null, state: { name: 'searching' } })
    expect(await readWait(it.bus, waiting)).toEqual({ reason: 'as planned', next_try_at: expect.any(String) })
    await it.deliverAll()
    expect(await readWait(it.bus, await it.ticket(ticket.id))).toBeNull()
    expect((await it.ticket(ticket.id)).state.name).toBe('completed')
  })
})

describe('death between commit and telling', () => {
  test.each(['jobs.add', 'publish.events'])('%s fails: the step stands, the sweep tells it, nothing is doubled', async (what) => {
    const ticket = await it.post()
    const job = await jobOf(ticket.id)
    const away = () => Promise.reject(new Error('Connection is closed'))
    if (what === 'jobs.add') jest.spyOn(it.deps.bus.jobs, 'add').mockImplementation(away)
    else jest.spyOn(it.deps.bus.publish, 'events').mockImplementation(away)
    expect(await it.deliver(job)).toEqual({ kind: 'done' })
    expect((await it.ticket(ticket.id)).state.name).toBe('matching')
    expect(await it.store.outbox.count()).toBe(2)
    expect(await sweepOutbox(it.deps, -MINUTE).catch(() => 'vain')).toBe('vain')
    expect(await it.store.outbox.count()).toBe(2)

    jest.restoreAllMocks()
    const told: unknown[] = []
    jest.spyOn(it.deps.bus.publish, 'events').mockImplementation(async (events) => void told.push(...events))
    const sweeps = await Promise.all([sweepOutbox(it.deps, -MINUTE), sweepOutbox(it.deps, -MINUTE)])
    expect(sweeps[0] + sweeps[1]).toBe(2)
    expect(told).toMatchObject([{ version: 2 }, { version: 3, to: 'matching', ticket_id: ticket.id }])
    expect((await it.jobs()).filter((one) => one.id.startsWith(ticket.id)).map((one) => one.queue)).toEqual(['match'])
    await it.deliverAll()
    expect(await statesOf(ticket.id)).toHaveLength(8)
  })

  test('a message that was told but not taken away is told again, and does no harm', async () => {
    const ticket = await it.post()
    const job = await jobOf(ticket.id)
    jest.spyOn(it.deps.store.outbox, 'remove').mockImplementation(() => Promise.reject(new Error('Connection terminated')))
    await it.deliver(job)
    jest.restoreAllMocks()
    await it.deliverAll()
    expect(await sweepOutbox(it.deps, -MINUTE)).toBe(2)
    await it.deliverAll()
    expect(await statesOf(ticket.id)).toHaveLength(8)
    expect(await stateChanges(ticket.id)).toBe(7)
  })
})

describe('cancelling a run under way', () => {
  async function hanging() {
    let signal: AbortSignal | undefined
    it.plan(({ ticket, signal: its }) => {
      if (ticket.state.name === 'pending') return 'ok'
      signal = its
      return 'hang'
    })
    const ticket = await it.post()
    const run = it.deliver(await jobOf(ticket.id))
    await waitFor('the hang', () => signal !== undefined)
    return { ticket, run, signal: () => signal }
  }

  test('reaches it by the event, at once', async () => {
    const { ticket, run, signal } = await hanging()
    // Not by looking into the table.
    const on = async (turns: { id: string; stageVersion: number }[]) => new Set(turns.map((turn) => `${turn.id}/${turn.stageVersion}`))
    jest.spyOn(it.store.tickets, 'stillOn').mockImplementation(on)
    let ready = false
    const onReady = () => {
      ready = true
    }
    const subscription = await it.bus.subscribe({ onEvent: (event) => it.runs.onEvent(event), onReady, onError: () => {} })
    await waitFor('the subscription', () => ready)
    await cancelTicket(it.deps, ticket.id, SYSTEM, 'no more')
    await waitFor('the abort', () => signal()?.aborted === true, 2000)
    expect(await run).toMatchObject({ kind: 'later' })
    await subscription.close()
    expect((await it.ticket(ticket.id)).state).toMatchObject({ name: 'cancelled', cancelled_by: 'root', reason: 'no more' })
    it.plan([])
    await it.deliverAll()
    expect(await statesOf(ticket.id)).toEqual(['pending', 'searching', 'cancelled'])
    expect((await it.ticket(ticket.id)).stage).toBeNull()
  })

  test('reaches it without the event, too, within 2 s', async () => {
    const { ticket, run, signal } = await hanging()
    await cancelTicket(it.deps, ticket.id, SYSTEM, null)
    await waitFor('the abort', () => signal()?.aborted === true, 2500)
    await run
  })

  test('word of an earlier turn ends no later run', async () => {
    const { ticket, run, signal } = await hanging()
    const late = { kind: 'step' as const, seq: 1, ticket_id: ticket.id, requested_by: 'ann', version: 1, cause: 'fail' as const }
    it.runs.onEvent({ ...late, from: 'pending', to: 'failed', reason: null, at: '', details: {} })
    expect(signal()?.aborted).toBe(false)
    it.runs.onEvent({
      ...late,
      version: 9,
      ticket_id: '00000000-0000-4000-8000-000000000000',
      from: 'pending',
      to: 'failed',
      reason: null,
      at: '',
      details: {},
    })
    expect(signal()?.aborted).toBe(false)
    it.runs.onEvent({ ...late, version: 9, from: 'pending', to: 'failed', reason: null, at: '', details: {} })
    expect(signal()?.aborted).toBe(true)
    await run
  })

  test('a stopped process hands the job back at once, and nothing is counted', async () => {
    const stop = new AbortController()
    it.plan(({ ticket }) => (ticket.state.name === 'pending' ? 'ok' : 'hang'))
    const ticket = await it.post()
    const run = it.deliver(await jobOf(ticket.id), { signal: stop.signal })
    await waitFor('the first step', async () => (await it.ticket(ticket.id)).state.name === 'searching')
    stop.abort('shutting down')
    expect(await run).toMatchObject({ kind: 'later' })
    expect(await it.ticket(ticket.id)).toMatchObject({ attempts: 0, crashes: 0, dueAt: null })
    it.plan([])
    await it.deliverAll()
    expect((await it.ticket(ticket.id)).state.name).toBe('completed')
  })
})

describe('faults', () => {
  test('a retryable one is tried again with growing pauses, then the ticket fails with a word', async () => {
    it.plan(({ ticket }) => (ticket.state.name === 'searching' ? 'retryable' : 'ok'))
    const ticket = await it.post()
    const pauses: number[] = []
    for (let attempt = 1; attempt <= 2; attempt += 1) {
      const before = it.deps.now().getTime()
      const end = await it.deliver(await jobOf(ticket.id))
      const { dueAt, attempts, lastError } = await it.ticket(ticket.id)
      expect([attempts, lastError]).toEqual([attempt, 'a retryable fault'])
      expect(end).toEqual({ kind: 'later', at: dueAt })
      pauses.push(Math.round(((dueAt?.getTime() ?? 0) - before) / MINUTE))
      it.pass(pauses.at(-1) ?? 0)
      expect(await it.deliver(await jobOf(ticket.id))).toEqual({ kind: 'later', at: dueAt })
      it.pass(10 * MINUTE)
    }
    expect(pauses).toEqual([1, 2])
    await it.deliver(await jobOf(ticket.id))
    expect((await it.ticket(ticket.id)).state).toMatchObject({
      name: 'failed',
      failed_at_state: 'searching',
      code: 'retryable_fault',
      retryable: true,
      error: 'a retryable fault (given up after 3 attempts)',
    })
  })

  test('the pause stands in Postgres: after FLUSHALL the rescue brings the job back when it is due, not before', async () => {
    it.plan(['ok', 'retryable'])
    const ticket = await it.post()
    await it.deliver(await jobOf(ticket.id))
    await it.flush()
    await rescueTurns(it.deps, -MINUTE)
    expect((await it.jobs()).filter((job) => job.id.startsWith(ticket.id))).toEqual([])
    it.pass(2 * MINUTE)
    await rescueTurns(it.deps, -MINUTE)
    expect((await it.jobs()).filter((job) => job.id.startsWith(ticket.id))).toHaveLength(1)
    await it.deliverAll()
    expect((await it.ticket(ticket.id)).state.name).toBe('completed')
  })

  test('a permanent one ends the ticket at once', async () => {
    it.plan(['ok', 'permanent'])
    const ticket = await it.post()
    await it.deliver(await jobOf(ticket.id))
    expect((await it.ticket(ticket.id)).state).toMatchObject({ name: 'failed', code: 'permanent_fault', retryable: false })
  })

  test('one of our own servers costs no attempt', async () => {
    it.plan(({ ticket }) => (ticket.state.name === 'searching' ? 'away' : 'ok'))
    const ticket = await it.post()
    for (let round = 0; round < 10; round += 1) expect(await it.deliver(await jobOf(ticket.id))).toMatchObject({ kind: 'later' })
    expect(await it.ticket(ticket.id)).toMatchObject({ attempts: 0, dueAt: null, state: { name: 'searching' } })
    it.plan([])
    await it.deliverAll()
    expect((await it.ticket(ticket.id)).state.name).toBe('completed')
  })

  test('one that nobody foresaw counts, and its text goes to the log only', async () => {
    it.plan(['ok', 'unforeseen'])
    const ticket = await it.post()
    await it.deliver(await jobOf(ticket.id))
    const { attempts, lastError } = await it.ticket(ticket.id)
    expect([attempts, lastError]).toEqual([1, 'an unexpected fault, see the log'])
    it.pass(10 * MINUTE)
    await it.deliverAll()
  })

  test('a step that the table refuses is tried no more often than any other, and ends in a word', async () => {
    it.plan(({ ticket }) => (ticket.state.name === 'searching' ? 'illegal' : 'ok'))
    const ticket = await it.post()
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await it.deliver(await jobOf(ticket.id))
      it.pass(10 * MINUTE)
    }
    expect((await it.ticket(ticket.id)).state).toMatchObject({ name: 'failed', failed_at_state: 'searching', code: 'internal' })
  })

  test('a process that dies over it too often ends the ticket', async () => {
    it.plan(({ ticket }) => (ticket.state.name === 'pending' ? 'ok' : 'hang'))
    const ticket = await it.post()
    const stop = new AbortController()
    stop.abort('killed')
    // The first run dies after its first step; two more die and are borne, the third is one too many.
    await it.deliver(await jobOf(ticket.id), { signal: stop.signal })
    for (const crashes of [1, 2]) {
      await it.deliver(await jobOf(ticket.id), { restarted: true, signal: stop.signal })
      expect((await it.ticket(ticket.id)).crashes).toBe(crashes)
    }
    expect(await it.deliver(await jobOf(ticket.id), { restarted: true })).toEqual({ kind: 'done' })
    expect((await it.ticket(ticket.id)).state).toMatchObject({ name: 'failed', code: 'crashes', retryable: true })
  })
})

describe('the rescue', () => {
  test('after FLUSHALL brings every turn back, and doubles no live job', async () => {
    const tickets = [await it.post(), await it.post({ tracks: 3 }), await it.post()]
    it.plan(({ stage, ticket }) => (stage === 'match' && ticket.id === tickets[2]?.id ? 'unsure' : 'ok'))
    for (const job of await it.jobs()) await it.deliver(job)
    for (let round = 0; round < 3; round += 1) for (const job of await it.jobs()) if (job.queue !== 'convert') await it.deliver(job)
    const ours = async () => (await it.jobs()).map((job) => job.id).filter((id) => tickets.some((ticket) => id.startsWith(ticket.id)))
    const before = (await ours()).toSorted()
    expect(before.length).toBeGreaterThan(2)
    await rescueTurns(it.deps, -MINUTE)
    expect((await ours()).toSorted()).toEqual(before)
    await it.flush()
    expect(await it.jobs()).toEqual([])
    await Promise.all([rescueTurns(it.deps, -MINUTE), rescueTurns(it.deps, -MINUTE)])
    expect((await ours()).toSorted()).toEqual(before)
    await it.deliverAll()
    for (const ticket of tickets.slice(0, 2)) expect(await statesOf(ticket.id)).toHaveLength(8)
    expect((await it.ticket(tickets[2]?.id ?? '')).state.name).toBe('needs_approval')
  })

  test('leaves alone what was touched a moment ago', async () => {
    const ticket = await it.post()
    await it.flush()
    await rescueTurns(it.deps, 60 * MINUTE)
    expect((await it.jobs()).filter((job) => job.id.startsWith(ticket.id))).toEqual([])
  })
})
