import type { Config } from '../config/index.js'
import type { Logger } from '../logger.js'
import type { Tracer } from './span.js'

/** Undefined where no traces are wanted: then nothing of it is even loaded. */
export async function openTracer({ tracing }: Pick<Config, 'tracing'>, service: string, log: Logger): Promise<Tracer | undefined> {
  if (tracing.endpoint === '') return undefined
  const { createOtlpTracer } = await import('./otlp-tracer.js')
  return createOtlpTracer({
    endpoint: tracing.endpoint,
    authorization: tracing.authorization?.reveal(),
    service,
    onLost: (spans, error) => log.warn('traces not sent', { spans, error }),
  })
}
