import { z } from 'zod'

const number = z.number().optional().catch(undefined)
const text = z.string().max(10_000).optional().catch(undefined)

/** What changed of a torrent; the whole of it at the first time. A field of another kind is as good as none. */
export const TorrentChange = z.object({
  state: text,
  progress: number,
  completed: number,
  amount_left: number,
  total_size: number,
  dlspeed: number,
  upspeed: number,
  eta: number,
  num_seeds: number,
  num_leechs: number,
  ratio: number,
  seeding_time: number,
  save_path: text,
  tags: text,
  infohash_v1: text,
})
export type TorrentChange = z.infer<typeof TorrentChange>

export const MainData = z.object({
  rid: z.number().catch(0),
  full_update: z.boolean().catch(false),
  torrents: z.record(z.string(), z.unknown()).catch({}),
  torrents_removed: z.array(z.string()).catch([]),
  server_state: z.object({ free_space_on_disk: number }).catch({ free_space_on_disk: undefined }),
})

export type MainData = z.infer<typeof MainData>

export const FileList = z.array(
  z.object({ index: z.int().min(0).optional(), name: z.string(), size: z.number(), progress: z.number(), priority: z.number() }),
)
export type ClientFile = z.infer<typeof FileList>[number]

export const Preferences = z.object({ current_network_interface: z.string().catch(''), current_interface_address: z.string().catch('') })

export type Preferences = z.infer<typeof Preferences>

export const Addresses = z.array(z.string())
