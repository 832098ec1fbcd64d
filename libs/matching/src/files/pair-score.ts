import type { ContentItem } from '@torrentino/domain'
import { wordsOf } from '../text/plain-text.js'
import { similarity } from '../text/similarity.js'
import type { AudioFile } from './read-audio-file.js'

/** Below this a file is not taken for the track. */
export const ACCEPTED = 0.5
const MIN_NAME = 0.5
const MAX_NAME = 150
const OTHER_RECORDING =
  /^(live|remix|remixed|rmx|demo|instrumental|acoustic|karaoke|acapella|cappella|rehearsal|outtake|commentary|interview|edit|mix)$/

export interface WantedTrack {
  item: ContentItem
  words: string[]
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

function tellingWords(words: string[], { common, telling }: Surroundings): string[] {
  const known = telling.get(words)
  if (known) return known
  const found = words.some((word) => common.has(word)) ? words.filter((word) => !common.has(word)) : words
  telling.set(words, found)
  return found
}

export function wantedTracks(items: readonly ContentItem[]): { tracks: WantedTrack[]; shared: string[] } {
  const all = items.filter((item) => item.kind === 'track').map((item) => ({ item, words: wordsOf(item.name.slice(0, MAX_NAME)) }))
  const shared = (all[0]?.words ?? []).filter(
    (word) => OTHER_RECORDING.test(word) && all.length > 1 && all.every(({ words }) => words.includes(word)),
  )
  return { tracks: all.map(({ item, words }) => ({ item, words: words.filter((word) => !shared.includes(word)) })), shared }
}

/** 0..1: three parts name, one part number; a file without a name goes by its number alone. */
export function pairScore(wanted: WantedTrack, file: AudioFile, around: Surroundings): number {
  const numbers = numberAgreement(wanted.item, file)
  const disc = otherDisc(wanted.item, file) ? 0.3 : 0
  if (file.titles.length === 0) return numbers === 1 ? 0.8 - disc : 0
  const name = titleSimilarity(wanted, file, around)
  return name < MIN_NAME ? 0 : Math.max(0, 0.75 * name + 0.25 * numbers - disc)
}

function titleSimilarity(wanted: WantedTrack, file: AudioFile, around: Surroundings): number {
  const own = tellingWords(wanted.words, around)
  let best = 0
  for (const title of file.titles) {
    const floor = Math.max(best, MIN_NAME - 0.01)
    best = Math.max(best, similarity(wanted.words, title, floor))
    const rest = tellingWords(title, around)
    if (own.length > 0 && (own !== wanted.words || rest !== title)) best = Math.max(best, 0.99 * similarity(own, rest, floor))
    if (best === 1) break
  }
  const whole = file.titles[0] ?? []
  return whole.some((word) => OTHER_RECORDING.test(word) && !around.familiar.has(word) && !wanted.words.includes(word)) ? best * 0.5 : best
}

/** 1 same, 0.5 not known, 0 another. */
export function numberAgreement(item: ContentItem, file: AudioFile): number {
  if (file.numbers.length === 0 || item.trackNumber === undefined) return 0.5
  const fits = file.numbers.some(({ disc, track }) => track === item.trackNumber && (disc === undefined || disc === (item.discNumber ?? 1)))
  return fits ? 1 : 0
}

function otherDisc(item: ContentItem, file: AudioFile): boolean {
  return file.disc !== undefined && item.discNumber !== undefined && file.disc !== item.discNumber
}
