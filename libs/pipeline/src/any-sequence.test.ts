import { afterAll, expect, test } from '@jest/globals'
import { type Actor, DomainError, isTerminal, type StateName, type Ticket, TRANSITIONS, type TransitionName } from '@torrentino/domain'
import { type Delivery, openTestPipeline, type Way } from '@torrentino/testkit'
import fc from 'fast-check'
import {
  approveTicket,
  cancelTicket,
  forceMagnet,
  forceSearch,
  pauseTicket,
  rejectTicket,
  resumeTicket,
  retryTicket,
} from './commands/commands.js'
import { rescueTurns, sweepOutbox } from './rescue.js'

const it = await openTestPipeline({ retry: { maxAttempts: 2, maxCrashes: 1 } })
const MINUTE = 60_000
const RUNS = Number(process.env.SEQUENCES ?? 30)

afterAll(() => it.drop())

// What can happen, in any order. Numbers choose among the tickets and jobs that there are at the moment.
const ADMIN: Actor = { kind: 'user', id: 'root', role: 'admin' }
const ACTORS: Actor[] = [ADMIN, ADMIN, { kind: 'user', id: 'ann', role: 'user' }, { kind: 'user', id: 'bob', role: 'user' }]
const COMMANDS = {
  cancel: (id: string, actor: Actor) => cancelTicket(it.deps, id, actor, null),
  pause: (id: string, actor: Actor) => pauseTicket(it.deps, id, actor),
  resume: (id: string, actor: Actor) => resumeTicket(it.deps, id, actor),
  approve: (id: string, actor: Actor) => approveTicket(it.deps, id, actor, undefined),
  reject: (id: string, actor: Actor) => rejectTicket(it.deps, id, actor, null),
  retry: (id: string, actor: Actor) => retryTicket(it.deps, id, actor),
  force_search: (id: string, actor: Actor) => forceSearch(it.deps, id, actor, 'query'),
  force_magnet: (id: string, actor: Actor) => forceMagnet(it.deps, id, actor, 'magnet:?', 'c'.repeat(40)),
}
const WAYS: Way[] = ['ok', 'none', 'unsure', 'wait', 'permanent', 'retryable', 'away', 'unforeseen', 'illegal', 'hang', 'gone']

const nat = fc.nat(50)
const mostlyWell = fc.oneof({ weight: 3, arbitrary: fc.constant<Way>('ok') }, { weight: 2, arbitrary: fc.constantFrom(...WAYS) })
const ways = fc.array(mostlyWell, { maxLength: 4 })
const action = fc.oneof(
  { weight: 2, arbitrary: fc.record({ do: fc.constant('post' as const), tracks: fc.integer({ min: 1, max: 3 }), dry: fc.boolean() }) },
  {
    weight: 12,
    arbitrary: fc.record({
      do: fc.constant('deliver' as const),
      job: nat,
      ways,
      how: fc.constantFrom('once', 'twice', 'kept', 'restarted', 'stale', 'untold'),
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('command' as const), ticket: nat, actor: nat, name: fc.constantFrom(...names(COMMANDS)) }),
  },
  { weight: 3, arbitrary: fc.record({ do: fc.constantFrom('sweep' as const, 'rescue' as const, 'flush' as const) }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('pass' as const), minutes: fc.integer({ min: 1, max: 5 }) }) },
)
type Action = typeof action extends fc.Arbitrary<infer T> ? T : never

function names<T extends object>(of: T): (keyof T)[] {
  return Object.keys(of) as (keyof T)[]
}

async function carryOut(what: Action, tickets: string[], seen: Map<string, Delivery>): Promise<void> {
  switch (what.do) {
    case 'post':
      tickets.push((await it.post({ tracks: what.tracks, images: 1, dry_run: what.dry && what.tracks === 1 })).id)
      return
    case 'command':
      await COMMANDS[what.name](tickets[what.ticket % tickets.length] ?? '', ACTORS[what.actor % ACTORS.length] as Actor).catch((error) => {
        if (!(error instanceof DomainError)) throw error
      })
      return
    case 'sweep':
      await sweepOutbox(it.deps, -10 * MINUTE)
      return
    case 'rescue':
      await rescueTurns(it.deps, -10 * MINUTE)
      return
    case 'flush':
      return it.flush()
    case 'pass':
      return it.pass(what.minutes * MINUTE)
    case 'deliver':
      return deliver(what, seen)
  }
}

