import { z } from 'zod'
import { section } from '../section.js'
import { describe, secret } from '../setting.js'

const endpoint = z
  .string()
  .max(2048)
  .refine((value) => value === '' || /^https?:\/\/[^\s@?#]+$/.test(value))
  .transform((value) => value.replace(/\/+$/, ''))

export const tracing = section({
  endpoint: describe(endpoint.prefault('') as unknown as z.ZodType<string>, {
    about: 'Where traces go: an OpenTelemetry collector that takes OTLP over HTTP, such as http://localhost:4318; empty = there are none',
    allowed: 'an http:// or https:// address without login and query',
    fallback: '',
  }),
  authorization: secret({ about: 'Sent to it as the Authorization header, such as "Bearer ..."; empty = none', fallback: '' }),
})
