import { setTimeout as delay } from 'node:timers/promises'
import { waitFor } from '@torrentino/testkit'
import { processesOf } from '../system-tests/support/processes.js'
import { UserError } from '../user-error.js'
import { type Finding, findingsOfCount, findingsOfLibrary, findingsOfWish } from './check.js'
import { findingsOfOrphans } from './check-orphans.js'
import type { Chronicle } from './chronicle.js'
import { faultsOfConsumer } from './consumer.js'
import { allMessages, faultsOfFollower, follow } from './followers.js'
import { rage } from './nemesis.js'
import type { ChaosOptions } from './options.js'
import { patiently } from './patiently.js'
import { type Random, seeded } from './random.js'
import { giveUpTheRest, settle } from './settle.js'
import { storyOf } from './story.js'
import { type Deeds, meddle, post } from './users.js'
import { makeWish, type Wish } from './wishes.js'
import { MOST_SCENES, openWorld, type World } from './world.js'

export interface ChaosResult {
  findings: Finding[]
  /** Of what the findings are about, as far as it is worth printing. */
  stories: string[]
}

const MOST_STORIES = 5
const TELL_MS = 10_000
const TICKETS_PER_SCENE = 12
const ORPHANS_MS = 60_000
const HEARD_MS = 90_000
const MEDDLERS = 3
/** Tickets that are looked at together. */
const AT_ONCE = 4
/** Posts come in during the first part of the time. */
const POSTING_PART = 0.7

export async function runChaos(options: ChaosOptions, chronicle: Chronicle, signal?: AbortSignal): Promise<ChaosResult> {
  const scenes = Math.min(MOST_SCENES, Math.max(2, Math.ceil(options.tickets / TICKETS_PER_SCENE)))
  const world = await openWorld({ scenes, qbittorrent: options.qbittorrent, chronicle })
  let findings: Finding[]
  let stories: string[]
  try {
    chronicle.progress(`the system runs: ${world.it.system.processes().length} processes, ${scenes} albums`)
    await untilAllLoad(world)
    if (!world.qbittorrent) chronicle.progress('LEFT OUT: no qBittorrent takes part (apt-get install qbittorrent-nox)')
    if (!world.disk) chronicle.progress('LEFT OUT: no disk can be filled, because nothing may be mounted here (run as root)')
    findings = await Promise.race([inWorld(world, options), interrupted(signal)])
    const about = [...new Set(findings.flatMap(({ ticketId }) => ticketId ?? []))]
    stories = await Promise.all(about.slice(0, MOST_STORIES).map((id) => patiently(() => storyOf(world, id))))
  } finally {
    await world.stop()
  }
  const left = await processesOf(world.it.folders.root)
  findings.push(...left.map(({ pid, line }) => ({ ticketId: null, text: `process ${pid} lives on: ${line}` })))
  return { findings, stories }
}

/** A client that was out of it from the beginning would prove nothing. */
async function untilAllLoad({ clients }: World): Promise<void> {
  await waitFor('the torrent clients', async () => {
    const { torrent_clients: found = [] } = (await clients[0]?.health()) ?? {}
    return found.length > 0 && found.every(({ ok }) => ok === true)
  })
}

function interrupted(signal: AbortSignal | undefined): Promise<never> {
  return new Promise((_, reject) => signal?.addEventListener('abort', () => reject(new UserError('interrupted')), { once: true }))
}

