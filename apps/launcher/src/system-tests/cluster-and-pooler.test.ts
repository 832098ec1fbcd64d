import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { messagesOfStep } from '@torrentino/domain'
import {
  createRedisCluster,
  hasPgbouncer,
  type OtlpReceiver,
  startOtlpReceiver,
  startPgbouncer,
  type TestCluster,
  type TestPooler,
  waitFor,
} from '@torrentino/testkit'
import { arriveOnce } from './support/arrive-once.js'
import { arrived } from './support/holds.js'
import { measured } from './support/measured.js'
import { processesOf } from './support/processes.js'
import { QUICK_RECOVERY, startTestSystem, type TestSystem } from './support/test-system.js'

const KEYS = '{torrentino}'
const CALL = 'POST /api/v1/ticket'
const LOADED = [CALL, 'search run', 'match run', 'download run', 'searching', 'matching', 'downloading', 'converting']
const COMPLETED = [...LOADED, 'convert item', 'place run', 'placing']
// Whoever completes a ticket tidies up behind it by the way.
const CANCELLED = [...LOADED, 'cleanup run']

let it: TestSystem
let cluster: TestCluster
let pooler: TestPooler | undefined
let receiver: OtlpReceiver

beforeAll(async () => {
  receiver = await startOtlpReceiver()
  it = await startTestSystem({
    scenes: [{}],
    env: { ...QUICK_RECOVERY, TRACING_ENDPOINT: receiver.endpoint },
    async redis() {
      cluster = await createRedisCluster()
      await cluster.addHeir(KEYS)
      return cluster
    },
    async reach({ database, redis }) {
      if (!hasPgbouncer()) return { database, redis }
      pooler = await startPgbouncer(database, 8)
      return { database: pooler.through(database), databaseDirect: database, redis }
    },
  })
})
afterAll(async () => {
  await it?.stop()
  await Promise.all([pooler?.drop(), receiver?.close()])
  expect(await processesOf(it.folders.root)).toEqual([])
})

const works = (work: Promise<unknown>) =>
  work.then(
    () => true,
    () => false,
  )

test('over a cluster and a pooler, with traces: the loss of a node, the pooler and a worker in the midst of tickets costs none of them', async () => {
  const [scene] = it.scenes
  const [held, dropped, later] = [1, 2, 3].map(() => scene?.ticket(it.folders.media))
  if (!held || !dropped || !later) throw new Error('no scene')
  const heard: number[] = []
  const over = new AbortController()
  const following = it.client.stream({ since: 0, signal: over.signal, onMessage: (one) => one.type !== 'progress' && heard.push(one.id) })

  const [hold, holdDropped] = [await it.ffmpeg.hold(held.ticket_id), await it.ffmpeg.hold(dropped.ticket_id)]
  await it.post(held)
  await arrived(hold)
  await it.post(dropped)
  await it.until(dropped.ticket_id, ['converting'])
  const before = await hold.arrivals()
  const owner = await cluster.ownerOf(KEYS)
  const began = Date.now()
  await Promise.all([owner.kill(), pooler?.kill()])
  it.system.kill('convert-worker')
  await pooler?.start()
  await waitFor('a gateway that takes tickets', () => works(it.post(later)), 120_000, 100)
  await waitFor('a gateway that takes commands', () => isCancelled(dropped.ticket_id), 120_000, 100)
  await waitFor('the heir', async () => (await cluster.ownerOf(KEYS).catch(() => owner)) !== owner, 120_000, 100)
  measured('the heir is in office', Date.now() - began)
  await arrived(hold, before + 1)
  measured('the work of the killed worker is taken up', Date.now() - began)
  await Promise.all([hold.release(), holdDropped.release()])
  await arriveOnce(it, [held.ticket_id, later.ticket_id], 120_000)
  measured('completed', Date.now() - began)
  await it.system.ready()

  const expected = (await it.store.steps.between(0, Number.MAX_SAFE_INTEGER, 1000)).flatMap(messagesOfStep).map(({ id }) => id)
  await waitFor('the last message', () => heard.at(-1) === expected.at(-1))
  over.abort()
  await following
  expect(heard).toEqual(expected)

  await hasOneTrace(held.ticket_id, COMPLETED)
  await hasOneTrace(later.ticket_id, COMPLETED)
  await hasOneTrace(dropped.ticket_id, CANCELLED)
})

async function isCancelled(id: string): Promise<boolean> {
  await works(it.client.cancel(id))
  return (await it.store.tickets.find(id))?.state.name === 'cancelled'
}

/** All of it below the call that filed the ticket. */
async function hasOneTrace(id: string, wanted: string[]): Promise<void> {
  const spans = () => receiver.spans.filter(({ attributes, name }) => attributes['ticket.id'] === id && name !== CALL)
  const trace = () => receiver.spans.filter(({ traceId }) => traceId === spans()[0]?.traceId)
  const lacking = () => wanted.filter((name) => !trace().some((span) => span.name === name))
  await waitFor(`the trace of ${id}`, () => lacking().length === 0, 30_000).catch(() => {})
  expect(lacking()).toEqual([])
  const call = trace().find(({ name }) => name === CALL)
  for (const span of spans()) expect(span).toMatchObject({ traceId: call?.traceId, parentSpanId: call?.spanId })
}
