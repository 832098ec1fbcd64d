import { setTimeout as delay } from 'node:timers/promises'
import { ApiError } from '@torrentino/client'
import { patiently } from './patiently.js'
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
const TRIES = 5
const ROUNDS = 3
/** An indexer, a program or a whole process was too slow, as all are on a busy machine. Who lacked an answer may have approved what is of others. */
const TOO_SLOW = `(t.state = 'search_failed'
    and exists (select from ticket_transitions s where s.ticket_id = t.id and s.reason like 'no answer%'))
  or (t.state = 'failed' and t.state_data ->> 'code' in ('crashes', 'ffmpeg_stalled'))`

/** All faults are over. Whoever waits for a human gets what he waits for, and what failed is tried once more. */
export async function settle(world: World, wishes: readonly Wish[], deeds: Deeds, limitMs: number): Promise<string[]> {
  const end = Date.now() + limitMs
  const { it, clients, chronicle } = world
  await it.system.ready(undefined, limitMs)
  chronicle.progress('all processes are ready again')
  await askIndexers(world, deeds)
  await rest(world, deeds, end)
  if (Date.now() > end) chronicle.progress('some come to no rest')
  for (const wish of wishes) await clearTheWay(wish)
  const failed = await patiently(() => it.sql.query<{ id: string }>(`select id from tickets where state in ('failed', 'search_failed')`))
  chronicle.progress(`trying again ${failed.length} that failed`)
  for (const { id } of failed) await tell(deeds, `retry of ${id}`, () => clients[0]?.retry(id))
  const longer = () => Math.max(end, Date.now() + limitMs / 4)
  let restless = await rest(world, deeds, longer())
  for (let round = 0; round < ROUNDS && (await againWhatWasSlow(world, deeds)); round += 1) restless = await rest(world, deeds, longer())
  return restless
}

/** What was too slow once more has said nothing about the system. */
async function againWhatWasSlow(world: World, deeds: Deeds): Promise<boolean> {
  const slow = await patiently(() => world.it.sql.query<{ id: string }>(`select t.id from tickets t where ${TOO_SLOW}`))
  if (slow.length === 0) return false
  await askIndexers(world, deeds)
  for (const { id } of slow) await tell(deeds, `retry of ${id}`, () => world.clients[0]?.retry(id))
  return true
}

/** A good answer ends the pause of one that failed. */
async function askIndexers({ it, clients }: World, deeds: Deeds): Promise<void> {
  for (const { indexer } of it.scenes) await tell(deeds, `test of ${indexer.name}`, () => clients[0]?.testIndexer(indexer.name))
}

/** Cancels what has not come to an end for good, so that nothing has a reason to be kept any more. */
export async function giveUpTheRest(world: World, deeds: Deeds, limitMs: number): Promise<string[]> {
  const open = await patiently(() =>
    world.it.sql.query<{ id: string }>(`select id from tickets where state in ('failed', 'search_failed', 'needs_approval')`),
  )
  for (const { id } of open) await tell(deeds, `cancel of ${id}`, () => world.clients[0]?.cancel(id))
  return rest(world, deeds, Date.now() + limitMs)
}

/** Resolves when nobody is at work any more, or at the end of the time with those who still are. */
async function rest(world: World, deeds: Deeds, end: number): Promise<string[]> {
  const approvals = new Map<string, number>()
  let told = 0
  for (;;) {
    const restless = await patiently(() => look(world))
    const atWork = restless.filter(({ stage, paused }) => stage !== null || paused)
    const asking = restless.filter(({ id, state }) => state === 'needs_approval' && (approvals.get(id) ?? 0) < APPROVALS)
    if (atWork.length === 0 && asking.length === 0) return []
    if (Date.now() > end) return atWork.map(({ id }) => id)
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

/** More than once where the answer was lost: a command that was carried out already is refused then. */
async function tell(deeds: Deeds, what: string, send: () => Promise<unknown> | undefined): Promise<void> {
  for (let tries = 0; tries < TRIES; tries += 1) {
    try {
      await send()
      return
    } catch (error) {
      noteAnswer(error, what, deeds)
      if (!(error instanceof ApiError) || !error.isPassing) return
    }
  }
}
