import { randomUUID } from 'node:crypto'
import { afterAll, afterEach, describe, expect, test } from '@jest/globals'
import { stageJob } from '@torrentino/bus'
import {
  type Actor,
  DomainError,
  STATES,
  StageError,
  type StateName,
  type Ticket,
  TRANSITIONS,
  type TransitionName,
} from '@torrentino/domain'
import { creationOf, openTestPipeline, sampleCandidate, sampleTicket, waitFor } from '@torrentino/testkit'
import { rescueTurns } from '../rescue.js'
import { approveTicket, cancelTicket, forceMagnet, forceSearch, pauseTicket, rejectTicket, resumeTicket, retryTicket } from './commands.js'

const it = await openTestPipeline()
const ADMIN: Actor = { kind: 'user', id: 'root', role: 'admin' }
const OWNER: Actor = { kind: 'user', id: 'ann', role: 'user' }
const OTHER: Actor = { kind: 'user', id: 'bob', role: 'user' }
const HASH = 'b'.repeat(40)
const MAGNET = `magnet:?xt=urn:btih:${HASH}&tr=http%3A%2F%2Ftracker.example%2Fsecret`

afterAll(() => it.drop())
afterEach(() => it.flush())

type Command = (id: string, actor: Actor) => Promise<Ticket>
const COMMANDS: Partial<Record<TransitionName, Command>> = {
  cancel: (id, actor) => cancelTicket(it.deps, id, actor, 'why'),
  approve: (id, actor) => approveTicket(it.deps, id, actor, undefined),
  reject: (id, actor) => rejectTicket(it.deps, id, actor, 'why'),
  retry: (id, actor) => retryTicket(it.deps, id, actor),
  force_search: (id, actor) => forceSearch(it.deps, id, actor, 'my query'),
  force_magnet: (id, actor) => forceMagnet(it.deps, id, actor, MAGNET, HASH),
}
const NAMES = Object.keys(COMMANDS) as TransitionName[]

async function stored(state: StateName, change: Partial<Ticket> = {}): Promise<Ticket> {
  const ticket = sampleTicket({ work: { candidates_count: 2, candidates_version: 1, selected_idx: 0 }, ...change, state })
  const items = [{ itemId: 't1', idx: 0, kind: 'track' as const, sourcePath: '/a' }]
  await it.store.door.write(creationOf(ticket, { items, candidates: [sampleCandidate(), sampleCandidate()] }))
  return ticket
}

const CELLS = NAMES.flatMap((name) =>
  STATES.map((state): [TransitionName, StateName, boolean] => [name, state, fromOf(name).includes(state)]),
)

function fromOf(name: TransitionName): readonly StateName[] {
  return TRANSITIONS[name].from
}

describe('every command in every state', () => {
  test.each(CELLS)('%s in %s: %s', async (name, state, allowed) => {
    const ticket = await stored(state)
    const command = COMMANDS[name] as Command
    if (!allowed) {
      const fault = { code: 'illegal_transition', details: { state, allowed_states: fromOf(name) } }
      await expect(command(ticket.id, ADMIN)).rejects.toMatchObject(fault)
      expect(await it.store.steps.history(ticket.id)).toHaveLength(1)
      return
    }
    const after = await command(ticket.id, ADMIN)
    expect(after).toMatchObject({ version: 2, id: ticket.id })
    expect(await it.ticket(ticket.id)).toEqual({ ...after, updatedAt: expect.any(Date), work: JSON.parse(JSON.stringify(after.work)) })
    expect(await it.store.steps.history(ticket.id)).toMatchObject([{ version: 1 }, { version: 2, cause: name, actor: 'root' }])
    expect(after.stage === null || (await it.jobs()).some((job) => job.id.startsWith(ticket.id))).toBe(true)
  })

  test('of a ticket that is not there: not found', async () => {
    for (const name of NAMES) await expect(COMMANDS[name]?.(randomUUID(), ADMIN)).rejects.toMatchObject({ code: 'not_found' })
  })
})

describe('who may', () => {
  test.each(NAMES)('%s', async (name) => {
    const [state] = fromOf(name)
    const command = COMMANDS[name] as Command
    const ticket = await stored(state as StateName)
    await expect(command(ticket.id, OTHER)).rejects.toMatchObject({ code: 'forbidden' })
    const byOwner = command(ticket.id, OWNER)
    if (name === 'cancel') expect(await byOwner).toMatchObject({ state: { name: 'cancelled', cancelled_by: 'ann' } })
    else await expect(byOwner).rejects.toMatchObject({ code: 'forbidden' })
  })
})

/** A command answers before its job is told. */
function handedOut(id: string): Promise<void> {
  return waitFor('its job', async () => (await it.jobs()).some((job) => job.id.startsWith(id)))
}

