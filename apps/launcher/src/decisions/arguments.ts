import { parseArgs } from 'node:util'
import { z } from 'zod'
import { UserError } from '../user-error.js'

type Options = NonNullable<NonNullable<Parameters<typeof parseArgs>[0]>['options']>

/** A day, which begins at midnight UTC, or a moment with its zone. */
export const Moment = z
  .union([z.iso.date(), z.iso.datetime({ offset: true })], 'must be like 2026-01-31 or 2026-01-31T12:00:00Z')
  .transform((text) => new Date(text))

/** The arguments of a tool, checked; what is wrong is said together with how it is used. */
export function readArguments<T>(args: string[], options: Options, schema: z.ZodType<T>, usage: string): T {
  let values: unknown
  try {
    values = parseArgs({ args, options, strict: true }).values
  } catch (error) {
    throw new UserError(`${(error as Error).message}\n${usage}`)
  }
  const parsed = schema.safeParse(values)
  if (parsed.success) return parsed.data
  const faults = parsed.error.issues.map(({ path, message }) => `--${path.join('.')}: ${message}`)
  throw new UserError(`${faults.join('\n')}\n${usage}`)
}
