import { describe, expect, test } from '@jest/globals'
import { StageError, type TorrentCandidate } from '@torrentino/domain'
import { searchAll } from './search-all.js'
import type { TorrentSearcher } from './searcher.js'

const { signal } = new AbortController()
const query = { text: 'artist album' }

function candidate(fields: Partial<TorrentCandidate>): TorrentCandidate {
  return { title: 't', indexer: 'a', size_bytes: 0, seeders: 0, leechers: 0, ...fields }
}

function searcher(name: string, search: TorrentSearcher['search']): TorrentSearcher {
  return { name, search, getFiles: async () => null }
}

const working = searcher('works', async () => [candidate({ title: 'found', indexer: 'works' })])
const failing = (name: string, error: unknown) => searcher(name, async () => Promise.reject(error))
const deaf = searcher('deaf', () => new Promise(() => {}))

describe('searching all', () => {
  test('uses what the working ones found and says what became of the others', async () => {
    const searchers = [failing('broken', new TypeError('x is not a function at http://i/?apikey=1')), deaf, working]
    const { candidates, executed } = await searchAll(searchers, query, { signal, perSearcherTimeoutMs: 30 })
    expect(candidates.map(({ title }) => title)).toEqual(['found'])
    expect(executed).toEqual([
      {
        searcher_name: 'broken',
        query: 'artist album',
        results_count: 0,
        duration_ms: expect.any(Number),
        error: 'broken: failed in an unforeseen way',
      },
      {
        searcher_name: 'deaf',
        query: 'artist album',
        results_count: 0,
        duration_ms: expect.any(Number),
        error: 'deaf: no complete answer within 0.03 s',
      },
      { searcher_name: 'works', query: 'artist album', results_count: 1, duration_ms: expect.any(Number) },
    ])
  })

  test('says what kept an answer from being complete', async () => {
    const half = searcher('half', async (_query, { onPartial }) => {
      onPartial?.('half: 1 of its 2 indexers failed')
      return []
    })
    const { executed } = await searchAll([half, working], query, { signal, perSearcherTimeoutMs: 1000 })
    expect(executed).toMatchObject([{ searcher_name: 'half', results_count: 0, partial: 'half: 1 of its 2 indexers failed' }, {}])
    expect(executed[0]).not.toHaveProperty('error')
  })

  test('tells the late one to stop', async () => {
    let stopped = false
    const slow = searcher(
      'slow',
      (_query, options) =>
        new Promise((_resolve, reject) => {
          options.signal.addEventListener('abort', () => {
            stopped = true
            reject(new Error('late'))
          })
        }),
    )
    await searchAll([slow, working], query, { signal, perSearcherTimeoutMs: 20 })
    expect(stopped).toBe(true)
  })

  const limited = (ms?: number) => new StageError('retryable', 'indexer_rate_limited', 'l', { retryAfterMs: ms })
  const refused = new StageError('permanent', 'indexer_auth', 'r')
  test.each<[string, unknown[], object]>([
    ['all for a time', [limited(5000), limited(3000)], { kind: 'retryable', retryAfterMs: 3000 }],
    ['one of them without a time', [limited(5000), new Error('x')], { kind: 'retryable', retryAfterMs: undefined }],
    ['one for good', [refused, limited(9000)], { kind: 'retryable', retryAfterMs: 9000 }],
    ['all for good', [refused, refused], { kind: 'permanent' }],
  ])('all failed: %s', async (_name, errors, expected) => {
    const searchers = errors.map((error, index) => failing(`i${index}`, error))
    const work = searchAll(searchers, query, { signal, perSearcherTimeoutMs: 1000 })
    await expect(work).rejects.toMatchObject({
      ...expected,
      name: 'StageError',
      code: 'all_indexers_failed',
      executed: [{ results_count: 0 }, {}],
    })
  })

  test('none configured', async () => {
    await expect(searchAll([], query, { signal, perSearcherTimeoutMs: 10 })).rejects.toMatchObject({
      kind: 'permanent',
      code: 'no_indexers',
    })
  })

  test('stops when the caller does, whatever the searchers do', async () => {
    const stop = new AbortController()
    const work = searchAll([deaf, working], query, { signal: stop.signal, perSearcherTimeoutMs: 60_000 })
    stop.abort(new Error('stop it'))
    await expect(work).rejects.toThrow('stop it')
  })
})
