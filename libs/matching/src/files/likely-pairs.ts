import type { Stepwise } from '../in-turns.js'
import type { WantedTrack } from './pair-score.js'
import type { AudioFile } from './read-audio-file.js'

const ALL_PAIRS_BELOW = 4000
const FILES_PER_TRACK = 16
const MAX_POSTINGS = 1000
const STRONG = 0.3

/** For each track the files worth a close look: all of them in a usual torrent, in a large pack those that share words or the number. */
export function* likelyPairs(tracks: readonly WantedTrack[], files: readonly AudioFile[]): Stepwise<number[][]> {
  if (tracks.length * files.length <= ALL_PAIRS_BELOW) return tracks.map(() => files.map((_file, index) => index))
  const postings = yield* indexOf(files)
  const weights = new Weights(files.length)
  const support = yield* folderSupport(tracks, files, postings, weights)
  const likely: number[][] = []
  for (const track of tracks) {
    weigh(track, postings, weights)
    likely.push(best(weights, (file) => support.get((files[file] as AudioFile).group) ?? 0))
    yield
  }
  return likely
}

/** One number per file; only those that were added to are visited and wiped, because most stay at nothing. */
class Weights {
  readonly touched: number[] = []
  readonly #values: Float64Array

  constructor(size: number) {
    this.#values = new Float64Array(size)
  }

  of(file: number): number {
    return this.#values[file] as number
  }

  add(file: number, weight: number): void {
    if (this.#values[file] === 0) this.touched.push(file)
    this.#values[file] = this.of(file) + weight
  }

  clear(): void {
    for (const file of this.touched) this.#values[file] = 0
    this.touched.length = 0
  }
}

function* indexOf(files: readonly AudioFile[]): Stepwise<Map<string, number[]>> {
  const postings = new Map<string, number[]>()
  for (const [index, file] of files.entries()) {
    const keys = new Set([
      ...file.titles.flat(),
      ...file.titles.map((title) => `=${title.join(' ')}`),
      ...file.numbers.map(({ track }) => `#${track}`),
    ])
    for (const key of keys) {
      const list = postings.get(key)
      if (list) list.push(index)
      else postings.set(key, [index])
    }
    yield
  }
  return postings
}

/** Rare words say more than common ones; the whole title says most. */
function weigh(track: WantedTrack, postings: Map<string, number[]>, weights: Weights): void {
  weights.clear()
  const keys: [string, number][] = [
    [`=${track.words.join(' ')}`, 3],
    [`#${track.item.trackNumber ?? ''}`, 0.3],
    ...[...new Set(track.words)].map((word): [string, number] => [word, 1]),
  ]
  for (const [key, worth] of keys) {
    const list = postings.get(key) ?? []
    const weight = worth / Math.log2(2 + list.length)
    for (const file of list.slice(0, MAX_POSTINGS)) weights.add(file, weight)
  }
}

/** The share of tracks that speak for a folder: the album's own holds most of them. */
function* folderSupport(
  tracks: readonly WantedTrack[],
  files: readonly AudioFile[],
  postings: Map<string, number[]>,
  weights: Weights,
): Stepwise<Map<string, number>> {
  const hits = new Map<string, number>()
  for (const track of tracks) {
    weigh(track, postings, weights)
    const groups = new Set<string>()
    for (const file of weights.touched) if (weights.of(file) >= STRONG) groups.add((files[file] as AudioFile).group)
    for (const group of groups) hits.set(group, (hits.get(group) ?? 0) + 1)
    yield
  }
  return new Map([...hits].map(([group, count]) => [group, count / tracks.length]))
}

/** The few heaviest, kept in order while the others pass by: sorting all would take longer than weighing them. */
function best(weights: Weights, support: (file: number) => number): number[] {
  const kept: { file: number; weight: number }[] = []
  for (const file of weights.touched) {
    const weight = weights.of(file) + support(file)
    let at = kept.length
    while (at > 0 && outranks(weight, file, kept[at - 1] as { file: number; weight: number })) at--
    if (at === FILES_PER_TRACK) continue
    kept.splice(at, 0, { file, weight })
    if (kept.length > FILES_PER_TRACK) kept.pop()
  }
  return kept.map(({ file }) => file)
}

function outranks(weight: number, file: number, other: { file: number; weight: number }): boolean {
  return weight > other.weight || (weight === other.weight && file < other.file)
}
