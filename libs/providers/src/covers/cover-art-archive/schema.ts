import { z } from 'zod'

const Credit = z.object({ name: z.string().max(1000) })

export const Release = z.object({
  id: z.uuid(),
  score: z.coerce.number().catch(0),
  title: z.string().max(1000),
  'artist-credit': z.array(Credit).min(1).max(100),
  'release-group': z.object({ id: z.uuid() }).optional().catch(undefined),
})
export type Release = z.infer<typeof Release>

/** One bad element does not spoil the list. */
export const ReleaseList = z.object({ releases: z.array(z.unknown()).max(200) })
