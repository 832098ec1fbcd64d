import { describe, expect, test } from '@jest/globals'
import type { StateName, Ticket } from '@torrentino/domain'
import type { Cover, Primary, StoredTorrent } from '@torrentino/store'
import { sampleTicket } from '@torrentino/testkit'
import { gatherShared, type ShareDeps } from './gather-shared.js'
import { decideLink } from './search-stage.js'
import { EMPTY_CATALOG } from './test-support/empty-catalog.js'

const run = { signal: new AbortController().signal, now: () => new Date('2026-01-01T00:00:00.000Z') }
const HASH = 'a'.repeat(40)
const FILES = ['01.flac', '02.flac']
const STARTED = { strategies_tried: [], started_at: '2026-01-01T00:00:00.000Z' }
const searching = (linked_to?: string) => sampleTicket({ state: { name: 'searching', ...STARTED, ...(linked_to && { linked_to }) } })

interface Scene {
  /** The tickets at work that want some of the same, by their ids. */
  primaries?: Record<string, Partial<Primary>>
  /** The torrent that covers all, or only the first track; what of it is being loaded, and whether that is there. */
  cover?: { wanted: string[]; complete: boolean; partly?: boolean }
  /** Whom it is linked to already. */
  link?: string
}

function open({ primaries = {}, cover, link }: Scene) {
  const did: string[] = []
  const released = new Set<string>()
  const known = (id: string) => ({
    state: 'searching' as StateName,
    isAtWork: true,
    infoHash: null,
    isRegistered: false,
    blocked: [],
    ...primaries[id],
  })
  const torrent = {
    infoHash: HASH,
    wanted: cover?.wanted,
    completedAt: cover?.complete ? new Date() : null,
    magnetUri: null,
  } as StoredTorrent
  const tracks = FILES.map((filePath, at) => ({
    id: `t${at + 1}`,
    fileIdx: at,
    filePath,
    sizeBytes: 9,
    confirmed: true,
    here: cover?.complete ?? false,
  }))
  const covers: Cover[] = [
    {
      ...{ infoHash: HASH, name: 'The Example Band - First Steps', status: 'seeding', complete: false, bytesToFetch: 0 },
      tracks: cover?.partly ? tracks.slice(0, 1) : tracks,
    },
  ]
  const deps: ShareDeps = {
    ...EMPTY_CATALOG,
    claims: {
      claim: async () => {
        did.push('claimed')
        return Object.keys(primaries).find((id) => !released.has(id) && known(id).isAtWork) ?? null
      },
      link: async () => (link !== undefined && known(link).isAtWork ? link : null),
      claimAlone: async () => void did.push('claimed alone'),
      release: async (_ticketId, from) => {
        did.push(`released from ${from}`)
        released.add(from)
      },
      primary: async (id) => known(id),
    },
    primaries: { await: (id) => void did.push(`awaits ${id}`) },
    catalog: {
      ...EMPTY_CATALOG.catalog,
      findCoverage: async (_tracks, without = []) => (cover && !without.includes(HASH) ? covers : []),
      files: async () => FILES.map((filePath, fileIdx) => ({ fileIdx, filePath, sizeBytes: 30_000_000 })) as never,
      hold: async () => true,
    },
    torrents: { find: async () => torrent },
  }
  return { did, gather: (ticket: Ticket) => gatherShared(ticket, deps, run) }
}

