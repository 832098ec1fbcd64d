import { z } from 'zod'

/** Text as people write it: trimmed, bounded, without control characters or broken Unicode (Postgres and tags refuse both). */
export function text(max: number) {
  return (
    z
      .string()
      .trim()
      .min(1)
      .max(max)
      // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing them is the point
      .regex(/^[^\u0000-\u001f\u007f\p{Cs}]*$/u, 'must not contain control characters or halves of a surrogate pair')
  )
}

/** An identifier that a consumer chose: opaque to us, safe in URLs and file names. */
export const externalId = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/, 'letters, digits and . _ : - only, at most 128')
