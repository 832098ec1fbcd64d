import { randomUUID } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type Bus, type JobEnd, type JobWorker, openBus, stageJob } from '@torrentino/bus'
import { sharedRedisUrl, waitFor } from '@torrentino/testkit'
import { createSlots, type Slots } from './slots.js'
import { QUIET } from './test-support/test-worker.js'

const url = await sharedRedisUrl()
const HOUR_MS = 3_600_000

let bus: Bus
const workers: JobWorker[] = []
beforeEach(async () => {
  bus = openBus({ url, prefix: `s${randomUUID().slice(0, 8)}`, onError: () => {} })
  await bus.ready()
})
afterEach(async () => {
  await Promise.all(workers.splice(0).map((worker) => worker.close(0)))
  await bus.close()
})

const over = new Set<string>()
const openSlots = (places: number, leaseMs = 10_000) =>
  createSlots({
    ...{ bus, places, leaseMs, log: QUIET },
    tickets: {
      stillOn: async (turns) => new Set(turns.flatMap(({ id, stageVersion }) => (over.has(id) ? [] : [`${id}/${stageVersion}`]))),
    },
  })

function ticket(priority: 1 | 2 | 3 = 2, requestedBy = 'ann') {
  return { id: randomUUID(), priority, requestedBy, stageVersion: 1, request: {} }
}

/** Holds a place until told to leave; null when there was none. */
async function hold(slots: Slots, who: ReturnType<typeof ticket>): Promise<(() => Promise<unknown>) | null> {
  let leave = () => {}
  const left = new Promise<void>((resolve) => {
    leave = resolve
  })
  return new Promise((resolve) => {
    const run = slots.withSlot(who, async () => {
      resolve(async () => {
        leave()
        await run
      })
      await left
      return 'left'
    })
    void run.then((result) => {
      if (result === null) resolve(null)
    })
  })
}

/** Download jobs that stand in line for an hour unless they are woken; answers who got a place, in order. */
function standInLine(slots: Slots, tickets: ReturnType<typeof ticket>[]): { lined: Set<string>; served: string[] } {
  const lined = new Set<string>()
  const served: string[] = []
  const worker = bus.work({
    queue: 'download',
    concurrency: 50,
    lockMs: 10_000,
    stalledCheckMs: 10_000,
    onError: () => {},
    onStalled: () => {},
    async handle({ data }): Promise<JobEnd> {
      const who = tickets.find(({ id }) => id === data.ticketId)
      const place = who && (await slots.withSlot(who, async () => served.push(who.id)))
      if (who && place === null) lined.add(who.id)
      return place === null ? { kind: 'later', at: new Date(Date.now() + HOUR_MS) } : { kind: 'done' }
    },
  })
  workers.push(worker)
  return { lined, served }
}

const jobOf = (who: ReturnType<typeof ticket>) => stageJob({ ...who, stage: 'download' })

async function delayed(): Promise<number> {
  return (await bus.jobs.depths()).find(({ queue }) => queue === 'download')?.delayed ?? 0
}

test('of fifty that come at once, in two processes, as many get in as there are places', async () => {
  const processes = [openSlots(3), openSlots(3)]
  const places = await Promise.all(Array.from({ length: 50 }, (_, index) => hold(processes[index % 2] as Slots, ticket())))
  expect(places.filter((place) => place !== null)).toHaveLength(3)
  await Promise.all(places.map((leave) => leave?.()))
  expect(await hold(processes[0] as Slots, ticket()).then((leave) => leave?.())).not.toBeNull()
})

