import { describe, expect, test } from '@jest/globals'
import { StageError, type TorrentCandidate } from '@torrentino/domain'
import { buildQueries } from '@torrentino/matching'
import type { Stage } from '@torrentino/pipeline'
import { limitedUntil, StateAway, type TorrentSearcher } from '@torrentino/providers'
import { sampleCandidate, sampleTicket } from '@torrentino/testkit'
import type { MoreQueries, Round } from './search-round.js'
import { createSearchStage, decideSearch } from './search-stage.js'
import { EMPTY_CATALOG } from './test-support/empty-catalog.js'

const NOW = new Date('2026-01-01T00:00:00.000Z')
const run = { signal: new AbortController().signal, now: () => NOW }
const facts = (change: Partial<Round> = {}): Round => ({
  candidates: [],
  strategies: ['a: b'],
  executed: [],
  isGood: false,
  limited: [],
  unreachable: [],
  ...change,
})
const executed = { searcher_name: 'one', strategy: 'a', query: 'b', results_count: 0, duration_ms: 5, error: 'one: busy' }
const answered = { searcher_name: 'two', strategy: 'a', query: 'b', results_count: 0, duration_ms: 5 }
const MAX_WAIT_MS = 300_000

describe('what follows a search', () => {
  test('a new ticket is being searched first, before anybody is asked', () => {
    expect(decideSearch(sampleTicket(), facts(), NOW, MAX_WAIT_MS)).toEqual({
      kind: 'step',
      type: 'start_search',
      state: { name: 'searching', strategies_tried: [], started_at: NOW.toISOString() },
    })
  })

  test('nothing found: what was tried, and what each indexer said', () => {
    expect(decideSearch(sampleTicket({ state: 'searching' }), facts({ executed: [executed] }), NOW, MAX_WAIT_MS)).toMatchObject({
      type: 'nothing_found',
      state: { name: 'search_failed', strategies_tried: ['a: b'] },
      audit: [{ type: 'SearchExecuted', payload: executed }],
      reason: 'no answer from one',
    })
    const later = { ...executed, query: 'c', error: undefined }
    expect(decideSearch(sampleTicket({ state: 'searching' }), facts({ executed: [executed, later] }), NOW, MAX_WAIT_MS)).not.toHaveProperty(
      'reason',
    )
  })

  test('something found: stored under the version that the step makes', () => {
    const candidates = [sampleCandidate(), sampleCandidate({ title: 'Another' })]
    expect(
      decideSearch(sampleTicket({ state: 'searching', version: 4 }), facts({ candidates, executed: [executed] }), NOW, MAX_WAIT_MS),
    ).toMatchObject({
      type: 'candidates_found',
      state: { name: 'matching', candidates_count: 2, strategies_tried: ['a: b'] },
      work: { candidates_version: 5, candidates_count: 2, strategies_tried: ['a: b'] },
      candidates,
      audit: [{ type: 'SearchExecuted' }],
    })
  })
})

