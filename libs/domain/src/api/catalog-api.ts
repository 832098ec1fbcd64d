import { z } from 'zod'
import { STATES } from '../ticket/state.js'
import { text } from '../ticket/text.js'
import { pagingFields, queryInt, queryList } from './query.js'

const count = z.number().int().nonnegative()
const moment = z.iso.datetime()
const yesOrNo = z.enum(['true', 'false']).transform((value) => value === 'true')

/** `removed`: on its way out, whoever holds it takes its files away. */
export const TORRENT_STATUSES = ['downloading', 'seeding', 'goal_met', 'removed'] as const

export const CatalogQuery = z.strictObject({
  /** Beginnings of words of its title, artists, albums and tracks, or of its hash; all have to be found. */
  q: text(200).optional(),
  status: queryList(TORRENT_STATUSES),
  pinned: yesOrNo.optional(),
  limit: pagingFields.limit,
  after: pagingFields.after,
})
export type CatalogQuery = z.infer<typeof CatalogQuery>

export const TorrentParams = z.strictObject({
  info_hash: z
    .string()
    .toLowerCase()
    .regex(/^[0-9a-f]{40}$/, 'must be 40 hexadecimal digits'),
})
export const CatalogFilesQuery = z.strictObject({ files_from: queryInt(0, 999_999, 0) })
export const RemoveTorrentQuery = z.strictObject({ force: yesOrNo.default(false) })

export const CatalogTorrentView = z
  .object({
    info_hash: z.string(),
    title: z.string(),
    indexer: z.string().nullable(),
    /** Which torrent client has it. */
    client: z.string().nullable(),
    status: z.enum(TORRENT_STATUSES),
    size_bytes: count,
    ratio: z.number(),
    /** What the indexer demands. */
    min_ratio: z.number().nullable(),
    min_seed_time_secs: count.nullable(),
    /** How long it was seeded. */
    seeded_secs: count,
    /** It still has to be seeded, by the settings or for its indexer. */
    owes_goal: z.boolean(),
    pinned: z.boolean(),
    /** How many tickets need it. */
    uses: count,
    added_at: moment,
    last_accessed_at: moment,
    completed_at: moment.nullable(),
    goal_met_at: moment.nullable(),
  })
  .meta({ id: 'CatalogTorrentView' })
export type CatalogTorrentView = z.infer<typeof CatalogTorrentView>

export const CatalogList = z.object({ torrents: z.array(CatalogTorrentView), next: z.string().nullable() })
export type CatalogList = z.infer<typeof CatalogList>

export const CatalogFileView = z
  .object({
    index: count,
    path: z.string(),
    size_bytes: count,
    artist: z.string().nullable(),
    album: z.string().nullable(),
    track_name: z.string().nullable(),
    duration_secs: z.number().nullable(),
    /** The track that a ticket took the file for; without it the names are those that its path tells. */
    catalog_track_id: z.string().nullable(),
  })
  .meta({ id: 'CatalogFileView' })

export const CatalogTorrentDetails = CatalogTorrentView.extend({
  files_count: count,
  files: z.array(CatalogFileView),
  /** Give it as `files_from` for more files; null when these are the last. */
  next_file: count.nullable(),
}).meta({ id: 'CatalogTorrentDetails' })
export type CatalogTorrentDetails = z.infer<typeof CatalogTorrentDetails>

/** How the cache warmer fares. */
export const WarmerView = z
  .object({
    enabled: z.boolean(),
    /** When it looked for artists the last time; null: never. */
    scanned_at: moment.nullable(),
    next_scan_at: moment.nullable(),
    /** Why nothing new is begun at present; null where nothing stands in its way. */
    held_back: z.string().nullable(),
    /** Those still to be looked after, the most wanted first. */
    artists: z.array(z.object({ artist: z.string(), demand: count })),
    /** Since the last scan. */
    skipped: z.array(z.object({ artist: z.string(), reason: z.string() })),
    budget_bytes: count,
    held_bytes: count,
    /** How much more may be loaded, by this budget and that of all torrents. */
    room_bytes: count,
    /** Its last tickets, newest first, with what came of those that are over. */
    tickets: z.array(
      z.object({ ticket_id: z.string(), artist: z.string(), state: z.enum(STATES), reason: z.string().nullable(), created_at: moment }),
    ),
  })
  .meta({ id: 'WarmerView' })
export type WarmerView = z.infer<typeof WarmerView>
