import type { WantedTrack } from './pair-score.js'
import type { AudioFile } from './read-audio-file.js'

const ALL_PAIRS_BELOW = 4000
const FILES_PER_TRACK = 16
const MAX_POSTINGS = 1000

/** For each track the files worth a close look: all of them in a usual torrent, in a large pack those that share words or the number. */
export function likelyPairs(tracks: readonly WantedTrack[], files: readonly AudioFile[]): number[][] {
  if (tracks.length * files.length <= ALL_PAIRS_BELOW) return tracks.map(() => files.map((_file, index) => index))
  const postings = indexOf(files)
  const found = tracks.map((track) => weigh(track, postings))
  const hits = groupHits(found, files)
  return found.map((weights) => {
    const support = (file: number) => (hits.get((files[file] as AudioFile).group) ?? 0) / tracks.length
    const ranked = [...weights].map(([file, weight]) => ({ file, weight: weight + support(file) }))
    ranked.sort((a, b) => b.weight - a.weight || a.file - b.file)
    return ranked.slice(0, FILES_PER_TRACK).map(({ file }) => file)
  })
}

function indexOf(files: readonly AudioFile[]): Map<string, number[]> {
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
  }
  return postings
}

/** Rare words say more than common ones; the whole title says most. */
function weigh(track: WantedTrack, postings: Map<string, number[]>): Map<number, number> {
  const weights = new Map<number, number>()
  const keys: [string, number][] = [
    [`=${track.words.join(' ')}`, 3],
    [`#${track.item.trackNumber ?? ''}`, 0.3],
    ...[...new Set(track.words)].map((word): [string, number] => [word, 1]),
  ]
  for (const [key, worth] of keys) {
    const list = postings.get(key) ?? []
    const weight = worth / Math.log2(2 + list.length)
    for (const file of list.slice(0, MAX_POSTINGS)) weights.set(file, (weights.get(file) ?? 0) + weight)
  }
  return weights
}

/** In how many folders' favour the tracks speak: the album's own holds most of them. */
function groupHits(found: Map<number, number>[], files: readonly AudioFile[]): Map<string, number> {
  const hits = new Map<string, number>()
  for (const weights of found) {
    const strong = [...weights].filter(([, weight]) => weight >= 0.3)
    for (const group of new Set(strong.map(([file]) => (files[file] as AudioFile).group))) hits.set(group, (hits.get(group) ?? 0) + 1)
  }
  return hits
}
