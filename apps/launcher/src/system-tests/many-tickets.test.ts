import { isDeepStrictEqual } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { waitFor } from '@torrentino/testkit'
import { knownMetrics } from '../../../../infra/test-support/known-metrics.js'
import { nothingLeft } from './support/check-leftovers.js'
import { faultsOfHistory } from './support/check-ticket.js'
import { measured } from './support/measured.js'
import { processesOf } from './support/processes.js'
import { scrape } from './support/scrape.js'
import { startTestSystem, type TestSystem } from './support/test-system.js'

const TICKETS = 200
const AT_ONCE = 20
// Every so manyth wants the whole album, the others one track: starting ffmpeg is what takes the time.
const WHOLE = 4
const WORKERS = ['search-worker', 'match-worker', 'download-worker', 'convert-worker', 'place-worker'] as const

let it: TestSystem

beforeAll(async () => {
  const replicas = Object.fromEntries(WORKERS.map((worker) => [worker, 2]))
  // As many downloads at once as by default, so that the others stand in line.
  it = await startTestSystem({ scenes: [{}], replicas, env: { PROCESSING_MAX_PARALLEL_DOWNLOADS: '2' } })
})
afterAll(async () => {
  await it?.stop()
  expect(await processesOf(it.folders.root)).toEqual([])
})

test(`${TICKETS} tickets at once, with two replicas of each worker: all are completed, once, and nothing is left`, async () => {
  const [scene] = it.scenes
  const tickets = Array.from({ length: TICKETS }, (_, index) => {
    const ticket = scene?.ticket(it.folders.media)
    if (!ticket) throw new Error('no scene')
    const tracks = index % WHOLE === 0 ? ticket.tracks : ticket.tracks.slice(0, 1)
    return { ...ticket, tracks, images: [], constraints: { ...ticket.constraints, embed_cover: false } }
  })
  const began = Date.now()
  for (let from = 0; from < TICKETS; from += AT_ONCE)
    await Promise.all(tickets.slice(from, from + AT_ONCE).map((ticket) => it.post(ticket)))
  measured(`${TICKETS} tickets posted`, Date.now() - began)
  await waitFor(`the ${TICKETS} tickets`, allEnded, 300_000, 250)
  measured(`${TICKETS} tickets completed`, Date.now() - began)
  measured('the last of them came to', await lastArrivals(began))

  expect(await failures()).toEqual([])
  expect(await it.store.tickets.countByState()).toEqual([{ state: 'completed', count: TICKETS }])
  await nothingLeft(it)
  const faults = await Promise.all(tickets.map((ticket) => faultsOfHistory(it.store, ticket.ticket_id)))
  expect(faults.flat()).toEqual([])
  const placed = await it.sql.query<{ count: number }>(
    `select count(*)::int as count from audit_events where event_type = 'PlacementCompleted' group by ticket_id`,
  )
  expect(placed).toEqual(tickets.map(() => ({ count: 1 })))
}, 330_000)

test('the processes show what dashboards and alerts ask for, and have counted it', async () => {
  const { families, samples } = await scrape(Object.values(it.system.urls.status))
  const known = await knownMetrics()
  // Without its setting there is no cache warmer.
  const ours = [...known.keys()].filter((name) => name.startsWith('torrentino_') && !name.startsWith('torrentino_warmer_'))
  const names = new Set(
    [...families].flatMap((name) => (known.has(name) ? [name] : ['_bucket', '_sum', '_count'].map((end) => name + end))),
  )
  expect([...names].filter((name) => name.startsWith('torrentino_')).toSorted()).toEqual(ours.toSorted())
  const strange = samples.filter(({ name, labels }) => Object.keys(labels).some((label) => !known.get(name)?.labels.has(label)))
  expect(strange.filter(({ name }) => name.startsWith('torrentino_'))).toEqual([])

  // A number that could not be read in time is not shown, so that one look may lack some.
  const wanted = {
    completed: TICKETS,
    failed: 0,
    underWay: 0,
    oldestJob: 0,
    indexers: 1,
    torrentClients: 1,
    disks: true,
    redisWritten: 1,
  }
  let shown: typeof wanted | undefined
  const read = async () => {
    shown = await readNumbers()
    return isDeepStrictEqual(shown, wanted)
  }
  await waitFor('the numbers', read).catch(() => {})
  expect(shown).toEqual(wanted)
})

async function readNumbers() {
  const { samples } = await scrape(Object.values(it.system.urls.status))
  const sum = (name: string, wanted: Record<string, string> = {}) =>
    samples
      .filter((sample) => sample.name === name && Object.entries(wanted).every(([label, value]) => sample.labels[label] === value))
      .reduce((total, { value }) => total + value, 0)
  const { media, work, downloads } = it.folders
  return {
    completed: sum('torrentino_tickets_came_total', { state: 'completed' }),
    failed: sum('torrentino_tickets_came_total', { state: 'failed' }),
    underWay: sum('torrentino_tickets'),
    oldestJob: sum('torrentino_queue_oldest_seconds'),
    indexers: sum('torrentino_indexer_state'),
    torrentClients: sum('torrentino_torrent_client_ok'),
    disks: [media, work, downloads].every((folder) => sum('torrentino_disk_free_bytes', { folder }) > 0),
    redisWritten: sum('torrentino_redis_written'),
  }
}

async function allEnded(): Promise<boolean> {
  const counts = await it.store.tickets.countByState()
  return (
    counts
      .filter(({ state }) => ['completed', 'failed', 'search_failed', 'needs_approval'].includes(state))
      .reduce((sum, { count }) => sum + count, 0) === TICKETS
  )
}

async function failures(): Promise<unknown[]> {
  return it.sql.query(`select ticket_id, reason from ticket_transitions where to_state = 'failed'`)
}

async function lastArrivals(began: number): Promise<Record<string, number>> {
  const rows = await it.sql.query<{ state: string; last: Date }>(
    'select to_state as state, max(at) as last from ticket_transitions group by to_state order by 2',
  )
  return Object.fromEntries(rows.map(({ state, last }) => [state, last.getTime() - began]))
}
