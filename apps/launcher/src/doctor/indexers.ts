import { AllIndexersFailed, configuredSearchers, OPEN_GATE, searchAll, type TorrentSearcher } from '@torrentino/providers'
import type { DoctorDeps } from './deps.js'
import { type Check, ok, skipped, warning } from './finding.js'

const QUESTION = { text: 'test' }
const SPARE_MS = 2000

/** A real question to each: a proxy knows the capabilities without the indexer behind it. */
export function indexerChecks({ config, http }: DoctorDeps): Check[] {
  const searchers = configuredSearchers(config, { http, gate: OPEN_GATE })
  if (searchers.length === 0) return [none]
  return searchers.map((searcher, index) => {
    const timeoutMs = (config.searcher.indexers[index]?.timeout_secs ?? 30) * 1000
    return {
      subject: `indexer ${searcher.name}`,
      advice: 'look whether it is up, and whether its url, api_key and timeout_secs under [searcher] are right',
      limitMs: timeoutMs + SPARE_MS,
      run: (signal) => ask(searcher, timeoutMs, signal),
    }
  })
}

const none: Check = {
  subject: 'indexers',
  advice: '',
  limitMs: SPARE_MS,
  run: async () => [
    warning('none is configured: only tickets with a magnet link or a torrent in the catalog can be served', 'set SEARCHER_INDEXERS'),
  ],
}

async function ask(searcher: TorrentSearcher, timeoutMs: number, signal: AbortSignal) {
  try {
    const { executed, limited } = await searchAll([searcher], QUESTION, { signal, perSearcherTimeoutMs: timeoutMs })
    if (limited.length > 0) return [skipped('it has been asked as often as it allows; try again in a minute')]
    const { duration_ms = 0, results_count = 0, partial } = executed[0] ?? {}
    const answers = `answers in ${duration_ms} ms; it found ${results_count} torrents for the word "${QUESTION.text}"`
    return partial === undefined ? [ok(answers)] : [warning(`${answers}; ${partial}`, 'look at the indexers behind it')]
  } catch (error) {
    throw error instanceof AllIndexersFailed ? new Error(error.executed[0]?.error ?? error.message) : error
  }
}
