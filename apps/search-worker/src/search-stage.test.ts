import { describe, expect, test } from '@jest/globals'
import { StageError, type TorrentCandidate } from '@torrentino/domain'
import type { TorrentSearcher } from '@torrentino/providers'
import { sampleCandidate, sampleTicket } from '@torrentino/testkit'
import { createSearchStage, decideSearch, type SearchFacts } from './search-stage.js'

const NOW = new Date('2026-01-01T00:00:00.000Z')
const run = { signal: new AbortController().signal, now: () => NOW }
const facts = (change: Partial<SearchFacts> = {}): SearchFacts => ({ candidates: [], strategies: ['a: b'], executed: [], ...change })
const executed = { searcher_name: 'one', query: 'b', results_count: 0, duration_ms: 5, error: 'one: busy' }

describe('what follows a search', () => {
  test('a new ticket is being searched first, before anybody is asked', () => {
    expect(decideSearch(sampleTicket(), facts(), NOW)).toEqual({
      kind: 'step',
      type: 'start_search',
      state: { name: 'searching', strategies_tried: [], started_at: NOW.toISOString() },
    })
  })

  test('nothing found: what was tried, and what each indexer said', () => {
    expect(decideSearch(sampleTicket({ state: 'searching' }), facts({ executed: [executed] }), NOW)).toMatchObject({
      type: 'nothing_found',
      state: { name: 'search_failed', strategies_tried: ['a: b'] },
      audit: [{ type: 'SearchExecuted', payload: executed }],
    })
  })

  test('something found: stored under the version that the step makes', () => {
    const candidates = [sampleCandidate(), sampleCandidate({ title: 'Another' })]
    expect(decideSearch(sampleTicket({ state: 'searching', version: 4 }), facts({ candidates, executed: [executed] }), NOW)).toMatchObject({
      type: 'candidates_found',
      state: { name: 'matching', candidates_count: 2, strategies_tried: ['a: b'] },
      work: { candidates_version: 5, candidates_count: 2, strategies_tried: ['a: b'] },
      candidates,
      audit: [{ type: 'SearchExecuted' }],
    })
  })
})

/** Answers each question in turn, then nothing. */
function searcher(answers: (TorrentCandidate[] | Error)[], name = 'one'): TorrentSearcher & { asked: string[] } {
  const asked: string[] = []
  return {
    name,
    asked,
    async search({ text }) {
      asked.push(text)
      const answer = answers[asked.length - 1] ?? []
      if (answer instanceof Error) throw answer
      return answer
    },
    getFiles: async () => null,
  }
}

describe('the search', () => {
  const searching = sampleTicket({ state: 'searching' })
  const good = sampleCandidate({ size_bytes: 300_000_000 })
  const poor = sampleCandidate({ title: 'Something Else', info_hash: 'b'.repeat(40) })

  test('goes from specific to broad until something good is found', async () => {
    const one = searcher([[], [poor], [good], [poor]])
    const found = await createSearchStage([one]).gather(searching, run)
    expect(one.asked).toHaveLength(3)
    expect(found.strategies).toHaveLength(3)
    expect(found.executed).toHaveLength(3)
    expect(found.candidates.map(({ title }) => title)).toEqual([poor.title, good.title])
  })

  test('asks what an admin wants to be asked, and only that', async () => {
    const one = searcher([[poor]])
    const forced = sampleTicket({ state: 'searching', work: { forced_query: 'my words' } })
    expect((await createSearchStage([one]).gather(forced, run)).strategies).toEqual(['forced: my words'])
    expect(one.asked).toEqual(['my words'])
  })

  test('asks nobody before the ticket says so', async () => {
    const one = searcher([[good]])
    await createSearchStage([one]).gather(sampleTicket(), run)
    expect(one.asked).toEqual([])
  })

  test('keeps a bounded number of candidates, the specific ones first', async () => {
    const many = (from: number) =>
      Array.from({ length: 400 }, (_, index) =>
        sampleCandidate({ title: `Elsewhere ${from + index}`, info_hash: (from + index).toString(16).padStart(40, '0') }),
      )
    const { candidates } = await createSearchStage([searcher([many(0), many(400)])]).gather(searching, run)
    expect(candidates).toHaveLength(500)
    expect(candidates.filter(({ title }) => Number(title.split(' ')[1]) < 400)).toHaveLength(400)
  })

  test('when nobody answers any more, the audit has what was said from the first question on', async () => {
    const busy = new StageError('retryable', 'indexer_rate_limited', 'one: too many requests', { retryAfterMs: 7000 })
    const stage = createSearchStage([searcher([[], busy])])
    const error = await stage.gather(searching, run).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ kind: 'retryable', code: 'all_indexers_failed', retryAfterMs: 7000 })
    expect(stage.failureAudit?.(searching, { message: 'x', willRetry: true, error })).toMatchObject([
      { type: 'SearchExecuted', payload: { searcher_name: 'one', results_count: 0 } },
      { type: 'SearchExecuted', payload: { searcher_name: 'one', error: 'one: too many requests' } },
    ])
    expect(stage.failureAudit?.(searching, { message: 'x', willRetry: false, error: new Error('other') })).toEqual([])
  })
})
