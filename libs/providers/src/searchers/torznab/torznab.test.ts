import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { StageError } from '@torrentino/domain'
import { createHttpClient, type HttpCall } from '@torrentino/runtime'
import { startTorznab, type TorznabFault, type TorznabServer } from '@torrentino/testkit'
import { startContractServer } from '../contract/server.js'
import { OPEN_GATE } from '../indexer-gate.js'
import { createTorznabSearcher } from './index.js'

const KEY = 'k3y+with/signs='
const HASH = '0123456789abcdef0123456789abcdef01234567'
const signal = new AbortController().signal
const good = '<item><title>Good One</title><link>http://i.test/dl</link></item>'

const calls: HttpCall[] = []
const http = createHttpClient({ onCall: (call) => calls.push(call) })
let server: TorznabServer
beforeAll(async () => {
  const items = ['Good One', 'Another Good Two', 'Tëst – Größe & Maß'].map((title) => ({
    title,
    magnetUri: `magnet:?xt=urn:btih:${HASH}`,
    seeders: 3,
  }))
  server = await startTorznab({ items, apiKey: KEY })
})
afterEach(() => server.setFault(undefined))
afterAll(() => {
  http.close()
  return server.close()
})

function searcher(overrides: { url?: string; apiKey?: string; timeoutMs?: number; categories?: number[] } = {}) {
  return createTorznabSearcher({ name: 'loop', url: server.url, apiKey: KEY, timeoutMs: 60_000, ...overrides }, { http, gate: OPEN_GATE })
}

async function errorOf(work: Promise<unknown>): Promise<StageError> {
  const error = await work.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof StageError)) throw new Error(`expected a StageError, got ${String(error)}`)
  return error
}

describe('a search', () => {
  test('asks as Torznab wants it and finds by words', async () => {
    const found = await searcher({ categories: [3000, 3040] }).search({ text: 'good two' }, { signal })
    expect(found.map((candidate) => candidate.title)).toEqual(['Another Good Two'])
    expect(server.requests.at(-1)).toEqual({
      path: '/api',
      params: { t: 'search', q: 'good two', cat: '3000,3040', extended: '1', limit: '100', apikey: KEY },
    })
  })

  test.each(['', 'api', 'api/'])('the address may end in /%s', async (end) => {
    expect(await searcher({ url: server.url + end }).search({ text: 'good one' }, { signal })).toHaveLength(1)
  })

  test.each([
    ["Prowlarr's per indexer", '/api/v1/indexer/7/newznab', '/api/v1/indexer/7/newznab'],
    ["Prowlarr's per indexer, with a slash", '/api/v1/indexer/7/newznab/', '/api/v1/indexer/7/newznab'],
    ["Prowlarr's other form", '/7/api', '/7/api'],
    ["Prowlarr's other form, as it shows it", '/7/', '/7/api'],
    ['Prowlarr below a folder', '/prowlarr/api/v1/indexer/7/newznab', '/prowlarr/api/v1/indexer/7/newznab'],
    ["Jackett's per indexer, as it shows it", '/api/v2.0/indexers/some/results/torznab/', '/api/v2.0/indexers/some/results/torznab/api'],
  ])('%s: its address leads to where it answers, with capabilities, key and words', async (_name, path, answersAt) => {
    const asked: URL[] = []
    const proxy = await startContractServer((url) => {
      asked.push(url)
      if (url.pathname !== answersAt) return { status: 404 }
      const caps = '<caps><searching><search available="yes" supportedParams="q"/></searching></caps>'
      return { body: url.searchParams.get('t') === 'caps' ? caps : feed(good) }
    })
    const found = await searcher({ url: proxy.origin + path }).search({ text: 'good one' }, { signal })
    await proxy.close()
    expect(found.map(({ title }) => title)).toEqual(['Good One'])
    expect(asked.map(({ searchParams }) => [searchParams.get('t'), searchParams.get('q'), searchParams.get('apikey')])).toEqual([
      ['caps', null, KEY],
      ['search', 'good one', KEY],
    ])
  })

  test('is counted under the name of the indexer', async () => {
    await searcher().search({ text: 'good one' }, { signal })
    expect(calls.at(-1)).toMatchObject({ provider: 'loop', outcome: 'ok' })
    await errorOf(searcher({ url: 'http://127.0.0.1:9/' }).search({ text: 'good one' }, { signal }))
    expect(calls.at(-1)).toMatchObject({ provider: 'loop', outcome: 'unreachable' })
  })

  test('finds nothing without failing', async () => {
    expect(await searcher().search({ text: 'nowhere to be found' }, { signal })).toEqual([])
  })

  test('a wrong key', async () => {
    expect(await errorOf(searcher({ apiKey: 'wrong' }).search({ text: 'good' }, { signal }))).toMatchObject({
      kind: 'permanent',
      code: 'indexer_auth',
    })
  })
})

const feed = (inner: string) => `<?xml version="1.0"?><rss><channel>${inner}</channel></rss>`
const body = (text: string | Uint8Array, contentType?: string): TorznabFault => ({ kind: 'body', body: text, contentType })

