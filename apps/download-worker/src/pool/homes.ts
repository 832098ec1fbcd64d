import { join, relative } from 'node:path'
import type { Bus } from '@torrentino/bus'
import { StageError } from '@torrentino/domain'
import type { StoredTorrent, Torrents } from '@torrentino/store'
import { createCounts } from '../counts.js'
import { naming } from './client-away.js'
import type { ClientPool, Member } from './pool.js'
import { type Option, rankClients } from './rank-clients.js'

/** Where a torrent is: it stays with its client, which has its folder, too. */
export interface Home {
  member: Member
  folder: string
}

export interface Homes {
  /** Chosen now, and written down, where the torrent has none. To be called by the holder of its lease. Throws where none can be had at present. */
  of(torrent: StoredTorrent, sizeBytes?: number): Promise<Home>
  /** Calls `work` while the torrent counts as one that its client is loading. Throws where the client has as many as it may. */
  loading<T>(torrent: Pick<StoredTorrent, 'infoHash' | 'status'>, member: Member, work: () => Promise<T>): Promise<T>
}

interface HomesDeps {
  pool: ClientPool
  torrents: Pick<Torrents, 'assign' | 'loadingByClient' | 'find'>
  leases: Bus['leases']
  leaseMs: number
}

export function createHomes({ pool, torrents, leases, leaseMs }: HomesDeps): Homes {
  const place = ({ name }: Member) => `torrent-client:${name}`
  const under = <T>({ name }: Member, work: () => Promise<T>) => (pool.members.length > 1 ? naming(name, work) : work())
  /** Runs that count for one and the same torrent. */
  const counted = createCounts()

  async function choose(torrent: StoredTorrent, sizeBytes: number): Promise<Member> {
    const near = isNew(torrent) ? [] : pool.members.filter(({ downloadPath }) => isBelow(torrent.folder, downloadPath))
    const [only, ...others] = near.length > 0 ? near : pool.members
    if (only && others.length === 0) return only
    const loading = await torrents.loadingByClient()
    const options = await Promise.all((near.length > 0 ? near : pool.members).map((member) => optionOf(member, loading)))
    const ranked = rankClients(options, sizeBytes)
    if (ranked.length === 0) throw noneUsable(options)
    for (const { member } of ranked) if (await hasPlace(torrent, member)) return member
    throw full('All torrent clients are')
  }

  /** Of a client without a bound everybody may be one. */
  async function hasPlace({ infoHash }: Pick<StoredTorrent, 'infoHash'>, member: Member): Promise<boolean> {
    return member.maxDownloads === Number.POSITIVE_INFINITY || leases.take(place(member), infoHash, member.maxDownloads, leaseMs)
  }

  async function settle(torrent: StoredTorrent, member: Member): Promise<Home> {
    const folder = isBelow(torrent.folder, member.downloadPath) ? torrent.folder : join(member.downloadPath, torrent.infoHash)
    const isSettled = torrent.client === member.name && torrent.folder === folder
    if (isSettled || (await torrents.assign(torrent.infoHash, { client: member.name, folder }, torrent.client))) return { member, folder }
    throw new StageError('retryable', 'client_changed', 'The torrent was given to another client just now.')
  }

  return {
    of: async (torrent, sizeBytes = 0) => settle(torrent, pool.find(torrent.client) ?? (await choose(torrent, sizeBytes))),
    async loading({ infoHash, status }, member, work) {
      if (status !== 'downloading' || member.maxDownloads === Number.POSITIVE_INFINITY) return under(member, work)
      if (!(await hasPlace({ infoHash }, member))) throw full(`The torrent client ${member.name} is`)
      counted.add(infoHash)
      const timer = setInterval(() => void leases.renew(place(member), infoHash, leaseMs).catch(() => {}), leaseMs / 3)
      try {
        return await under(member, work)
      } finally {
        clearInterval(timer)
        if (counted.remove(infoHash)) await leases.release(place(member), infoHash).catch(() => {})
      }
    },
  }
}

/** Nothing lies anywhere of it yet, as far as we know. */
function isNew({ client, wanted, completedAt }: StoredTorrent): boolean {
  return client === null && wanted.length === 0 && completedAt === null
}

async function optionOf(member: Member, loading: Map<string, number>): Promise<Option & { member: Member; message?: string }> {
  const common = { member, name: member.name, loading: loading.get(member.name) ?? 0 }
  try {
    const { ok, message } = await member.health()
    return { ...common, ok, message, left: ok ? await member.space.left() : 0 }
  } catch (error) {
    return { ...common, ok: false, left: 0, message: error instanceof Error ? error.message : String(error) }
  }
}

function isBelow(folder: string, top: string): boolean {
  const way = relative(top, folder)
  return way !== '' && !way.startsWith('..')
}

function noneUsable(options: readonly { name: string; message?: string }[]): StageError {
  const why = options.map(({ name, message }) => `${name}: ${message ?? 'it is not well'}`).join(' ')
  return new StageError('retryable', 'no_client', `No torrent client can be used at present. ${why}`)
}

function full(who: string): StageError {
  return new StageError('retryable', 'client_full', `${who} loading as many torrents as may be; it goes on when there is a place.`)
}
