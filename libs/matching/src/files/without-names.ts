import { grouped } from '../grouped.js'
import { nameSimilarity } from '../text/similarity.js'
import type { Pair } from './assign.js'
import { agreementOf } from './lengths.js'
import { numberAgreement, type WantedTrack } from './pair-score.js'
import type { AudioFile } from './read-audio-file.js'

const BY_NUMBER = { exact: 0.92, good: 0.88, unknown: 0.5 }
/** So many names must speak where lengths do not. */
const MOST_NAMES = 0.66
const REST_BY_NUMBER = { exact: 0.9, good: 0.8, unknown: 0.6 }
const BY_SIZE = 0.86
const TOO_ALIKE = 0.04
const ENOUGH = 5
const NAMED = 0.8

interface Folder {
  columns: number[]
  named: number
}

/** Where names tell nothing, because they are in another language or broken: one folder's numbers, or the sizes of its files, have to do. */
export function pairsWithoutNames(tracks: WantedTrack[], audio: AudioFile[], album: string | undefined): Pair[] | undefined {
  const folders = foldersOf(audio, album)
  const candidates = folders.length === 1 ? folders : folders.filter(({ named }) => named >= NAMED)
  const found = candidates.flatMap(({ columns }) => byNumber(tracks, audio, columns) ?? bySize(tracks, audio, columns) ?? [])
  return candidates.length === 1 && found.length > 0 ? found : undefined
}

/**
 * The few tracks whose names say nothing, by their numbers: only in a folder of as many files as tracks, where all names that
 * say something agree with their numbers.
 */
export function withNumberedRest(byName: Pair[], tracks: WantedTrack[], audio: AudioFile[]): Pair[] {
  const missing = tracks.flatMap((_track, row) => (byName.some((pair) => pair.row === row) ? [] : row))
  const group = audio[byName[0]?.column ?? 0]?.group
  const columns = [...audio.keys()].filter((column) => audio[column]?.group === group)
  const agrees = ({ row, column }: Pick<Pair, 'row' | 'column'>) =>
    numberAgreement(tracks[row] as WantedTrack, audio[column] as AudioFile) === 1
  if (
    missing.length === 0 ||
    columns.length !== tracks.length ||
    !byName.every((pair) => audio[pair.column]?.group === group && agrees(pair))
  )
    return byName
  const free = columns.filter((column) => !byName.some((pair) => pair.column === column))
  const added = missing.flatMap((row) => {
    const fitting = free.filter((column) => agrees({ row, column }))
    return fitting.length === 1 ? { row, column: fitting[0] as number, weight: 0 } : []
  })
  const agreement = agreementOfPairs([...byName, ...added], tracks, audio)
  const few = agreement === 'unknown' && byName.length < MOST_NAMES * tracks.length
  if (few || added.length < missing.length || agreement === 'contrary') return byName
  return [...byName, ...added.map((pair) => ({ ...pair, weight: REST_BY_NUMBER[agreement] }))]
}

function foldersOf(audio: AudioFile[], album: string | undefined): Folder[] {
  const folders = grouped(audio.keys(), (column) => (audio[column] as AudioFile).group)
  return [...folders].map(([group, columns]) => ({ columns, named: album ? nameSimilarity(album, bareFolder(group)) : 0 }))
}

/** The last part of a path without years and what stands in brackets. */
export function bareFolder(group: string): string {
  return (group.split('/').at(-1) ?? '')
    .replace(/^\s*[[(]?(?:19|20)\d\d[\])]?\s*[-.]?\s*/, '')
    .replace(/[[{(].*$|\b(?:19|20)\d\d\b/g, ' ')
    .trim()
}

function byNumber(tracks: WantedTrack[], audio: AudioFile[], columns: number[]): Pair[] | undefined {
  const pairs = tracks.flatMap((track, row) => {
    const fitting = columns.filter((column) => {
      const file = audio[column] as AudioFile
      const sameDisc = file.disc === undefined || !track.severalDiscs || file.disc === (track.item.discNumber ?? 1)
      return sameDisc && numberAgreement(track, file) === 1
    })
    return fitting.length === 1 ? { row, column: fitting[0] as number, weight: 0 } : []
  })
  if (new Set(pairs.map(({ column }) => column)).size !== tracks.length) return undefined
  const agreement = agreementOfPairs(pairs, tracks, audio)
  if (agreement === 'contrary' || (agreement === 'unknown' && columns.length !== tracks.length)) return undefined
  return pairs.map((pair) => ({ ...pair, weight: BY_NUMBER[agreement] }))
}

/** The longest track is the largest file, and so on; only where all sizes then follow the lengths to the percent. */
function bySize(tracks: WantedTrack[], audio: AudioFile[], columns: number[]): Pair[] | undefined {
  const lossy = columns.every((column) => audio[column]?.lossless === false)
  if (!lossy || columns.length !== tracks.length || tracks.length < ENOUGH) return undefined
  const secs = (row: number) => tracks[row]?.item.expectedDurationSecs ?? 0
  const rows = tracks.map((_track, row) => row).sort((a, b) => secs(a) - secs(b))
  const sorted = [...columns].sort((a, b) => (audio[a]?.sizeBytes ?? 0) - (audio[b]?.sizeBytes ?? 0))
  const pairs = rows.map((row, rank) => ({ row, column: sorted[rank] as number, weight: BY_SIZE }))
  const rates = pairs.map(({ row, column }) => (audio[column]?.sizeBytes ?? 0) / secs(row))
  if (Math.max(...rates) > Math.min(...rates) * (1 + TOO_ALIKE)) return undefined
  const apart = rows.every((row, rank) => rank === 0 || secs(row) > secs(rows[rank - 1] as number) * (1 + TOO_ALIKE))
  return apart ? pairs : undefined
}

export function agreementOfPairs(pairs: readonly Pair[], tracks: readonly WantedTrack[], audio: readonly AudioFile[], constant = false) {
  const sized = pairs.flatMap(({ row, column }) => {
    const secs = tracks[row]?.item.expectedDurationSecs
    return secs === undefined ? [] : { secs, bytes: audio[column]?.sizeBytes ?? 0 }
  })
  return agreementOf(sized, constant)
}
