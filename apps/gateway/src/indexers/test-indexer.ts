import type { Ladders } from '@torrentino/bus'
import type { IndexerTest } from '@torrentino/domain'
import { AllIndexersFailed, indexerKey, type SharedGate, searchAll, type TorrentSearcher } from '@torrentino/providers'

/** Harmless, and more than asking for the capabilities: those a proxy knows without the indexer behind it. */
const QUESTION = { text: 'test' }

export interface TestDeps {
  ladders: Ladders
  gate: SharedGate
  timeoutMs: number
}

/** Asks for real, also one that is left alone, but within its limit. A success ends its pause; a failure is noted, but is no step up. */
export async function testIndexer(searcher: TorrentSearcher, { ladders, gate, timeoutMs }: TestDeps): Promise<IndexerTest> {
  const key = indexerKey(searcher.name)
  const { now: began } = await ladders.look(key)
  const { candidates, error, retryAfterMs, isLimited, ms } = await askOnce(searcher, timeoutMs)
  if (error !== undefined) {
    if (!isLimited) await ladders.climb(key, { began: 0, error, atLeastMs: retryAfterMs, stepsMs: [0] })
    return { success: false, message: error, response_time_ms: ms, results_count: null }
  }
  const responseMs = Math.round(gate.responseMs(searcher.name) ?? ms)
  await ladders.stepDown(key, { began, responseMs })
  await ladders.clear(key)
  const message = `${searcher.name} answers; it found ${candidates} torrents for the word "${QUESTION.text}"`
  return { success: true, message, response_time_ms: responseMs, results_count: candidates }
}

interface Asked {
  candidates: number
  ms: number
  error?: string
  isLimited?: boolean
  retryAfterMs?: number
}

async function askOnce(searcher: TorrentSearcher, timeoutMs: number): Promise<Asked> {
  const { signal } = new AbortController()
  try {
    // Its place in the line may take as long as its answer.
    const { executed, limited } = await searchAll([searcher], QUESTION, { signal, perSearcherTimeoutMs: 2 * timeoutMs })
    const [only] = executed
    return { candidates: only?.results_count ?? 0, ms: only?.duration_ms ?? 0, error: only?.error, isLimited: limited.length > 0 }
  } catch (error) {
    if (!(error instanceof AllIndexersFailed)) throw error
    const [only] = error.executed
    return { candidates: 0, ms: only?.duration_ms ?? 0, error: only?.error ?? error.message, retryAfterMs: error.retryAfterMs }
  }
}
