import {
  CatalogFilesQuery,
  CatalogList,
  CatalogQuery,
  CatalogTorrentDetails,
  CatalogTorrentView,
  DomainError,
  RemoveTorrentQuery,
  TorrentParams,
  WarmerView,
} from '@torrentino/domain'
import { type Route, route } from '@torrentino/http'
import { searchWords } from '@torrentino/matching'
import type { CountedTorrent } from '@torrentino/store'
import type { GatewayDeps } from '../deps.js'
import { removeTorrent } from './remove-torrent.js'
import { fileView, torrentView } from './views.js'
import { warmerView } from './warmer-view.js'

const FILES_SHOWN = 1000
const ONE = '/catalog/:info_hash'

export function catalogRoutes(deps: GatewayDeps): Route[] {
  return [
    route({
      name: 'listTorrents',
      method: 'GET',
      path: '/catalog',
      access: 'admin',
      about: 'The torrents that are known, newest first',
      answer: CatalogList,
      query: CatalogQuery,
      handle: async ({ query }) => ({ json: await list(deps, query) }),
    }),
    // Before the torrents: it is no hash.
    route({
      name: 'getCacheWarmer',
      method: 'GET',
      path: '/catalog/warmer',
      access: 'admin',
      about: 'How the cache warmer fares',
      answer: WarmerView,
      handle: async () => ({ json: await warmerView(deps) }),
    }),
    route({
      name: 'getTorrent',
      method: 'GET',
      path: ONE,
      access: 'admin',
      about: 'One torrent with its files, a thousand at a time',
      answer: CatalogTorrentDetails,
      params: TorrentParams,
      query: CatalogFilesQuery,
      handle: async ({ params, query }) => ({ json: await details(deps, params.info_hash, query.files_from) }),
    }),
    pinRoute(deps, 'pin', true),
    pinRoute(deps, 'unpin', false),
    route({
      name: 'removeTorrent',
      method: 'DELETE',
      path: ONE,
      access: 'admin',
      about: 'Takes it and its files away, a little later',
      answer: CatalogTorrentView,
      statuses: [202],
      params: TorrentParams,
      query: RemoveTorrentQuery,
      handle: async ({ params: { info_hash }, query, identity }) => {
        const torrent = await found(deps, info_hash)
        await removeTorrent(deps, torrent, query.force, identity.userId)
        deps.events.catalogChanged('remove', info_hash, identity)
        // Whoever holds it may have taken it away already.
        return { status: 202, json: torrentView({ ...torrent, status: 'removed', pinned: false }) }
      },
    }),
  ]
}

function pinRoute(deps: GatewayDeps, command: 'pin' | 'unpin', pinned: boolean): Route {
  return route({
    name: `${command}Torrent`,
    method: 'POST',
    path: `${ONE}/${command}`,
    access: 'admin',
    about: pinned ? 'Keeps it whatever it has given back' : 'Lets it be cleaned up again',
    answer: CatalogTorrentView,
    params: TorrentParams,
    handle: async ({ params: { info_hash }, identity }) => {
      const { userId } = identity
      const event = { type: pinned ? 'AdminPinTorrent' : 'AdminUnpinTorrent', payload: { admin_id: userId, info_hash } } as const
      const isNew = await deps.store.catalog.pin(info_hash, pinned, { ticketId: null, actor: userId, event })
      const torrent = await found(deps, info_hash)
      if (isNew) deps.events.catalogChanged(command, info_hash, identity)
      return { json: torrentView(torrent) }
    },
  })
}

async function list({ store }: GatewayDeps, { q, status, pinned, limit, after }: CatalogQuery): Promise<CatalogList> {
  const words = q === undefined ? undefined : searchWords(q)
  const { torrents, next } = await store.catalog.list({ words, statuses: status, pinned, limit, after })
  return { torrents: torrents.map(torrentView), next }
}

async function details(deps: GatewayDeps, infoHash: string, from: number): Promise<CatalogTorrentDetails> {
  const torrent = await found(deps, infoHash)
  const files = await deps.store.catalog.files(infoHash, from, FILES_SHOWN + 1)
  return {
    ...torrentView(torrent),
    files_count: torrent.filesCount,
    files: files.slice(0, FILES_SHOWN).map(fileView),
    next_file: files[FILES_SHOWN]?.fileIdx ?? null,
  }
}

async function found({ store }: GatewayDeps, infoHash: string): Promise<CountedTorrent> {
  const torrent = await store.catalog.find(infoHash)
  if (torrent) return torrent
  throw new DomainError('not_found', `there is no torrent ${infoHash} in the catalog`)
}
