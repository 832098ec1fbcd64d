import { setTimeout as delay } from 'node:timers/promises'
import { createHttpClient } from '../http-client.js'
import { redactText } from '../redact.js'
import type { Span, Tracer } from './span.js'

export interface OtlpOptions {
  endpoint: string
  authorization?: string
  service: string
  /** Told at most once a minute. */
  onLost(spans: number, error: unknown): void
  everyMs?: number
  timeoutMs?: number
}

const EVERY_MS = 2000
const TIMEOUT_MS = 5000
const CLOSE_MS = 2000
const AT_ONCE = 512
/** What waits is bounded: a collector that is away costs its spans, and nothing else. */
const MOST_WAITING = 4096
const SAY_EVERY_MS = 60_000
const MAX_TEXT = 500
const KINDS = { internal: 1, server: 2, consumer: 5 }

/** Sends spans as OTLP in JSON over HTTP, some at a time, one request after the other. */
export function createOtlpTracer(options: OtlpOptions): Tracer {
  const { endpoint, authorization, service, onLost, everyMs = EVERY_MS, timeoutMs = TIMEOUT_MS } = options
  const http = createHttpClient()
  let waiting: Span[] = []
  let lost = 0
  let saidAt = Number.NEGATIVE_INFINITY
  let sending: Promise<void> | undefined

  function lose(spans: number, error: unknown): void {
    lost += spans
    if (performance.now() - saidAt < SAY_EVERY_MS) return
    saidAt = performance.now()
    onLost(lost, error)
    lost = 0
  }

  async function send(): Promise<void> {
    const some = waiting.slice(0, AT_ONCE)
    waiting = waiting.slice(AT_ONCE)
    if (some.length === 0) return
    try {
      const headers = authorization === undefined ? undefined : { authorization }
      const { status } = await http.postJson(`${endpoint}/v1/traces`, bodyOf(service, some), { headers, timeoutMs, maxBytes: 65_536 })
      if (status >= 300) throw new Error(`the collector answers ${status}`)
    } catch (error) {
      lose(some.length, error)
    }
  }

  function sendSoon(): Promise<void> {
    sending ??= send().finally(() => {
      sending = undefined
    })
    return sending
  }

  const timer = setInterval(() => void sendSoon(), everyMs).unref()
  return {
    tell(span) {
      if (waiting.length >= MOST_WAITING) return lose(1, new Error('too many spans wait for the collector'))
      waiting.push(span)
    },
    async close() {
      clearInterval(timer)
      const rest = async () => {
        await sending
        await sendSoon()
      }
      await Promise.race([rest(), delay(CLOSE_MS, undefined, { ref: false })])
      http.close()
    },
  }
}

function bodyOf(service: string, spans: readonly Span[]): object {
  const resource = { attributes: [attribute('service.name', `torrentino-${service}`), attribute('service.namespace', 'torrentino')] }
  return { resourceSpans: [{ resource, scopeSpans: [{ scope: { name: 'torrentino' }, spans: spans.map(otlpSpan) }] }] }
}

function otlpSpan(span: Span): object {
  return {
    traceId: span.traceId,
    spanId: span.spanId,
    ...(span.parentId === undefined ? {} : { parentSpanId: span.parentId }),
    name: span.name,
    kind: KINDS[span.kind],
    startTimeUnixNano: nanos(span.startMs),
    endTimeUnixNano: nanos(Math.max(span.startMs, span.endMs)),
    attributes: Object.entries(span.attributes).map(([key, value]) => attribute(key, value)),
    status: span.error === undefined ? { code: 1 } : { code: 2, message: redactText(span.error).slice(0, MAX_TEXT) },
  }
}

/** As text, since a double does not hold them. */
function nanos(ms: number): string {
  return (BigInt(Math.round(ms * 1000)) * 1000n).toString()
}

function attribute(key: string, value: string | number | boolean): object {
  if (typeof value === 'string') return { key, value: { stringValue: redactText(value).slice(0, MAX_TEXT) } }
  if (typeof value === 'boolean') return { key, value: { boolValue: value } }
  return { key, value: Number.isInteger(value) ? { intValue: String(value) } : { doubleValue: value } }
}
