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

/** A path below a server's address, which may itself lie below a path of a reverse proxy. */
export function below(server: string, path: string): URL {
  const url = new URL(server)
  url.pathname = `${url.pathname.replace(/\/+$/, '')}${path}`
  return url
}
