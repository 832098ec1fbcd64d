import { StageError, type TorrentCandidate } from '@torrentino/domain'
import { GateRefusal } from '../../indexers/gate-refusal.js'
import { StateAway } from '../../indexers/shared-state.js'
import { readFeed } from '../feed/read-feed.js'
import { decodeXml } from '../feed/xml-text.js'
import { withoutLogin } from '../indexer-address.js'
import { refuseStatus } from '../indexer-error.js'
import { createIndexerGet } from '../indexer-get.js'
import { MAX_ANSWER_BYTES, MUSIC } from '../limits.js'
import { createGetFiles } from '../open-link.js'
import { elapsed, remembered } from '../remembered.js'
import type { IndexerConfig, SearcherDeps, SearchOptions, SearchQuery, TorrentSearcher } from '../searcher.js'
import { apiAddress, withParams } from './address.js'
import { type Capabilities, readCaps } from './caps.js'
import { byWords, type Params, searchParams } from './search-params.js'

const MAX_CAPS_BYTES = 2_000_000
const CAPS_KEPT_MS = 12 * 3_600_000
/** After this long an indexer that did not tell what it can do is asked again. */
const NO_CAPS_KEPT_MS = 10 * 60_000

/** Any indexer that speaks Torznab: Jackett and Prowlarr per indexer, and those that speak it themselves. */
export function createTorznabSearcher(config: IndexerConfig, deps: SearcherDeps): TorrentSearcher {
  const { apiKey, categories = [MUSIC], timeoutMs } = config
  const { now = elapsed } = deps
  const api = apiAddress(config.url)
  const get = createIndexerGet(deps, config)
  // An indexer that hangs over this question must still have time for the one that matters.
  const getCaps = createIndexerGet(deps, { ...config, timeoutMs: timeoutMs / 4 })
  const source = { indexer: config.name, apiKey, baseUrl: withoutLogin(api).href }
  const caps = remembered(loadCaps, now)

  async function search(query: SearchQuery, { signal }: SearchOptions): Promise<TorrentCandidate[]> {
    const began = now()
    const can = await caps.get(signal)
    const params = searchParams(query, can, categories)
    if (!params) return []
    const left = { ms: timeoutMs - Math.min(now() - began, timeoutMs / 4) }
    try {
      return await ask(params, left, signal)
    } catch (error) {
      // Some do not support what they say they do.
      if (!params.artist || !(error instanceof StageError) || error.code !== 'indexer_error' || error.kind !== 'permanent') throw error
      const { artist: _artist, album: _album, year: _year, ...rest } = params
      return ask({ ...rest, ...byWords(query, can) }, left, signal)
    }
  }

  async function ask(params: Params, left: { ms: number }, signal: AbortSignal): Promise<TorrentCandidate[]> {
    const answer = await get(withParams(api, params, apiKey), { signal, left, maxBytes: MAX_ANSWER_BYTES })
    // Prowlarr and Jackett explain some refusals in the document, whatever the status.
    if (answer.status !== 429 && answer.status >= 400) await explainedRefusal(decodeXml(answer.body, undefined))
    refuseStatus(config.name, answer)
    const xml = decodeXml(answer.body, answer.headers['content-type'])
    return readFeed(xml, source)
  }

  /** An error document outranks the status it came with; any other body says less than the status. */
  async function explainedRefusal(xml: string): Promise<void> {
    if (/<error\s/.test(xml.slice(0, 2000))) await readFeed(xml, source)
  }

  /** Not to know them is no reason to fail: the search itself will tell what is wrong. */
  async function loadCaps(signal: AbortSignal): Promise<{ value: Capabilities | undefined; keepMs: number }> {
    try {
      const { status, body, headers } = await getCaps(withParams(api, { t: 'caps' }, apiKey), { signal, maxBytes: MAX_CAPS_BYTES })
      const value = status === 200 ? readCaps(decodeXml(body, headers['content-type'])) : undefined
      return { value, keepMs: value ? CAPS_KEPT_MS : NO_CAPS_KEPT_MS }
    } catch (error) {
      signal.throwIfAborted()
      if (!(error instanceof StageError)) throw error
      // One that was not asked at all is asked the next time.
      return { value: undefined, keepMs: error instanceof GateRefusal || error instanceof StateAway ? 0 : NO_CAPS_KEPT_MS }
    }
  }

  return { name: config.name, search, getFiles: createGetFiles(config, api, get) }
}
