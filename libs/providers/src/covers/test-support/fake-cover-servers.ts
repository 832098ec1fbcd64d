import { type ContractServer, type Reply, startContractServer } from '../../searchers/contract/server.js'

/** Smallest bytes that begin like the real thing. */
export const JPEG = Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(400, 1)])

export const RELEASE = '11111111-0000-4000-8000-000000000000'
export const BARE_RELEASE = '22222222-0000-4000-8000-000000000000'
export const GROUP = '33333333-0000-4000-8000-000000000000'
export const TOKEN = 'discogs-token'

export interface SeenRequest {
  url: URL
  headers: Record<string, string | string[] | undefined>
}

export interface FakeCoverServers extends ContractServer {
  seen: SeenRequest[]
  /** What is answered instead, until it is taken back. */
  fault?: (url: URL) => Reply | undefined
}

/** MusicBrainz, the Cover Art Archive and Discogs on one address, in the shapes that they document. */
export async function startFakeCoverServers(): Promise<FakeCoverServers> {
  const seen: SeenRequest[] = []
  const server = await startContractServer((url, headers) => {
    seen.push({ url, headers })
    return fake.fault?.(url) ?? answer(url, headers)
  })
  const fake: FakeCoverServers = { ...server, seen }
  return fake
}

function answer(url: URL, headers: SeenRequest['headers']): Reply {
  const { pathname, searchParams, origin } = url
  if (pathname === '/ws/2/release/') return json(musicBrainz(searchParams.get('query') ?? ''))
  if (pathname === '/database/search')
    return headers.authorization === `Discogs token=${TOKEN}`
      ? json(discogs(searchParams, origin))
      : { ...json({ message: '...' }), status: 401 }
  // The archive hands over to a store of another name, and that to a machine of its own.
  const [, kind, id, image] = /^\/(release|release-group)\/([^/]+)\/((?:front|back)-1200)$/.exec(pathname) ?? []
  const known = (kind === 'release' && id === RELEASE) || (kind === 'release-group' && id === GROUP)
  if (known) return { status: 307, headers: { location: `${origin}/download/mbid-${id}/${image}.jpg` } }
  if (pathname.startsWith('/download/')) return { status: 302, headers: { location: pathname.replace('download', 'items') } }
  if (pathname.startsWith('/items/') || pathname.startsWith('/image/')) return { headers: { 'content-type': 'image/jpeg' }, body: JPEG }
  return { status: 404, body: '<!doctype html><title>404 Not Found</title>' }
}

function musicBrainz(query: string) {
  const release = (id: string, title: string, name: string, score: number) => ({
    ...{ id, score, title, status: 'Official', 'track-count': 12 },
    'artist-credit': [{ name, artist: { id: GROUP, name } }],
    'release-group': { id: GROUP, 'primary-type': 'Album' },
  })
  const releases = query.includes('Tin Roof')
    ? [{ id: 5 }, release(BARE_RELEASE, 'Tin Roof Live', 'Sal Vetch', 100), release(RELEASE, 'Tin Roof', 'Sal Vetch', 98)]
    : [release(RELEASE, 'Something Else', 'Somebody', 60)]
  return { created: '2026-01-01T00:00:00.000Z', count: releases.length, offset: 0, releases }
}

function discogs(params: URLSearchParams, origin: string) {
  const hit = (title: string, name: string) => ({ id: 1, type: 'release', title, cover_image: `${origin}/image/${name}.jpg`, thumb: '' })
  const known = params.get('release_title') === 'Tin Roof'
  const results = known ? [{ id: 'x' }, hit('Somebody - Tin Roof', 'wrong'), hit('Sal Vetch (2) - Tin Roof', 'right')] : []
  return { pagination: { page: 1, pages: 1, items: results.length }, results }
}

function json(body: unknown): Reply {
  return { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
}
