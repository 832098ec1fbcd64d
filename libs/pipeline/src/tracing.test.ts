import { afterAll, expect, test } from '@jest/globals'
import { NewTicket } from '@torrentino/domain'
import { loadConfig, newTraceId, openTracer, silentLogger } from '@torrentino/runtime'
import { albumBody, openTestPipeline, startOtlpReceiver, waitFor } from '@torrentino/testkit'
import { createTicket } from './commands/create-ticket.js'
import { rescueTurns } from './rescue.js'
import { callContext } from './tracing.js'

const receiver = await startOtlpReceiver()
const BASE = { AUTH_METHOD: 'none', DATABASE_URL: 'postgres://db/x', REDIS_URL: 'redis://cache', MEDIA_ROOTS: '/media' }
const tracer = await openTracer(loadConfig({ ...BASE, TRACING_ENDPOINT: receiver.endpoint }), 'workers', silentLogger)
const it = await openTestPipeline()
it.deps.tracer = tracer
afterAll(async () => {
  await it.drop()
  await tracer?.close()
  await receiver.close()
})

async function post(traceparent?: string): Promise<string> {
  const ticket = NewTicket.parse(albumBody({ tracks: 2 }))
  const { id } = await createTicket(it.deps, { ticket, requestedBy: 'ann', mediaRoots: ['/media'], traceparent })
  await waitFor('its job', async () => (await it.jobs()).some((job) => job.id.startsWith(id)))
  return id
}

async function spansOf(id: string) {
  const mine = () => receiver.spans.filter(({ attributes }) => attributes['ticket.id'] === id)
  await waitFor('the last span', () => mine().some(({ name }) => name === 'place run'))
  return mine()
}

test('all that is done for a ticket is one trace below the call that filed it, over a failed attempt and a lost Redis, too', async () => {
  const call = callContext(undefined, newTraceId)
  const id = await post(call.traceparent)
  let runs = 0
  it.plan(() => {
    runs += 1
    return runs === 2 ? 'retryable' : 'ok'
  })
  await it.deliverAll()
  await it.flush()
  it.pass(7_200_000)
  await rescueTurns(it.deps, 0)
  await it.deliverAll()
  expect((await it.ticket(id)).state.name).toBe('completed')
  const spans = await spansOf(id)
  const names = spans.map(({ name }) => name)
  expect(new Set(names)).toEqual(
    new Set([
      'search run',
      'match run',
      'download run',
      'convert item',
      'place run',
      'searching',
      'matching',
      'downloading',
      'converting',
      'placing',
    ]),
  )
  expect(names.filter((name) => name === 'convert item')).toHaveLength(2)
  for (const span of spans) expect(span).toMatchObject({ traceId: call.traceId, parentSpanId: call.spanId, service: 'torrentino-workers' })
  expect(new Set(spans.map(({ spanId }) => spanId)).size).toBe(spans.length)
  expect(spans.some(({ attributes }) => attributes.result === 'retry')).toBe(true)
})

test('a ticket that was filed without traces has the one that its id names', async () => {
  it.plan(() => 'ok')
  const id = await post()
  await it.deliverAll()
  for (const span of await spansOf(id)) expect(span).toMatchObject({ traceId: id.replaceAll('-', ''), parentSpanId: undefined })
})
