import { z } from 'zod'

/** What a command answers that has nothing to tell. */
export const Nothing = z.object({})

// Values of a query string are text, so the schemas read numbers, lists and dates from text.

/** A whole number within bounds. */
export function queryInt(min: number, max: number, fallback: number) {
  const message = `must be a whole number from ${min} to ${max}`
  return z
    .string(message)
    .regex(/^\d{1,9}$/, message)
    .transform(Number)
    .refine((value) => value >= min && value <= max, message)
    .default(fallback)
}

/** One or several names: separated by commas, or the key repeated. */
export function queryList<const T extends string>(names: readonly [T, ...T[]]) {
  const known = new Set<string>(names)
  return z
    .union([z.string(), z.array(z.string())])
    .transform((value) => (typeof value === 'string' ? [value] : value).flatMap((part) => part.split(',')))
    .refine((parts) => parts.length > 0 && parts.every((part) => known.has(part)), `must be one or several of: ${names.join(', ')}`)
    .transform((parts) => [...new Set(parts)] as T[])
    .optional()
}

const Day = z.iso.date()
const Moment = z.iso.datetime({ offset: true })

/** A day (its start in UTC) or a moment with its offset. */
export const queryDate = z
  .string('must be given once')
  .max(40)
  // A plus sign that was not encoded arrives as a space.
  .transform((value) => value.replace(/ (?=\d\d:\d\d$)/, '+'))
  .refine(
    (value) => Day.safeParse(value).success || Moment.safeParse(value).success,
    'must be a date such as 2024-01-31 or 2024-01-31T12:00:00Z',
  )
  .transform((value) => new Date(value))
  .refine((date) => date.getUTCFullYear() >= 1 && date.getUTCFullYear() <= 9999, 'must be a date of the years 1 to 9999')
  .optional()

/** Limit and one of two ways to go on: `after` for any depth, `offset` for small lists. */
export const pagingFields = {
  limit: queryInt(1, 200, 50),
  offset: queryInt(0, 10_000, 0),
  after: z
    .string('must be given once')
    .regex(/^[\w-]{1,200}$/, 'must be the next value of an earlier answer')
    .optional(),
}

export function refuseBothPagings({ offset, after }: { offset: number; after?: string }, context: z.RefinementCtx): void {
  if (offset > 0 && after !== undefined) context.addIssue({ code: 'custom', path: ['offset'], message: 'give either offset or after' })
}
