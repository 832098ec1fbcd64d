/** A server that asks many indexers gives what it found under its own name and theirs: `jackett/rutracker`. */
export function nameVia(searcher: string, indexer: string | undefined): string {
  const clean = (indexer ?? '')
    .slice(0, 100)
    .replace(/[\s\p{Cc}\p{Cs}/]+/gu, ' ')
    .trim()
  return clean === '' ? searcher : `${searcher}/${clean}`
}

/** The searcher that a candidate or source came from, which alone has the key to its link. */
export function searcherOf(indexer: string): string {
  return indexer.split('/')[0] as string
}
