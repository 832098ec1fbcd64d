/** The base as people paste it: with or without the version, with or without a slash. */
export function apiUrl(base: string, version: string, path: string): string {
  const url = new URL(base)
  const folder = url.pathname.replace(/\/+$/, '')
  url.pathname = `${folder === '' || folder === version ? version : folder}${path}`
  return url.href
}
