import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ReceivedSpan {
  service: string
  traceId: string
  spanId: string
  parentSpanId?: string
  name: string
  kind: number
  startMs: number
  endMs: number
  attributes: Record<string, string>
  failed: boolean
}

export interface OtlpReceiver {
  endpoint: string
  spans: ReceivedSpan[]
  /** All that came, as text. */
  texts: string[]
  authorization: (string | undefined)[]
  /** From now on: answers with this status, or not at all. */
  behave(how: number | 'hang'): void
  close(): Promise<void>
}

/** A collector on loopback that takes traces as OTLP in JSON. */
export async function startOtlpReceiver(): Promise<OtlpReceiver> {
  const spans: ReceivedSpan[] = []
  const texts: string[] = []
  const authorization: (string | undefined)[] = []
  let behaviour: number | 'hang' = 200
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    if (behaviour === 'hang') return
    const text = Buffer.concat(parts).toString()
    if (behaviour === 200 && request.url === '/v1/traces') {
      texts.push(text)
      authorization.push(request.headers.authorization)
      spans.push(...readSpans(JSON.parse(text)))
    }
    response.writeHead(behaviour, { 'content-type': 'application/json' }).end('{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    texts,
    authorization,
    behave(how) {
      behaviour = how
    },
    close() {
      server.closeAllConnections()
      return new Promise((resolve) => server.close(() => resolve()))
    },
  }
}

interface Attribute {
  key: string
  value: Record<string, unknown>
}

interface Body {
  resourceSpans: {
    resource: { attributes: Attribute[] }
    scopeSpans: {
      spans: (Omit<ReceivedSpan, 'attributes'> & {
        startTimeUnixNano: string
        endTimeUnixNano: string
        attributes: Attribute[]
        status: { code: number }
      })[]
    }[]
  }[]
}

function readSpans({ resourceSpans }: Body): ReceivedSpan[] {
  return resourceSpans.flatMap(({ resource, scopeSpans }) =>
    scopeSpans.flatMap(({ spans }) =>
      spans.map(({ traceId, spanId, parentSpanId, name, kind, startTimeUnixNano, endTimeUnixNano, attributes, status }) => ({
        ...{ traceId, spanId, parentSpanId, name, kind },
        service: plain(resource.attributes)['service.name'] ?? '',
        startMs: Number(BigInt(startTimeUnixNano) / 1_000_000n),
        endMs: Number(BigInt(endTimeUnixNano) / 1_000_000n),
        attributes: plain(attributes),
        failed: status.code === 2,
      })),
    ),
  )
}

function plain(attributes: Attribute[]): Record<string, string> {
  return Object.fromEntries(attributes.map(({ key, value }) => [key, String(Object.values(value)[0])]))
}
