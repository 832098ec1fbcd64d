import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, test } from '@jest/globals'
import type { StateName, Ticket } from '@torrentino/domain'
import { creationOf, openTestStore, sampleTicket, stepOf } from '@torrentino/testkit'
import fc from 'fast-check'
import type { WantedTrack } from '../catalog/coverage.js'
import { openStore, type Store } from '../store.js'

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

async function ticket(change: Omit<Partial<Ticket>, 'state'> & { state?: StateName } = {}): Promise<Ticket> {
  const made = sampleTicket({ state: 'searching', ...change } as never)
  await store.door.write(creationOf(made))
  return made
}

async function move(id: string, to: StateName): Promise<void> {
  const now = await store.tickets.find(id)
  if (now) await store.door.write(stepOf(now, to))
}

/** Claims as the ticket does that was retried so often. */
const claim = (one: Ticket, wanted: WantedTrack[], retries = 0, by: Pick<Store, 'claims'> = store) =>
  by.claims.claim({ ...one, retries }, wanted)

describe('a claim', () => {
  test('of 50 at once through four stores: one sees to it, all others are linked to that one', async () => {
    const wanted = tracks(newAlbum(), [1, 2, 3])
    const tickets = await Promise.all(Array.from({ length: 50 }, () => ticket()))
    const stores = [store, ...others]
    const claims = await Promise.all(tickets.map((one, at) => claim(one, wanted, 0, stores[at % stores.length])))
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
    const claims = await Promise.all(wishes.map(({ one, wanted }, at) => claim(one, wanted, 0, others[at % others.length])))
    const alone = new Set(wishes.flatMap(({ one }, at) => (claims[at] === null ? [one.id] : [])))
    expect(claims.filter((to) => to !== null && !alone.has(to))).toEqual([])
    const seenTo = wishes.flatMap(({ one, wanted }) => (alone.has(one.id) ? wanted.map(({ trackKey }) => trackKey) : []))
    expect(new Set(seenTo).size).toBe(seenTo.length)
  })

  test('asked again gives the same answer', async () => {
    const wanted = tracks(newAlbum(), [1])
    const [first, second] = [await ticket(), await ticket()]
    for (let round = 0; round < 3; round += 1) {
      expect(await claim(first, wanted)).toBeNull()
      expect(await claim(second, wanted)).toBe(first.id)
      expect([await store.claims.link(first.id), await store.claims.link(second.id)]).toEqual([null, first.id])
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
    await claim(first, wanted)
    await claim(second, wanted)
    await move(first.id, state)
    expect(await store.claims.primary(first.id)).toMatchObject({ state, isAtWork: linked })
    // Whoever looks first: the oldest that is left comes into its place.
    expect(await claim(third, wanted)).toBe(linked ? first.id : second.id)
    expect(await claim(second, wanted)).toBe(linked ? first.id : null)
  })

  test('of what a paused ticket wants: is not linked to it until it is resumed', async () => {
    const wanted = tracks(newAlbum(), [1])
    const [first, second] = [await ticket({ state: 'downloading' }), await ticket()]
    await claim(first, wanted)
    await store.rows(`update tickets set state_data = state_data || '{"paused": {}}' where id = $1`, [first.id])
    expect(await claim(second, wanted)).toBeNull()
    expect(await store.claims.primary(first.id)).toMatchObject({ isAtWork: false })
    await store.rows(`update tickets set state_data = state_data - 'paused' where id = $1`, [first.id])
    expect(await claim(second, wanted)).toBe(first.id)
  })

  test('of a ticket that begins anew comes after all others, and nobody is linked to it any more', async () => {
    const wanted = tracks(newAlbum(), [1])
    const [first, second, third] = [await ticket(), await ticket(), await ticket()]
    for (const one of [first, second, third]) await claim(one, wanted)
    // The second has not looked again since.
    await move(first.id, 'search_failed')
    await move(first.id, 'searching')
    expect(await claim(first, wanted, 1)).toBe(second.id)
    expect(await store.claims.links(second.id)).toEqual({ linkedTo: null, linked: [first.id] })
    expect(await claim(second, wanted)).toBeNull()
    expect(await store.claims.link(third.id)).toBeNull()
    expect(await claim(third, wanted)).toBe(second.id)
    expect(await claim(first, wanted, 1)).toBe(second.id)
  })

  test('is not linked to one that is linked itself: nobody waits for what he does not want', async () => {
    const album = newAlbum()
    const [first, second, third] = [await ticket(), await ticket(), await ticket()]
    await claim(first, tracks(album, [1, 2]))
    expect(await claim(second, tracks(album, [2, 3]))).toBe(first.id)
    expect(await claim(third, tracks(album, [3, 4]))).toBeNull()
  })

  test('released from one that has not all, a ticket does not wait for it again, and others wait for either', async () => {
    const album = newAlbum()
    const [first, second, third] = [await ticket(), await ticket(), await ticket()]
    await claim(first, tracks(album, [1, 2]))
    expect(await claim(second, tracks(album, [2, 3]))).toBe(first.id)
    await store.claims.release(second.id, first.id)
    await store.claims.release(second.id, first.id)
    expect(await claim(second, tracks(album, [2, 3]))).toBeNull()
    expect(await claim(third, tracks(album, [3]))).toBe(second.id)
  })

  test('one who wants it alone waits for nobody, but is waited for', async () => {
    const wanted = tracks(newAlbum(), [1])
    const [first, forced, third] = [await ticket(), await ticket(), await ticket()]
    await claim(first, wanted)
    await claim(forced, wanted)
    await store.claims.claimAlone(forced.id, wanted)
    expect((await store.claims.links(forced.id)).linkedTo).toBeNull()
    await move(first.id, 'cancelled')
    expect(await claim(third, wanted)).toBe(forced.id)
  })

  test('makes the ticket that is waited for as urgent as the one that waits', async () => {
    const wanted = tracks(newAlbum(), [1])
    const [first, urgent, background] = [await ticket({ priority: 2 }), await ticket({ priority: 1 }), await ticket({ priority: 3 })]
    await claim(first, wanted)
    await claim(background, wanted)
    expect((await store.tickets.find(first.id))?.priority).toBe(2)
    await claim(urgent, wanted)
    await move(first.id, 'matching')
    expect((await store.tickets.find(first.id))?.priority).toBe(1)
  })

  test('ends with its ticket; whom it was linked to is still known', async () => {
    const wanted = tracks(newAlbum(), [1])
    const [first, second] = [await ticket(), await ticket()]
    await claim(first, wanted)
    await claim(second, wanted)
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
type Happening = { kind: 'look' | 'release' | 'retry' | 'alone'; at: number } | { kind: 'move'; at: number; to: StateName }
const place = fc.nat(5)
const only = <K extends string>(...kinds: K[]) => fc.record({ kind: fc.constantFrom(...kinds), at: place })
const ENDS = ['downloading', 'needs_approval', 'search_failed', 'failed', 'cancelled', 'completed'] as const
const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 4, arbitrary: only('look') },
  { weight: 2, arbitrary: only('release', 'retry', 'alone') },
  { weight: 3, arbitrary: fc.record({ kind: fc.constant('move' as const), at: place, to: fc.constantFrom(...ENDS, 'searching') }) },
)

interface Row {
  id: string
  primary: string | null
  state: StateName
  released: string[]
}

class Tickets {
  readonly all: Ticket[] = []
  private readonly retries = new Map<string, number>()
  constructor(private readonly wanted: WantedTrack[][]) {}

  static async make(wanted: WantedTrack[][]): Promise<Tickets> {
    const made = new Tickets(wanted)
    for (const _one of wanted) made.all.push(await ticket())
    return made
  }

  private at(place: number): Ticket {
    return this.all[place] as Ticket
  }

  async look(place: number): Promise<void> {
    const one = this.at(place)
    const now = await store.tickets.find(one.id)
    if (now?.state.name === 'searching') await claim(one, this.wanted[place] ?? [], this.retries.get(one.id))
  }

  async happens(what: Happening): Promise<void> {
    const { id } = this.at(what.at)
    if (what.kind === 'move') return move(id, what.to)
    if (what.kind === 'look') return this.look(what.at)
    if (what.kind === 'alone') return store.claims.claimAlone(id, this.wanted[what.at] ?? [])
    if (what.kind === 'retry') {
      this.retries.set(id, (this.retries.get(id) ?? 0) + 1)
      return move(id, 'searching')
    }
    const { linkedTo } = await store.claims.links(id)
    if (linkedTo) await store.claims.release(id, linkedTo.ticketId)
  }

  /** Who links himself is looked at anew by those who waited for him: at most as often as there are tickets. */
  async settled(order: number[]): Promise<Map<string, Row>> {
    let rows = new Map<string, Row>()
    for (const _round of order) {
      for (const at of order) await this.look(at)
      const before = rows
      rows = await this.rows()
      if (JSON.stringify([...rows]) === JSON.stringify([...before])) break
    }
    return rows
  }

  async rows(): Promise<Map<string, Row>> {
    const rows = await store.rows<Row>(
      `select c.ticket_id as id, c.primary_id as primary, t.state, c.released_from as released
       from content_claims c join tickets t on t.id = c.ticket_id where c.ticket_id = any($1::uuid[]) order by 1`,
      [this.all.map(({ id }) => id)],
    )
    return new Map(rows.map((row) => [row.id, row]))
  }
}

function ringIn(rows: Map<string, Row>): boolean {
  return [...rows.keys()].some((start) => {
    const seen = new Set<string>()
    let at: string | null = start
    while (at !== null && !seen.has(at)) {
      seen.add(at)
      at = rows.get(at)?.primary ?? null
    }
    return at !== null
  })
}

const AT_WORK = ['searching', 'downloading', 'needs_approval']
const PLACES = [0, 1, 2, 3, 4, 5]
const happenings = fc.array(happening, { minLength: 5, maxLength: 20 })

test('whatever happens: links never run in a ring, and after all have looked again nobody waits for one that has ended or waits itself', async () => {
  const wishes = fc.array(fc.uniqueArray(fc.nat(4), { minLength: 1 }), { minLength: 6, maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(wishes, happenings, async (numbers, all) => {
      const album = newAlbum()
      const tickets = await Tickets.make(numbers.map((some) => tracks(album, some)))
      for (const what of all) {
        await tickets.happens(what)
        expect(ringIn(await tickets.rows())).toBe(false)
      }
      const rows = await tickets.settled(PLACES)
      for (const { state, primary } of rows.values()) {
        if (state !== 'searching' || primary === null) continue
        const to = rows.get(primary)
        expect(AT_WORK).toContain(to?.state)
        if (to?.state === 'searching') expect(to.primary).toBeNull()
      }
    }),
    { numRuns: 15 },
  )
})

test('whatever happens to tickets that want the same: after all have looked again at most one searches, and one does where nobody is further', async () => {
  await fc.assert(
    fc.asyncProperty(
      happenings.map((all) => all.filter(({ kind }) => kind !== 'alone' && kind !== 'release')),
      fc.shuffledSubarray(PLACES, { minLength: 6 }),
      async (all, order) => {
        const wanted = tracks(newAlbum(), [1, 2])
        const tickets = await Tickets.make(PLACES.map(() => wanted))
        for (const at of PLACES) await tickets.look(at)
        for (const what of all) await tickets.happens(what)
        const rows = [...(await tickets.settled(order)).values()]
        const searching = rows.filter(({ state }) => state === 'searching')
        const further = rows.filter(({ state }) => state === 'downloading' || state === 'needs_approval')
        const alone = searching.filter(({ primary }) => primary === null)
        if (searching.length === 0) return
        if (further.length === 0) expect(alone).toHaveLength(1)
        else expect(alone.length).toBeLessThanOrEqual(1)
      },
    ),
    { numRuns: 15 },
  )
})
