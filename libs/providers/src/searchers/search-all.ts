import { StageError, type TorrentCandidate } from '@torrentino/domain'
import { mergeCandidates } from './merge-candidates.js'
import type { SearchQuery, TorrentSearcher } from './searcher.js'

const MAX_CANDIDATES = 500

export interface SearchExecuted {
  searcher_name: string
  query: string
  results_count: number
  duration_ms: number
  error?: string
}

export interface SearchAllOptions {
  signal: AbortSignal
  perSearcherTimeoutMs: number
}

/** No indexer could say whether there is anything; what each said is in `executed`. */
export class AllIndexersFailed extends StageError {
  constructor(
    kind: 'retryable' | 'permanent',
    message: string,
    readonly executed: SearchExecuted[],
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
): Promise<{ candidates: TorrentCandidate[]; executed: SearchExecuted[] }> {
  if (searchers.length === 0)
    throw new StageError('permanent', 'no_indexers', 'no indexer is configured; add at least one under [searcher]')
  const answers = await Promise.all(searchers.map((searcher) => ask(searcher, query, options)))
  const executed = answers.map((answer) => answer.executed)
  const errors = answers.flatMap((answer) => answer.error ?? [])
  if (errors.length === searchers.length) throw allFailed(errors, executed)
  const candidates = mergeCandidates(
    answers.flatMap((answer) => answer.candidates),
    MAX_CANDIDATES,
  )
  return { candidates, executed }
}

async function ask(searcher: TorrentSearcher, query: SearchQuery, options: SearchAllOptions): Promise<Answer> {
  const started = performance.now()
  const executed = (results: number, error?: string): SearchExecuted => ({
    searcher_name: searcher.name,
    query: query.text,
    results_count: results,
    duration_ms: Math.round(performance.now() - started),
    ...(error === undefined ? {} : { error }),
  })
  try {
    const candidates = await inTime(searcher, query, options)
    return { executed: executed(candidates.length), candidates }
  } catch (error) {
    options.signal.throwIfAborted()
    const stageError = error instanceof StageError ? error : unexpected(searcher.name, error)
    return { executed: executed(0, stageError.message), candidates: [], error: stageError }
  }
}

/** Does not rely on the searcher to heed its signal. */
async function inTime(searcher: TorrentSearcher, query: SearchQuery, options: SearchAllOptions): Promise<TorrentCandidate[]> {
  options.signal.throwIfAborted()
  const stop = new AbortController()
  const late = new StageError(
    'retryable',
    'indexer_unreachable',
    `${searcher.name}: no complete answer within ${options.perSearcherTimeoutMs / 1000} s`,
  )
  let onAbort = () => {}
  let timer: NodeJS.Timeout | undefined
  const stopped = new Promise<never>((_resolve, reject) => {
    onAbort = () => reject(options.signal.reason)
    timer = setTimeout(() => reject(late), options.perSearcherTimeoutMs)
    options.signal.addEventListener('abort', onAbort, { once: true })
  })
  try {
    return await Promise.race([searcher.search(query, { signal: stop.signal }), stopped])
  } finally {
    clearTimeout(timer)
    options.signal.removeEventListener('abort', onAbort)
    stop.abort()
  }
}

function unexpected(name: string, error: unknown): StageError {
  return new StageError('retryable', 'indexer_error', `${name}: failed in an unforeseen way`, { cause: error })
}

function allFailed(errors: StageError[], executed: SearchExecuted[]): AllIndexersFailed {
  const mayPass = errors.filter((error) => error.kind === 'retryable')
  const waits = mayPass.flatMap((error) => error.retryAfterMs ?? [])
  const told = errors.map((error) => error.message).join('; ')
  // The first that may be asked again decides; one that names no wait leaves the time to the queue's back-off.
  const retryAfterMs = mayPass.length > 0 && waits.length === mayPass.length ? Math.min(...waits) : undefined
  const kind = mayPass.length > 0 ? 'retryable' : 'permanent'
  return new AllIndexersFailed(kind, `no indexer could be searched: ${told}`.slice(0, 2000), executed, retryAfterMs)
}
