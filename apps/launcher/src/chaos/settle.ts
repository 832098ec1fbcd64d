import { setTimeout as delay } from 'node:timers/promises'
import { type Deeds, noteAnswer } from './users.js'
import { clearTheWay, type Wish } from './wishes.js'
import type { World } from './world.js'

interface Restless {
  id: string
  state: string
  stage: string | null
  version: number
  paused: boolean
}

const LOOK_MS = 250
const TELL_MS = 5000
/** Who comes back that often to be approved waits for somebody wiser. */
const APPROVALS = 3

/** All faults are over. Whoever waits for a human gets what he waits for, and what failed is tried once more. */
export async function settle(world: World, wishes: readonly Wish[], deeds: Deeds, limitMs: number): Promise<void> {
  const end = Date.now() + limitMs
  const { it, clients, chronicle } = world
  await it.system.ready(undefined, limitMs)
  chronicle.progress('all processes are ready again')
  for (const { indexer } of it.scenes) await clients[0]?.testIndexer(indexer.name)
  await rest(world, deeds, end)
  for (const wish of wishes) await clearTheWay(wish)
  const failed = await it.sql.query<{ id: string }>(`select id from tickets where state in ('failed', 'search_failed')`)
  chronicle.progress(`trying again ${failed.length} that failed`)
  for (const { id } of failed) await tell(deeds, `retry of ${id}`, () => clients[0]?.retry(id))
  await rest(world, deeds, end)
}

/** Cancels what has not come to an end for good, so that nothing has a reason to be kept any more. */
export async function giveUpTheRest(world: World, deeds: Deeds, limitMs: number): Promise<void> {
  const open = await world.it.sql.query<{ id: string }>(
    `select id from tickets where state in ('failed', 'search_failed', 'needs_approval')`,
  )
  for (const { id } of open) await tell(deeds, `cancel of ${id}`, () => world.clients[0]?.cancel(id))
  await rest(world, deeds, Date.now() + limitMs)
}

async function rest(world: World, deeds: Deeds, end: number): Promise<void> {
  const approvals = new Map<string, number>()
  let told = 0
  for (;;) {
    const restless = await look(world)
    const atWork = restless.filter(({ stage, paused }) => stage !== null || paused)
    const asking = restless.filter(({ id, state }) => state === 'needs_approval' && (approvals.get(id) ?? 0) < APPROVALS)
    if (atWork.length === 0 && asking.length === 0) return
    if (Date.now() > end) throw new Error(`no rest: ${atWork.map(({ id, state, stage }) => `\n  ${id} ${state} ${stage}`).join('')}`)
    if (Date.now() - told > TELL_MS) {
      told = Date.now()
      world.chronicle.progress(`${atWork.length} at work, ${asking.length} ask`)
    }
    for (const { id } of asking) {
      approvals.set(id, (approvals.get(id) ?? 0) + 1)
      await tell(deeds, `approve of ${id}`, () => world.clients[0]?.approve(id))
    }
    for (const { id } of restless.filter(({ paused }) => paused)) await tell(deeds, `resume of ${id}`, () => world.clients[0]?.resume(id))
    await delay(LOOK_MS)
  }
}

function look({ it }: World): Promise<Restless[]> {
  return it.sql.query<Restless>(
    `select id, state, stage, version, state = 'downloading' and state_data ? 'paused' as paused from tickets
     where stage is not null or state in ('needs_approval', 'downloading')`,
  )
}

async function tell(deeds: Deeds, what: string, send: () => Promise<unknown> | undefined): Promise<void> {
  await send()?.catch((error) => noteAnswer(error, what, deeds))
}
