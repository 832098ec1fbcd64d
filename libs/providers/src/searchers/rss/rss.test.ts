import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { createHttpClient } from '@torrentino/runtime'
import { type ContractServer, type Reply, startContractServer } from '../contract/server.js'
import { OPEN_GATE } from '../indexer-gate.js'
import { createRssSearcher } from './index.js'

const HASH = '0123456789abcdef0123456789abcdef01234567'
const MAGNET = `magnet:?xt=urn:btih:${HASH}`
const { signal } = new AbortController()
const http = createHttpClient()
let server: ContractServer
let reply: Reply
let asked: number
beforeAll(async () => {
  server = await startContractServer(() => {
    asked++
    return reply
  })
})
beforeEach(() => {
  asked = 0
})
afterAll(async () => {
  http.close()
  await server.close()
})

const create = (feedKeptMs?: number) =>
  createRssSearcher({ name: 'r', url: `${server.origin}/rss`, timeoutMs: 60_000, feedKeptMs }, { http, gate: OPEN_GATE })
const rss = (items: string) => ({ body: `<?xml version="1.0"?><rss version="2.0"><channel><title>x</title>${items}</channel></rss>` })
const titled = (...names: string[]) => rss(names.map((name) => `<item><title>${name}</title><link>http://i.test/1</link></item>`).join(''))
const find = async (text: string, searcher = create()) => (await searcher.search({ text }, { signal })).map(({ title }) => title)

test.each([
  ['good band', ['The Good Band - First (1999)']],
  ['FIRST good', ['The Good Band - First (1999)']],
  ['bjork', ['Bj\u00f6rk - Homo']],
  ['Björk homo', ['Bj\u00f6rk - Homo']],
  ['dont stop', ["Don't Stop"]],
  ["don't stop", ["Don't Stop"]],
  ['goo', []],
  ['good stop', []],
  ['кино', ['КИНО - Группа крови']],
])('%s finds %j', async (text, expected) => {
  reply = titled('The Good Band - First (1999)', 'Bj\u00f6rk - Homo', "Don't Stop", 'КИНО - Группа крови')
  expect(await find(text)).toEqual(expected)
})

describe('the feed', () => {
  test('is read once for many searches', async () => {
    reply = titled('One', 'Two')
    const searcher = create()
    expect(await Promise.all(['one', 'two', 'three'].map((text) => find(text, searcher)))).toEqual([['One'], ['Two'], []])
    expect(await find('one two', searcher)).toEqual([])
    expect(asked).toBe(1)
  })

  test('is read anew when it is too old', async () => {
    reply = titled('One')
    const searcher = create(0)
    await find('one', searcher)
    reply = titled('One', 'One more')
    expect(await find('one', searcher)).toEqual(['One', 'One more'])
  })

  test('that failed is not kept', async () => {
    reply = { status: 500 }
    const searcher = create()
    await expect(find('one', searcher)).rejects.toMatchObject({ code: 'indexer_error' })
    reply = titled('One')
    expect(await find('one', searcher)).toEqual(['One'])
  })

  test('goes on for the others when one stops waiting', async () => {
    reply = titled('One')
    const stop = new AbortController()
    const searcher = create()
    const left = searcher.search({ text: 'one' }, { signal: stop.signal })
    const stays = find('one', searcher)
    stop.abort(new Error('enough'))
    await expect(left).rejects.toThrow('enough')
    expect(await stays).toEqual(['One'])
    expect(asked).toBe(1)
  })
})

describe('forms of feeds', () => {
  const one = async (item: string, feed = rss(item)) => {
    reply = feed
    return create().search({ text: 'good' }, { signal })
  }
  const named = '<title>Good</title>'
  test.each<[string, string, object]>([
    [
      'an enclosure',
      `${named}<link>http://i.test/page</link><enclosure url="http://i.test/1.torrent" length="77" type="application/x-bittorrent"/>`,
      { download_url: 'http://i.test/1.torrent', size_bytes: 77 },
    ],
    ['a magnet as link', `${named}<link>${MAGNET}</link>`, { magnet_uri: MAGNET, info_hash: HASH }],
    ['a magnet as guid', `${named}<guid>${MAGNET}</guid>`, { magnet_uri: MAGNET, info_hash: HASH }],
    [
      'fields beside the others',
      `${named}<torrent:infoHash xmlns:torrent="u">${HASH}</torrent:infoHash>`,
      { info_hash: HASH, magnet_uri: `${MAGNET}&dn=Good` },
    ],
    [
      'fields in an element of their own',
      `${named}<link>http://i.test/1</link><torrent xmlns="u"><fileName>x</fileName><contentLength>99</contentLength><infoHash>${HASH}</infoHash><magnetURI><![CDATA[${MAGNET}]]></magnetURI></torrent>`,
      { info_hash: HASH, magnet_uri: MAGNET, size_bytes: 99 },
    ],
    [
      'names of another namespace, and sizes for people',
      `${named}<link>http://i.test/1</link><n:seeders xmlns:n="u">5</n:seeders><n:leechers xmlns:n="u">2</n:leechers><n:size xmlns:n="u">1.5 GiB</n:size>`,
      { seeders: 5, leechers: 2, size_bytes: 1_610_612_736 },
    ],
  ])('RSS with %s', async (_name, inner, expected) => {
    expect(await one(`<item>${inner}</item>`)).toMatchObject([expected])
  })

  test('Atom', async () => {
    const entry = (inner: string) => `<entry>${named}<id>urn:x</id><updated>2020-01-02T03:04:05Z</updated>${inner}</entry>`
    const entries = [
      entry('<link href="http://i.test/page"/><link rel="enclosure" href="/1.torrent" length="5" type="application/x-bittorrent"/>'),
      entry(`<link href="${MAGNET}"/>`),
      entry('<link href="http://i.test/page"/>'),
      '<entry><title>Broken</entry>',
    ]
    const feed = { body: `<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>x</title>${entries.join('')}</feed>` }
    expect(await one('', feed)).toMatchObject([
      { download_url: `${server.origin}/1.torrent`, size_bytes: 5, publish_date: '2020-01-02T03:04:05.000Z' },
      { magnet_uri: MAGNET },
    ])
  })

  test('RSS 1.0', async () => {
    const body = `<rdf:RDF xmlns:rdf="r"><channel><items/></channel><item>${named}<link>http://i.test/1</link></item></rdf:RDF>`
    expect(await one('', { body })).toMatchObject([{ download_url: 'http://i.test/1' }])
  })
})
