import type { Bus, Hint } from '@torrentino/bus'
import type { Given } from '@torrentino/providers'
import type { Logger } from '@torrentino/runtime'
import type { Catalog, StoredTorrent, Torrents } from '@torrentino/store'
import { createCleanUp } from './clean-up.js'
import { createHeld } from './held.js'
import type { CleanupPolicy } from './may-go.js'
import { createOneByOne, type OneByOne } from './one-by-one.js'
import { createPins } from './pins.js'
import type { Home, Homes } from './pool/homes.js'
import type { ClientPool } from './pool/pool.js'
import { createSeeders } from './seed-again.js'
import { givenBack } from './seeding.js'

export interface HoldingsDeps {
  torrents: Torrents
  bus: Pick<Bus, 'leases'>
  pool: ClientPool
  homes: Homes
  /** This process, as the owner of what it holds. */
  owner: string
  policy: CleanupPolicy
  catalog: Pick<Catalog, 'cleanupCandidates' | 'bytesHeld' | 'files'>
  /** With policy after_ratio: what met its goal stays for later tickets while all together take no more; 0 keeps nothing. */
  budgetBytes: number
  /** How long a process may be silent before another takes its torrents. */
  leaseMs: number
  /** From one look at all of them to the next. */
  lookMs?: number
  /** Nothing new is begun after it. */
  signal: AbortSignal
  log: Logger
}

/**
 * The torrents that this process has in its clients. Only the holder of a torrent's lease touches its files;
 * the lease of a process that died ends by itself, and another takes the torrent up.
 */
export interface Holdings {
  /** Whatever changes a torrent in the client goes through here, so that tickets that share it and the chores do not meet. */
  exclusively: OneByOne
  /** True when this process holds the torrent now. */
  take(infoHash: string): Promise<boolean>
  /** The client of a torrent that this process holds, which is chosen where there is none yet. */
  home(torrent: StoredTorrent, sizeBytes?: number): Promise<Home>
  holds(infoHash: string): boolean
  /** A ticket works on it: it is not given away or cleaned up meanwhile. A transfer that the last one leaves undone is paused. */
  pin(infoHash: string): () => void
  onHint(hint: Hint): void
  /** Takes over what the clients say was given back; done in each round. */
  noteGiven(): Promise<void>
  /** Gives up the leases: for after the client was closed. */
  close(): Promise<void>
}

const LOOK_MS = 30_000
const SEEDED_AT_ONCE = 8

/** What is held, what is seeded again and what is cleaned up: here is when. */
export function createHoldings(deps: HoldingsDeps): Holdings {
  const { torrents, pool, signal, log, lookMs = LOOK_MS } = deps
  const exclusively = createOneByOne()
  /** The clients that could not be used at the last round. */
  let away: ReadonlySet<string> = new Set()
  const isAway = (client: string | null) => client !== null && away.has(client)
  const pins = createPins((infoHash, reviewIsDue) => {
    soon('transfer not paused', () => held.rest(infoHash))
    if (reviewIsDue) soon('review failed', () => cleanUp.review(infoHash))
  })
  const held = createHeld({ ...deps, pins, exclusively })
  const seeders = createSeeders({ ...deps, held, pins, isAway })
  const cleanUp = createCleanUp({ ...deps, held, pins, seeders, exclusively, isAway })

  /** Seeds again what nobody seeds, and cleans up what nobody needs. */
  async function lookAround(): Promise<void> {
    away = new Set(await lookAtClients())
    if (away.size === pool.members.length) return
    await seeders.noteGiven()
    for (const torrent of await torrents.idle()) if (!signal.aborted && !isAway(torrent.client)) await restAgain(torrent)
    const seeding = await torrents.withStatus('seeding')
    while (seeding.length > 0 && !signal.aborted) await Promise.all(seeding.splice(0, SEEDED_AT_ONCE).map(seedAgain))
    for (const infoHash of await cleanUp.toReview())
      if (!signal.aborted) await cleanUp.review(infoHash, true).catch((error) => log.warn('review failed', { info_hash: infoHash, error }))
  }

  function seedAgain(infoHash: string): Promise<void> {
    return exclusively(infoHash, () => seeders.addAgain(infoHash)).catch((error) =>
      log.warn('torrent not seeded', { info_hash: infoHash, error }),
    )
  }

  /** Whatever became of the word when its last ticket was paused, or left. */
  function restAgain(torrent: Pick<StoredTorrent, 'infoHash' | 'client' | 'folder'>): Promise<void> {
    const { infoHash } = torrent
    const isDone = held.has(infoHash) ? held.rest(infoHash) : held.restUnheld(torrent)
    return isDone.catch((error) => log.warn('transfer not paused', { info_hash: infoHash, error }))
  }

  /** The names of those that cannot be used: one word for all of their torrents. */
  async function lookAtClients(): Promise<string[]> {
    const found = await Promise.all(pool.members.map(async (member) => ({ name: member.name, ...(await member.health()) })))
    const ill = found.filter(({ ok }) => !ok)
    for (const { name, message } of ill) log.warn('torrents not looked after', { client: name, reason: message })
    return ill.map(({ name }) => name)
  }

  function soon(what: string, job: () => Promise<void>): void {
    if (signal.aborted) return
    void job().catch((error) => {
      if (!signal.aborted) log.warn(what, { error })
    })
  }

  let round: NodeJS.Timeout | undefined
  async function rounds(): Promise<void> {
    try {
      await lookAround()
    } finally {
      if (!signal.aborted) round = setTimeout(() => soon('look around failed', rounds), lookMs)
    }
  }
  soon('look around failed', rounds)

  const onGoal = (infoHash: string, given: Given) =>
    soon('seeding goal not noted', async () => {
      await exclusively(infoHash, async () => {
        await torrents.noteGiven([givenBack(infoHash, given)])
        // What a ticket came to want more of owes it anew, and what an admin removed stays so.
        if (await torrents.updateStatus(infoHash, 'goal_met', ['seeding'])) await torrents.update(infoHash, { goalMetAt: new Date() })
      })
      await cleanUp.review(infoHash)
    })
  const listening: (() => void)[] = []
  pool.onClient(({ client }) => void listening.push(client.onSeedingGoal(onGoal)))

  function letGo(infoHash: string): Promise<void> {
    return exclusively(infoHash, async () => {
      if (held.has(infoHash) && !pins.has(infoHash)) await held.letGo(infoHash)
    })
  }

  return {
    exclusively,
    take: held.take,
    home: held.home,
    holds: held.has,
    pin: pins.add,
    noteGiven: seeders.noteGiven,
    onHint(hint) {
      if (hint.kind === 'review_torrent') soon('review failed', () => cleanUp.review(hint.infoHash))
      if (hint.kind === 'release_torrent') soon('torrent not let go', () => letGo(hint.infoHash))
    },
    async close() {
      clearTimeout(round)
      for (const stop of listening) stop()
      await held.close()
    },
  }
}
