import { randomUUID } from 'node:crypto'
import { afterAll, expect, test } from '@jest/globals'
import { openBus } from '@torrentino/bus'
import type { Given } from '@torrentino/providers'
import { openTestStore, sharedRedisUrl } from '@torrentino/testkit'
import fc from 'fast-check'
import type { CleanupPolicy } from './may-go.js'
import { createFakeTorrentClient } from './test-support/fake-torrent-client.js'
import { newHash, useTestWorkers } from './test-support/test-worker.js'

const store = await openTestStore()
const bus = openBus({ url: await sharedRedisUrl(), prefix: `c${randomUUID().slice(0, 8)}`, onError: () => {} })
const { torrents } = store
const start = useTestWorkers(store, bus)
afterAll(async () => {
  await bus.close()
  await store.drop()
})

/** What the test did to a torrent, which says by itself whether it may go. */
interface Torrent {
  infoHash: string
  complete: boolean
  goalMet: boolean
  given: Given
  demand: Given
  keptByAdmin: boolean
  tickets: string[]
  unpins: (() => void)[]
}

const ACTIONS = ['use', 'release', 'pin', 'unpin', 'keep', 'give ratio', 'give time', 'goal', 'demand more', 'note'] as const
const action = fc.tuple(fc.constantFrom(...ACTIONS), fc.nat({ max: 2 }))
const torrent = fc.record({
  complete: fc.boolean(),
  demand: fc.record({ ratio: fc.constantFrom(0, 1, 2), secs: fc.constantFrom(0, 100, 200) }),
})

function mustStay(policy: CleanupPolicy, { complete, goalMet, given, demand, keptByAdmin, tickets, unpins }: Torrent): boolean {
  if (tickets.length > 0 || unpins.length > 0 || keptByAdmin) return true
  if (!complete) return false
  if (policy === 'manual' || given.ratio < demand.ratio || given.secs < demand.secs) return true
  return policy === 'after_ratio' && !goalMet
}

test("whatever happens, no torrent is removed below its goal or its indexer's demand, in use or pinned; and what may go does", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom<CleanupPolicy>('immediate', 'after_ratio', 'manual'),
      fc.array(torrent, { minLength: 1, maxLength: 3 }),
      fc.array(action, { maxLength: 14 }),
      async (policy, kinds, actions) => {
        await store.rows('with gone as (delete from torrent_uses) delete from torrents')
        const known = await Promise.all(kinds.map(added))
        const client = createFakeTorrentClient()
        for (const { infoHash } of known) client.know(infoHash, ['a'])
        const worker = start({ policy, client })
        const gone = (infoHash: string) => client.removals.some((removal) => removal.infoHash === infoHash && removal.deleteFiles)
        for (const { infoHash } of known) await worker.holdings.take(infoHash)
        const review = async () => {
          const staying = known.filter((it) => !gone(it.infoHash) && mustStay(policy, it))
          for (const { infoHash } of known) worker.holdings.onHint({ kind: 'review_torrent', infoHash })
          for (const { infoHash } of known) await worker.holdings.exclusively(infoHash, async () => {})
          expect(staying.filter(({ infoHash }) => gone(infoHash))).toEqual([])
        }
        await review()
        for (const [what, which] of actions) {
          const it = known[which % known.length]
          if (!it || gone(it.infoHash)) continue
          await act(what, it)
          await review()
        }
        for (const it of known) {
          if (gone(it.infoHash)) continue
          expect(mustStay(policy, it)).toBe(true)
          for (const end of ['release', 'unpin'] as const) await act(end, it)
          await torrents.update(it.infoHash, { pinned: false })
          Object.assign(it, { keptByAdmin: false, given: { ratio: 9, secs: 9999 }, goalMet: true })
          await note(it)
        }
        await review()
        expect(known.filter((it) => gone(it.infoHash)).length).toBe(
          policy === 'manual' ? known.filter((it) => !it.complete).length : known.length,
        )

        async function act(what: (typeof ACTIONS)[number], it: Torrent): Promise<void> {
          const { infoHash } = it
          if (what === 'use') it.tickets.push(await used(infoHash))
          if (what === 'release') for (const ticket of it.tickets.splice(0)) await torrents.releaseUses(ticket)
          if (what === 'pin') it.unpins.push(worker.holdings.pin(infoHash))
          if (what === 'unpin') for (const unpin of it.unpins.splice(0)) unpin()
          if (what === 'keep') {
            it.keptByAdmin = !it.keptByAdmin
            await torrents.update(infoHash, { pinned: it.keptByAdmin })
          }
          if (what === 'give ratio') it.given = { ...it.given, ratio: it.given.ratio + 1 }
          if (what === 'give time') it.given = { ...it.given, secs: it.given.secs + 100 }
          if (what === 'goal' && it.complete) it.goalMet = true
          if (what === 'demand more') {
            it.demand = { ratio: it.demand.ratio + 1, secs: it.demand.secs + 100 }
            await torrents.update(infoHash, { minRatio: it.demand.ratio, minSeedTimeSecs: it.demand.secs })
          }
          if (what !== 'pin' && what !== 'unpin') await note(it)
        }
      },
    ),
    { numRuns: 40 },
  )
})

/** As the rounds and the client's word of the goal do. */
async function note({ infoHash, given, goalMet, complete }: Torrent): Promise<void> {
  await torrents.noteGiven([{ infoHash, ratio: given.ratio, seededSecs: given.secs }])
  await torrents.update(infoHash, { status: goalMet ? 'goal_met' : complete ? 'seeding' : 'downloading' })
}

async function added(kind: Pick<Torrent, 'complete' | 'demand'>): Promise<Torrent> {
  const infoHash = newHash()
  await torrents.releaseUses(await used(infoHash))
  const { complete, demand } = kind
  await torrents.update(infoHash, {
    ...{ minRatio: demand.ratio, minSeedTimeSecs: demand.secs, wanted: ['a'] },
    ...(complete ? { status: 'seeding' as const, completedAt: new Date() } : {}),
  })
  return { ...kind, infoHash, goalMet: false, given: { ratio: 0, secs: 0 }, keptByAdmin: false, tickets: [], unpins: [] }
}

async function used(infoHash: string): Promise<string> {
  const ticket = randomUUID()
  await torrents.use({ infoHash, name: 'a', folder: `/downloads/${infoHash}`, magnetUri: null, torrentFile: null }, ticket)
  return ticket
}
