import { z } from 'zod'
import { mapped, section } from '../section.js'
import { decimal, describe, jsonFromText } from '../setting.js'
import { type Indexer, indexer, indexerFields } from './indexer.js'
import { jackett, prowlarr, type Server, viaJackett, viaProwlarr } from './indexer-server.js'

export type { Indexer } from './indexer.js'

const indexers = describe(z.array(indexer).max(200).prefault([]), {
  about:
    'Indexers as JSON: [{"name":"...","kind":"torznab","url":"http://...","api_key":"...","timeout_secs":30,"requests_per_minute":10,"categories":[3000]}]',
  allowed:
    'a JSON list of indexers, each with name and url, and if need be kind, api_key, timeout_secs, requests_per_minute, categories and ids',
  fallback: '[]',
  sensitive: true,
  parts: indexerFields,
  fromText: jsonFromText,
})

const shape = {
  indexers,
  cache_secs: decimal({
    about: 'For how long an equal search is answered from memory, without asking the indexers; 0 = never',
    min: 0,
    max: 86_400,
    fallback: 600,
  }),
  max_wait_secs: decimal({
    about: 'How long a ticket waits for an indexer that may not be asked yet before it goes on without',
    min: 0,
    max: 86_400,
    fallback: 300,
  }),
  jackett,
  prowlarr,
}

type All = { indexers: Indexer[]; jackett: Server; prowlarr: Server }

function allIndexers({ indexers, jackett, prowlarr }: All): Indexer[] {
  return [...indexers, ...viaJackett(jackett), ...viaProwlarr(prowlarr)]
}

export const searcher = mapped(
  section(shape, (values, complain) => {
    const names = allIndexers(values).map((entry) => entry.name)
    const double = names.find((name, index) => names.indexOf(name) !== index)
    if (double !== undefined) complain('indexers', `must not name ${double} twice`)
  }),
  (values): { indexers: Indexer[]; cache_secs: number; max_wait_secs: number } => ({
    indexers: allIndexers(values),
    cache_secs: values.cache_secs,
    max_wait_secs: values.max_wait_secs,
  }),
)
