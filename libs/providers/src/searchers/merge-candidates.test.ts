import { describe, expect, test } from '@jest/globals'
import type { TorrentCandidate } from '@torrentino/domain'
import fc from 'fast-check'
import { mergeCandidates } from './merge-candidates.js'

function candidate(fields: Partial<TorrentCandidate>): TorrentCandidate {
  return { title: 't', indexer: 'a', size_bytes: 0, seeders: 0, leechers: 0, ...fields }
}

describe('merging', () => {
  const hash = 'a'.repeat(40)

  test('one torrent of two indexers: best seeders, all that is known, link and indexer together', () => {
    const merged = mergeCandidates(
      [
        candidate({ indexer: 'a', info_hash: hash, seeders: 9, leechers: 1, magnet_uri: 'magnet:a' }),
        candidate({ indexer: 'b', info_hash: hash, seeders: 2, size_bytes: 50, download_url: 'http://b/{apikey}' }),
        candidate({ indexer: 'c', title: 'other', seeders: 4, download_url: 'http://c/' }),
      ],
      500,
    )
    expect(merged).toMatchObject([
      { indexer: 'b', info_hash: hash, seeders: 9, leechers: 1, size_bytes: 50, magnet_uri: 'magnet:a', download_url: 'http://b/{apikey}' },
      { indexer: 'c' },
    ])
  })

  test('keeps all who offer it, best seeded first, each with its own link', () => {
    const [merged] = mergeCandidates(
      [
        candidate({ indexer: 'a', info_hash: hash, seeders: 2, leechers: 1, download_url: 'http://a/{apikey}' }),
        candidate({ indexer: 'b', info_hash: hash, seeders: 5, download_url: 'http://b/{apikey}' }),
        candidate({ indexer: 'c', info_hash: hash, seeders: 3 }),
      ],
      500,
    )
    expect(merged?.sources).toEqual([
      { indexer: 'b', seeders: 5, leechers: 0, download_url: 'http://b/{apikey}' },
      { indexer: 'c', seeders: 3, leechers: 0 },
      { indexer: 'a', seeders: 2, leechers: 1, download_url: 'http://a/{apikey}' },
    ])
  })

  test('an offer that several questions found is one, and merging again changes nothing', () => {
    const one = candidate({ indexer: 'a', info_hash: hash, download_url: 'http://a/' })
    expect(mergeCandidates([one, { ...one }], 500)).toEqual([one])
    const merged = mergeCandidates([one, { ...one, indexer: 'b', download_url: 'http://b/' }], 500)
    expect(mergeCandidates([...merged, one, ...merged], 500)).toEqual(merged)
  })

  test('a hybrid joins those who know one of its hashes, and no others', () => {
    const v2 = 'b'.repeat(64)
    const offers = [
      candidate({ indexer: 'old', info_hash: hash, magnet_uri: 'magnet:a' }),
      candidate({ indexer: 'new', info_hash_v2: v2, download_url: 'http://new/' }),
      candidate({ indexer: 'both', info_hash: hash, info_hash_v2: v2, seeders: 1 }),
      candidate({ indexer: 'liar', info_hash: 'c'.repeat(40), info_hash_v2: v2 }),
    ]
    const merged = mergeCandidates(offers, 500)
    expect(merged).toMatchObject([
      {
        info_hash: hash,
        info_hash_v2: v2,
        seeders: 1,
        magnet_uri: 'magnet:a',
        sources: [{ indexer: 'both' }, { indexer: 'new' }, { indexer: 'old' }],
      },
      { indexer: 'liar', info_hash: 'c'.repeat(40), sources: undefined },
    ])
    expect(mergeCandidates(offers.toReversed(), 500)).toEqual(merged)
  })

  test('of several demands the strictest holds', () => {
    const demanding = (indexer: string, min_ratio?: number, min_seed_time_secs?: number) =>
      candidate({ indexer, info_hash: hash, min_ratio, min_seed_time_secs })
    expect(mergeCandidates([demanding('a', 1, 50), demanding('b', 2), demanding('c', undefined, 60)], 500)).toMatchObject([
      { min_ratio: 2, min_seed_time_secs: 60 },
    ])
  })

  test('the order of the answers does not matter, hashes are unique, the number is bounded', () => {
    const some = fc.array(
      fc.record({
        title: fc.constantFrom('x', 'y', 'z'),
        indexer: fc.constantFrom('a', 'b'),
        info_hash: fc.option(
          fc.constantFrom('a', 'b', 'c').map((digit) => digit.repeat(40)),
          { nil: undefined },
        ),
        info_hash_v2: fc.option(
          fc.constantFrom('d', 'e').map((digit) => digit.repeat(64)),
          { nil: undefined },
        ),
        seeders: fc.nat(5),
        leechers: fc.constant(0),
        size_bytes: fc.constant(0),
      }),
      { maxLength: 12 },
    )
    fc.assert(
      fc.property(some, fc.nat(), (list, turn) => {
        const merged = mergeCandidates(list, 4)
        const cut = list.length === 0 ? 0 : turn % list.length
        expect(mergeCandidates([...list.slice(cut), ...list.slice(0, cut)], 4)).toEqual(merged)
        const hashes = merged.flatMap(({ info_hash }) => info_hash ?? [])
        expect(new Set(hashes).size).toBe(hashes.length)
        expect(merged.length).toBeLessThanOrEqual(4)
      }),
    )
  })
})
