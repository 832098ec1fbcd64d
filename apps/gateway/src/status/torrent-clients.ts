import type { TorrentClientView } from '@torrentino/domain'
import { readClientHealth } from '@torrentino/pipeline'
import { torrentClients } from '@torrentino/runtime'
import type { GatewayDeps } from '../deps.js'

type Deps = Pick<GatewayDeps, 'config' | 'bus' | 'store'>

/** The clients that are set up, with what the workers told of them. Postgres away rejects; Redis away is not knowing. */
export async function clientViews({ config, bus, store }: Deps): Promise<TorrentClientView[]> {
  const [loading, wellness] = await Promise.all([store.torrents.loadingByClient(), clientWellness({ config, bus })])
  return wellness.map((client) => ({ ...client, loading: loading.get(client.name) ?? 0 }))
}

export function clientWellness({ config, bus }: Pick<Deps, 'config' | 'bus'>): Promise<Omit<TorrentClientView, 'loading'>[]> {
  return Promise.all(
    torrentClients(config).map(async ({ name, engine }) => {
      const found = await readClientHealth(bus, name).catch(() => null)
      return { name, engine, ok: found?.ok ?? null, version: found?.version ?? null }
    }),
  )
}
