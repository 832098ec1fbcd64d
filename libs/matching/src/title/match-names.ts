import { isVarious } from '../build-queries.js'
import type { MatchRequest } from '../match-request.js'
import { wordsOf } from '../text/plain-text.js'
import { nearlyEqual, similarity } from '../text/similarity.js'
import { albumForms, artistForms, type NameForm, WHERE_FROM, WITHOUT_ADDITION, withoutArticle } from './name-forms.js'
import type { Reading, TitleFacts } from './read-title.js'
import { isEditionWord, isTagWord, isYear } from './tags.js'

export interface NameMatch {
  artist: number
  /** Undefined where the ticket names no album. */
  album?: number
  /** The words that were taken for the album, to tell releases apart. */
  albumWords: string[]
}

/** Titles of compilations often leave the artist out. */
const NO_ARTIST = 0.85
const SURNAME = 0.75
const OTHER_BAND = 0.65
const SELF_TITLED = 0.93
const SELF_TITLED_WORDS = /^(?:s t|st|self ?titled|same)$/

interface Wanted {
  artist: string
  /** The artist's name with and without guests and article. */
  artists: string[][]
  album?: NameForm[]
  /** The artist's names where the title may stand for an album of that name. */
  selfTitled: string[][]
}

/** How well the best reading of the title fits the wanted artist and album. */
export function matchNames(request: Pick<MatchRequest, 'search'>, facts: TitleFacts): NameMatch {
  const wanted = wantedNames(request, facts)
  let best: NameMatch = { artist: 0, ...(wanted.album ? { album: 0 } : {}), albumWords: facts.nameWords }
  const readings = [...facts.readings, ...wanted.artists.flatMap((form) => readingsFrom(form, facts))]
  for (const match of [parsedMatch(wanted, facts), ...readings.map((reading) => readingMatch(wanted, reading))])
    if (match && match.artist + (match.album ?? 0) > best.artist + (best.album ?? 0)) best = match
  return best
}

const known = new WeakMap<object, Omit<Wanted, 'selfTitled'>>()

function wantedNames({ search }: Pick<MatchRequest, 'search'>, { discography }: TitleFacts): Wanted {
  const names = known.get(search) ?? formsOf(search)
  known.set(search, names)
  return { ...names, selfTitled: discography ? [] : names.artists }
}

function formsOf({ artist, album }: MatchRequest['search']): Omit<Wanted, 'selfTitled'> {
  const artists = artistForms(artist).flatMap(({ words, trust }) => (trust > 0.95 ? [withoutArticle(words)] : []))
  return { artist, artists, ...(album === undefined ? {} : { album: albumForms(album) }) }
}

function readingMatch(wanted: Wanted, reading: Reading): NameMatch {
  return {
    artist: artistSimilarity(wanted, reading.artist),
    ...(wanted.album ? { album: albumSimilarity(wanted, { words: reading.album, trust: 1 }) } : {}),
    albumWords: reading.album,
  }
}

/** The names as the parser of release names took them, with all that an addition may mean. */
function parsedMatch(wanted: Wanted, facts: TitleFacts): NameMatch | undefined {
  const { artist = '', album = '' } = facts.parsed
  if (artist === '' && album === '') return undefined
  const artists = Math.max(0, ...artistForms(artist).map(({ words, trust }) => trust * artistSimilarity(wanted, words)))
  const words = wordsOf(album)
  const dropped = wordsBehind(words, artist, facts)
  const whole = [{ words, trust: 1 }, ...albumForms(album)]
  const albums = dropped.length === 0 ? whole : whole.map((form) => ({ ...form, trust: form.trust * WITHOUT_ADDITION }))
  const nobody = artist === '' && isVarious(wanted.artist) ? NO_ARTIST : 0
  return {
    artist: Math.max(isFromElsewhere(artist, facts) ? OTHER_BAND * artists : artists, nobody, composerBefore(wanted, album)),
    ...(wanted.album ? { album: Math.max(0, ...albums.map((form) => albumSimilarity(wanted, form))) } : {}),
    albumWords: [...words, ...dropped],
  }
}

