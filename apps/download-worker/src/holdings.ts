import type { Bus, Hint } from '@torrentino/bus'
import type { Given, TorrentState } from '@torrentino/providers'
import type { Logger } from '@torrentino/runtime'
import type { Catalog, StoredTorrent, Torrents } from '@torrentino/store'
import { type CleanupPolicy, isCached, isWidened, mayGo } from './may-go.js'
import { createOneByOne, type OneByOne } from './one-by-one.js'
import { createPins } from './pins.js'
import type { Home, Homes } from './pool/homes.js'
import type { ClientPool, Member } from './pool/pool.js'
import { demandOf, givenBack } from './seeding.js'

export interface HoldingsDeps {
  torrents: Torrents
  bus: Pick<Bus, 'leases'>
  pool: ClientPool
  homes: Homes
  /** This process, as the owner of what it holds. */
  owner: string
  policy: CleanupPolicy
  catalog: Pick<Catalog, 'cleanupCandidates' | 'bytesHeld'>
  /** With policy after_ratio: what met its goal stays for later tickets while all together take no more; 0 keeps nothing. */
  budgetBytes: number
  /** How long a process may be silent before another takes its torrents. */
  leaseMs: number
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
const METADATA_MS = 60_000
const RESTING = new Set<TorrentState>(['metadata', 'paused', 'seeding', 'complete', 'error'])
const SEEDED_AT_ONCE = 8

export function createHoldings(deps: HoldingsDeps): Holdings {
  const { torrents, catalog, bus, pool, homes, owner, policy, budgetBytes, leaseMs, signal, log } = deps
  const exclusively = createOneByOne()
  /** With the client it is in, once it is in one. */
  const held = new Map<string, Member | null>()
  /** What its client told of at the last round, all in one answer. */
  const whole = new Set<string>()
  /** The clients that could not be used at the last round. */
  let away: ReadonlySet<string> = new Set()
  const pins = createPins((infoHash, reviewIsDue) => {
    soon('transfer not paused', () => rest(infoHash))
    if (reviewIsDue) soon('review failed', () => review(infoHash))
  })
  const lease = (infoHash: string) => `torrent:${infoHash}`

  async function take(infoHash: string): Promise<boolean> {
    if (!(await bus.leases.take(lease(infoHash), owner, 1, leaseMs))) return false
    held.set(infoHash, held.get(infoHash) ?? null)
    return true
  }

  async function home(torrent: StoredTorrent, sizeBytes?: number): Promise<Home> {
    const found = await homes.of(torrent, sizeBytes)
    held.set(torrent.infoHash, found.member)
    return found
  }

  /** Whoever was silent for too long may have lost it to another, and must not write beside that one. */
  async function keep(infoHash: string): Promise<void> {
    if (!held.has(infoHash)) return
    const isMine = await bus.leases.take(lease(infoHash), owner, 1, leaseMs)
    // Given up meanwhile: nobody is to be kept from it.
    if (!held.has(infoHash)) return isMine ? bus.leases.release(lease(infoHash), owner) : undefined
    if (isMine) return
    log.warn('torrent lost to another worker', { info_hash: infoHash })
    const member = held.get(infoHash)
    held.delete(infoHash)
    await exclusively(infoHash, async () => {
      if (!held.has(infoHash)) await member?.client.letGo(infoHash)
    })
  }

  async function drop(infoHash: string): Promise<void> {
    held.delete(infoHash)
    await bus.leases.release(lease(infoHash), owner)
  }

  async function letGo(infoHash: string): Promise<void> {
    await held.get(infoHash)?.client.letGo(infoHash)
    await drop(infoHash)
  }

  /** What nobody waits for takes no part of the line from those who have a place. */
  function rest(infoHash: string): Promise<void> {
    return exclusively(infoHash, async () => {
      const member = held.get(infoHash)
      if (pins.has(infoHash) || !member) return
      const progress = await member.client.getProgress(infoHash)
      // Also what is being checked would go on by itself.
      if (progress && !RESTING.has(progress.state)) await member.client.pause(infoHash)
    })
  }

  /** `chosen`: it is its turn to make room. */
  function review(infoHash: string, chosen = false): Promise<void> {
    return exclusively(infoHash, async () => {
      await giveUpRest(infoHash)
      const before = await unneeded(infoHash, chosen)
      if (!before) return
      const wasHeld = held.has(infoHash)
      if (!(await take(infoHash))) return
      // Another may have come to need it, or have cleaned it up, before we had it.
      if (!(await unneeded(infoHash, chosen)) || !(await retired(before))) {
        if (!wasHeld && !pins.has(infoHash)) await drop(infoHash)
        return
      }
      const { member } = await homes.of(before)
      await member.client.removeTorrent(infoHash, true, before.folder)
      await torrents.remove(infoHash)
      await drop(infoHash)
      log.info('torrent cleaned up', { info_hash: infoHash })
    })
  }

  async function unneeded(infoHash: string, chosen: boolean): Promise<StoredTorrent | null> {
    if (await torrents.isUsed(infoHash)) return null
    const torrent = await torrents.find(infoHash)
    if (!torrent || !mayGo(torrent, policy) || away.has(torrent.client ?? '')) return null
    if (!chosen && policy === 'after_ratio' && budgetBytes > 0 && isCached(torrent)) return null
    return pins.reviewLater(infoHash) ? null : torrent
  }

  /** From now on no ticket may count on it; one that came to do so just before keeps it. */
  async function retired({ infoHash, status }: StoredTorrent): Promise<boolean> {
    await torrents.update(infoHash, { status: 'removed' })
    if (!(await torrents.isUsed(infoHash))) return true
    await torrents.update(infoHash, { status })
    return false
  }

  /** Ours, but its client has it no more or gave it up: then it is as good as nobody's. */
  async function isLost(infoHash: string): Promise<boolean> {
    if (whole.has(infoHash)) return false
    const client = held.get(infoHash)?.client
    const progress = client ? await client.getProgress(infoHash).catch(() => undefined) : null
    return progress === null || progress?.state === 'error'
  }

  /** Only what nobody has. */
  async function addAgain(infoHash: string): Promise<void> {
    if (pins.has(infoHash) || (held.has(infoHash) && !(await isLost(infoHash)))) return
    const torrent = await torrents.find(infoHash)
    if (!torrent || away.has(torrent.client ?? '') || !(await take(infoHash))) return
    const { magnetUri, torrentFile, wanted, seededSecs } = torrent
    try {
      const { member, folder } = await home(torrent)
      const { client } = member
      // A ticket that wants it does not wait for this.
      const waiting = { signal: AbortSignal.any([signal, pins.comes(infoHash)]), timeoutMs: METADATA_MS }
      const source = { infoHash, magnetUri: magnetUri ?? undefined, torrentFile: torrentFile ?? undefined }
      await client.addTorrent(source, folder, { signal: waiting.signal, demand: demandOf(torrent), seededSecs })
      const files = await client.waitForFiles(infoHash, waiting)
      const paths = new Set(wanted)
      await client.selectFiles(
        infoHash,
        files.filter((file) => paths.has(file.path)).map((file) => file.index),
      )
    } catch (error) {
      if (pins.has(infoHash) || signal.aborted) return
      await letGo(infoHash)
      throw error
    }
  }

  /** Who wanted more of it is gone: what is whole is seeded on. */
  async function giveUpRest(infoHash: string): Promise<void> {
    const torrent = await torrents.find(infoHash)
    if (!torrent || !isWidened(torrent) || pins.has(infoHash) || (await torrents.isInWork(infoHash))) return
    await addAgain(infoHash)
    const client = held.get(infoHash)?.client
    const files = client ? await client.getFiles(infoHash) : null
    const there = (files ?? []).filter((file) => file.wanted && file.progress_pct >= 100)
    // Not looked at yet: the next round knows more.
    if (!client || there.length === 0) return
    await client.selectFiles(
      infoHash,
      there.map((file) => file.index),
    )
    await torrents.update(infoHash, { wanted: there.map((file) => file.path) })
    await torrents.updateStatus(infoHash, 'seeding', ['downloading'])
  }

  /** Seeds again what nobody seeds, and cleans up what nobody needs. */
  async function lookAround(): Promise<void> {
    away = new Set(await lookAtClients())
    if (away.size === pool.members.length) return
    await noteGiven()
    const seeding = await torrents.withStatus('seeding')
    while (seeding.length > 0 && !signal.aborted)
      await Promise.all(
        seeding
          .splice(0, SEEDED_AT_ONCE)
          .map((infoHash) =>
            exclusively(infoHash, () => addAgain(infoHash)).catch((error) =>
              log.warn('torrent not seeded', { info_hash: infoHash, error }),
            ),
          ),
      )
    for (const infoHash of await toReview())
      if (!signal.aborted) await review(infoHash, true).catch((error) => log.warn('review failed', { info_hash: infoHash, error }))
  }

  /** The names of those that cannot be used: one word for all of their torrents. */
  async function lookAtClients(): Promise<string[]> {
    const found = await Promise.all(pool.members.map(async (member) => ({ name: member.name, ...(await member.health()) })))
    const ill = found.filter(({ ok }) => !ok)
    for (const { name, message } of ill) log.warn('torrents not looked after', { client: name, reason: message })
    return ill.map(({ name }) => name)
  }

  async function noteGiven(): Promise<void> {
    whole.clear()
    for (const member of pool.members.filter(({ name }) => !away.has(name))) {
      const given = [...(await member.client.given())].filter(([infoHash]) => held.get(infoHash) === member)
      await torrents.noteGiven(given.map(([infoHash, back]) => givenBack(infoHash, back)))
      for (const [infoHash] of given) whole.add(infoHash)
    }
  }

  /** Not each torrent that is kept: there may be very many. */
  async function toReview(): Promise<string[]> {
    const undone = [...(await torrents.withStatus('downloading')), ...(await torrents.withStatus('removed'))]
    if (policy === 'immediate') return [...undone, ...(await torrents.withStatus('seeding')), ...(await torrents.withStatus('goal_met'))]
    if (policy === 'manual') return undone
    const bytesToFree = budgetBytes > 0 ? (await catalog.bytesHeld()) - budgetBytes : Number.POSITIVE_INFINITY
    return [...undone, ...(await catalog.cleanupCandidates(bytesToFree)).map(({ infoHash }) => infoHash)]
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
      if (!signal.aborted) round = setTimeout(() => soon('look around failed', rounds), LOOK_MS)
    }
  }
  soon('look around failed', rounds)

