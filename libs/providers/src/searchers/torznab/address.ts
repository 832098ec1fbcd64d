import type { Params } from './search-params.js'

/** Jackett and Prowlarr show the address without the `/api` that it needs; Prowlarr's other form ends in `/newznab`. */
export function apiAddress(url: string): URL {
  const api = new URL(url)
  const path = api.pathname.replace(/\/+$/, '')
  api.pathname = /\/(api|newznab)$/i.test(path) ? path : `${path}/api`
  return api
}

export function withParams(api: URL, params: Params, apiKey: string | undefined): string {
  const url = new URL(api)
  for (const [name, value] of Object.entries(params)) url.searchParams.set(name, value)
  if (apiKey) url.searchParams.set('apikey', apiKey)
  return url.href
}
