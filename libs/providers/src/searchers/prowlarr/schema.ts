import { z } from 'zod'

const text = z.string().max(20_000).nullish().catch(undefined)
const number = z
  .union([z.number(), z.string().max(50)])
  .nullish()
  .catch(undefined)

export const ProwlarrRelease = z.looseObject({
  title: text,
  guid: text,
  indexer: text,
  protocol: text,
  downloadUrl: text,
  magnetUrl: text,
  infoHash: text,
  size: number,
  seeders: number,
  leechers: number,
  publishDate: text,
})
export type ProwlarrRelease = z.infer<typeof ProwlarrRelease>

/** An indexer that Prowlarr leaves alone for a time, because it failed. */
export const ProwlarrStatus = z.looseObject({ indexerId: z.number(), disabledTill: z.string().max(100) })