  const renewal = setInterval(() => {
    Promise.all([...held.keys()].map(keep)).catch((error) => log.warn('torrent leases not renewed', { error }))
  }, leaseMs / 3)
  const onGoal = (infoHash: string, given: Given) =>
    soon('seeding goal not noted', async () => {
      await exclusively(infoHash, async () => {
        await torrents.noteGiven([givenBack(infoHash, given)])
        // What a ticket came to want more of owes it anew, and what an admin removed stays so.
        if (await torrents.updateStatus(infoHash, 'goal_met', ['seeding'])) await torrents.update(infoHash, { goalMetAt: new Date() })
      })
      await review(infoHash)
    })
  const listening: (() => void)[] = []
  pool.onClient(({ client }) => void listening.push(client.onSeedingGoal(onGoal)))

  return {
    exclusively,
    take,
    home,
    holds: (infoHash) => held.has(infoHash),
    pin: pins.add,
    noteGiven,
    onHint(hint) {
      if (hint.kind === 'torrent_registered') return
      const { kind, infoHash } = hint
      if (kind === 'review_torrent') soon('review failed', () => review(infoHash))
      else
        soon('torrent not let go', () =>
          exclusively(infoHash, async () => {
            if (held.has(infoHash) && !pins.has(infoHash)) await letGo(infoHash)
          }),
        )
    },
    async close() {
      clearInterval(renewal)
      clearTimeout(round)
      for (const stop of listening) stop()
      await Promise.all([...held.keys()].map((infoHash) => drop(infoHash).catch(() => {})))
    },
  }
}