describe('documents that are odd but usable', () => {
  test.each<[string, TorznabFault, string[]]>([
    ['a feed without items', body(feed('<title>x</title>')), []],
    ['a feed that closes itself', body('<rss version="2.0"/>'), []],
    ['a byte order mark and space before the declaration', body(`\ufeff \n${feed(good)}`), ['Good One']],
    ['no declaration', body(`<rss><channel>${good}</channel></rss>\n<!-- served in 3 ms -->`), ['Good One']],
    ['a comment and a plain doctype first', body(`<!-- a --><!DOCTYPE rss PUBLIC "x" "y">${feed(good).slice(21)}`), ['Good One']],
    ['control characters', body(feed(`<description>\u0007\u0000 boo</description>${good.replace('Good', 'Go\u0001od')}`)), ['Good One']],
    ['an item cut in two', body(feed(`<item><title>Bad</title><link>http://i.test/<${good}`)), ['Good One']],
    ['a broken item among good ones', body(feed(`${good}<item><title>Bad</tit><link>x</link></item>${good}`)), ['Good One', 'Good One']],
    ['a million items that never close', body(feed(`${'<item>'.repeat(1_000_000)}${good}`)), ['Good One']],
    ['an item of text only', body(feed(`<item>boo</item><item/>${good}`)), ['Good One']],
    ['an item of a megabyte', body(feed(`<item><title>${'x'.repeat(1_000_000)}</title></item>${good}`)), ['Good One']],
    ['unknown elements and prefixes', body(feed(`<x:y z="1"/><item a="b"><q><r/></q>${good.slice(6)}`)), ['Good One']],
    [
      'Latin-1 by declaration',
      body(Buffer.from(`<?xml version="1.0" encoding="ISO-8859-1"?>${feed(good.replace('Good', 'Bj\u00f6rk')).slice(21)}`, 'latin1')),
      ['Björk One'],
    ],
    [
      'Cyrillic by header',
      body(
        Buffer.concat([
          Buffer.from('<rss><channel><item><title>'),
          Buffer.from([0xca, 0xe8, 0xed, 0xee]),
          Buffer.from('</title><link>http://i.test</link></item></channel></rss>'),
        ]),
        'text/xml; charset=windows-1251',
      ),
      ['Кино'],
    ],
    ['an encoding nobody knows', body(`<?xml version="1.0" encoding="x-klingon"?>${feed(good).slice(21)}`), ['Good One']],
    ['UTF-16', body(Buffer.from(`\ufeff${feed(good)}`, 'utf16le')), ['Good One']],
    [
      'bytes that are no UTF-8',
      body(Buffer.concat([Buffer.from('<rss><channel>'), Buffer.from([0xff, 0xc0]), Buffer.from(`${good}</channel></rss>`)])),
      ['Good One'],
    ],
  ])('%s', async (_name, fault, titles) => {
    server.setFault(fault)
    expect((await searcher().search({ text: 'x' }, { signal })).map((candidate) => candidate.title)).toEqual(titles)
  })
})

describe('documents and answers that are no feed', () => {
  const retry = { kind: 'retryable', code: 'indexer_error' }
  const never = { kind: 'permanent', code: 'indexer_error' }
  const auth = { kind: 'permanent', code: 'indexer_auth' }
  const limited = { kind: 'retryable', code: 'indexer_rate_limited' }
  test.each<[string, TorznabFault, object]>([
    ['error 100', { kind: 'error', code: 100, description: 'Incorrect user credentials' }, auth],
    ['error 101', { kind: 'error', code: 101, description: 'Account suspended' }, auth],
    ['error 100 with status 401', { kind: 'error', code: 100, description: 'Bad key', status: 401 }, auth],
    ['error 201', { kind: 'error', code: 201, description: 'Incorrect parameter' }, never],
    ['error 201 with status 400', { kind: 'error', code: 201, description: 'Incorrect parameter', status: 400 }, never],
    ['error 500 means a limit', { kind: 'error', code: 500, description: 'Request limit reached' }, limited],
    ['error 900', { kind: 'error', code: 900, description: 'Exception' }, retry],
    ['an error without code', body('<error/>'), retry],
    ['an error inside a feed', body(feed('<error code="100" description="no"/>')), auth],
    ['error single-quoted after a comment', body("<!-- x --><error code='100' description='no'/>"), auth],
    [
      '429 with a date that has passed',
      { kind: 'rate_limited', retryAfter: 'Wed, 21 Oct 2015 07:28:00 GMT' },
      { ...limited, retryAfterMs: 0 },
    ],
    ['429 with rubbish', { kind: 'rate_limited', retryAfter: 'soon' }, { ...limited, retryAfterMs: undefined }],
    ['429 for ever', { kind: 'rate_limited', retryAfter: '999999999' }, { ...limited, retryAfterMs: 86_400_000 }],
    ['a page without doctype', body('<html><body>x</body></html>'), retry],
    ['a feed that breaks off in a comment', body('<!-- '), retry],
    ['JSON', body('{"Results":[]}', 'application/json'), retry],
    ['other XML', body('<caps><server/></caps>'), never],
    ['an entity bomb', { kind: 'entity_bomb' }, never],
    ['an external entity', body('<!DOCTYPE rss [<!ENTITY x SYSTEM "file:///etc/passwd">]><rss><channel/></rss>'), never],
  ])('%s', async (_name, fault, expected) => {
    server.setFault(fault)
    const error = await errorOf(searcher().search({ text: 'x' }, { signal }))
    expect(error).toMatchObject(expected)
    expect(error.message).toMatch(/^loop: /)
  })

  test('no message holds the key or a query', async () => {
    const description = `GET http://tracker.test/api?passkey=abc failed for ${KEY}`
    const faults: TorznabFault[] = [
      { kind: 'error', code: 900, description },
      { kind: 'status', status: 302, headers: { location: `/x?${KEY}` } },
      { kind: 'reset' },
      { kind: 'html' },
    ]
    for (const fault of faults) {
      server.setFault(fault)
      const error = await errorOf(searcher().search({ text: 'x' }, { signal }))
      for (let at: unknown = error; at instanceof Error; at = at.cause) {
        expect(at.message).not.toContain(KEY)
        expect(at.message).not.toContain('passkey=')
      }
    }
  })
})
