import { z } from 'zod'

export const Hit = z.object({
  /** "Artist - Title". */
  title: z.string().max(2000),
  cover_image: z.string().max(4000).optional().catch(undefined),
})
export type Hit = z.infer<typeof Hit>

export const Hits = z.object({ results: z.array(z.unknown()).max(200) })
