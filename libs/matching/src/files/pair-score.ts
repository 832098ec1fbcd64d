import type { ContentItem } from '@torrentino/domain'
import { wordsOf } from '../text/plain-text.js'
import { similarity } from '../text/similarity.js'
import type { AudioFile } from './read-audio-file.js'

/** Below this a file is not taken for the track. */
export const ACCEPTED = 0.5
const MIN_NAME = 0.5
const MAX_NAME = 150
const SAME_NAME = 0.97
const BARE_NAME = 0.98
const OTHER_DISC = 0.3
/** A ticket of one disc may find its album as the third of a box. */
const OTHER_DISC_OF_BOX = 0.04
const OTHER_RECORDING =
  /^(live|concert|unplugged|bootleg|remix|remixes|remixed|rmx|demo|demos|instrumental|instrumentals|acoustic|karaoke|acapella|cappella|rehearsal|rehearsals|outtake|outtakes|commentary|interview|edit|mix|tribute|cover|covers)$/
const OTHER_PLACE =
  /^(live|concert|unplugged|bootleg|remixes|remixed|demos?|instrumentals?|acoustic|karaoke|rehearsals?|outtakes?|interviews?)$/

export interface WantedTrack {
  item: ContentItem
  words: string[]
  /** Without guests, and without what the recording does not differ by; absent where that is the name itself. */
  bare?: string[]
  /** Its number when the discs are counted through, where all tracks of an album of several discs are wanted. */
  through?: number
  severalDiscs: boolean
}

/** What the files of one folder have in common. */
export interface Surroundings {
  /** Words that most of its files share, such as the artist's: they tell nothing about the track. */
  common: ReadonlySet<string>
  /** Words of the ticket's own names and of all its tracks: "live" in them is no other recording. */
  familiar: ReadonlySet<string>
  /** Names without the common words, kept: each name meets many others. */
  telling: WeakMap<readonly string[], string[]>
}

export function wantedTracks(items: readonly ContentItem[]): { tracks: WantedTrack[]; shared: string[] } {
  const all = items.filter((item) => item.kind === 'track').map((item) => ({ item, words: wordsOf(item.name.slice(0, MAX_NAME)) }))
  const shared = (all[0]?.words ?? []).filter(
    (word) => OTHER_RECORDING.test(word) && all.length > 1 && all.every(({ words }) => words.includes(word)),
  )
  const through = countedThrough(all.map(({ item }) => item))
  const tracks = all.map(({ item, words }) => ({
    item,
    words: words.filter((word) => !shared.includes(word)),
    ...bareName(item.name.slice(0, MAX_NAME)),
    ...(through ? { through: through.get(item.id) } : {}),
    severalDiscs: all.some((other) => other.item.discNumber !== item.discNumber),
  }))
  return { tracks, shared }
}

const GUESTS = /[\s([]+(?:feat\.?|ft\.?|featuring)\s[^)\]]*[)\]]?/i
const SAME_RECORDING = 'remaster(?:ed)?|album version|explicit|bonus track|mono|stereo'
const IN_BRACKETS = new RegExp(`[([][^)\\]]{0,60}\\b(?:${SAME_RECORDING})\\b[^)\\]]{0,60}[)\\]]`, 'gi')
const BEHIND_DASH = new RegExp(` - [^-]{0,40}\\b(?:${SAME_RECORDING})\\b.*$`, 'i')

/** "Song (feat. Somebody) - 2011 Remaster" is what files call "Song". */
function bareName(name: string): { bare?: string[] } {
  const bare = name.replace(GUESTS, ' ').replace(IN_BRACKETS, ' ').replace(BEHIND_DASH, '').trim()
  return bare === name || bare === '' ? {} : { bare: wordsOf(bare) }
}

/** Only where each disc is wanted from its first track to its last: else the count would be off. */
function countedThrough(items: ContentItem[]): Map<string, number> | undefined {
  const sorted = [...items].sort((a, b) => discOf(a) - discOf(b) || (a.trackNumber ?? 0) - (b.trackNumber ?? 0))
  const gapless = sorted.every((item, index) => {
    const before = sorted[index - 1]
    const first = before === undefined || discOf(before) !== discOf(item)
    return item.trackNumber === (first ? 1 : (before.trackNumber ?? 0) + 1)
  })
  return gapless ? new Map(sorted.map((item, index) => [item.id, index + 1])) : undefined
}

function discOf(item: ContentItem): number {
  return item.discNumber ?? 1
}

/** 0..1: three parts name, one part number; a file without a name goes by its number alone. */
export function pairScore(wanted: WantedTrack, file: AudioFile, around: Surroundings): number {
  const numbers = numberAgreement(wanted, file)
  const disc = discPenalty(wanted, file)
  if (file.titles.length === 0) return numbers === 1 ? 0.8 - disc : 0
  const name = titleSimilarity(wanted, file, around)
  // Singles, compilations and packs number anew: the very name outweighs another number.
  const number = name >= SAME_NAME ? Math.max(numbers, 0.4) : numbers
  return name < MIN_NAME ? 0 : Math.max(0, 0.75 * name + 0.25 * number - disc)
}

function titleSimilarity(wanted: WantedTrack, file: AudioFile, around: Surroundings): number {
  const own = tellingWords(wanted.words, around)
  let best = 0
  for (const title of file.titles) {
    const floor = Math.max(best, MIN_NAME - 0.01)
    best = Math.max(best, similarity(wanted.words, title, floor))
    if (wanted.bare) best = Math.max(best, BARE_NAME * similarity(wanted.bare, title, floor))
    const rest = tellingWords(title, around)
    if (own.length > 0 && (own !== wanted.words || rest !== title)) best = Math.max(best, 0.99 * similarity(own, rest, floor))
    if (best === 1) break
  }
  return isOtherRecording(wanted, file, around.familiar) ? best * 0.5 : best
}

function tellingWords(words: string[], { common, telling }: Surroundings): string[] {
  const known = telling.get(words)
  if (known) return known
  const found = words.some((word) => common.has(word)) ? words.filter((word) => !common.has(word)) : words
  telling.set(words, found)
  return found
}

function isOtherRecording(wanted: WantedTrack, file: AudioFile, familiar: ReadonlySet<string>): boolean {
  const unasked = (word: string) => !familiar.has(word) && !wanted.words.includes(word)
  const whole = file.titles[0] ?? []
  return (
    whole.some((word) => OTHER_RECORDING.test(word) && unasked(word)) ||
    file.placeWords.some((word) => OTHER_PLACE.test(word) && unasked(word))
  )
}

/** 1 same, 0.5 not known, 0 another. */
export function numberAgreement(
  { item, through, severalDiscs = true }: Pick<WantedTrack, 'item'> & Partial<WantedTrack>,
  file: AudioFile,
): number {
  if (file.numbers.length === 0 || item.trackNumber === undefined) return 0.5
  const fits = file.numbers.some(({ disc, track }) => {
    if (track === item.trackNumber && (disc === undefined || disc === discOf(item) || !severalDiscs)) return true
    return track === through && disc === undefined && file.disc === undefined
  })
  return fits ? 1 : 0
}

function discPenalty({ item, severalDiscs }: WantedTrack, file: AudioFile): number {
  if (file.disc === undefined || item.discNumber === undefined || file.disc === item.discNumber) return 0
  return severalDiscs ? OTHER_DISC : OTHER_DISC_OF_BOX
}
