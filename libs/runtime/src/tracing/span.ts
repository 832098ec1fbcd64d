/** Something that was done, told when it is over. */
export interface Span {
  name: string
  kind: 'server' | 'consumer' | 'internal'
  traceId: string
  spanId: string
  parentId?: string
  /** In ms since 1970. */
  startMs: number
  endMs: number
  attributes: Record<string, string | number | boolean>
  /** What went wrong, in words. */
  error?: string
}

/** Takes spans and sends them on, some time. Never fails, never waits. */
export interface Tracer {
  tell(span: Span): void
  close(): Promise<void>
}

/** A place in a trace, as in the header `traceparent` of the W3C. */
export interface TraceContext {
  traceId: string
  spanId: string
}
