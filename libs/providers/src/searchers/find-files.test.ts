import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import type { TorrentCandidate } from '@torrentino/domain'
import { createHttpClient } from '@torrentino/runtime'
import { startTorznab, type TorznabServer } from '@torrentino/testkit'
import { getFilesOf } from './get-files-of.js'
import { OPEN_GATE } from './indexer-gate.js'
import { createTorznabSearcher } from './torznab/index.js'

const KEY = 's3cr3t'
const HASH = '0123456789abcdef0123456789abcdef01234567'
const MAGNET = `magnet:?xt=urn:btih:${HASH}&dn=x`
const TORRENT = Buffer.concat([
  Buffer.from(
    'd4:infod5:filesld6:lengthi7e4:pathl6:01.mp3eed6:lengthi9e4:pathl3:CD26:02.mp3eee4:name5:Album12:piece lengthi16384e6:pieces20:',
  ),
  Buffer.alloc(20, 1),
  Buffer.from('ee'),
])
const { signal } = new AbortController()

const http = createHttpClient()
let server: TorznabServer
beforeAll(async () => {
  server = await startTorznab({
    apiKey: KEY,
    items: [
      { title: 'As file', torrentFile: TORRENT },
      { title: 'By redirect', magnetUri: MAGNET, offer: 'redirect' },
      { title: 'As link', magnetUri: MAGNET, offer: 'magnet' },
      { title: 'As attribute', magnetUri: MAGNET, offer: 'attribute' },
      { title: 'Not a torrent', torrentFile: Buffer.from('hello') },
      { title: 'A page', torrentFile: Buffer.from('<html>') },
      { title: 'A magnet in the body', torrentFile: Buffer.from(`${MAGNET}\n`) },
    ],
  })
})
afterAll(() => {
  http.close()
  return server.close()
})

const searcher = () => createTorznabSearcher({ name: 'loop', url: server.url, apiKey: KEY, timeoutMs: 60_000 }, { http, gate: OPEN_GATE })

async function find(title: string): Promise<TorrentCandidate> {
  const [candidate] = await searcher().search({ text: title }, { signal })
  if (!candidate) throw new Error(`${title} was not found`)
  return candidate
}

describe('files of a candidate', () => {
  test('from the .torrent, with the key only on the way', async () => {
    const candidate = await find('As file')
    expect(JSON.stringify(candidate)).not.toContain(KEY)
    const found = await searcher().getFiles(candidate, { signal })
    expect(found?.files).toEqual([
      { path: 'Album/01.mp3', size_bytes: 7 },
      { path: 'Album/CD2/02.mp3', size_bytes: 9 },
    ])
    expect(Buffer.from(found?.torrentFile ?? [])).toEqual(TORRENT)
    expect(found?.infoHash).toMatch(/^[0-9a-f]{40}$/)
  })

  test.each(['By redirect', 'As link', 'As attribute', 'A magnet in the body'])('%s: the hash, and no files yet', async (title) => {
    expect(await searcher().getFiles(await find(title), { signal })).toEqual({ infoHash: HASH, files: [], magnetUri: MAGNET })
  })

  test.each([
    ['Not a torrent', 'permanent'],
    ['A page', 'retryable'],
  ])('%s is refused', async (title, kind) => {
    await expect(searcher().getFiles(await find(title), { signal })).rejects.toMatchObject({ name: 'StageError', kind })
  })

  test('a magnet beside a dead link is good enough', async () => {
    const candidate = { ...(await find('Not a torrent')), magnet_uri: MAGNET }
    expect(await searcher().getFiles(candidate, { signal })).toMatchObject({ infoHash: HASH, files: [] })
  })

  test('no way at all', async () => {
    const { download_url: _gone, ...candidate } = await find('As file')
    expect(await searcher().getFiles(candidate, { signal })).toBeNull()
  })

  test("another indexer's link is not opened with this key", async () => {
    const candidate = { ...(await find('As file')), indexer: 'other' }
    await expect(searcher().getFiles(candidate, { signal })).rejects.toMatchObject({ code: 'indexer_unknown' })
  })

  test('the searcher that found it is the one that is asked', async () => {
    const decoy = createTorznabSearcher({ name: 'decoy', url: 'http://127.0.0.1:9/', timeoutMs: 1000 }, { http, gate: OPEN_GATE })
    expect(await getFilesOf([decoy, searcher()], await find('By redirect'), { signal })).toMatchObject({ infoHash: HASH })
  })
})

