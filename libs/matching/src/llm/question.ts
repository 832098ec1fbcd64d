import type { z } from 'zod'

/** Something a model is asked. Who brings it there is not the concern of this package. */
export interface Question<T> {
  system: string
  user: string
  schema: z.ZodType<T>
  schemaName: string
  example: T
}

/** The answer, as its schema wants it, or why there is none. Throws only where the work itself is over. */
export type Ask = <T>(question: Question<T>) => Promise<{ value: T } | { error: string }>