async function inWorld(world: World, { seed, tickets, minutes }: ChaosOptions): Promise<Finding[]> {
  const { chronicle, it, clients } = world
  const random = seeded(seed)
  const ms = minutes * 60_000
  const deeds: Deeds = { accepted: [], faults: [] }
  const wishes: Wish[] = []
  for (let nr = 0; nr < tickets; nr += 1) wishes.push(await makeWish(it.scenes, it.folders.media, random.part(`wish ${nr}`)))
  const followers = clients.map((client, nr) => follow(client, random.part(`follower ${nr}`)))
  const telling = setInterval(() => void tell(world, wishes), TELL_MS)
  try {
    await underFire(world, wishes, deeds, random, ms)
    chronicle.progress('the faults are over')
    const restless = (await settle(world, wishes, deeds, settleMs(tickets))).map(restlessOne)
    const ofWishes: Finding[][] = []
    for (let from = 0; from < wishes.length; from += AT_ONCE) {
      const some = wishes.slice(from, from + AT_ONCE)
      ofWishes.push(...(await Promise.all(some.map((wish) => patiently(() => findingsOfWish(world, wish, deeds.accepted))))))
    }
    const findings = [
      ...deeds.faults.map((text) => ({ ticketId: null, text })),
      ...restless,
      ...ofWishes.flat(),
      ...(await patiently(() => findingsOfLibrary(world, wishes))),
      ...(await patiently(() => findingsOfCount(world, wishes))),
    ]
    chronicle.progress(`${await patiently(() => countsOf(world))}; ${findings.length} findings; now all that is open is cancelled`)
    findings.push(...(await giveUpTheRest(world, deeds, ORPHANS_MS)).map(restlessOne))
    findings.push(...(await findingsOfOrphans(world, ORPHANS_MS)))
    const expected = await patiently(() => allMessages(world))
    const last = expected.at(-1) ?? 0
    await soon(() => followers.every((follower) => follower.lastId() >= last) && world.consumer.taken.includes(last))
    findings.push(...faultsOfConsumer(world.consumer, expected).map((text) => ({ ticketId: null, text })))
    for (const [nr, follower] of followers.entries())
      findings.push(...faultsOfFollower(`follower ${nr + 1}`, follower, expected).map((text) => ({ ticketId: null, text })))
    return findings
  } finally {
    clearInterval(telling)
    await Promise.all(followers.map((follower) => follower.stop()))
  }
}

async function underFire(world: World, wishes: Wish[], deeds: Deeds, random: Random, ms: number): Promise<void> {
  const giveUp = AbortSignal.timeout(ms + 60_000)
  const posts = wishes.map(async (wish, nr) => {
    const own = random.part(`post ${nr}`)
    await delay(own.between(0, ms * POSTING_PART))
    await post(world, wish, own, deeds, giveUp)
  })
  const faults = rage(world, random.part('nemesis'), ms)
  const meddling = Array.from({ length: MEDDLERS }, (_, nr) => meddle(world, wishes, random.part(`user ${nr}`), deeds, ms, MEDDLERS))
  await Promise.all([faults, ...meddling, ...posts])
  world.chronicle.progress(`${await faults} faults, ${deeds.accepted.length} commands accepted`)
}

/** One upper bound for all: a quiet machine needs a small part of it. */
function settleMs(tickets: number): number {
  return 300_000 + tickets * 1000
}

function restlessOne(ticketId: string): Finding {
  return { ticketId, text: 'comes to no rest' }
}

/** Whatever takes longer shows as what lacks. */
async function soon(condition: () => boolean): Promise<void> {
  await waitFor('the last message', condition, HEARD_MS, 50).catch(() => {})
}

async function tell(world: World, wishes: readonly Wish[]): Promise<void> {
  const counts = await countsOf(world).catch(() => 'the database does not answer')
  const { happenings } = world.chronicle
  const last = happenings.filter(({ text }) => !/ of [0-9a-f]{8}-/.test(text)).at(-1)
  world.chronicle.progress(`${wishes.filter(({ id }) => id !== null).length} posted: ${counts} [${last?.text ?? ''}]`)
}

async function countsOf({ it }: World): Promise<string> {
  const counts = await it.sql.query<{ state: string; count: number }>(
    'select state, count(*)::int as count from tickets group by state order by state',
  )
  const torrents = await it.sql.query<{ client: string; count: number }>(
    'select client, count(*)::int as count from torrents where client is not null group by client order by client',
  )
  const inClients = torrents.map(({ client, count }) => `${count} in ${client}`).join(', ')
  return `${counts.map(({ state, count }) => `${count} ${state}`).join(', ')}; torrents: ${inClients || 'none'}`
}
