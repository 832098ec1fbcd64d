import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { createHttpClient, HttpError } from '@torrentino/runtime'
import fc from 'fast-check'
import { type ContractServer, type Reply, startContractServer } from '../contract/server.js'
import { OPEN_GATE } from '../indexer-gate.js'
import { searchAll } from '../search-all.js'
import { readCaps } from './caps.js'
import { createTorznabSearcher } from './index.js'

const { signal } = new AbortController()
const http = createHttpClient()
const feed = '<rss><channel><item><title>Good</title><link>http://i.test/1</link></item></channel></rss>'
const query = { text: 'the band first album', artist: 'The Band', album: 'First Album', year: 1999 }

let server: ContractServer
let caps: Reply
let answers: Reply[]
let asked: Record<string, string>[]
beforeAll(async () => {
  server = await startContractServer((url) => {
    const params = Object.fromEntries(url.searchParams)
    asked.push(params)
    return params.t === 'caps' ? caps : (answers.shift() ?? { body: feed })
  })
})
beforeEachReset()
afterAll(async () => {
  http.close()
  await server.close()
})

function beforeEachReset() {
  const reset = () => {
    caps = {}
    answers = []
    asked = []
  }
  reset()
  afterEach(reset)
}

const create = (categories = [3000], timeoutMs = 60_000, now?: () => number) =>
  createTorznabSearcher({ name: 'loop', url: server.origin, timeoutMs, categories }, { http, gate: OPEN_GATE, now })

const category = (id: number, ...subs: number[]) =>
  `<category id="${id}" name="x">${subs.map((sub) => `<subcat id="${sub}" name="y"/>`).join('')}</category>`
const capsXml = (music: string, categories = category(3000, 3010, 3040), limits = '<limits max="50" default="20"/>') =>
  `<?xml version="1.0"?><caps>${limits}<searching><search available="yes" supportedParams="q"/>${music}</searching><categories>${categories}</categories></caps>`
const music = (params: string, name = 'music-search') => `<${name} available="yes" supportedParams="${params}"/>`

async function searchWith(xml: string | Reply, categories?: number[]) {
  caps = typeof xml === 'string' ? { body: xml } : xml
  const found = await create(categories).search(query, { signal })
  return { found, asked: asked.filter(({ t }) => t !== 'caps') }
}

describe('how it is asked', () => {
  const words = { t: 'search', q: query.text }
  const fields = { t: 'music', artist: 'The Band', album: 'First Album' }
  test.each<[string, string, object]>([
    ['by fields where it has them', capsXml(music('q,artist,album,label')), fields],
    ['with the year where it has that', capsXml(music('q, Artist, Album, year')), { ...fields, year: '1999' }],
    ['by the older name of the music search', capsXml(music('artist,album', 'audio-search')), fields],
    ['by words where music is searched by words', capsXml(music('q')), words],
    ['by words where one field is missing', capsXml(music('q,artist')), words],
    ['by words where it has none', capsXml('<music-search available="no" supportedParams="q,artist,album"/>'), words],
    ['by words where it says nothing', '<caps/>', words],
  ])('%s', async (_name, xml, expected) => {
    const run = await searchWith(xml)
    expect(run.asked).toMatchObject([expected])
    expect(run.found).toHaveLength(1)
  })

  test.each<[string, string, string]>([
    ['its own limit', capsXml(''), '50'],
    ['ours where it allows more', capsXml('', undefined, '<limits max="10000"/>'), '100'],
    ['ours where it allows nonsense', capsXml('', undefined, '<limits max="-1"/>'), '100'],
  ])('with %s', async (_name, xml, limit) => {
    expect((await searchWith(xml)).asked).toMatchObject([{ limit }])
  })

  test.each<[string, string, number[], string | undefined]>([
    ['those that it has', capsXml(''), [3000, 3040, 3030, 2000], '3000,3040'],
    ['a group of which it has a part', capsXml('', category(3010)), [3000], '3000'],
    ['its own numbers', capsXml('', category(100_042)), [3000, 100_042], '100042'],
    ['all where it names none', capsXml('', ''), [3000, 3040], '3000,3040'],
  ])('for categories: %s', async (_name, xml, wanted, sent) => {
    expect((await searchWith(xml, wanted)).asked).toMatchObject([{ cat: sent }])
  })

  test('not at all where it has nothing of what is wanted', async () => {
    expect(await searchWith(capsXml('', category(2000, 2040)), [3000])).toEqual({ found: [], asked: [] })
  })
})

