import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, test } from '@jest/globals'
import type { StateName, Ticket } from '@torrentino/domain'
import { creationOf, openTestStore, sampleTicket, stepOf } from '@torrentino/testkit'
import fc from 'fast-check'
import type { WantedTrack } from '../catalog/coverage.js'
import { openStore } from '../store.js'

const store = await openTestStore()
const others = Array.from({ length: 3 }, () => openStore({ url: store.url, poolSize: 10 }))
afterAll(async () => {
  await Promise.all(others.map((other) => other.close()))
  await store.drop()
})

const newAlbum = () => `album ${randomUUID()}`

function tracks(album: string, numbers: number[]): WantedTrack[] {
  return numbers.map((nr) => ({
    ...{ id: `${album}-${nr}`, artistKey: 'tin lanterns', albumKey: album, trackKey: `song ${nr}` },
    durationSecs: null,
  }))
}

async function ticket(change: Partial<Ticket> & { state?: StateName } = {}): Promise<Ticket> {
  const made = sampleTicket({ state: 'searching', ...change } as never)
  await store.door.write(creationOf(made))
  return made
}

async function move(id: string, to: StateName): Promise<void> {
  const now = await store.tickets.find(id)
  if (now) await store.door.write(stepOf(now, to))
}

describe('a claim', () => {
  test('of 50 at once through four stores: one sees to it, all others are linked to that one', async () => {
    const wanted = tracks(newAlbum(), [1, 2, 3])
    const tickets = await Promise.all(Array.from({ length: 50 }, () => ticket()))
    const stores = [store, ...others]
    const claims = await Promise.all(tickets.map((one, at) => stores[at % stores.length]?.claims.claim(one, wanted)))
    const primaries = tickets.filter((_, at) => claims[at] === null)
    expect(primaries).toHaveLength(1)
    expect(new Set(claims.filter((to) => to !== null))).toEqual(new Set([primaries[0]?.id]))
    const { linked } = await store.claims.links(primaries[0]?.id ?? '')
    expect(linked.toSorted()).toEqual(tickets.flatMap(({ id }) => (id === primaries[0]?.id ? [] : [id])).toSorted())
  })

  test('of part of it, in whatever order many ask: nobody is linked to one that is linked itself', async () => {
    const album = newAlbum()
    const wishes = await Promise.all(
      Array.from({ length: 24 }, async (_, at) => ({ one: await ticket(), wanted: tracks(album, [at, at + 1, at + 2]) })),
    )
    const claims = await Promise.all(wishes.map(({ one, wanted }, at) => (others[at % others.length] ?? store).claims.claim(one, wanted)))
    const alone = new Set(wishes.flatMap(({ one }, at) => (claims[at] === null ? [one.id] : [])))
    expect(claims.filter((to) => to !== null && !alone.has(to))).toEqual([])
    const seenTo = wishes.flatMap(({ one, wanted }) => (alone.has(one.id) ? wanted.map(({ trackKey }) => trackKey) : []))
    expect(new Set(seenTo).size).toBe(seenTo.length)
  })

  test('asked again gives the same answer', async () => {
    const wanted = tracks(newAlbum(), [1])
    const [first, second] = [await ticket(), await ticket()]
    for (let round = 0; round < 3; round += 1) {
      expect(await store.claims.claim(first, wanted)).toBeNull()
      expect(await store.claims.claim(second, wanted)).toBe(first.id)
    }
    expect(await store.claims.links(second.id)).toEqual({ linkedTo: { ticketId: first.id, state: 'searching' }, linked: [] })
    expect(await store.claims.links(first.id)).toEqual({ linkedTo: null, linked: [second.id] })
  })

  test.each<[StateName, boolean]>([
    ['matching', true],
    ['needs_approval', true],
    ['downloading', true],
    ['placing', true],
    ['search_failed', false],
    ['failed', false],
    ['rejected', false],
    ['cancelled', false],
    ['completed', false],
  ])('of what a ticket in %s wants: linked %s; the next who asks comes into its place', async (state, linked) => {
    const wanted = tracks(newAlbum(), [1])
    const [first, second, third] = [await ticket(), await ticket(), await ticket()]
    await store.claims.claim(first, wanted)
    await store.claims.claim(second, wanted)
    await move(first.id, state)
    expect(await store.claims.primary(first.id)).toMatchObject({ state, isAtWork: linked })
    expect(await store.claims.claim(second, wanted)).toBe(linked ? first.id : null)
    expect(await store.claims.claim(third, wanted)).toBe(linked ? first.id : second.id)
  })

  test('released from one that has not all, a ticket does not wait for it again, and others wait for either', async () => {
    const album = newAlbum()
    const [first, second, third] = [await ticket(), await ticket(), await ticket()]
    await store.claims.claim(first, tracks(album, [1, 2]))
    expect(await store.claims.claim(second, tracks(album, [2, 3]))).toBe(first.id)
    await store.claims.release(second.id, first.id)
    await store.claims.release(second.id, first.id)
    expect(await store.claims.claim(second, tracks(album, [2, 3]))).toBeNull()
    expect(await store.claims.claim(third, tracks(album, [3]))).toBe(second.id)
  })

  test('one who wants it alone waits for nobody, but is waited for', async () => {
    const wanted = tracks(newAlbum(), [1])
    const [first, forced, third] = [await ticket(), await ticket(), await ticket()]
    await store.claims.claim(first, wanted)
    await store.claims.claim(forced, wanted)
    await store.claims.claimAlone(forced.id, wanted)
    expect((await store.claims.links(forced.id)).linkedTo).toBeNull()
    await move(first.id, 'cancelled')
    expect(await store.claims.claim(third, wanted)).toBe(forced.id)
  })

  test('makes the ticket that is waited for as urgent as the one that waits', async () => {
    const wanted = tracks(newAlbum(), [1])
    const [first, urgent, background] = [await ticket({ priority: 2 }), await ticket({ priority: 1 }), await ticket({ priority: 3 })]
    await store.claims.claim(first, wanted)
    await store.claims.claim(background, wanted)
    expect((await store.tickets.find(first.id))?.priority).toBe(2)
    await store.claims.claim(urgent, wanted)
    await move(first.id, 'matching')
    expect((await store.tickets.find(first.id))?.priority).toBe(1)
  })

  test('ends with its ticket; whom it was linked to is still known', async () => {
    const wanted = tracks(newAlbum(), [1])
    const [first, second] = [await ticket(), await ticket()]
    await store.claims.claim(first, wanted)
    await store.claims.claim(second, wanted)
    await move(second.id, 'completed')
    await store.tickets.endCleanup(second.id, 1)
    expect(await store.rows('select keys from content_claims where ticket_id = $1', [second.id])).toEqual([{ keys: [] }])
    expect(await store.claims.links(first.id)).toMatchObject({ linked: [second.id] })
  })
})

