import { KEY, MAGNET } from './kind.js'
import type { Reply } from './server.js'
import { HYBRID_INFO, INFO, torrentOf, V2_INFO } from './torrents.js'

/** What lies behind the download links. */
export function download(url: URL): Reply {
  const path = url.pathname.slice('/dl/'.length)
  const to = (location: string, status = 302): Reply => ({ status, headers: { location } })
  const step = /^chain(\d)$/.exec(path)?.[1]
  if (step !== undefined) return to(step === '1' ? MAGNET : `/dl/chain${Number(step) - 1}`)
  if (url.searchParams.get('apikey') !== KEY && path !== 'file') return { status: 401 }
  return { ...DOWNLOADS, loop: to(url.href), moved: to('/dl/file', 301) }[path] ?? { status: 404 }
}

const DOWNLOADS: Record<string, Reply> = {
  file: { body: torrentOf(INFO) },
  hybrid: { body: torrentOf(HYBRID_INFO) },
  version2: { body: torrentOf(V2_INFO) },
  magnet301: { status: 301, headers: { location: MAGNET } },
  magnet302: { status: 302, headers: { location: MAGNET } },
  etc: { status: 302, headers: { location: 'file:///etc/passwd' } },
  ftp: { status: 302, headers: { location: 'ftp://127.0.0.1/x.torrent' } },
  rubbish: { body: 'no torrent' },
  page: { body: '<html>log in</html>' },
  limited: { status: 429, headers: { 'retry-after': '9' } },
  huge: { after: { bytes: 50_000_000 } },
}
