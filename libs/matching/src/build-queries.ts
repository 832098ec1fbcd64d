import type { TicketRequest } from '@torrentino/domain'
import { plainText, withoutAccents } from './text/plain-text.js'

const MAX_TRACK_QUERIES = 5
const MAX_TEXT = 200

export interface NamedQuery {
  strategy: string
  text: string
  artist?: string
  album?: string
  year?: number
}

/** What to ask indexers for, from specific to broad: each is tried only when those before it found nothing. */
export function buildQueries(request: Pick<TicketRequest, 'search' | 'tracks' | 'request_scope'>): NamedQuery[] {
  const { artist, album, year } = request.search
  const known = { artist, ...(album ? { album } : {}), ...(year ? { year } : {}) }
  const who = isVarious(artist) ? '' : artist
  const both = album === undefined || plainText(album) === plainText(artist) ? who || (album ?? '') : `${who} ${album}`
  const tracks = request.request_scope === 'individual_tracks' ? request.tracks.filter((track) => track.requested) : []

  const texts: [string, string | undefined][] = [
    ['artist_album_year', album && year ? `${both} ${year}` : undefined],
    ['artist_album', album ? both : undefined],
    ...tracks.slice(0, MAX_TRACK_QUERIES).map((track): [string, string] => ['artist_track', `${who} ${track.name}`]),
    ['artist_discography', plainText(who) ? `${who} discography` : undefined],
    ['album', album && plainText(album).length > 2 ? album : undefined],
    ['artist', album ? undefined : who],
  ]
  return withVariants(texts).map(({ strategy, text }) => ({ strategy, text, ...known }))
}

/** Each text as it is written and, where that differs, with plain letters; the same words are asked for once. */
function withVariants(texts: [string, string | undefined][]): { strategy: string; text: string }[] {
  const asked = new Set<string>()
  return texts.flatMap(([strategy, raw]) => {
    const text = searchText(raw ?? '')
    const variants = [
      { strategy, text },
      { strategy: `${strategy}_plain`, text: searchText(withoutAccents(plainLetters(text))) },
    ]
    return variants.filter((variant) => {
      const key = variant.text.toLowerCase()
      if (key === '' || asked.has(key)) return false
      asked.add(key)
      return true
    })
  })
}

/** Indexers take punctuation for syntax or demand it in the title; a name that is nothing else stays as it is. */
function searchText(text: string): string {
  const words = text
    .replace(/[()[\]{}"“”„«»!?:;,*~|\\/<>=…]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return (words === '' ? text.trim() : words).slice(0, MAX_TEXT).trim()
}

/** Letters that are no base letter with an accent, and apostrophes, which titles leave out as often as not. */
function plainLetters(text: string): string {
  return text.replace(/[^\s-]+/gu, (word) => (/[^\x20-\x7e]|['&+]/.test(word) && plainText(word) !== '' ? plainText(word) : word))
}

export function isVarious(artist: string): boolean {
  return /^(va|various( artists?)?)$/.test(plainText(artist))
}