describe('redirects', () => {
  const hops = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname
    const count = Number(/^\/hop\/(\d+)$/.exec(path)?.[1] ?? 0)
    const targets: Record<string, string> = {
      '/file': 'file:///etc/passwd',
      '/ftp': 'ftp://x/',
      '/bad': 'http://',
      '/upper': MAGNET.replace('magnet', 'MAGNET'),
    }
    const location = count > 1 ? `/hop/${count - 1}` : count === 1 ? MAGNET : targets[path]
    if (location) response.writeHead(301, { location }).end()
    else response.writeHead(path === '/none' ? 302 : 404).end()
  })
  beforeAll(() => new Promise<void>((resolve) => hops.listen(0, '127.0.0.1', resolve)))
  afterAll(
    () =>
      new Promise<void>((resolve) => {
        hops.close(() => resolve())
        hops.closeAllConnections()
      }),
  )
  const candidate = (path: string): TorrentCandidate => ({
    title: 't',
    indexer: 'loop',
    size_bytes: 0,
    seeders: 1,
    leechers: 0,
    download_url: `http://127.0.0.1:${(hops.address() as AddressInfo).port}${path}`,
  })

  test.each(['/hop/1', '/hop/4', '/upper'])('%s ends in a magnet', async (path) => {
    expect(await searcher().getFiles(candidate(path), { signal })).toMatchObject({ infoHash: HASH })
  })

  test.each(['/hop/5', '/file', '/ftp', '/bad', '/none', '/gone'])('%s is refused', async (path) => {
    await expect(searcher().getFiles(candidate(path), { signal })).rejects.toMatchObject({ name: 'StageError', kind: 'permanent' })
  })
})

describe('an indexer behind a login', () => {
  const seen: [path: string, authorization: string | undefined][] = []
  const proxy = createServer((request, response) => {
    const path = new URL(request.url ?? '/', 'http://x').pathname
    seen.push([path, request.headers.authorization])
    const item = `<item><title>T</title><link>dl/1</link></item><item><title>U</title><link>http://${request.headers.host}/dl/2</link></item>`
    if (path === '/api') response.end(`<rss><channel>${item}</channel></rss>`)
    else response.end(TORRENT)
  })
  beforeAll(() => new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve)))
  afterAll(
    () =>
      new Promise<void>((resolve) => {
        proxy.close(() => resolve())
        proxy.closeAllConnections()
      }),
  )

  test('is asked with it, and it is kept out of what is stored', async () => {
    const { port } = proxy.address() as AddressInfo
    const url = `http://me:p%40ss@127.0.0.1:${port}/`
    const behind = createTorznabSearcher({ name: 'behind', url, timeoutMs: 60_000 }, { http, gate: OPEN_GATE })
    const candidates = await behind.search({ text: 't' }, { signal })
    expect(candidates.map((candidate) => candidate.download_url)).toEqual([
      `http://127.0.0.1:${port}/dl/1`,
      `http://127.0.0.1:${port}/dl/2`,
    ])
    for (const candidate of candidates) expect((await behind.getFiles(candidate, { signal }))?.files).toHaveLength(2)
    const login = `Basic ${Buffer.from('me:p@ss').toString('base64')}`
    expect(seen).toEqual([
      ['/api', login],
      ['/api', login],
      ['/dl/1', login],
      ['/dl/2', login],
    ])
  })

  test('gives no login to another host', async () => {
    const { port } = proxy.address() as AddressInfo
    const other = createTorznabSearcher(
      { name: 'other', url: 'http://me:p%40ss@127.0.0.1:9/', timeoutMs: 60_000 },
      { http, gate: OPEN_GATE },
    )
    const link = { title: 't', indexer: 'other', size_bytes: 0, seeders: 0, leechers: 0, download_url: `http://127.0.0.1:${port}/dl/3` }
    await other.getFiles(link, { signal })
    expect(seen.at(-1)).toEqual(['/dl/3', undefined])
  })
})
