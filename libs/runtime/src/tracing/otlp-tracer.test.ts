import { afterEach, expect, jest, test } from '@jest/globals'
import { startOtlpReceiver, waitFor } from '@torrentino/testkit'
import { loadConfig } from '../config/index.js'
import { silentLogger } from '../logger.js'
import { registerSecret } from '../redact.js'
import { createOtlpTracer } from './otlp-tracer.js'
import type { Span } from './span.js'
import { newSpanId, newTraceId, readTraceparent, writeTraceparent } from './trace-context.js'

const closes: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closes.splice(0)) await close()
})

async function open({ timeoutMs = 300 } = {}) {
  const receiver = await startOtlpReceiver()
  const lost: number[] = []
  const onLost = (spans: number) => lost.push(spans)
  const tracer = createOtlpTracer({
    endpoint: receiver.endpoint,
    authorization: 'Bearer of-the-test',
    service: 'test',
    everyMs: 10,
    timeoutMs,
    onLost,
  })
  closes.push(
    () => tracer.close(),
    () => receiver.close(),
  )
  return { receiver, tracer, lost }
}

function span(change: Partial<Span> = {}): Span {
  const ids = { traceId: newTraceId(), spanId: newSpanId() }
  return {
    ...ids,
    name: 'work',
    kind: 'internal',
    startMs: 1000.5,
    endMs: 2000,
    attributes: { 'ticket.id': 't', n: 3, half: 0.5, yes: true },
    ...change,
  }
}

test('a span arrives as it was told, without secrets', async () => {
  registerSecret('hunter2-hunter2')
  const { receiver, tracer } = await open()
  const told = span({ parentId: newSpanId(), error: 'password hunter2-hunter2 refused by http://a/?apikey=abcdefgh', kind: 'server' })
  tracer.tell(told)
  await waitFor('the span', () => receiver.spans.length === 1)
  expect(receiver.spans[0]).toEqual({
    service: 'torrentino-test',
    traceId: told.traceId,
    spanId: told.spanId,
    parentSpanId: told.parentId,
    name: 'work',
    kind: 2,
    startMs: 1000,
    endMs: 2000,
    attributes: { 'ticket.id': 't', n: '3', half: '0.5', yes: 'true' },
    failed: true,
  })
  expect(receiver.texts.join()).toContain('"startTimeUnixNano":"1000500000"')
  expect(receiver.texts.join()).not.toMatch(/hunter2|abcdefgh/)
  expect(receiver.authorization).toEqual(['Bearer of-the-test'])
})

test.each<[string, number | 'hang']>([
  ['hangs', 'hang'],
  ['refuses', 503],
])('a collector that %s costs its spans, not the work, and gets the later ones', async (_how, behaviour) => {
  const { receiver, tracer, lost } = await open()
  receiver.behave(behaviour)
  for (let nr = 0; nr < 20_000; nr += 1) tracer.tell(span())
  await waitFor('word of it', () => lost.length === 1)
  receiver.behave(200)
  await waitFor('a later span', () => {
    tracer.tell(span({ name: 'later' }))
    return receiver.spans.some(({ name }) => name === 'later')
  })
})

test('what was told before the close is sent', async () => {
  const { receiver, tracer } = await open()
  tracer.tell(span())
  await tracer.close()
  expect(receiver.spans).toHaveLength(1)
})

test('without an endpoint nothing of it is loaded', async () => {
  let loads = 0
  jest.unstable_mockModule('./otlp-tracer.js', () => {
    loads += 1
    return { createOtlpTracer: () => ({ tell() {}, close: async () => {} }) }
  })
  jest.resetModules()
  const { openTracer } = await import('./open-tracer.js')
  const config = (env: Record<string, string>) =>
    loadConfig({ AUTH_METHOD: 'none', DATABASE_URL: 'postgres://db/x', REDIS_URL: 'redis://cache', MEDIA_ROOTS: '/media', ...env })
  expect(await openTracer(config({}), 'test', silentLogger)).toBeUndefined()
  expect(loads).toBe(0)
  expect(await openTracer(config({ TRACING_ENDPOINT: 'http://collector:4318/' }), 'test', silentLogger)).toBeDefined()
  expect(loads).toBe(1)
})

test.each([
  ['00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', true],
  ['01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00-more', true],
  ['ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01', false],
  ['00-00000000000000000000000000000000-00f067aa0ba902b7-01', false],
  ['00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01', false],
  ['00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01', false],
  ['', false],
  [undefined, false],
])('the traceparent %s is one: %s', (text, isOne) => {
  const context = readTraceparent(text)
  expect(context !== undefined).toBe(isOne)
  if (context !== undefined) expect(readTraceparent(writeTraceparent(context))).toEqual(context)
})