describe('an indexer whose places are taken', () => {
  const limited = [
    { indexer: 'one', waitMs: 40_000 },
    { indexer: 'three', waitMs: 70_000 },
  ]
  const since = (secs: number) =>
    sampleTicket({ state: { name: 'searching', strategies_tried: [], started_at: new Date(NOW.getTime() - secs * 1000).toISOString() } })

  test.each<[string, number, Partial<Round>, number | null]>([
    ['is waited for', 0, { executed: [executed, answered], limited }, 40_000],
    ['not longer than there is time', 280, { executed: [executed, answered], limited }, 20_000],
    ['not at all when it is over', 300, { executed: [executed, answered], limited }, null],
    ['but longer where nobody has answered anything', 9000, { executed: [executed], limited }, 40_000],
    ['not where something good was found elsewhere', 0, { executed: [executed, answered], limited, isGood: true }, null],
  ])('%s', (_name, secs, change, ms) => {
    const outcome = decideSearch(since(secs), facts(change), NOW, MAX_WAIT_MS)
    expect(outcome).toMatchObject(ms === null ? { kind: 'step' } : { kind: 'wait', ms, reason: 'may not be asked yet: one, three' })
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

const stageOf = (searchers: TorrentSearcher[], moreQueries?: MoreQueries) =>
  createSearchStage({ ...EMPTY_CATALOG, searchers, moreQueries, maxWaitMs: MAX_WAIT_MS }) as Stage<Round>

const spent = { tokens: 150, ms: 20 }
const byModel = {
  searcher_name: 'llm',
  strategy: 'llm',
  query: 'b',
  results_count: 1,
  duration_ms: 5,
  llm_provider: 'fake',
  prompt_tokens: 120,
}

describe('the search', () => {
  const searching = sampleTicket({ state: 'searching' })
  const good = sampleCandidate({ size_bytes: 300_000_000 })
  const poor = sampleCandidate({ title: 'Something Else', info_hash: 'b'.repeat(40) })

  test('goes from specific to broad until something good is found', async () => {
    const one = searcher([[], [poor], [good], [poor]])
    const found = await stageOf([one]).gather(searching, run)
    expect(one.asked).toHaveLength(3)
    expect(found.strategies).toHaveLength(3)
    expect(found.executed).toHaveLength(3)
    expect(found.candidates.map(({ title }) => title)).toEqual([poor.title, good.title])
  })

  test('asks what an admin wants to be asked, and only that', async () => {
    const one = searcher([[poor]])
    const forced = sampleTicket({ state: 'searching', work: { forced_query: 'my words' } })
    expect((await stageOf([one]).gather(forced, run)).strategies).toEqual(['forced: my words'])
    expect(one.asked).toEqual(['my words'])
  })

  test('asks for collections first where all of it is kept, and spends nothing on a model', async () => {
    const one = searcher([[poor]])
    const keeping = { ...searching, request: { ...searching.request, keep_only: true as const } }
    const more: MoreQueries = async () => Promise.reject(new Error('not to be asked'))
    const { strategies } = await stageOf([one], more).gather(keeping, run)
    expect(strategies[0]).toBe('artist_discography: The Example Band discography')
    const own = buildQueries(searching.request).map(({ strategy, text }) => `${strategy}: ${text}`)
    expect(strategies.toSorted()).toEqual(own.toSorted())
  })

  test('asks nobody before the ticket says so', async () => {
    const one = searcher([[good]])
    await stageOf([one]).gather(sampleTicket(), run)
    expect(one.asked).toEqual([])
  })

  test('keeps a bounded number of candidates, the specific ones first', async () => {
    const many = (from: number) =>
      Array.from({ length: 400 }, (_, index) =>
        sampleCandidate({ title: `Elsewhere ${from + index}`, info_hash: (from + index).toString(16).padStart(40, '0') }),
      )
    const { candidates } = await stageOf([searcher([many(0), many(400)])]).gather(searching, run)
    expect(candidates).toHaveLength(500)
    expect(candidates.filter(({ title }) => Number(title.split(' ')[1]) < 400)).toHaveLength(400)
  })

  test('when nobody answers any more, the audit has what was said from the first question on', async () => {
    const busy = new StageError('retryable', 'indexer_rate_limited', 'one: too many requests', { retryAfterMs: 7000 })
    const stage = stageOf([searcher([[], busy])])
    const error = await stage.gather(searching, run).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ kind: 'retryable', code: 'all_indexers_failed', retryAfterMs: 7000 })
    expect(stage.failureAudit?.(searching, { message: 'x', willRetry: true, error })).toMatchObject([
      { type: 'SearchExecuted', payload: { searcher_name: 'one', results_count: 0 } },
      { type: 'SearchExecuted', payload: { searcher_name: 'one', error: 'one: too many requests' } },
    ])
    expect(stage.failureAudit?.(searching, { message: 'x', willRetry: false, error: new Error('other') })).toEqual([])
  })

  test('an indexer whose places are taken is asked nothing else, the others go on', async () => {
    const full = searcher([limitedUntil('full', 9000), [good]], 'full')
    const one = searcher([[poor]])
    const round = await stageOf([full, one]).gather(searching, run)
    expect(full.asked).toHaveLength(1)
    expect(one.asked.length).toBeGreaterThan(2)
    expect(round).toMatchObject({ limited: [{ indexer: 'full', waitMs: 9000 }], isGood: false, candidates: [{ title: poor.title }] })
    expect(round.executed[0]).toMatchObject({ searcher_name: 'full', strategy: 'artist_album_year', error: expect.any(String) })
  })

  describe('one that gives no answer', () => {
    const dead = (name = 'dead') => {
      const one = searcher([], name)
      const gone = new StageError('retryable', 'indexer_unreachable', `${name}: no complete answer within 30 s`)
      const search = one.search
      one.search = (...args) => search(...args).then(() => Promise.reject(gone))
      return one
    }

    test('is asked one question of a round; the others answer all of them', async () => {
      const [one, two] = [dead(), searcher([[poor]])]
      const round = await stageOf([one, two], async () => ({
        queries: [{ strategy: 'llm', text: 'other words' }],
        spent,
        executed: byModel,
      })).gather(searching, run)
      expect(one.asked).toHaveLength(1)
      expect(two.asked).toEqual([...buildQueries(searching.request).map(({ text }) => text), 'other words'])
      expect(stageOf([]).decide(searching, round, NOW)).toMatchObject({ type: 'candidates_found', reason: 'no answer from dead' })
    })

    test('is asked again in the next round', async () => {
      const [one, stage] = [dead(), (one: TorrentSearcher) => stageOf([one, searcher([[poor]])])]
      await stage(one).gather(searching, run)
      await stage(one).gather(searching, run)
      expect(one.asked).toHaveLength(2)
    })

    test('leaves those that are full to the next round', async () => {
      const one = dead()
      const round = await stageOf([one, searcher([[], limitedUntil('full', 9000)], 'full')]).gather(searching, run)
      expect([one.asked.length, round.strategies.length, round.limited.length]).toEqual([1, 1, 1])
      const late = dead()
      await stageOf([late, searcher([limitedUntil('full', 9000)], 'full')]).gather(searching, run)
      expect(late.asked).toHaveLength(1)
    })

    test('may come back, so the search is tried again also where the others refuse for good later', async () => {
      const auth = new StageError('permanent', 'indexer_auth', 'two: refuses us')
      await expect(stageOf([dead(), searcher([[], auth], 'two')]).gather(searching, run)).rejects.toMatchObject({
        kind: 'retryable',
        code: 'all_indexers_failed',
        executed: [{ searcher_name: 'dead' }, { searcher_name: 'two' }, { error: auth.message }],
      })
    })
  })

  test('a question that all turned away was not tried', async () => {
    const round = await stageOf([searcher([[], limitedUntil('one', 9000)])]).gather(searching, run)
    expect([round.strategies.length, round.executed.length, round.limited.length]).toEqual([1, 2, 1])
  })

  test('while somebody is still to be asked, the others may fail', async () => {
    const failing = searcher([new StageError('permanent', 'indexer_auth', 'no')], 'dead')
    failing.search = async () => Promise.reject(new StageError('permanent', 'indexer_auth', 'no'))
    const round = await stageOf([searcher([limitedUntil('full', 9000)], 'full'), failing]).gather(searching, run)
    expect(round.executed.every(({ error }) => error !== undefined)).toBe(true)
    expect(round.limited).toHaveLength(1)
  })

  test('what Redis cannot tell is no failure of the search', async () => {
    const cause = new Error('Connection is closed.')
    await expect(stageOf([searcher([new StateAway('one', cause)]), searcher([[good]])]).gather(searching, run)).rejects.toBe(cause)
  })

  test('one torrent of several questions and indexers is one candidate', async () => {
    const again = { ...good, indexer: 'two', seeders: 99 }
    const other = sampleCandidate({ title: 'Something Else', info_hash: 'b'.repeat(40), size_bytes: 300_000_000 })
    const { candidates } = await stageOf([searcher([[other], [good]]), searcher([[], [again]], 'two')]).gather(searching, run)
    expect(candidates.map(({ info_hash, seeders }) => [info_hash, seeders])).toEqual([
      [other.info_hash, other.seeders],
      [good.info_hash, 99],
    ])
  })
})

describe('further questions', () => {
  const searching = sampleTicket({ state: 'searching' })
  const good = sampleCandidate({ size_bytes: 300_000_000 })
  const own = buildQueries(searching.request)
  const texts = (...names: string[]) => ({ queries: names.map((text) => ({ strategy: 'llm', text })), spent, executed: byModel })

  test('come when our own have found nothing good, without those that were asked, and not without end', async () => {
    const one = searcher([])
    const seen: number[] = []
    const more: MoreQueries = async (_ticket, tried) => {
      seen.push(tried.length)
      return texts('', own[0]?.text.toUpperCase() ?? '', ...'123456789'.split('').map((n) => `words ${n}`))
    }
    const { strategies } = await stageOf([one], more).gather(searching, run)
    expect(seen).toEqual([own.length])
    expect(one.asked.slice(own.length)).toEqual([1, 2, 3, 4, 5].map((n) => `words ${n}`))
    expect(strategies.at(-1)).toBe('llm: words 5')
  })

  test('stop at something good', async () => {
    const one = searcher([...own.map(() => []), [], [good]])
    const round = await stageOf([one], async () => texts('a', 'b', 'c')).gather(searching, run)
    expect([one.asked.length, round.isGood]).toEqual([own.length + 2, true])
    expect(stageOf([one]).decide(searching, round, NOW)).toMatchObject({ type: 'candidates_found', work: { llm: spent } })
  })

  test('are in the audit once, with what they cost, also where nobody answers them', async () => {
    const stage = stageOf([searcher([])], async () => texts('a', 'b'))
    const outcome = stage.decide(searching, await stage.gather(searching, run), NOW)
    const asked = (outcome as { audit: { payload: object }[] }).audit.filter(({ payload }) => 'llm_provider' in payload)
    expect(asked).toEqual([{ type: 'SearchExecuted', payload: byModel }])
    const gone = new StageError('retryable', 'indexer_unreachable', 'one: gone')
    const failing = stageOf([searcher([...own.map(() => []), gone])], async () => texts('a', 'b'))
    const error = await failing.gather(searching, run).catch((thrown: unknown) => thrown)
    expect(failing.failureAudit?.(searching, { message: 'x', willRetry: true, error })).toContainEqual({
      type: 'SearchExecuted',
      payload: byModel,
    })
  })

  test('cost also where they find nothing', async () => {
    const round = await stageOf([searcher([])], async () => texts('a')).gather(searching, run)
    expect(stageOf([]).decide(searching, round, NOW)).toMatchObject({ type: 'nothing_found', work: { llm: spent } })
  })

  test.each<[string, TorrentSearcher[], ReturnType<typeof sampleTicket>]>([
    ['something good was found', [searcher([[good]])], searching],
    ['somebody is still to be asked', [searcher([limitedUntil('one', 1000)])], searching],
    ['the question was given', [searcher([])], sampleTicket({ state: 'searching', work: { forced_query: 'my words' } })],
  ])('do not come where %s', async (_name, searchers, ticket) => {
    const more: MoreQueries = async () => Promise.reject(new Error('not to be asked'))
    await expect(stageOf(searchers, more).gather(ticket, run)).resolves.toBeDefined()
  })
})
