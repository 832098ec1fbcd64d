import { StageError } from '@torrentino/domain'
import type { SearchOptions, SearchQuery, TorrentSearcher } from '../searchers/searcher.js'
import { answerKey, rememberedAnswer } from './answer-memory.js'
import type { IndexerEvents } from './events.js'
import { GateRefusal, pausedUntil } from './gate-refusal.js'
import { fromState, keyOf, type SharedState, StateAway } from './shared-state.js'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
/** The first failure may be chance. */
const PAUSES_MS = [0, 30 * SECOND, MINUTE, 5 * MINUTE, 15 * MINUTE, 30 * MINUTE, HOUR, 3 * HOUR, 6 * HOUR]

export interface PoliteOptions {
  state: SharedState
  events: IndexerEvents
  /** How long an answer is good for equal questions. */
  cacheMs: number
  responseMs(indexer: string): number | undefined
  pausesMs?: readonly number[]
}

export interface PoliteIndexer {
  name: string
  kind: string
  url: string
  categories: readonly number[]
  timeoutMs: number
}

/** Asks only what is not known yet, and not while the indexer is left alone; all replicas learn how it fared. */
export function createPoliteSearcher(inner: TorrentSearcher, indexer: PoliteIndexer, options: PoliteOptions): TorrentSearcher {
  const { name } = inner
  const { state, events, cacheMs, responseMs, pausesMs = PAUSES_MS } = options

  async function mayAsk(signal: AbortSignal, waitedMs = 0): Promise<number> {
    const standing = await fromState(name, signal, state.ladders.look(keyOf(name)))
    events.standing(name, standing.pausedUntil !== null)
    if (standing.pausedUntil !== null) throw pausedUntil(name, standing)
    const { now, lastFailureAt, lastError } = standing
    // Who waited for the answer to the same question has met that failure, too: to ask again would cost him a second time-out.
    if (lastFailureAt !== null && now - lastFailureAt < waitedMs)
      throw new StageError('retryable', 'indexer_unreachable', lastError ?? `${name}: has just failed`)
    return now
  }

  /** What is no word of the indexer (our own limits, our own faults) says nothing about it. */
  async function noteFailure(began: number, error: unknown): Promise<void> {
    if (!(error instanceof StageError) || error instanceof GateRefusal || error instanceof StateAway) return
    const failed = { began, error: error.message, atLeastMs: error.retryAfterMs, stepsMs: pausesMs }
    const standing = await state.ladders.climb(keyOf(name), failed).catch(() => null)
    if (standing !== null && standing.pausedUntil !== null) events.paused(name, error, standing.pausedUntil - standing.now)
  }

  async function ask(query: SearchQuery, searchOptions: SearchOptions, waitedMs: number) {
    const began = await mayAsk(searchOptions.signal, waitedMs)
    try {
      let partial: string | undefined
      const onPartial = (text: string) => {
        partial = text
      }
      const candidates = await inner.search(query, { signal: searchOptions.signal, onPartial })
      await state.ladders.stepDown(keyOf(name), { began, responseMs: responseMs(name) }).catch(() => {})
      return { candidates, partial }
    } catch (error) {
      searchOptions.signal.throwIfAborted()
      await noteFailure(began, error)
      throw error
    }
  }

  return {
    name,
    // Once for its place in the line, once for its answer.
    timeoutMs: 2 * indexer.timeoutMs,
    async search(query, searchOptions) {
      const { signal } = searchOptions
      try {
        const key = answerKey(indexer, query)
        const how = { indexer: name, key, ttlMs: cacheMs, signal }
        const { candidates, partial, cached } = await rememberedAnswer(state, how, ({ waitedMs }) => ask(query, searchOptions, waitedMs))
        if (cached) searchOptions.onCached?.()
        if (partial !== undefined) searchOptions.onPartial?.(partial)
        events.searched(name, cached ? 'cached' : candidates.length > 0 ? 'found' : 'nothing')
        return candidates
      } catch (error) {
        if (!signal.aborted) events.searched(name, error instanceof GateRefusal ? error.why : 'failed')
        throw error
      }
    },
    async getFiles(candidate, searchOptions) {
      const began = await mayAsk(searchOptions.signal)
      try {
        return await inner.getFiles(candidate, searchOptions)
      } catch (error) {
        // Links lead anywhere: only being told to slow down is surely the indexer's own word.
        if (error instanceof StageError && error.code === 'indexer_rate_limited') await noteFailure(began, error)
        throw error
      }
    },
  }
}
