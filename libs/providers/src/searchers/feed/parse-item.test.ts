import { describe, expect, test } from '@jest/globals'
import type { TorrentCandidate } from '@torrentino/domain'
import { parseItem } from './parse-item.js'

const HASH = '0123456789abcdef0123456789abcdef01234567'
const BASE32 = 'AERUKZ4JVPG66AJDIVTYTK6N54ASGRLH'
const source = { indexer: 'loop', apiKey: 's3cret', baseUrl: 'http://indexer.test:9117/api/v2.0/x/api' }
const link = '<link>http://indexer.test/dl/1</link>'

function parse(inner: string) {
  return parseItem(`<item>${inner}</item>`, source)
}

const rows: [string, string, Partial<TorrentCandidate>][] = [
  ['a plain item', `<title>A - B</title>${link}<size>1000</size>`, { title: 'A - B', size_bytes: 1000, seeders: 0, leechers: 0 }],
  ['entities in the title', `<title>Salt &amp; Pepper &#8211; &lt;3</title>${link}`, { title: 'Salt & Pepper – <3' }],
  ['CDATA', `<title><![CDATA[Salt & Pepper]]></title>${link}`, { title: 'Salt & Pepper' }],
  ['spaces and line breaks', `<title>\n  A\t -   B </title>${link}`, { title: 'A - B' }],
  ['a number as title', `<title>1989</title>${link}`, { title: '1989' }],
  ['an undefined entity stays text', `<title>A &bomb; B</title>${link}`, { title: 'A &bomb; B' }],
  ['an upper-case hash', `<title>T</title>${link}${attr('infohash', HASH.toUpperCase())}`, { info_hash: HASH }],
  ['a hash that is none', `<title>T</title>${link}${attr('infohash', 'zz')}`, { info_hash: undefined }],
  ['a base32 magnet', `<title>T</title><link>magnet:?xt=urn:btih:${BASE32}</link>`, { info_hash: HASH, download_url: undefined }],
  [
    'the magnet outranks a stated hash',
    `<title>T</title><link>magnet:?xt=urn:btih:${HASH}</link>${attr('infohash', 'f'.repeat(40))}`,
    { info_hash: HASH },
  ],
  [
    'magnet attribute beside a link',
    `<title>T</title>${link}${attr('magneturl', `magnet:?xt=urn:btih:${HASH}`)}`,
    { info_hash: HASH, download_url: 'http://indexer.test/dl/1' },
  ],
  [
    'a magnet attribute that is a web link',
    `<title>T</title>${attr('magneturl', 'http://p.test/dl?a=1&amp;b=2')}`,
    { magnet_uri: undefined, download_url: 'http://p.test/dl?a=1&b=2' },
  ],
  ['a magnet as guid', `<title>T</title><guid>magnet:?xt=urn:btih:${HASH}</guid>`, { info_hash: HASH }],
  ['only a hash', `<title>T</title>${attr('infohash', HASH)}`, { magnet_uri: `magnet:?xt=urn:btih:${HASH}&dn=T` }],
  ['newznab prefix', `<title>T</title>${link}<newznab:attr name="seeders" value="4"/>`, { seeders: 4 }],
  ['no prefix, odd case', `<title>T</title>${link}<attr name="Seeders" value=" 4 "/>`, { seeders: 4 }],
  ['peers are both', `<title>T</title>${link}${attr('seeders', '7')}${attr('peers', '10')}`, { seeders: 7, leechers: 3 }],
  ['fewer peers than seeders', `<title>T</title>${link}${attr('seeders', '7')}${attr('peers', '0')}`, { seeders: 7, leechers: 0 }],
  [
    'rubbish as numbers',
    `<title>T</title>${link}<size>-5</size>${attr('seeders', 'many')}${attr('peers', '1e99')}`,
    { size_bytes: 0, seeders: 0, leechers: 0 },
  ],
  [
    'size from the enclosure',
    `<title>T</title><enclosure url="http://i.test/x" length="77" type="application/x-bittorrent"/>`,
    { size_bytes: 77 },
  ],
  ['size from the attribute', `<title>T</title>${link}${attr('size', '88')}`, { size_bytes: 88 }],
  [
    'a relative link',
    '<title>T</title><link>dl/5.torrent?a=1&amp;b=2</link>',
    { download_url: 'http://indexer.test:9117/api/v2.0/x/dl/5.torrent?a=1&b=2' },
  ],
  ['a link from the root', '<title>T</title><link>/dl/5</link>', { download_url: 'http://indexer.test:9117/dl/5' }],
  [
    'the key in a link',
    '<title>T</title><link>http://indexer.test/dl?apikey=s3cret</link>',
    { download_url: 'http://indexer.test/dl?apikey={apikey}' },
  ],
  ['atom:link before the link', `<title>T</title><atom:link rel="self" href="x"/>${link}`, { download_url: 'http://indexer.test/dl/1' }],
  [
    'what the tracker demands',
    `<title>T</title>${link}${attr('minimumratio', '1.5')}${attr('minimumseedtime', '172800')}`,
    { min_ratio: 1.5, min_seed_time_secs: 172_800 },
  ],
  [
    'no demand worth the name',
    `<title>T</title>${link}${attr('minimumratio', '0')}${attr('minimumseedtime', 'ever')}`,
    { min_ratio: undefined, min_seed_time_secs: undefined },
  ],
  [
    'a hash of version 2',
    `<title>T</title>${link}${attr('infohash', 'AB'.repeat(32))}`,
    { info_hash: undefined, info_hash_v2: 'ab'.repeat(32) },
  ],
  ['a date', `<title>T</title>${link}<pubDate>Sat, 08 Aug 2015 14:27:16 +0100</pubDate>`, { publish_date: '2015-08-08T13:27:16.000Z' }],
  ['no date', `<title>T</title>${link}<pubDate>yesterday</pubDate>`, { publish_date: undefined }],
  ['a repeated title', `<title>T</title><title>U</title>${link}`, { title: 'T' }],
  [
    'attributes on elements',
    `<title lang="en">T</title><link a="b">http://i.test/x</link>`,
    { title: 'T', download_url: 'http://i.test/x' },
  ],
]

