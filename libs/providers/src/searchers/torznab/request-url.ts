import type { SearchQuery } from '../searcher.js'

const AUDIO = 3000
const MAX_RESULTS = 100

/** Jackett and Prowlarr show the address without the `/api` that it needs; Prowlarr's other form ends in `/newznab`. */
export function apiAddress(url: string): URL {
  const api = new URL(url)
  const path = api.pathname.replace(/\/+$/, '')
  api.pathname = /\/(api|newznab)$/i.test(path) ? path : `${path}/api`
  return api
}

/** The login that a reverse proxy wants is not for the database. */
export function withoutLogin(url: URL): URL {
  const bare = new URL(url)
  bare.username = ''
  bare.password = ''
  return bare
}

/** A link to the indexer's own host is opened with the login that its address carries. */
export function withLoginOf(api: URL, link: string): string {
  if (!URL.canParse(link)) return link
  const url = new URL(link)
  if (url.origin === api.origin) {
    url.username = api.username
    url.password = api.password
  }
  return url.href
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
