import { isVarious } from '../build-queries.js'
import type { MatchRequest } from '../match-request.js'
import { wordsOf } from '../text/plain-text.js'
import { nearlyEqual, similarity } from '../text/similarity.js'
import type { Reading, TitleFacts } from './read-title.js'
import { isEditionWord } from './tags.js'

export interface NameMatch {
  artist: number
  /** Undefined where the ticket names no album. */
  album?: number
  /** The words that were taken for the album, to tell releases apart. */
  albumWords: string[]
}

/** How well the best reading of the title fits the wanted artist and album. */
export function matchNames(request: Pick<MatchRequest, 'search'>, facts: TitleFacts): NameMatch {
  const { artist, album } = request.search
  const artists = artistForms(artist)
  const albumWords = album === undefined ? undefined : wordsOf(album)
  const readings = [...facts.readings, ...artists.flatMap((form) => readingsFrom(form, facts))]
  let best: NameMatch = { artist: 0, ...(albumWords ? { album: 0 } : {}), albumWords: facts.nameWords }
  for (const reading of readings) {
    const match = {
      artist: artistSimilarity(artist, artists, reading.artist),
      ...(albumWords ? { album: albumSimilarity(albumWords, reading, facts.discography ? [] : artists) } : {}),
      albumWords: reading.album,
    }
    if (match.artist + (match.album ?? 0) > best.artist + (best.album ?? 0)) best = match
  }
  return best
}

/** The name with and without guests and article. */
function artistForms(artist: string): string[][] {
  const withoutGuests = artist.replace(/[\s([]+(?:feat\.?|ft\.?|featuring)\s.*$/i, '')
  const forms = [artist, withoutGuests].map((name) => bareArtist(wordsOf(name)))
  return forms[0]?.join(' ') === forms[1]?.join(' ') ? forms.slice(0, 1) : forms
}

function bareArtist(words: string[]): string[] {
  return words.length > 1 && words[0] === 'the' ? words.slice(1) : words
}

function artistSimilarity(artist: string, forms: string[][], offered: string[]): number {
  if (isVarious(artist)) return isVarious(offered.join(' ')) ? 1 : 0
  const guests = offered.findIndex((word, index) => index > 0 && /^(feat|ft|featuring)$/.test(word))
  const alone = bareArtist(guests < 0 ? offered : offered.slice(0, guests))
  return Math.max(...forms.map((form) => similarity(form, alone)))
}

/** `selfTitled`: the artist's names where the title may stand for an album of that name. */
function albumSimilarity(wanted: string[], reading: Reading, selfTitled: string[][]): number {
  if (reading.album.length === 0) {
    // "Artist (1991) [FLAC]" is how a self-titled album is often named.
    return selfTitled.some((form) => similarity(form, wanted) > 0.95) ? 0.9 : 0
  }
  const plain = similarity(wanted, reading.album)
  const bare = [wanted, reading.album].map((words) => words.filter((word) => !isEditionWord(word))) as [string[], string[]]
  return bare[0].length === 0 || bare[1].length === 0 ? plain : Math.max(plain, 0.99 * similarity(...bare))
}

/** A title without separators, read as the wanted artist and what follows. A bare artist says so only where nothing else stands. */
function readingsFrom(artist: string[], facts: TitleFacts): Reading[] {
  const first = startingWith(artist, facts.firstWords).filter((reading) => reading.album.length > 0)
  return [...startingWith(artist, facts.nameWords), ...first]
}

function startingWith(artist: string[], words: string[]): Reading[] {
  const start = words[0] === 'the' && artist[0] !== 'the' ? 1 : 0
  const fits = artist.every((word, index) => nearlyEqual(word, words[start + index] ?? ''))
  return fits ? [{ artist, album: words.slice(start + artist.length) }] : []
}