test('what is known of a ticket that is waited for: its torrent, whether that is in the catalog, and what has failed it', async () => {
  const infoHash = 'c'.repeat(40)
  const blocklist = [{ info_hash: 'd'.repeat(40) }, { info_hash: null }]
  const work = { download: { info_hash: infoHash, started_at: '' }, blocklist } as Ticket['work']
  const one = await ticket({ work })
  const common = { state: 'searching', isAtWork: true, infoHash, blocked: ['d'.repeat(40)] }
  expect(await store.claims.primary(one.id)).toEqual({ ...common, isRegistered: false })
  const torrent = { infoHash, name: 'a', folder: '/a', magnetUri: null, torrentFile: null }
  await store.torrents.use(torrent, one.id)
  const contents = [{ fileIdx: 0, filePath: 'a.flac', sizeBytes: 1, names: null, catalogTrackId: null, durationSecs: null }]
  await store.catalog.register(infoHash, { name: 'a', indexer: null, minRatio: null, minSeedTimeSecs: null, contents, words: [] })
  expect(await store.claims.primary(one.id)).toEqual({ ...common, isRegistered: true })
  expect(await store.claims.primary((await ticket()).id)).toMatchObject({ infoHash: null, isRegistered: false, blocked: [] })
  expect(await store.claims.primary(sampleTicket().id)).toBeNull()
})

/** What happens to tickets that want parts of one album: each number is a ticket, by its place. */
type Happening = { kind: 'claim' | 'release'; at: number } | { kind: 'move'; at: number; to: StateName }
const place = fc.nat(5)
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('claim' as const), at: place }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('release' as const), at: place }) },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constant('move' as const),
      at: place,
      to: fc.constantFrom<StateName>('searching', 'downloading', 'needs_approval', 'search_failed', 'failed', 'cancelled', 'completed'),
    }),
  },
)

test('whatever happens: nobody waits for itself over others, and when all who wait look again nobody waits for one that has ended', async () => {
  const wishes = fc.array(fc.uniqueArray(fc.nat(4), { minLength: 1 }), { minLength: 6, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(wishes, fc.array(happening, { minLength: 5, maxLength: 25 }), async (numbers, happenings) => {
      const album = newAlbum()
      const wanted = numbers.map((some) => tracks(album, some))
      const tickets = await Promise.all(numbers.map(() => ticket()))
      const waitsFor = new Map<string, string>()
      const stateOf = async (id: string) => (await store.tickets.find(id))?.state.name

      async function look(at: number): Promise<void> {
        const one = tickets[at] as Ticket
        if ((await stateOf(one.id)) !== 'searching') return
        const to = await store.claims.claim(one, wanted[at] ?? [])
        if (to === null) waitsFor.delete(one.id)
        else waitsFor.set(one.id, to)
      }

      for (const one of happenings) {
        const { id } = tickets[one.at] as Ticket
        const to = waitsFor.get(id)
        if (one.kind === 'claim') await look(one.at)
        if (one.kind === 'release' && to !== undefined) await store.claims.release(id, to)
        if (one.kind === 'move') {
          await move(id, one.to)
          waitsFor.delete(id)
        }
        for (const start of waitsFor.keys()) {
          const seen = new Set([start])
          for (let next = waitsFor.get(start); next !== undefined; next = waitsFor.get(next)) {
            expect(seen.has(next)).toBe(false)
            seen.add(next)
          }
        }
      }

      for (const [at] of tickets.entries()) await look(at)
      const states = new Map(await Promise.all(tickets.map(async ({ id }) => [id, await stateOf(id)] as const)))
      for (const to of waitsFor.values()) {
        expect(['searching', 'downloading', 'needs_approval']).toContain(states.get(to))
        // It gets on, or waits for a human: it does not wait for a ticket that waits.
        expect(waitsFor.get(waitsFor.get(to) ?? '') ?? null).toBeNull()
      }
    }),
    { numRuns: 25 },
  )
}, 60_000)