async function deliver({ job: nr, ways: planned, how }: Extract<Action, { do: 'deliver' }>, seen: Map<string, Delivery>): Promise<void> {
  const jobs = await it.jobs()
  for (const job of jobs) seen.set(job.id, job)
  const choice = how === 'stale' ? [...seen.values()] : jobs
  const job = choice[nr % choice.length]
  if (!job) return
  const left = [...planned]
  const stop = new AbortController()
  it.plan(() => {
    const way = left.shift() ?? 'ok'
    // A hanging run is stopped from outside, as when its process dies.
    if (way === 'hang') setImmediate(() => stop.abort('killed'))
    return way
  })
  const whole = it.deps.bus
  if (how === 'untold') it.deps.bus = { ...whole, jobs: { ...whole.jobs, add: away }, publish: { ...whole.publish, events: away } }
  const deliveries = how === 'twice' ? 2 : 1
  const keep = how === 'kept' || how === 'untold' || how === 'stale'
  await Promise.all(
    Array.from({ length: deliveries }, () => it.deliver(job, { keep, restarted: how === 'restarted', signal: stop.signal })),
  ).finally(() => {
    it.deps.bus = whole
    it.plan([])
  })
}

function away(): Promise<never> {
  return Promise.reject(new Error('Connection is closed'))
}

/** What must hold at any moment, whatever happened. */
async function check(id: string): Promise<void> {
  const [ticket, history, audit] = await Promise.all([
    it.ticket(id),
    it.store.steps.history(id),
    it.store.audit.list({ ticketId: id, eventTypes: ['TicketCreated', 'TicketStateChanged'], limit: 1000, order: 'oldest' }),
  ])
  expect(history.map((step) => step.version)).toEqual(history.map((_, index) => index + 1))
  expect([ticket.version, ticket.state.name]).toEqual([history.length, history.at(-1)?.to])
  let before: string | null = null
  for (const step of history) {
    expect(step.from).toBe(before)
    before = step.to
    if (step.cause === 'create') continue
    const row = TRANSITIONS[step.cause as TransitionName]
    expect(row.from as readonly string[]).toContain(step.from)
    expect(row.to as readonly string[]).toContain(step.to)
  }
  expect(audit.entries.filter((entry) => entry.event_type === 'TicketCreated')).toHaveLength(1)
  const changes = audit.entries.filter((entry) => entry.event_type === 'TicketStateChanged').map((entry) => entry.payload)
  const expected = history.slice(1).map(({ version, from, to, cause }) => ({ version, from_state: from, to_state: to, cause }))
  expect(changes.toSorted((a, b) => Number(a.version) - Number(b.version))).toMatchObject(expected)
  expect(changes).toHaveLength(expected.length)
}

/** All faults are over: what the scheduler does from time to time, and whatever jobs there are. */
async function settle(): Promise<void> {
  for (let round = 0; round < 6; round += 1) {
    it.pass(10 * MINUTE)
    await sweepOutbox(it.deps, -100 * MINUTE)
    await rescueTurns(it.deps, -100 * MINUTE)
    await it.deliverAll()
  }
}

const WAY_ON: Partial<Record<StateName, (ticket: Ticket) => Promise<unknown>>> = {
  needs_approval: (ticket) => COMMANDS.approve(ticket.id, ADMIN),
  search_failed: (ticket) => COMMANDS.retry(ticket.id, ADMIN),
  // Nothing but a pause keeps a download once all faults are over; where it was none, resuming is refused and the test fails.
  downloading: (ticket) => COMMANDS.resume(ticket.id, ADMIN),
}

test(`no sequence of commands, deliveries, crashes and losses takes a ticket off its way (${RUNS} sequences)`, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(action, { minLength: 5, maxLength: 45 }), async (actions) => {
      const tickets: string[] = [(await it.post({ tracks: 2 })).id]
      const seen = new Map<string, Delivery>()
      for (const what of actions) await carryOut(what, tickets, seen)
      for (const id of tickets) await check(id)

      await settle()
      for (const id of tickets) {
        const ticket = await it.ticket(id)
        if (!isTerminal(ticket.state.name)) expect(Object.keys(WAY_ON)).toContain(ticket.state.name)
        await WAY_ON[ticket.state.name]?.(ticket)
      }
      await settle()
      for (const id of tickets) {
        await check(id)
        const ticket = await it.ticket(id)
        expect([ticket.state.name, isTerminal(ticket.state.name)]).toEqual([ticket.state.name, true])
        expect(ticket.stage).toBeNull()
      }
      expect(await it.store.outbox.count()).toBe(0)
      expect(await it.jobs()).toEqual([])
    }),
    { numRuns: RUNS, endOnFailure: true },
  )
})
