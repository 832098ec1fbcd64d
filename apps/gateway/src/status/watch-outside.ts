import type { IndexerHealth } from '@torrentino/domain'
import type { Metrics } from '@torrentino/runtime'

interface Outside {
  indexers: () => Promise<readonly Pick<IndexerHealth, 'name' | 'state'>[]>
  /** `ok` is null of one that no worker has told of. */
  torrentClients: () => Promise<readonly { name: string; ok: boolean | null }[]>
}

/** How those outside fare that we depend on, as all processes together know it. */
export function watchOutside({ watch }: Pick<Metrics, 'watch'>, { indexers, torrentClients }: Outside): void {
  watch({
    gauges: { indexer_state: '1: the state of the indexer (ok, limited, failing, paused)' },
    labels: ['indexer', 'state'],
    read: async () => (await indexers()).map(({ name, state }) => ({ indexer: name, state, indexer_state: 1 })),
  })
  watch({
    gauges: { torrent_client_ok: '1: the torrent client answers its workers' },
    labels: ['client'],
    read: async () =>
      (await torrentClients()).flatMap(({ name, ok }) => (ok === null ? [] : [{ client: name, torrent_client_ok: Number(ok) }])),
  })
}
