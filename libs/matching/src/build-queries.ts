import type { MatchRequest } from './match-request.js'
import { bareForm, latinForm, plainForm, searchText, withoutEdition } from './queries/name-forms.js'
import { plainText } from './text/plain-text.js'

const MAX_TRACK_QUERIES = 5
/** Each question costs an indexer a request. */
const MAX_QUERIES = 15

/** A question for indexers. Those that search by fields are asked by them, where it has them: they say the same as the text. */
export interface NamedQuery {
  strategy: string
  text: string
  artist?: string
  album?: string
  year?: number
}

/** How a text is asked for: as it is written, in plain letters, in Latin letters, without words that titles leave out. */
type Form = 'as_written' | 'plain' | 'latin' | 'bare'

interface Strategy {
  name: string
  artist?: string
  album?: string
  year?: number
  /** What is neither: names of tracks, a label, a word. */
  more?: string
  forms?: Form[]
}

const DISCOGRAPHY = 'artist_discography'
const ALPHABETS: Form[] = ['as_written', 'plain', 'latin']

const FORMS: Record<Form, (text: string) => string> = {
  as_written: searchText,
  plain: (text) => plainForm(searchText(text)),
  latin: (text) => latinForm(searchText(text)),
  bare: (text) => bareForm(latinForm(searchText(text))),
}

type Asked = Pick<MatchRequest, 'search' | 'tracks' | 'request_scope' | 'prefer_discographies'>

/**
 * What to ask indexers for, from specific to broad, or collections first where they are preferred: each is tried only when those
 * before it found nothing good.
 */
export function buildQueries(request: Asked): NamedQuery[] {
  const asked = new Set<string>()
  const queries = inOrder(strategiesOf(request), request.prefer_discographies).flatMap((strategy) =>
    (strategy.forms ?? ALPHABETS).map((form) => queryOf(strategy, form)),
  )
  // The same words are asked for once, under the name that comes first.
  const fresh = queries.filter(({ text }) => {
    const key = text.toLowerCase()
    const isNew = key !== '' && !asked.has(key)
    asked.add(key)
    return isNew
  })
  return fresh.slice(0, MAX_QUERIES)
}

function inOrder(strategies: Strategy[], discographiesFirst = false): Strategy[] {
  const isFirst = ({ name }: Strategy) => discographiesFirst && name === DISCOGRAPHY
  return [...strategies.filter(isFirst), ...strategies.filter((strategy) => !isFirst(strategy))]
}

function strategiesOf({ search, tracks, request_scope }: Asked): Strategy[] {
  const { album, year, label } = search
  const artist = isVarious(search.artist) ? undefined : search.artist
  const isSelfTitled = album !== undefined && plainText(album) === plainText(search.artist)
  const base = album === undefined || isSelfTitled ? undefined : withoutEdition(album)
  const wanted = request_scope === 'individual_tracks' ? tracks.filter((track) => track.requested) : []
  return [
    ...(album && year ? [{ name: 'artist_album_year', artist, album, year, forms: ['as_written' as const] }] : []),
    ...(album ? [{ name: 'artist_album', artist, album, forms: [...ALPHABETS, 'bare' as const] }] : []),
    ...(base ? [{ name: 'artist_album_no_edition', artist, album: base, forms: [...ALPHABETS, 'bare' as const] }] : []),
    // A name that says little by itself: of anybody, or of whole shelves.
    ...(label && (artist === undefined || isSelfTitled) ? [{ name: 'album_label', album, more: label }] : []),
    ...wanted.slice(0, MAX_TRACK_QUERIES).map(({ name }) => ({ name: 'artist_track', artist, more: withoutEdition(name) })),
    ...(artist && plainText(artist) ? [{ name: DISCOGRAPHY, artist, more: 'discography' }] : []),
    ...(base && plainText(base).length > 2 ? [{ name: 'album', album: base }] : []),
    ...(album ? [] : [{ name: 'artist', artist }]),
  ]
}

/** Fields only where they are all that is asked for: an indexer that is asked by them does not see the text. */
function queryOf({ name, artist, album, year, more }: Strategy, form: Form): NamedQuery {
  const inForm = FORMS[form]
  const sameName = artist !== undefined && album !== undefined && plainText(artist) === plainText(album)
  const parts = [artist, sameName ? undefined : album, more, year].filter((part) => part !== undefined)
  const hasFields = artist !== undefined && album !== undefined && more === undefined
  return {
    strategy: form === 'as_written' ? name : `${name}_${form}`,
    text: inForm(parts.join(' ')),
    ...(hasFields && { artist: inForm(artist), album: inForm(album), ...(year !== undefined && { year }) }),
  }
}

export function isVarious(artist: string): boolean {
  return /^(va|various( artists?)?)$/.test(plainText(artist))
}