test.each(rows)('%s', (_name, xml, expected) => {
  expect(parse(xml)).toMatchObject(expected)
})

describe('items without use', () => {
  test.each([
    ['no title', link],
    ['empty title', `<title> </title>${link}`],
    ['no link', '<title>T</title>'],
    ['a link to nowhere', '<title>T</title><link>http://</link>'],
    ['javascript', '<title>T</title><link>javascript:alert(1)</link>'],
    ['a file', '<title>T</title><link>file:///etc/passwd</link>'],
    ['usenet', '<title>T</title><link>http://i.test/1.nzb</link><enclosure url="http://i.test/1.nzb" type="application/x-nzb"/>'],
    ['private with only a hash', `<title>T</title><type>private</type>${attr('infohash', HASH)}`],
    [
      'Prowlarr private with only a hash',
      `<title>T</title><prowlarrindexer id="2" type="private">X</prowlarrindexer>${attr('infohash', HASH)}`,
    ],
    ['crossed tags', `<title>T</link><link>http://i.test/x</title>`],
    ['a bare angle bracket', `<title>1 < 2</title>${link}`],
    ['nested very deep', `<title>T</title>${link}${'<a>'.repeat(500)}${'</a>'.repeat(500)}`],
    ['prototype names', `<title>T</title><__proto__><link>http://i.test</link></__proto__>`],
  ])('%s', (_name, xml) => {
    expect(parse(xml)).toBeUndefined()
  })
})

function attr(name: string, value: string): string {
  return `<torznab:attr name="${name}" value="${value}"/>`
}
