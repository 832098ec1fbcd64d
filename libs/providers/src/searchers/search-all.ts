import { StageError, type TorrentCandidate } from '@torrentino/domain'
import { GateRefusal } from '../indexers/gate-refusal.js'
import { StateAway } from '../indexers/shared-state.js'
import { mergeCandidates } from './merge-candidates.js'
import type { SearchOptions, SearchQuery, TorrentSearcher } from './searcher.js'

const MAX_CANDIDATES = 500

export interface SearchExecuted {
  searcher_name: string
  /** Which of the named ways to ask this was, where the caller has several. */
  strategy?: string
  query: string
  results_count: number
  duration_ms: number
  cached?: boolean
  partial?: string
  error?: string
}

/** An indexer that was not asked, because its places are taken; its turn comes. */
export interface LimitedIndexer {
  indexer: string
  waitMs: number
}

export interface SearchResult {
  candidates: TorrentCandidate[]
  executed: SearchExecuted[]
  limited: LimitedIndexer[]
  /** Indexers that gave no answer at all. */
  unreachable: string[]
}

export interface SearchAllOptions {
  signal: AbortSignal
  /** For searchers that name no time of their own. */
  perSearcherTimeoutMs: number
}

/** No indexer could say whether there is anything; what each said is in `executed`. */
export class AllIndexersFailed extends StageError {
  constructor(
    kind: 'retryable' | 'permanent',
    message: string,
    readonly executed: SearchExecuted[],
    readonly unreachable: string[],
    retryAfterMs?: number,
  ) {
    super(kind, 'all_indexers_failed', message, { retryAfterMs })
  }
}

type Answer = { executed: SearchExecuted; candidates: TorrentCandidate[]; error?: StageError }

/** Asks all at once; one that is slow or dead costs its own time-out and nothing else. */
export async function searchAll(
  searchers: readonly TorrentSearcher[],
  query: SearchQuery,
  options: SearchAllOptions,
): Promise<SearchResult> {
  if (searchers.length === 0)
    throw new StageError('permanent', 'no_indexers', 'no indexer is configured; add at least one under [searcher]')
  const answers = await Promise.all(searchers.map((searcher) => ask(searcher, query, options)))
  const executed = answers.map((answer) => answer.executed)
  const errors = answers.flatMap((answer) => answer.error ?? [])
  const away = errors.find((error) => error instanceof StateAway)
  // Our own server's fault: it says nothing about the search.
  if (away) throw away.cause
  const limited = answers.flatMap(({ error, executed: { searcher_name: indexer } }) =>
    error instanceof GateRefusal && error.why === 'limited' ? { indexer, waitMs: error.retryAfterMs } : [],
  )
  const unreachable = answers.flatMap(({ error, executed: { searcher_name } }) =>
    error?.code === 'indexer_unreachable' ? searcher_name : [],
  )
  if (errors.length === searchers.length && limited.length === 0) throw allFailed(errors, executed, unreachable)
  const found = answers.flatMap((answer) => answer.candidates)
  return { candidates: mergeCandidates(found, MAX_CANDIDATES), executed, limited, unreachable }
}

async function ask(searcher: TorrentSearcher, query: SearchQuery, options: SearchAllOptions): Promise<Answer> {
  const started = performance.now()
  let cached = false
  let partial: string | undefined
  const executed = (results: number, error?: string): SearchExecuted => ({
    searcher_name: searcher.name,
    query: query.text,
    results_count: results,
    duration_ms: Math.round(performance.now() - started),
    ...(cached && { cached }),
    ...(partial !== undefined && { partial }),
    ...(error !== undefined && { error }),
  })
  const told = {
    onCached: () => {
      cached = true
    },
    onPartial: (text: string) => {
      partial = text
    },
  }
  try {
    const candidates = await inTime(searcher, query, options, told)
    return { executed: executed(candidates.length), candidates }
  } catch (error) {
    options.signal.throwIfAborted()
    const stageError = error instanceof StageError ? error : unexpected(searcher.name, error)
    return { executed: executed(0, stageError.message), candidates: [], error: stageError }
  }
}

/** Does not rely on the searcher to heed its signal. */
async function inTime(
  searcher: TorrentSearcher,
  query: SearchQuery,
  options: SearchAllOptions,
  told: Omit<SearchOptions, 'signal'>,
): Promise<TorrentCandidate[]> {
  options.signal.throwIfAborted()
  const stop = new AbortController()
  const limitMs = searcher.timeoutMs ?? options.perSearcherTimeoutMs
  const late = new StageError('retryable', 'indexer_unreachable', `${searcher.name}: no complete answer within ${limitMs / 1000} s`)
  let onAbort = () => {}
  let timer: NodeJS.Timeout | undefined
  const stopped = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(options.signal.reason)
    timer = setTimeout(() => reject(late), limitMs)
    options.signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([searcher.search(query, { signal: stop.signal, ...told }), stopped])
  } finally {
    clearTimeout(timer)
    options.signal.removeEventListener('abort', onAbort)
    stop.abort()
  }
}

function unexpected(name: string, error: unknown): StageError {
  return new StageError('retryable', 'indexer_error', `${name}: failed in an unforeseen way`, { cause: error })
}

function allFailed(errors: StageError[], executed: SearchExecuted[], unreachable: string[]): AllIndexersFailed {
  const mayPass = errors.filter((error) => error.kind === 'retryable')
  const waits = mayPass.flatMap((error) => error.retryAfterMs ?? [])
  const told = errors.map((error) => error.message).join('; ')
  // The first that may be asked again decides; one that names no wait leaves the time to the queue's back-off.
  const retryAfterMs = mayPass.length > 0 && waits.length === mayPass.length ? Math.min(...waits) : undefined
  const kind = mayPass.length > 0 ? 'retryable' : 'permanent'
  return new AllIndexersFailed(kind, `no indexer could be searched: ${told}`.slice(0, 2000), executed, unreachable, retryAfterMs)
}
