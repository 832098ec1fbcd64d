import type { IndexerConfig, SearchQuery } from '../searcher.js'

const AUDIO = 3000
const MAX_RESULTS = 100

/** What an indexer's setting means: where its API is, and the key, which people also paste as part of the address. */
export function readAddress(config: IndexerConfig): { api: URL; apiKey: string | undefined } {
  const api = new URL(config.url)
  const apiKey = config.apiKey || api.searchParams.get('apikey') || undefined
  api.searchParams.delete('apikey')
  api.pathname = apiPath(api.pathname)
  return { api, apiKey }
}

export function searchUrl(api: URL, apiKey: string | undefined, query: SearchQuery, categories: number[] = [AUDIO]): string {
  const url = new URL(api)
  url.searchParams.set('t', 'search')
  url.searchParams.set('q', query.text)
  if (categories.length > 0) url.searchParams.set('cat', categories.join(','))
  url.searchParams.set('extended', '1')
  url.searchParams.set('limit', String(MAX_RESULTS))
  if (apiKey) url.searchParams.set('apikey', apiKey)
  return url.href
}

/** Jackett and Prowlarr show the address without the `/api` that it needs; Prowlarr's other form ends in `/newznab`. */
function apiPath(path: string): string {
  const trimmed = path.replace(/\/+$/, '')
  return /\/(api|newznab)$/i.test(trimmed) ? trimmed : `${trimmed}/api`
}
