import type { TorrentCandidate } from '@torrentino/domain'
import type { IndexerConfig, SearcherDeps, TorrentSearcher } from '../searcher.js'
import type { Reply } from './server.js'

/** What the indexer offers; numbers may be anything, because indexers say anything. */
export interface Offered {
  title: string
  link?: string
  magnet?: string
  infoHash?: string
  sizeBytes?: unknown
  seeders?: unknown
  leechers?: unknown
  published?: Date
}

/** One kind of indexer, in the shape that its documentation gives. */
export interface ContractKind {
  create(config: IndexerConfig, deps: SearcherDeps): TorrentSearcher
  /** Its address in the settings. */
  address: string
  /** Whether the key came, and came where the kind wants it. */
  hasKey(url: URL, headers: Record<string, string | string[] | undefined>, key: string): boolean
  wrongKey: Reply
  /** Answers to what it is asked beside the search. */
  aside?(url: URL): Reply | undefined
  item(offered: Offered): string
  document(items: string[]): string
  /** The same item with something of it broken, as chosen by the numbers. */
  spoil(item: string, edits: [at: number, value: string][]): string
}

/** A searcher of the kind, named `loop`, against a server that answers what the test says. */
export interface ContractRun {
  kind: ContractKind
  searcher(more?: Partial<IndexerConfig>): TorrentSearcher
  answerWith(reply: Reply | (() => Reply)): void
  /** What a search for "good" makes of the reply. */
  find(reply: Reply | (() => Reply), more?: Partial<IndexerConfig>): Promise<TorrentCandidate[]>
  offering(...offered: Offered[]): Reply
  /** A link of the indexer's own server, with the key in it. */
  link(path: string): string
  origin(): string
  taken(): number
}

export const KEY = 'k3y+with/signs='
export const HASH = '0123456789abcdef0123456789abcdef01234567'
export const MAGNET = `magnet:?xt=urn:btih:${HASH}`
export const query = { text: 'good' }
export const signal: AbortSignal = new AbortController().signal

export function good(number = 1): Offered {
  return { title: `Good ${number}`, link: `http://i.test/${number}` }
}

export function titles(found: readonly TorrentCandidate[]): string[] {
  return found.map(({ title }) => title)
}
