import { randomBytes } from 'node:crypto'
import type { TraceContext } from './span.js'

const FORM = /^(?!ff)[0-9a-f]{2}-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-[0-9a-f]{2}(?:-.*)?$/

/** Undefined for what is no `traceparent`: whoever sends one gets a trace of ours. */
export function readTraceparent(text: unknown): TraceContext | undefined {
  const [match, traceId = '', spanId = ''] = (typeof text === 'string' && text.length <= 512 && FORM.exec(text)) || []
  return match === undefined ? undefined : { traceId, spanId }
}

export function writeTraceparent({ traceId, spanId }: TraceContext): string {
  return `00-${traceId}-${spanId}-01`
}

export function newSpanId(): string {
  return randomBytes(8).toString('hex')
}

export function newTraceId(): string {
  return randomBytes(16).toString('hex')
}
