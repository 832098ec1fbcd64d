import { IndexerList, IndexerParams, IndexerTest, IndexerView } from '@torrentino/domain'
import { type Route, route } from '@torrentino/http'
import type { GatewayDeps } from '../deps.js'

export function indexerRoutes({ indexers, events }: GatewayDeps): Route[] {
  return [
    route({
      name: 'listIndexers',
      method: 'GET',
      path: '/indexers',
      access: 'admin',
      about: 'How each indexer has fared',
      answer: IndexerList,
      handle: async () => ({ json: { indexers: await indexers.list() } satisfies IndexerList }),
    }),
    route({
      name: 'getIndexer',
      method: 'GET',
      path: '/indexers/:name',
      access: 'admin',
      about: 'How one indexer has fared',
      answer: IndexerView,
      params: IndexerParams,
      handle: async ({ params }) => ({ json: await indexers.find(params.name) }),
    }),
    route({
      name: 'testIndexer',
      method: 'POST',
      path: '/indexers/:name/test',
      access: 'admin',
      about: 'Asks the indexer for real; a success ends its pause',
      answer: IndexerTest,
      params: IndexerParams,
      async handle({ params, identity }) {
        const result = await indexers.test(params.name)
        events.indexerTested(params.name, identity, result.success)
        return { json: result }
      },
    }),
  ]
}
