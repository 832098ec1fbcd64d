import type { z } from 'zod'

const MAX_FAULTS = 5
const MAX_TEXT = 200_000

export type ReadAnswer<T> = { value: T } | { fault: string }

/** What a model wrote, as the schema wants it; or in words for the model what is wrong with it. */
export function readAnswer<T>(text: string, schema: z.ZodType<T>): ReadAnswer<T> {
  const json = jsonIn(text.slice(0, MAX_TEXT))
  if (json === undefined) return { fault: 'it is not JSON' }
  const parsed = schema.safeParse(json)
  if (parsed.success) return { value: parsed.data }
  const faults = parsed.error.issues.slice(0, MAX_FAULTS).map(({ path, message }) => `${path.join('.') || 'the answer'}: ${message}`)
  return { fault: faults.join('; ').slice(0, 1000) }
}

/** Bare, in a code fence, or with a sentence before and after it. */
function jsonIn(text: string): unknown {
  const from = text.indexOf('{')
  const to = text.lastIndexOf('}')
  for (const part of [text, from < 0 ? '' : text.slice(from, to + 1)]) {
    try {
      return JSON.parse(part)
    } catch {
      // The other way to read it.
    }
  }
  return undefined
}