describe('a searching ticket', () => {
  test('of what nobody else wants: searches', async () => {
    expect(await open({}).gather(searching())).toEqual({ kind: 'alone' })
  })

  const loading = { state: 'downloading' as const, infoHash: HASH, isRegistered: true }
  test.each<[string, Scene, string]>([
    ['another searches for', { primaries: { one: {} } }, 'linked'],
    ['another asks a human about', { primaries: { one: { state: 'needs_approval' } } }, 'linked'],
    ['another loads, from a torrent not looked into yet', { primaries: { one: { ...loading, isRegistered: false } } }, 'linked'],
    ['another loads just now', { primaries: { one: loading }, cover: { wanted: FILES, complete: false } }, 'linked'],
    [
      'another has of the same torrent, but loads only in part',
      { primaries: { one: loading }, cover: { wanted: ['01.flac'], complete: false } },
      'found',
    ],
    ['another has loaded', { primaries: { one: { ...loading, state: 'converting' } }, cover: { wanted: FILES, complete: true } }, 'found'],
    ['we have, while another searches for it', { primaries: { one: {} }, cover: { wanted: FILES, complete: true } }, 'found'],
    ['another loads, in a torrent that does not hold any of it', { primaries: { one: loading } }, 'alone'],
    [
      'another loads, in a torrent that holds a part of it',
      { primaries: { one: loading }, cover: { wanted: FILES, complete: false, partly: true } },
      'linked',
    ],
    ['another has loaded without all of it', { primaries: { one: { ...loading, state: 'placing' } } }, 'alone'],
    ['two others want, of whom the first has not all', { primaries: { one: loading, two: {} } }, 'linked'],
    [
      'another searches for, whom the torrent that we have has failed',
      { primaries: { one: { blocked: [HASH] } }, cover: { wanted: FILES, complete: false } },
      'linked',
    ],
    ['another failed at, with the torrent that we have', { primaries: { one: { state: 'failed', isAtWork: false } } }, 'alone'],
  ])('of what %s', async (_what, scene, kind) => {
    expect(await open(scene).gather(searching())).toMatchObject({ kind })
  })

  test('notes whom it waits for before it looks at that one', async () => {
    const { did, gather } = open({ primaries: { one: { state: 'converting' }, two: {} } })
    expect(await gather(searching())).toEqual({ kind: 'linked', to: 'two', standing: 'searching' })
    expect(did).toEqual(['claimed', 'awaits one', 'released from one', 'claimed', 'awaits two'])
  })

  test('claims nothing anew while its link is good', async () => {
    const { did, gather } = open({ primaries: { one: {} }, link: 'one' })
    expect(await gather(searching('one'))).toMatchObject({ kind: 'linked', to: 'one' })
    expect(did).toEqual(['awaits one'])
  })

  test('of what another has loaded in part: searches for the rest', async () => {
    const scene = {
      primaries: { one: { ...loading, state: 'converting' as const } },
      cover: { wanted: FILES, complete: true, partly: true },
    }
    const files = [{ item_id: 't1', torrent_file_path: FILES[0], size_bytes: 9 }]
    expect(await open(scene).gather(searching())).toMatchObject({ kind: 'alone', parts: { held: [{ info_hash: HASH, files }] } })
    expect(await open(scene).gather(searching('one'))).toMatchObject({ kind: 'released', from: 'one' })
  })

  test.each<[string, Scene, string]>([
    ['has ended', { primaries: { one: { state: 'cancelled', isAtWork: false } } }, 'it is cancelled'],
    ['is paused', { primaries: { one: { state: 'downloading', isAtWork: false } } }, 'it is paused'],
    ['has not all', { primaries: { one: loading } }, 'it does not serve all that is wanted'],
  ])('whose primary %s: is released, and says why', async (_what, scene, reason) => {
    expect(await open(scene).gather(searching('one'))).toEqual({ kind: 'released', from: 'one', reason })
  })

  test('that is a dry run, or whose search is forced, waits for nobody; the others may wait for the forced one', async () => {
    const ticket = searching()
    const { did, gather } = open({ primaries: { one: {} } })
    expect(await gather({ ...ticket, request: { ...ticket.request, dry_run: true } })).toEqual({ kind: 'alone' })
    expect(did).toEqual([])
    expect(await gather({ ...ticket, work: { forced_query: 'words' } })).toEqual({ kind: 'alone' })
    expect(did).toEqual(['claimed alone'])
  })
})

describe('the link in its state', () => {
  test('is made, kept while it lasts, and changed', () => {
    expect(decideLink(searching(), { kind: 'linked', to: 'one', standing: 'matching' })).toMatchObject({
      type: 'link',
      state: { name: 'searching', ...STARTED, linked_to: 'one' },
      audit: [{ type: 'TicketLinked', payload: { linked_to: 'one' } }],
    })
    expect(decideLink(searching('one'), { kind: 'linked', to: 'one', standing: 'matching' })).toMatchObject({
      kind: 'wait',
      reason: 'ticket one (matching) sees to the same',
    })
    expect(decideLink(searching('one'), { kind: 'linked', to: 'two', standing: 'matching' })).toMatchObject({
      type: 'link',
      state: { linked_to: 'two' },
    })
  })

  test('is taken away when it is over', () => {
    expect(decideLink(searching('one'), { kind: 'released', from: 'one', reason: 'why' })).toEqual({
      kind: 'step',
      type: 'release',
      state: { name: 'searching', ...STARTED },
      reason: 'why',
      details: { released_from: 'one' },
      audit: [{ type: 'TicketReleased', payload: { linked_to: 'one', reason: 'why' } }],
    })
  })
})