/** What the parser took for a remark behind the album and is not known to be one: the Green Album is not the Blue Album. */
function wordsBehind(album: string[], artist: string, { heads }: TitleFacts): string[] {
  const last = album.at(-1) ?? ''
  const head = heads.findLast((words) => words.includes(last)) ?? []
  const behind = head.slice(head.lastIndexOf(last) + 1)
  if (behind.join(' ') === ['by', ...wordsOf(artist)].join(' ')) return []
  return behind.filter((word) => !isEditionWord(word) && !isTagWord(word))
}

/** "Lantern (UK)" is there because there is another Lantern. */
function isFromElsewhere(artist: string, { heads }: TitleFacts): boolean {
  const words = heads[0] ?? []
  const last = wordsOf(artist).at(-1) ?? ''
  const behind = words.slice(words.lastIndexOf(last) + 1)
  return words.includes(last) && behind.length === 1 && WHERE_FROM.test(behind[0] ?? '')
}

/** "Performer - Composer: Works", where the composer is the wanted artist. */
function composerBefore(wanted: Wanted, album: string): number {
  const [before, ...behind] = album.split(/:\s/)
  return behind.length === 0 ? 0 : artistSimilarity(wanted, wordsOf(before ?? ''))
}

function artistSimilarity({ artist, artists }: Wanted, offered: string[]): number {
  if (isVarious(artist)) return isVarious(offered.join(' ')) ? 1 : 0
  const guests = offered.findIndex((word, index) => index > 0 && /^(feat|ft|featuring)$/.test(word))
  const alone = withoutArticle(guests < 0 ? offered : offered.slice(0, guests))
  return Math.max(0, ...artists.map((form) => (isSurname(form, alone) ? SURNAME : similarity(form, alone))))
}

/** Composers are named by their last name alone; so are others, hence it needs files to be believed. */
function isSurname(full: string[], offered: string[]): boolean {
  return offered.length === 1 && full.length > 1 && !full.includes('and') && full.at(-1) === offered[0] && (offered[0]?.length ?? 0) > 3
}

/** An addition may be left out of one of the two names, not of both: the Blue Album is not the Green Album. */
function albumSimilarity({ album = [], selfTitled }: Wanted, { words, trust }: NameForm): number {
  const whole = album[0]?.words ?? []
  // "Artist (1991) [FLAC]" is how a self-titled album is often named.
  if (words.length === 0 || SELF_TITLED_WORDS.test(words.join(' ')))
    return selfTitled.some((form) => similarity(form, whole) > 0.95) ? SELF_TITLED : 0
  const fair = album.filter((form) => Math.max(form.trust, trust) > 0.95)
  return Math.max(0, ...fair.map((form) => form.trust * trust * oneAlbumSimilarity(form.words, words)))
}

function oneAlbumSimilarity(wanted: string[], offered: string[]): number {
  const plain = similarity(wanted, offered)
  if (plain === 1) return 1
  const bare = [wanted, offered].map((words) => words.filter((word) => !isEditionWord(word))) as [string[], string[]]
  return bare[0].length === 0 || bare[1].length === 0 ? plain : Math.max(plain, 0.99 * similarity(...bare))
}

/**
 * What stands in one part, read as the wanted artist and what follows; over several parts it would cut an artist's name.
 * A bare artist says so only where nothing else stands.
 */
function readingsFrom(artist: string[], facts: TitleFacts): Reading[] {
  const named = facts.heads.filter((head) => head.some((word) => !isYear(word)))
  const first = startingWith(artist, facts.firstWords).filter((reading) => reading.album.length > 0)
  return named.length > 1 ? first : [...startingWith(artist, facts.nameWords), ...first]
}

function startingWith(artist: string[], words: string[]): Reading[] {
  const start = words[0] === 'the' && artist[0] !== 'the' ? 1 : 0
  const fits = artist.every((word, index) => nearlyEqual(word, words[start + index] ?? ''))
  return fits ? [{ artist, album: words.slice(start + artist.length) }] : []
}