describe('pause and resume', () => {
  test('of a running download, by its owner: a new turn each, the state is kept, the flag and the audit say who', async () => {
    const { id, stageVersion } = await stored('downloading')
    const paused = await pauseTicket(it.deps, id, OWNER)
    expect(paused).toMatchObject({ state: { name: 'downloading', paused: { by: 'ann', at: expect.any(String) } }, stage: 'download' })
    await expect(pauseTicket(it.deps, id, ADMIN)).rejects.toMatchObject({ code: 'illegal_transition' })
    const resumed = await resumeTicket(it.deps, id, ADMIN)
    expect(resumed.state).toEqual({ name: 'downloading', torrent_hash: expect.any(String), started_at: expect.any(String) })
    await expect(resumeTicket(it.deps, id, OWNER)).rejects.toMatchObject({ code: 'illegal_transition' })
    expect(new Set([stageVersion, paused.stageVersion, resumed.stageVersion]).size).toBe(3)
    const { entries } = await it.store.audit.list({
      ticketId: id,
      eventTypes: ['DownloadPaused', 'DownloadResumed'],
      limit: 5,
      order: 'oldest',
    })
    expect(entries.map(({ payload }) => payload)).toEqual([{ paused_by: 'ann' }, { resumed_by: 'root' }])
  })

  test('a paused one has no job, and the rescue makes none; its resumption hands one out at once', async () => {
    const { id } = await stored('downloading')
    const own = async () => (await it.jobs()).filter((job) => job.id.startsWith(id)).map((job) => job.id)
    const paused = await pauseTicket(it.deps, id, OWNER)
    expect(await own()).toEqual([])
    await rescueTurns(it.deps, -60_000)
    expect(await own()).toEqual([])
    const stale = stageJob({ ...paused, stage: 'download' })
    await it.deps.bus.jobs.add([stale])
    for (const job of await it.jobs()) if (job.id === stale.id) expect(await it.deliver(job)).toEqual({ kind: 'done' })
    const resumed = await resumeTicket(it.deps, id, OWNER)
    await handedOut(id)
    expect(await own()).toContain(stageJob({ ...resumed, stage: 'download' }).id)
  })

  test('of nothing else, and by nobody else', async () => {
    for (const state of STATES.filter((name) => name !== 'downloading')) {
      const { id } = await stored(state)
      for (const command of [pauseTicket, resumeTicket])
        await expect(command(it.deps, id, OWNER)).rejects.toMatchObject({ code: 'illegal_transition', details: { state } })
    }
    const { id } = await stored('downloading')
    await expect(pauseTicket(it.deps, id, OTHER)).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('what they do', () => {
  test('approve takes the recommended candidate, or the one that is named; one that is not there is refused by its place', async () => {
    expect(await approveTicket(it.deps, (await stored('needs_approval')).id, ADMIN, undefined)).toMatchObject({
      state: { name: 'approved', selected_idx: 1, approved_by: 'root' },
      work: { selected_idx: 1, human_approved: true },
    })
    expect(await approveTicket(it.deps, (await stored('needs_approval')).id, ADMIN, 0)).toMatchObject({ state: { selected_idx: 0 } })
    const refused = approveTicket(it.deps, (await stored('needs_approval')).id, ADMIN, 2)
    await expect(refused).rejects.toMatchObject({ code: 'invalid_request', details: { errors: [{ path: 'candidate_idx' }] } })
  })

  test('each is in the audit under its own name, with who did it', async () => {
    const expected: [TransitionName, string, object][] = [
      ['cancel', 'TicketCancelled', { cancelled_by: 'root', reason: 'why' }],
      ['approve', 'ApprovalGranted', { approved_by: 'root', selected_candidate_idx: 1 }],
      ['reject', 'ApprovalRejected', { rejected_by: 'root', reason: 'why' }],
      ['retry', 'AdminRetry', { admin_id: 'root' }],
      ['force_search', 'AdminForceSearch', { admin_id: 'root', custom_query: 'my query' }],
      ['force_magnet', 'AdminForceMagnet', { admin_id: 'root', magnet_uri: `magnet:?xt=urn:btih:${HASH}` }],
    ]
    for (const [name, type, payload] of expected) {
      const ticket = await stored(
        fromOf(name).at(-1) === 'failed' ? 'failed' : name === 'cancel' ? 'searching' : (fromOf(name)[0] as StateName),
      )
      await COMMANDS[name]?.(ticket.id, ADMIN)
      const { entries } = await it.store.audit.list({ ticketId: ticket.id, limit: 10 })
      expect(entries.map((entry) => entry.event_type)).toEqual(['TicketStateChanged', type, 'TicketCreated'])
      expect(entries[1]).toMatchObject({ actor: 'root', payload })
      expect(JSON.stringify(entries)).not.toContain('secret')
    }
  })

  test('a dry run is not made to download', async () => {
    const ticket = sampleTicket()
    const dry = await stored('needs_approval', { request: { ...ticket.request, dry_run: true } })
    await expect(forceMagnet(it.deps, dry.id, ADMIN, MAGNET, HASH)).rejects.toMatchObject({ code: 'illegal_transition' })
  })

  test.each([
    ['pending', 'pending', 'search'],
    ['searching', 'pending', 'search'],
    ['matching', 'matching', 'match'],
    ['auto_approved', 'auto_approved', 'download'],
    ['approved', 'approved', 'download'],
    ['downloading', 'downloading', 'download'],
    ['converting', 'converting', 'convert'],
    ['placing', 'placing', 'place'],
  ] as const)('retry of one that failed in %s goes on in %s', async (failedAt, resumed, queue) => {
    const failed = await stored('failed', {
      state: { name: 'failed', failed_at_state: failedAt, error: 'x', code: 'x', retryable: true, retry_count: 4, failed_at: '' },
      work: { candidates_count: 2, selected_idx: 1, download: { info_hash: HASH, started_at: '', files: [] } },
    } as never)
    await it.store.rows('update tickets set state_data = state_data || $2 where id = $1', [
      failed.id,
      { failed_at_state: failedAt, retry_count: 4 },
    ])
    const after = await retryTicket(it.deps, failed.id, ADMIN)
    expect(after).toMatchObject({ state: { name: resumed }, stage: queue, stageVersion: 2, work: { retry_count: 5 } })
    await handedOut(failed.id)
    expect((await it.jobs()).filter((job) => job.id.startsWith(failed.id)).map((job) => job.queue)).toEqual([queue])
  })

  test('retry of a conversion takes up only what is not done', async () => {
    it.plan(({ itemId }) => (itemId === 't2' ? 'permanent' : 'ok'))
    const ticket = await it.post({ tracks: 3 })
    for (let round = 0; round < 6; round += 1)
      for (const job of (await it.jobs()).toSorted((a, b) => (a.id < b.id ? -1 : 1)))
        if (job.id.startsWith(ticket.id)) await it.deliver(job)
    expect((await it.ticket(ticket.id)).state.name).toBe('failed')
    const made: string[] = []
    it.plan(({ itemId }) => {
      if (itemId) made.push(itemId)
      return 'ok'
    })
    await retryTicket(it.deps, ticket.id, ADMIN)
    await handedOut(ticket.id)
    await it.deliverAll()
    expect((await it.ticket(ticket.id)).state.name).toBe('completed')
    expect(made.toSorted()).toEqual(['t2', 't3'])
  })

  test('retry of a placement whose files are gone makes all of them again', async () => {
    const made: string[] = []
    let gone = true
    it.plan(({ stage, itemId }) => {
      if (itemId) made.push(itemId)
      if (stage === 'place' && gone) throw new StageError('permanent', 'source_missing', 'it is no file any more')
      return 'ok'
    })
    const ticket = await it.post({ tracks: 2 })
    await it.deliverAll()
    expect((await it.ticket(ticket.id)).state).toMatchObject({ name: 'failed', failed_at_state: 'placing' })
    gone = false
    expect((await retryTicket(it.deps, ticket.id, ADMIN)).state.name).toBe('converting')
    expect(new Set((await it.store.items.of(ticket.id)).map(({ status }) => status))).toEqual(new Set(['waiting']))
    await handedOut(ticket.id)
    await it.deliverAll()
    expect((await it.ticket(ticket.id)).state.name).toBe('completed')
    expect(made.toSorted()).toEqual(['t1', 't1', 't2', 't2'])
  })

  test('a command decides anew when a worker was quicker, and one of many equal ones wins', async () => {
    const ticket = await stored('needs_approval')
    const results = await Promise.allSettled(Array.from({ length: 20 }, () => approveTicket(it.deps, ticket.id, ADMIN, 0)))
    expect(results.filter((result) => result.status === 'fulfilled')).toHaveLength(1)
    const refused = results.flatMap((result) => (result.status === 'rejected' ? [result.reason as DomainError] : []))
    expect(new Set(refused.map((error) => error.code))).toEqual(new Set(['illegal_transition']))
    expect(refused[0]).toBeInstanceOf(DomainError)
  })

  test('cancel during work wins against the worker, whenever it comes', async () => {
    for (let round = 0; round < 5; round += 1) {
      const ticket = await it.post()
      const [job] = (await it.jobs()).filter((one) => one.id.startsWith(ticket.id))
      await Promise.all([it.deliver(job as never), cancelTicket(it.deps, ticket.id, OWNER, null)])
      await it.deliverAll()
      const history = await it.store.steps.history(ticket.id)
      expect(history.at(-1)?.to).toBe('cancelled')
      expect(history.map((entry) => entry.version)).toEqual(history.map((_, index) => index + 1))
    }
  })
})
