import type { SearchQuery } from '../searcher.js'
import type { Capabilities } from './caps.js'

const MAX_RESULTS = 100

export type Params = Record<string, string>

/**
 * How the indexer is to be asked: by fields where it can search for music by artist and album, else by words.
 * Undefined where it has nothing of what is wanted.
 */
export function searchParams(query: SearchQuery, caps: Capabilities | undefined, wanted: readonly number[]): Params | undefined {
  const categories = caps?.categories ? wanted.filter((id) => has(caps.categories as ReadonlySet<number>, id)) : wanted
  if (wanted.length > 0 && categories.length === 0) return undefined
  return {
    ...(byFields(query, caps?.music) ?? byWords(query, caps)),
    ...(categories.length > 0 && { cat: categories.join(',') }),
    extended: '1',
    limit: String(Math.min(MAX_RESULTS, caps?.limit ?? MAX_RESULTS)),
  }
}

export function byWords(query: SearchQuery, caps?: Capabilities): Params {
  const onlyMusic = caps !== undefined && !caps.search && caps.music?.has('q')
  return { t: onlyMusic ? 'music' : 'search', q: query.text }
}

function byFields({ artist, album, year }: SearchQuery, fields: ReadonlySet<string> | undefined): Params | undefined {
  if (!artist || !album || !fields?.has('artist') || !fields.has('album')) return undefined
  return { t: 'music', artist, album, ...(year !== undefined && fields.has('year') && { year: String(year) }) }
}

/** A group such as 3000 is there when anything of it is. */
function has(categories: ReadonlySet<number>, id: number): boolean {
  if (categories.has(id)) return true
  return id % 1000 === 0 && id < 100_000 && [...categories].some((other) => other >= id && other < id + 1000)
}
