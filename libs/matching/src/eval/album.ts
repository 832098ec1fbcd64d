import { pick, randomFrom } from './random.js'

export interface Recording {
  /** The same for the same recording, wherever it is released. */
  id: string
  name: string
  secs: number
  disc: number
  number: number
}

export interface Album {
  artist: string
  title: string
  year: number
  tracks: Recording[]
}

/** `names` are tracks with their lengths, as "First 3:20 | Second 4:05", discs parted by "//". */
export function album(artist: string, title: string, year: number, names: string): Album {
  const tracks = names.split('//').flatMap((disc, at) =>
    disc.split('|').map((entry, index) => {
      const [, name = '', minutes = '3', seconds = '30'] = /^\s*(.*?)\s+(\d+):(\d\d)\s*$/su.exec(entry) ?? [entry, entry.trim()]
      const secs = Number(minutes) * 60 + Number(seconds)
      return { id: idOf(artist, title, at + 1, index + 1), name, secs, disc: at + 1, number: index + 1 }
    }),
  )
  return { artist, title, year, tracks }
}

function idOf(artist: string, title: string, disc: number, number: number): string {
  return `${artist}/${title}/${disc}.${number}`
}

const ADJECTIVES =
  'Pale Hollow Silver Broken Distant Crooked Velvet Northern Restless Paper Frozen Borrowed Quiet Electric Golden Blind Salt Second'.split(
    ' ',
  )
const NOUNS =
  'River Harbour Winter Ghost Engine Garden Signal Bones Window Tiger Mountain Fever Letter Mirror Station Orchard Wolf Lantern Tide Kingdom Thread Saint Summer Highway'.split(
    ' ',
  )
const VERBS = 'Hold Leave Follow Burn Remember Carry Call Wake Forgive Bury Find Lose'.split(' ')
const SHAPES: ((word: (list: string[]) => string) => string)[] = [
  (word) => `${word(ADJECTIVES)} ${word(NOUNS)}`,
  (word) => `The ${word(NOUNS)}`,
  (word) => word(NOUNS),
  (word) => `${word(NOUNS)} of the ${word(NOUNS)}`,
  (word) => `${word(VERBS)} Me`,
  (word) => `Don't ${word(VERBS)} the ${word(NOUNS)}`,
  (word) => `${word(VERBS)} My ${word(NOUNS)} (Down)`,
  (word) => `${word(NOUNS)} & ${word(NOUNS)}`,
  (word) => `I'm Your ${word(NOUNS)}`,
  (word) => `${word(ADJECTIVES)}, ${word(ADJECTIVES)} ${word(NOUNS)}`,
]

/** An album of made-up songs, always the same for the same names. */
export function invented(artist: string, title: string, year: number, count = 11): Album {
  const random = randomFrom(`${artist}/${title}/${year}`)
  const used = new Set<string>()
  while (used.size < count) used.add(pick(random, SHAPES)((list) => pick(random, list)))
  const tracks = [...used].map((name, index) => {
    const secs = Math.round(140 + random() * 220)
    return { id: idOf(artist, `${title} ${year}`, 1, index + 1), name, secs, disc: 1, number: index + 1 }
  })
  return { artist, title, year, tracks }
}

/** Other recordings of the same songs: live, by others, as karaoke. Lengths differ a little. */
export function recordedAnew(original: Album, change: Partial<Album> & { suffix?: string }): Album {
  const { suffix = '', ...rest } = change
  const random = randomFrom(`${original.artist}/${original.title}${suffix}${JSON.stringify(rest)}`)
  const tracks = original.tracks.map((track) => ({
    ...track,
    id: `${track.id}/anew${suffix}`,
    name: `${track.name}${suffix}`,
    secs: Math.round(track.secs * (0.85 + 0.4 * random())),
  }))
  return { ...original, tracks, ...rest }
}

/** The album with more on it: a deluxe edition, bonus tracks on its last disc or on one of their own. */
export function extended(
  original: Album,
  more: Recording[] | Album,
  options: { ownDisc?: boolean; title?: string; year?: number } = {},
): Album {
  const extra = Array.isArray(more) ? more : more.tracks
  const lastDisc = Math.max(...original.tracks.map((track) => track.disc))
  const start = original.tracks.filter((track) => track.disc === lastDisc).length
  const added = extra.map((track, index) => ({
    ...track,
    disc: options.ownDisc ? lastDisc + 1 : lastDisc,
    number: index + 1 + (options.ownDisc ? 0 : start),
  }))
  return {
    ...original,
    title: options.title ?? original.title,
    year: options.year ?? original.year,
    tracks: [...original.tracks, ...added],
  }
}

/** Some of its tracks, by their place from 1 on, numbered anew: a single, an EP, a compilation. */
export function selected(original: Album, places: number[], change: Partial<Album> = {}): Album {
  const tracks = places.flatMap((place, index) => {
    const track = original.tracks[place - 1]
    return track ? { ...track, disc: 1, number: index + 1 } : []
  })
  return { ...original, tracks, ...change }
}

/** The same recordings under other names, in order: a translation or another spelling. */
export function renamed(original: Album, names: string | ((name: string) => string), change: Partial<Album> = {}): Album {
  const given = typeof names === 'string' ? names.split('|').map((name) => name.trim()) : undefined
  const tracks = original.tracks.map((track, index) => ({
    ...track,
    name: given ? (given[index] ?? track.name) : (names as (name: string) => string)(track.name),
  }))
  return { ...original, tracks, ...change }
}
