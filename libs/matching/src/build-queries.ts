import type { TicketRequest } from '@torrentino/domain'
import { bareForm, latinForm, plainForm, searchText, withoutEdition } from './queries/name-forms.js'
import { plainText } from './text/plain-text.js'

const MAX_TRACK_QUERIES = 5
/** Each question costs an indexer a request. */
const MAX_QUERIES = 15

export interface NamedQuery {
  strategy: string
  text: string
  artist?: string
  album?: string
  year?: number
}

/** How a text is asked for: as it is written, in plain letters, in Latin letters, without words that titles leave out. */
type Form = 'as_written' | 'plain' | 'latin' | 'bare'
type Named = [strategy: string, text: string | undefined, ...forms: Form[]]

const ALPHABETS: Form[] = ['as_written', 'plain', 'latin']

const FORMS: Record<Form, (text: string) => string> = {
  as_written: searchText,
  plain: (text) => plainForm(searchText(text)),
  latin: (text) => latinForm(searchText(text)),
  bare: (text) => bareForm(latinForm(searchText(text))),
}

/** What to ask indexers for, from specific to broad: each is tried only when those before it found nothing good. */
export function buildQueries(request: Pick<TicketRequest, 'search' | 'tracks' | 'request_scope'>): NamedQuery[] {
  const { artist, album, year } = request.search
  const known = { artist, ...(album ? { album } : {}), ...(year ? { year } : {}) }
  return asTexts(strategiesOf(request))
    .slice(0, MAX_QUERIES)
    .map(({ strategy, text }) => ({ strategy, text, ...known }))
}

function strategiesOf({ search, tracks, request_scope }: Pick<TicketRequest, 'search' | 'tracks' | 'request_scope'>): Named[] {
  const { artist, album, year, label } = search
  const who = isVarious(artist) ? '' : artist
  const isSelfTitled = album !== undefined && plainText(album) === plainText(artist)
  const both = album === undefined || isSelfTitled ? who || (album ?? '') : `${who} ${album}`
  const base = album === undefined || isSelfTitled ? undefined : withoutEdition(album)
  const wanted = request_scope === 'individual_tracks' ? tracks.filter((track) => track.requested) : []
  return [
    ['artist_album_year', album && year ? `${both} ${year}` : undefined, 'as_written'],
    ['artist_album', album ? both : undefined, ...ALPHABETS, 'bare'],
    ['artist_album_no_edition', base && `${who} ${base}`, ...ALPHABETS, 'bare'],
    // A name that says little by itself: of anybody, or of whole shelves.
    ['album_label', album && label && (who === '' || isSelfTitled) ? `${album} ${label}` : undefined, ...ALPHABETS],
    ...wanted.slice(0, MAX_TRACK_QUERIES).map(({ name }): Named => ['artist_track', `${who} ${withoutEdition(name)}`, ...ALPHABETS]),
    ['artist_discography', plainText(who) ? `${who} discography` : undefined, ...ALPHABETS],
    ['album', base && plainText(base).length > 2 ? base : undefined, ...ALPHABETS],
    ['artist', album ? undefined : who, ...ALPHABETS],
  ]
}

/** The same words are asked for once, under the name that comes first. */
function asTexts(strategies: Named[]): { strategy: string; text: string }[] {
  const asked = new Set<string>()
  return strategies.flatMap(([strategy, raw, ...forms]) =>
    forms.flatMap((form) => {
      const text = raw === undefined ? '' : FORMS[form](raw)
      const key = text.toLowerCase()
      if (key === '' || asked.has(key)) return []
      asked.add(key)
      return { strategy: form === 'as_written' ? strategy : `${strategy}_${form}`, text }
    }),
  )
}

export function isVarious(artist: string): boolean {
  return /^(va|various( artists?)?)$/.test(plainText(artist))
}
