import { z } from 'zod'

const count = z.number().int().nonnegative()
const moment = z.iso.datetime()

/** How an indexer has fared lately, in the eyes of all replicas together. */
export const IndexerHealth = z.object({
  name: z.string(),
  /** `failing`: its last word was a failure, but it is asked again; `paused`: it failed and is left alone for a while; `limited`: its places of this minute are taken. */
  state: z.enum(['ok', 'failing', 'limited', 'paused']),
  /** Failures in a row: each is a step on the ladder of pauses, a success is a step down. */
  failures: count,
  paused_until: moment.nullable(),
  requests_per_minute: count.nullable(),
  requests_last_minute: count,
  last_success_at: moment.nullable(),
  last_failure_at: moment.nullable(),
  last_error: z.string().nullable(),
  last_response_ms: count.nullable(),
})
export type IndexerHealth = z.infer<typeof IndexerHealth>

/** GET /indexers: for admins, without address and key. */
export const IndexerView = IndexerHealth.extend({
  kind: z.string(),
  timeout_secs: z.number(),
  categories: z.array(count),
}).meta({ id: 'IndexerView' })
export type IndexerView = z.infer<typeof IndexerView>
export const IndexerList = z.object({ indexers: z.array(IndexerView) })
export type IndexerList = z.infer<typeof IndexerList>

export const IndexerParams = z.strictObject({ name: z.string().max(64) })

/** POST /indexers/{name}/test: a real question, told in words. */
export const IndexerTest = z
  .object({
    success: z.boolean(),
    message: z.string(),
    response_time_ms: count,
    results_count: count.nullable(),
  })
  .meta({ id: 'IndexerTest' })
export type IndexerTest = z.infer<typeof IndexerTest>
