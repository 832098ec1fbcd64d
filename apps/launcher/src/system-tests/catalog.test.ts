import { randomUUID } from 'node:crypto'
import { readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { waitFor } from '@torrentino/testkit'
import { arriveOnce } from './support/arrive-once.js'
import { faultsOfCompleted, faultsOfHistory } from './support/check-ticket.js'
import { mark, plantSecrets } from './support/planted-secrets.js'
import { processesOf } from './support/processes.js'
import type { PostableTicket, Scene } from './support/scenes.js'
import { startTestSystem, type TestSystem } from './support/test-system.js'
import { type Heard, toldBy } from './support/told-by.js'

let it: TestSystem
let scene: Scene
/** What nobody has loaded yet. */
let wished: Scene
let slow: Scene

const heard: Heard = { logs: [], messages: [] }
const secrets = plantSecrets()
const auditFile = join(tmpdir(), `torrentino-audit-${randomUUID()}.jsonl`)
const listening = new AbortController()

const WARMER = {
  CACHE_WARMER_ENABLED: 'true',
  CACHE_WARMER_STORAGE_BUDGET_GB: '1',
  CACHE_WARMER_MIN_ARTIST_POPULARITY: '1',
  CACHE_WARMER_SCAN_INTERVAL_HOURS: '0.0001',
  TORRENT_STORAGE_BUDGET_GB: '2',
}

beforeAll(async () => {
  const slowly = { tracks: 3, durationSecs: 5, uploadLimit: 60_000 }
  // Two halves of one album, each in a torrent of its own.
  const half = (nr: number, names: string[]) => ({ artist: 'Kelp and Anchor', indexer: `half ${nr}`, names })
  const halves = [half(1, ['First Light', 'Paper Boats']), half(2, ['Salt and Copper', 'Leaving the Harbour'])]
  const env = { ...secrets.env, ...WARMER, LOG_LEVEL: 'debug', AUDIT_LOG_FILE: auditFile }
  it = await startTestSystem({ scenes: [{ tracks: 3 }, { tracks: 3 }, slowly, ...halves], env, onLog: (line) => heard.logs.push(line) })
  await listen()
  ;[scene, wished, slow] = it.scenes as [Scene, Scene, Scene]
})
afterAll(async () => {
  listening.abort()
  await it?.stop()
  await rm(auditFile, { force: true })
  expect(await processesOf(it.folders.root)).toEqual([])
})

/** To all events from here on. */
async function listen(): Promise<void> {
  const { signal } = listening
  const onMessage = (message: unknown) => void heard.messages.push(message)
  await new Promise<void>((resolve, reject) => {
    it.client.stream({ signal, onMessage, onState: ({ state }) => state === 'open' && resolve() }).catch(reject)
  })
}

/** A ticket for these tracks of the album; who asks knows them by other ids. */
function ticketFor(numbers: number[], ids = 'track', of = scene): PostableTicket {
  const ticket = of.ticket(it.folders.media)
  const tracks = ticket.tracks
    .filter(({ track_number }) => numbers.includes(track_number))
    .map((track) => ({ ...track, catalog_track_id: `${ids}-${track.track_number}` }))
  return { ...ticket, tracks, request_scope: 'individual_tracks' }
}

async function arrives(ticket: PostableTicket): Promise<void> {
  await it.post(ticket)
  await arriveOnce(it, [ticket.ticket_id])
}

const detailsOf = async (id: string, to: string) => (await it.store.steps.history(id)).find((entry) => entry.to === to)?.details

test('what a torrent that we have holds is taken from there: no indexer is asked, and nothing is fetched twice', async () => {
  await arrives(ticketFor([1]))
  const asked = scene.gate.requests.length
  expect(asked).toBeGreaterThan(0)
  const first = await it.store.torrents.find(scene.infoHash)
  expect(first?.wanted.filter((path) => path.endsWith('.flac'))).toHaveLength(1)

  const same = ticketFor([1], 'other')
  await arrives(same)
  expect(await it.store.torrents.find(scene.infoHash)).toMatchObject({ wanted: first?.wanted, completedAt: first?.completedAt })
  const history = await it.store.steps.history(same.ticket_id)
  expect(history.map(({ to }) => to)).toEqual([
    'pending',
    'searching',
    'matching',
    'auto_approved',
    'downloading',
    'converting',
    'placing',
    'completed',
  ])
  for (const state of ['matching', 'auto_approved'])
    expect(await detailsOf(same.ticket_id, state)).toMatchObject({ source: 'catalog', info_hash: scene.infoHash })
  const audit = await it.store.audit.list({ ticketId: same.ticket_id, eventTypes: ['SearchExecuted', 'MatchingCompleted'], limit: 9 })
  expect(audit.entries.map(({ payload }) => payload)).toMatchObject([
    { matcher_type: 'catalog', confidence: 1 },
    { searcher_name: 'catalog', results_count: 1 },
  ])

  // Nobody has wanted these yet: the names of the files tell.
  const further = ticketFor([2, 3])
  await arrives(further)
  expect(await detailsOf(further.ticket_id, 'auto_approved')).toMatchObject({ source: 'catalog' })
  expect((await it.store.torrents.find(scene.infoHash))?.wanted.filter((path) => path.endsWith('.flac'))).toHaveLength(3)
  expect(scene.gate.requests).toHaveLength(asked)
  expect(await it.store.catalog.find(scene.infoHash)).toMatchObject({ uses: 0, indexer: scene.indexer.name })
  expect((await it.store.catalog.list({ words: ['paper'], limit: 5 })).torrents).toMatchObject([{ infoHash: scene.infoHash }])
})

test('a dry run asks the indexers all the same', async () => {
  const asked = scene.gate.requests.length
  const id = await it.post({ ...ticketFor([1]), dry_run: true })
  await it.until(id, ['dry_run_complete'])
  expect(scene.gate.requests.length).toBeGreaterThan(asked)
})

/** The ticket of the warmer for what a ticket asked for in vain. */
async function warmed(of: Scene): Promise<string> {
  const hold = of.gate.hold(() => true)
  const inVain = await it.post(ticketFor([1], 'track', of))
  await waitFor('the search', () => Number(hold.arrivals()) > 0)
  await it.client.cancel(inVain)
  await hold.release()
  // A new one begins with a look around.
  it.system.kill('scheduler')
  const mine = async () => (await it.client.cacheWarmer()).tickets.find(({ artist }) => artist === of.album.artist)?.ticket_id
  await waitFor('the ticket of the warmer', async () => (await mine()) !== undefined)
  return (await mine()) ?? ''
}

test('what was asked for in vain is loaded while nobody waits, and then taken from there', async () => {
  const warming = await warmed(wished)
  await it.completed(warming)
  expect(await faultsOfHistory(it.store, warming)).toEqual([])
  expect((await it.store.steps.history(warming)).map(({ to }) => to)).toEqual([
    'pending',
    'searching',
    'matching',
    'auto_approved',
    'downloading',
    'completed',
  ])
  const torrent = await it.store.torrents.find(wished.infoHash)
  expect(torrent?.wanted.filter((path) => path.endsWith('.flac'))).toHaveLength(3)
  expect(await it.client.cacheWarmer()).toMatchObject({ held_bytes: torrent?.sizeBytes, tickets: [{ state: 'completed', reason: null }] })

  const asked = wished.gate.requests.length
  const served = ticketFor([2, 3], 'other', wished)
  await arrives(served)
  expect(await detailsOf(served.ticket_id, 'auto_approved')).toMatchObject({ source: 'catalog', info_hash: wished.infoHash })
  expect(wished.gate.requests).toHaveLength(asked)
  expect(await it.store.torrents.find(wished.infoHash)).toMatchObject({ wanted: torrent?.wanted, completedAt: torrent?.completedAt })
})

test('a ticket has its track of a torrent that is being loaded for nobody, before the rest', async () => {
  const warming = await warmed(slow)
  await waitFor('its names', async () => (await it.store.catalog.files(slow.infoHash, 0, 1)).length > 0)
  const id = await it.post(ticketFor([2], 'other', slow))
  await it.completed(id)
  expect(await detailsOf(id, 'auto_approved')).toMatchObject({ source: 'catalog' })
  expect((await it.store.torrents.find(slow.infoHash))?.wanted.filter((path) => path.endsWith('.flac'))).toHaveLength(1)
  expect((await it.client.getTicket(warming)).state).toBe('downloading')
  expect(await faultsOfCompleted(it, id)).toEqual([])
  await it.client.cancel(warming)
})

test('an album of which we have a half: the other half alone is searched for; after that it is made of both torrents, and nobody is asked', async () => {
  const [one, two] = it.scenes.slice(3) as [Scene, Scene]
  const disc = (scene: Scene, nr: number, to: PostableTicket) =>
    scene.ticket(it.folders.media).tracks.map((track) => ({
      ...{ ...track, catalog_track_id: `half-${nr}-${track.track_number}`, disc_number: nr },
      dest_path: join(dirname(to.tracks[0]?.dest_path ?? ''), `${nr}-${basename(track.dest_path)}`),
    }))
  const wanting = (discs: 1 | 2) => {
    const ticket = one.ticket(it.folders.media)
    const tracks = [...disc(one, 1, ticket), ...(discs === 2 ? disc(two, 2, ticket) : [])]
    return { ...ticket, tracks, images: [], request_scope: 'individual_tracks' as const }
  }
  const half = wanting(1)
  await arrives(half)
  const before = await it.store.torrents.find(one.infoHash)

  const all = wanting(2)
  await arrives(all)
  expect(await detailsOf(all.ticket_id, 'matching')).toMatchObject({
    held: [{ info_hash: one.infoHash, tracks: ['half-1-1', 'half-1-2'] }],
  })
  expect(await it.store.torrents.find(one.infoHash)).toMatchObject({ wanted: before?.wanted, completedAt: before?.completedAt })
  expect((await it.store.torrents.find(two.infoHash))?.wanted.filter((path) => path.endsWith('.flac'))).toHaveLength(2)

  const asked = one.gate.requests.length + two.gate.requests.length
  const again = wanting(2)
  await arrives(again)
  expect(await detailsOf(again.ticket_id, 'matching')).toMatchObject({
    source: 'catalog',
    held: [{ tracks: [{}, {}].map(() => expect.any(String)) }],
  })
  expect(one.gate.requests.length + two.gate.requests.length).toBe(asked)
  for (const infoHash of [one.infoHash, two.infoHash]) expect(await it.store.catalog.find(infoHash)).toMatchObject({ uses: 0 })
})

test('the key of an indexer goes to that indexer alone: no log, event, answer, metric or row has it, whatever became of the tickets', async () => {
  const { api_key: key, name } = slow.indexer
  // One that is away is complained of.
  await slow.gate.close()
  const elsewhere = { search: { artist: slow.album.artist, album: 'Never Asked For Before' }, dry_run: true }
  const inVain = await it.post({ ...ticketFor([3], 'third', slow), ...elsewhere })
  await it.until(inVain, ['search_failed', 'dry_run_complete'])
  const sent = it.scenes.flatMap(({ gate }) => gate.requests).filter((path) => path.includes(key))
  for (const part of ['t=search', '/dl/']) expect(sent.filter((path) => path.includes(part)).length).toBeGreaterThan(0)

  const told = await toldBy(it, heard)
  const places = Object.keys(told)
  expect(places.filter((place) => told[place] === '')).toEqual([])
  const complaining = ['logs', `/ticket/${inVain}`, '/audit/export?format=jsonl', 'table audit_events', `POST /indexers/${name}/test`]
  expect(complaining.filter((place) => !told[place]?.includes(name))).toEqual([])
  expect(['events', '/tickets'].filter((place) => !told[place]?.includes(inVain))).toEqual([])
  expect(places.filter((place) => told[place]?.includes(key))).toEqual([])
})

test('no secret of a setting or of a caller is in anything that the system puts out', async () => {
  const caller = mark()
  const headers = {
    authorization: `Bearer ${caller}`,
    'x-api-key': caller,
    cookie: `session=${caller}`,
    'content-type': 'application/json',
  }
  const origin = new URL(it.system.urls.api).origin
  const tried: [string, string, string?][] = [
    ...(['/tickets', '/ticket/none', '/tickets?limit=x', '/nowhere'] as const).map((path): [string, string] => ['GET', path]),
    ['POST', '/ticket', '{"search":'],
    ['POST', '/ticket', '{}'],
    ['DELETE', `/ticket/${randomUUID()}`],
  ]
  const answers = await Promise.all(
    tried.map(async ([method, path, body]) => (await fetch(`${origin}/api/v1${path}`, { method, headers, body })).text()),
  )
  const told: Record<string, string> = {
    ...(await toldBy(it, heard)),
    answers: answers.join('\n'),
    'audit file': await readFile(auditFile, 'utf8'),
  }
  // What was asked has been heard.
  expect(told['audit file']?.includes('TicketCreated')).toBe(true)
  expect(told.logs?.includes('"status":400')).toBe(true)
  const passwords = { postgres: new URL(it.postgres.url).password, redis: new URL(it.redis.url).password }
  expect(Object.values(passwords).every((password) => password.length > 10)).toBe(true)
  const all = { ...secrets.marks, ...passwords, caller }
  const found = Object.entries(all).flatMap(([name, secret]) =>
    Object.entries(told).flatMap(([place, text]) => (text.includes(secret) ? `${name} in ${place}` : [])),
  )
  expect(found).toEqual([])
})