describe('capabilities', () => {
  test.each<[string, Reply]>([
    ['an error document', { body: '<error code="203" description="no"/>' }],
    ['a page', { body: '<html><caps></html>' }],
    ['rubbish', { body: Buffer.from([1, 2, 3]) }],
    ['404', { status: 404 }],
    ['a redirect', { status: 302, headers: { location: '/login' } }],
    ['a cut connection', { after: 'cut' }],
    ['entities of its own', { body: `<!DOCTYPE caps [<!ENTITY a "b">]>${capsXml(music('artist,album'))}` }],
    ['ten megabytes', { after: { bytes: 10_000_000 } }],
  ])('that cannot be had keep nobody from searching: %s', async (_name, reply) => {
    const run = await searchWith(reply)
    expect(run.asked).toMatchObject([{ t: 'search', q: query.text, cat: '3000' }])
    expect(run.found).toHaveLength(1)
  })

  test('that never come leave the search time enough', async () => {
    caps = { after: 'silence' }
    const { candidates } = await searchAll([create([3000], 2000)], query, { signal, perSearcherTimeoutMs: 2000 })
    expect(candidates).toHaveLength(1)
  })

  test('are asked for once, also by many at once', async () => {
    caps = { body: capsXml('') }
    const searcher = create()
    await Promise.all([1, 2, 3].map(() => searcher.search(query, { signal })))
    await searcher.search(query, { signal })
    expect(asked.filter(({ t }) => t === 'caps')).toHaveLength(1)
  })

  const HOUR = 3_600_000
  test.each<[string, () => Reply, number]>([
    ['that were told', () => ({ body: capsXml('') }), 12 * HOUR],
    ['that could not be had', () => ({ status: 404 }), HOUR / 6],
    ['that never came', () => ({ after: 'cut' }), HOUR / 6],
  ])('%s are asked for again when their time is over, not before', async (_name, reply, keptMs) => {
    let ms = 1000
    caps = reply()
    const searcher = create(undefined, undefined, () => ms)
    const timesAsked = async (atMs: number) => {
      ms = atMs
      await searcher.search(query, { signal })
      return asked.filter(({ t }) => t === 'caps').length
    }
    const times = [await timesAsked(1000), await timesAsked(1000 + keptMs - 1), await timesAsked(1000 + keptMs)]
    expect(times).toEqual([1, 1, 2])
    caps = { body: capsXml(music('artist,album')) }
    await timesAsked(1000 + 2 * keptMs)
    expect(asked.at(-1)).toMatchObject({ t: 'music' })
  })

  test('share the time of the search with its questions, so that all together take no longer', async () => {
    let ms = 0
    const given: number[] = []
    const silent = {
      get: async (_url: string, { timeoutMs = 0 }: { timeoutMs?: number }) => {
        given.push(timeoutMs)
        ms += timeoutMs
        throw new HttpError('timeout', 'loop', 'no answer')
      },
    }
    const config = { name: 'loop', url: server.origin, timeoutMs: 4000 }
    const searcher = createTorznabSearcher(config, { http: silent, gate: OPEN_GATE, now: () => ms })
    await expect(searcher.search(query, { signal })).rejects.toMatchObject({ code: 'indexer_unreachable' })
    expect([given, ms]).toEqual([[1000, 3000], 4000])
  })

  test('that promise too much: asked again by words', async () => {
    answers = [{ body: '<error code="201" description="does not support the requested query"/>' }]
    const run = await searchWith(capsXml(music('artist,album')))
    expect(run.asked.map(({ t }) => t)).toEqual(['music', 'search'])
    expect(run.asked[1]).toMatchObject({ q: query.text, cat: '3000' })
    expect(run.asked[1]).not.toHaveProperty('artist')
    expect(run.found).toHaveLength(1)
  })

  test('any bytes are capabilities or none', () => {
    const whole = capsXml(music('q'))
    const broken = fc
      .tuple(fc.nat(whole.length), fc.string({ maxLength: 5 }))
      .map(([at, text]) => whole.slice(0, at) + text + whole.slice(at + 3))
    fc.assert(
      fc.property(fc.oneof(fc.string(), broken), (xml) => {
        const read = readCaps(xml)
        expect(read === undefined || typeof read.search === 'boolean').toBe(true)
      }),
    )
  })
})
