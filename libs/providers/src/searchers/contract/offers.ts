import { describe, expect, test } from '@jest/globals'
import { mergeCandidates } from '../merge-candidates.js'
import { type ContractRun, good, HASH, MAGNET, titles } from './kind.js'

const BASE32 = 'AERUKZ4JVPG66AJDIVTYTK6N54ASGRLH'
const HASH_V2 = 'ab'.repeat(32)

export function offersContract({ kind, find, offering, link, origin }: ContractRun): void {
  describe('what is offered', () => {
    test('is found, without the key', async () => {
      const published = new Date('2015-08-08T13:27:16Z')
      const offered = {
        title: 'Good & <3 – ü',
        link: link('file'),
        infoHash: HASH.toUpperCase(),
        sizeBytes: 1234,
        seeders: 7,
        leechers: 3,
        published,
      }
      const found = await find(offering(offered))
      expect(found).toEqual([
        {
          title: 'Good & <3 – ü',
          indexer: 'loop',
          info_hash: HASH,
          download_url: `${origin()}/dl/file?apikey={apikey}&path=x`,
          size_bytes: 1234,
          seeders: 7,
          leechers: 3,
          publish_date: published.toISOString(),
        },
      ])
    })

    test('may be nothing', async () => expect(await find(offering())).toEqual([]))

    test('may be known by its name and link alone', async () => {
      expect(await find(offering(good()))).toEqual([
        { title: 'Good 1', indexer: 'loop', download_url: 'http://i.test/1', size_bytes: 0, seeders: 0, leechers: 0 },
      ])
    })

    test.each([
      ['hex in capitals', `magnet:?xt=urn:btih:${HASH.toUpperCase()}`, { info_hash: HASH, info_hash_v2: undefined }],
      ['base32', `magnet:?xt=urn:btih:${BASE32}`, { info_hash: HASH }],
      ['a hybrid', `${MAGNET}&xt=urn:btmh:1220${HASH_V2}`, { info_hash: HASH, info_hash_v2: HASH_V2 }],
      ['version 2 alone', `magnet:?xt=urn:btmh:1220${HASH_V2}`, { info_hash: undefined, info_hash_v2: HASH_V2 }],
    ])('as a magnet: %s', async (_name, magnet, hashes) => {
      expect(await find(offering({ title: 'Good', magnet }))).toMatchObject([{ magnet_uri: magnet, ...hashes }])
    })

    test('may have a relative link', async () => {
      const [found] = await find(offering({ title: 'Good', link: '/dl/file' }))
      expect(found?.download_url).toBe(`${origin()}/dl/file`)
    })

    test.each([
      ['no title', { title: '', link: 'http://i.test/' }],
      ['no link', { title: 'Good' }],
      ['a link to a file', { title: 'Good', link: 'file:///etc/passwd' }],
      ['a link to a script', { title: 'Good', link: 'javascript:alert(1)' }],
      ['a magnet without hash', { title: 'Good', magnet: 'magnet:?dn=Good' }],
    ])('is left out with %s, and the rest stays', async (_name, offered) => {
      expect(titles(await find(offering(good(1), offered, good(2))))).toEqual(['Good 1', 'Good 2'])
    })

    test.each([['-5'], ['1e30'], ['NaN'], ['9'.repeat(400)], [-5], [1e30], [''], ['many']])('with %s as a number', async (absurd) => {
      const found = await find(offering({ ...good(), sizeBytes: absurd, seeders: absurd, leechers: absurd }))
      expect(found).toMatchObject([{ size_bytes: 0, seeders: 0, leechers: 0 }])
    })

    test('twice is one candidate with two ways to it', async () => {
      const twice = [link('a'), link('b')].map((url) => ({ title: 'Good', link: url, infoHash: HASH }))
      const merged = mergeCandidates(await find(offering(...twice)), 10)
      expect(merged.map(({ sources }) => sources?.length)).toEqual([2])
    })

    test('a hundred thousand times is read in part', async () => {
      const many = Array<string>(100_000).fill(kind.item({ title: 'Good', link: 'http://i/' }))
      expect(await find({ body: kind.document(many) })).toHaveLength(1000)
    })

    test('has no characters that the database refuses', async () => {
      const [found] = await find(offering({ ...good(), title: 'Good\u0000 \u0007\ud800 one' }))
      expect(found?.title).toMatch(/^Good[ \ufffd]+one$/)
    })

    test('may hold bytes that are no text', async () => {
      const body = Buffer.from(offering({ ...good(1), title: 'Good #1' }, good(2)).body as string)
      body[body.indexOf('#')] = 0xff
      expect(titles(await find({ body }))).toEqual(['Good \ufffd1', 'Good 2'])
    })
  })
}