describe('the line', () => {
  test('goes on as places are left, urgent ones first, and each job is served once', async () => {
    const slots = openSlots(1)
    const leave = await hold(slots, ticket())
    const tickets = [ticket(3), ticket(2), ticket(1)]
    const { lined, served } = standInLine(slots, tickets)
    for (const who of tickets) {
      await bus.jobs.add([jobOf(who)])
      await waitFor('its place in line', async () => lined.has(who.id))
    }
    await waitFor('all to be delayed', async () => (await delayed()) === 3)
    await leave?.()
    await waitFor('all to be served', () => served.length === 3)
    expect(served).toEqual(tickets.map(({ id }) => id).reverse())
  })

  test('is fair: one of many tickets does not keep another requester waiting', async () => {
    const slots = openSlots(1)
    const leave = await hold(slots, ticket(2, 'cat'))
    const many = Array.from({ length: 6 }, () => ticket(2, 'ann'))
    const single = ticket(2, 'bob')
    const { lined, served } = standInLine(slots, [...many, single])
    for (const who of [...many, single]) {
      await bus.jobs.add([jobOf(who)])
      await waitFor('its place in line', async () => lined.has(who.id))
    }
    await waitFor('all to be delayed', async () => (await delayed()) === 7)
    await leave?.()
    await waitFor('all to be served', () => served.length === 7)
    expect(served.indexOf(single.id)).toBe(1)
    expect(served.filter((id) => id !== single.id)).toEqual(many.map(({ id }) => id))
  })

  test('lets nobody come between one who was called and his place', async () => {
    const slots = openSlots(1)
    const leave = await hold(slots, ticket())
    const first = ticket()
    await bus.jobs.add([jobOf(first)])
    expect(await slots.withSlot(first, async () => 'in')).toBeNull()
    await leave?.()
    expect(await slots.withSlot(ticket(), async () => 'in')).toBeNull()
    expect(await slots.withSlot(first, async () => 'in')).toBe('in')
  })

  test('does not hear of those whose turn is over, though their job is there', async () => {
    const slots = openSlots(1)
    const leave = await hold(slots, ticket())
    const [ended, last] = [ticket(1), ticket(3)]
    const { lined, served } = standInLine(slots, [ended, last])
    await bus.jobs.add([jobOf(ended), jobOf(last)])
    await waitFor('both in line', async () => lined.size === 2 && (await delayed()) === 2)
    over.add(ended.id)
    await leave?.()
    await waitFor('the last', () => served.includes(last.id))
    expect(served).toEqual([last.id])
  })

  test('is not held up by one that was cancelled in it', async () => {
    const slots = openSlots(1)
    const leave = await hold(slots, ticket())
    const cancelled = [ticket(1), ticket(1)]
    for (const who of cancelled) expect(await slots.withSlot(who, async () => 'in')).toBeNull()
    const last = ticket(3)
    const { served } = standInLine(slots, [last])
    await bus.jobs.add([jobOf(last)])
    await waitFor('its place in line', async () => (await delayed()) === 1)
    await leave?.()
    await waitFor('the last', () => served.includes(last.id))
  })
})

describe('a place', () => {
  test('is given on when its holder has died', async () => {
    // Never renewed: as a process leaves it that was killed.
    expect(await bus.leases.take('downloads', 'of the dead', 1, 300)).toBe(true)
    const slots = openSlots(1, 300)
    expect(await slots.withSlot(ticket(), async () => 'in')).toBeNull()
    await waitFor('the place', async () => (await slots.withSlot(ticket(), async () => 'in')) === 'in')
  })

  test('is given back when the work fails', async () => {
    const slots = openSlots(1)
    await expect(slots.withSlot(ticket(), () => Promise.reject(new Error('no peers')))).rejects.toThrow('no peers')
    expect(await slots.withSlot(ticket(), async () => 'in')).toBe('in')
  })

  test('stays with a ticket that goes on at once', async () => {
    const slots = openSlots(1)
    const first = ticket()
    await slots.withSlot(
      first,
      async () => 'more to do',
      () => 'keep',
    )
    expect(await slots.withSlot(ticket(), async () => 'in')).toBeNull()
    expect(await slots.withSlot(first, async () => 'in')).toBe('in')
    expect(await slots.withSlot(ticket(), async () => 'in')).toBe('in')
  })

  test('stays with a ticket whose earlier run is only now ending', async () => {
    const slots = openSlots(1)
    const who = ticket()
    const [leaveFirst, leaveSecond] = [await hold(slots, who), await hold(slots, who)]
    await leaveFirst?.()
    expect(await slots.withSlot(ticket(), async () => 'in')).toBeNull()
    await leaveSecond?.()
    expect(await slots.withSlot(ticket(), async () => 'in')).toBe('in')
  })
})
