import { setTimeout as sleep } from 'node:timers/promises'
import { StageError } from '@torrentino/domain'
import { makeMagnet } from '../magnet.js'
import type { ReadSource } from '../shared/source.js'
import type { Api } from './api.js'
import { elsewhere, refused } from './failures.js'
import { readFileList } from './file-list.js'
import type { HeldTorrent } from './held-torrent.js'
import type { Live, Mirror } from './mirror.js'
import type { QbittorrentOptions } from './options.js'
import { samePlace, toTheirs } from './path-map.js'
import { phaseOf } from './phase.js'

/** Marks what is ours in a qBittorrent that has other torrents, too. */
const OUR_TAG = 'torrentino'
const VISIBLE_MS = 15_000
const LOOK_MS = 100

export interface AddingDeps {
  api: Api
  mirror: Mirror
  options: QbittorrentOptions
}

/** Has qBittorrent hold the torrent, stopped and with nothing wanted, unless it holds it already. To be repeated at will. */
export async function bringIn(held: HeldTorrent, source: ReadSource, label: string | undefined, deps: AddingDeps): Promise<void> {
  const { api, mirror, options } = deps
  held.failure = null
  await mirror.look()
  const found = mirror.get(held.infoHash)
  if (found && !samePlace(found.save_path ?? '', toTheirs(options.pathMap, held.folder))) throw elsewhere(held.infoHash)
  const live = found && (hasMetadata(found) || !source.metadata) ? found : await add(held, source, label, deps)
  if (found === live && !hasMetadata(live)) await api.addTrackers(live.id, source.trackers)
  held.seen = true
  await claim(held, live, label, deps)
  if (hasMetadata(live)) await takeFileList(held, live, api)
  await tryAgain(held, live, deps)
}

export function hasMetadata(live: Live): boolean {
  return (live.total_size ?? -1) > 0
}

/** Reads the file list; a torrent that we just added and must not fetch is taken out again. */
export async function takeFileList(held: HeldTorrent, live: Live, api: Api): Promise<void> {
  const isNew = held.fresh
  try {
    await readFileList(held, live.id, api)
  } catch (error) {
    if (!(error instanceof StageError) || error.kind !== 'permanent') throw error
    held.seen = false
    if (isNew) await api.remove(live.id, true)
    throw error
  }
}

async function add(held: HeldTorrent, source: ReadSource, label: string | undefined, deps: AddingDeps): Promise<Live> {
  const { api, mirror, options } = deps
  await api.createCategory(options.category)
  const torrentFile = source.metadata?.torrent
  // A magnet of our own making: what else may stand in a foreign one is none of qBittorrent's business.
  const magnetUri = torrentFile ? undefined : makeMagnet(held.infoHash, undefined, source.trackers)
  const old = mirror.get(held.infoHash)
  // It waits for its metadata, which we have.
  if (old) await api.remove(old.id, false)
  Object.assign(held, { fresh: true, seen: false })
  const folder = toTheirs(options.pathMap, held.folder)
  const accepted = await api.add({ torrentFile, magnetUri, folder, category: options.category, tags: tagsOf(label) })
  // It had the torrent all the same, with what was selected.
  if (!accepted) held.fresh = false
  const end = Date.now() + (accepted ? VISIBLE_MS : VISIBLE_MS / 5)
  while (true) {
    await mirror.look()
    const live = mirror.get(held.infoHash)
    if (live && (hasMetadata(live) || !torrentFile)) return live
    if (Date.now() > end) throw refused(held.infoHash)
    await sleep(LOOK_MS)
  }
}

async function claim(held: HeldTorrent, live: Live, label: string | undefined, { api }: AddingDeps): Promise<void> {
  const there = new Set(tagsIn(live))
  if (held.fresh || !there.has(OUR_TAG)) await api.dropShareLimits(live.id)
  const missing = tagsOf(label).filter((tag) => !there.has(tag))
  if (missing.length > 0) await api.addTags(live.id, missing)
}

/** Tags cannot hold a comma. */
function tagsOf(label: string | undefined): string[] {
  return label ? [OUR_TAG, label.replaceAll(',', ' ')] : [OUR_TAG]
}

/** What had failed is tried again. */
async function tryAgain(held: HeldTorrent, live: Live, { api }: AddingDeps): Promise<void> {
  const phase = phaseOf(live.state)
  if (phase !== 'missing' && phase !== 'failed') return
  held.forgivenUntil = Date.now() + VISIBLE_MS
  if (phase === 'missing') await api.recheck(live.id)
  await api.start([live.id])
}

export function isOurs(live: Live): boolean {
  return tagsIn(live).includes(OUR_TAG)
}

function tagsIn(live: Live): string[] {
  return live.tags?.split(',').map((tag) => tag.trim()) ?? []
}

/** The tags of tickets and such, which nobody else has use for once the torrent is gone. */
export function labelsOf(live: Live): string[] {
  return tagsIn(live).filter((tag) => tag.startsWith('ticket '))
}
