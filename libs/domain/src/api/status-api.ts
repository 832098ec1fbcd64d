import { z } from 'zod'
import { ERROR_CODES } from '../errors.js'
import { TIMED_WORK } from '../ticket/stage-times.js'
import { STATES } from '../ticket/state.js'
import { IndexerHealth } from './indexers-api.js'

const count = z.number().int().nonnegative()

/** Null: not known, since no worker told of it lately. */
const wellness = z.boolean().nullable()

export const Health = z
  .object({
    status: z.literal('ok'),
    service: z.string(),
    version: z.string(),
    uptime_secs: z.number(),
    torrent_clients: z.array(z.object({ name: z.string(), ok: wellness })).optional(),
  })
  .meta({ id: 'Health' })
export type Health = z.infer<typeof Health>

export const Ready = z.object({ status: z.literal('ready'), checks: z.record(z.string(), z.boolean()) }).meta({ id: 'Ready' })
export type Ready = z.infer<typeof Ready>

/** How a torrent client is, as a worker saw it; what is wrong with it stands in that worker's log and readiness. */
export const TorrentClientHealth = z.object({
  ok: z.boolean(),
  version: z.string().max(100).nullable(),
})
export type TorrentClientHealth = z.infer<typeof TorrentClientHealth>

export const TorrentClientView = z
  .object({
    name: z.string(),
    engine: z.string(),
    ok: wellness,
    version: z.string().nullable(),
    /** Torrents that tickets wait for in it. */
    loading: count,
  })
  .meta({ id: 'TorrentClientView' })
export type TorrentClientView = z.infer<typeof TorrentClientView>

const percentiles = z.object({ count, p50_secs: z.number().nullable(), p95_secs: z.number().nullable() })

/** Of the times that ended in the window: how many, and how long half of them and most of them took at most. */
export const StageStats = z.object({
  /** An hour, or less where more happened than is looked at. */
  window_secs: count,
  stages: z.array(
    z.object({
      stage: z.enum(TIMED_WORK),
      per_minute: z.number(),
      /** Before the stage began, waiting for somebody or something else, and at work. */
      queued: percentiles,
      waited: percentiles,
      worked: percentiles,
      /** How long the oldest ticket that a worker may not have come to yet has been there; null where there is none. */
      oldest_secs: z.number().nullable(),
    }),
  ),
})
export type StageStats = z.infer<typeof StageStats>

export const Stats = z
  .object({
    tickets: z.record(z.enum(STATES), count),
    /** Null while Redis is away. */
    queues: z.array(z.object({ queue: z.string(), waiting: count, active: count, delayed: count })).nullable(),
    /** Null while Redis is away. */
    indexers: z.array(IndexerHealth.pick({ name: true, state: true, failures: true, paused_until: true })).nullable(),
    torrent_clients: z.array(TorrentClientView),
    /** Steps that Redis has not been told of yet. */
    outbox: count,
    /** Events of the last minutes. */
    recent: z.object({ window_secs: count, tickets_created: count, tickets_placed: count, tickets_cancelled: count }),
    latency: StageStats,
    ws_clients: count,
  })
  .meta({ id: 'Stats' })
export type Stats = z.infer<typeof Stats>

export const ConfigAnswer = z.object({ config: z.record(z.string(), z.unknown()), config_hash: z.string(), version: z.string() })
export type ConfigAnswer = z.infer<typeof ConfigAnswer>

/** Every answer of status 400 and above, as application/problem+json; some tell more, in further fields. */
export const Problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.enum(ERROR_CODES),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
    request_id: z.string(),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof Problem>
