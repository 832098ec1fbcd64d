import type { ContentItem, TorrentFile, TrackMapping } from '@torrentino/domain'
import { grouped } from '../grouped.js'
import { atOnce, inTurns, type Stepwise } from '../in-turns.js'
import { wordsOf } from '../text/plain-text.js'
import { assign, type Pair } from './assign.js'
import { favourArtist } from './favour-artist.js'
import { favourOneFolder } from './favour-one-folder.js'
import { imagesAmong } from './images.js'
import { type Agreement, median } from './lengths.js'
import { likelyPairs } from './likely-pairs.js'
import { ACCEPTED, pairScore, type Surroundings, type WantedTrack, wantedTracks } from './pair-score.js'
import { type AudioFile, readAudioFile } from './read-audio-file.js'
import { agreementOfPairs, pairsWithoutNames, withNumberedRest } from './without-names.js'

export const MAX_FILES = 20_000
/** How sure a number is, where the file has no name, by how sizes go with lengths. */
const NUMBER_ALONE = { exact: 0.95, good: 0.88, unknown: 0.8, contrary: 0.4 }
/** What is called a sample and is smaller than that, or than this share of the other files, is one. */
const JUNK_BYTES = 1_000_000
const JUNK_SHARE = 0.3
/** Less than what a right number weighs. */
const SIZE_NUDGE = 0.1

/** What the ticket is about, where the caller knows it. */
export interface Hints {
  artist?: string
  album?: string
}

export interface FileMapping {
  mapping: TrackMapping[]
  /** Mean over all wanted tracks; one without a file counts as nothing. */
  confidence: number
  /** Ids of the tracks for which no file was found. */
  unmapped: string[]
  /** The audio files that were considered. */
  audio: AudioFile[]
  /** Files that hold a whole disc in one: before they are cut there is nothing to map. */
  images: string[]
  /** How the sizes of the mapped files go with the lengths of their tracks. */
  lengths: Agreement
}

/** Which file of the torrent is which wanted track, one to one. The order of the files does not matter. */
export function mapFiles(items: readonly ContentItem[], files: readonly TorrentFile[], hints: Hints = {}): FileMapping {
  return atOnce(mapStepwise(items, files, hints))
}

/** The same without keeping the event loop: a whole discography takes a second. */
export function mapFilesInTurns(
  items: readonly ContentItem[],
  files: readonly TorrentFile[],
  hints: Hints = {},
  signal?: AbortSignal,
): Promise<FileMapping> {
  return inTurns(mapStepwise(items, files, hints), signal)
}

export function* mapStepwise(items: readonly ContentItem[], files: readonly TorrentFile[], hints: Hints): Stepwise<FileMapping> {
  const { tracks, shared } = wantedTracks(items)
  const all = yield* audioOf(files)
  const images = imagesAmong(all, files, tracks)
  const audio = all.filter((file) => !images.has(file))
  const familiar = new Set([...shared, ...wordsOf(`${hints.artist ?? ''} ${hints.album ?? ''}`)])
  const pairs = yield* scoredPairs(tracks, audio, familiar)
  yield
  const favoured = favourArtist(favourOneFolder(pairs, tracks, audio, hints), audio, hints.artist)
  yield
  const chosen = yield* assign(favoured)
  const refined = yield* assign(bySizeAmongEquals(favoured, chosen, tracks, audio))
  const scores = new Map(pairs.map((pair) => [pair.row * MAX_FILES + pair.column, pair.weight]))
  const byName = refined.map((pair) => ({ ...pair, weight: scores.get(pair.row * MAX_FILES + pair.column) ?? 0 }))
  const final =
    byName.length * 3 < tracks.length ? (pairsWithoutNames(tracks, audio, hints.album) ?? byName) : withNumberedRest(byName, tracks, audio)
  return { ...resultOf(tracks, audio, final), images: [...images].map(({ path }) => path) }
}

function* audioOf(files: readonly TorrentFile[]): Stepwise<AudioFile[]> {
  const unique = new Map(files.slice(0, MAX_FILES).map((file) => [file.path, file]))
  const sorted = [...unique.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
  const audio: AudioFile[] = []
  for (const file of sorted) {
    yield
    const read = readAudioFile(file)
    if (read) audio.push(read)
  }
  const usual = median(audio.filter(({ excerpt }) => !excerpt).map(({ sizeBytes }) => sizeBytes))
  return audio.filter(({ excerpt, sizeBytes }) => !excerpt || sizeBytes > Math.max(JUNK_BYTES, JUNK_SHARE * usual))
}

/** Tracks of one name, and two takes of one song, are told apart by their lengths, where sizes show them. */
function bySizeAmongEquals(pairs: Pair[], chosen: Pair[], tracks: WantedTrack[], audio: AudioFile[]): Pair[] {
  const kind = (column: number) => `${audio[column]?.group}/${audio[column]?.extension}`
  const timed = chosen.filter(({ row }) => tracks[row]?.item.expectedDurationSecs)
  const rateOf = ({ row, column }: Pair) => (audio[column]?.sizeBytes ?? 0) / (tracks[row]?.item.expectedDurationSecs ?? 1)
  const rates = grouped(timed, ({ column }) => kind(column))
  const usual = new Map([...rates].map(([key, list]) => [key, list.length < 3 ? 0 : median(list.map(rateOf))]))
  return pairs.map((pair) => {
    const rate = usual.get(kind(pair.column)) ?? 0
    const secs = tracks[pair.row]?.item.expectedDurationSecs
    if (rate === 0 || secs === undefined) return pair
    const off = Math.abs(Math.log((audio[pair.column]?.sizeBytes ?? 1) / (rate * secs)))
    return { ...pair, weight: pair.weight + SIZE_NUDGE * Math.max(0, 1 - off) }
  })
}

function* scoredPairs(tracks: WantedTrack[], audio: AudioFile[], familiar: ReadonlySet<string>): Stepwise<Pair[]> {
  const around = surroundings(audio, familiar)
  const likely = yield* likelyPairs(tracks, audio)
  const pairs: Pair[] = []
  for (const [row, track] of tracks.entries())
    for (const column of likely[row] ?? []) {
      yield
      const file = audio[column] as AudioFile
      const weight = pairScore(track, file, around.get(file.group) as Surroundings)
      if (weight >= ACCEPTED) pairs.push({ row, column, weight })
    }
  return pairs
}

/** Words that four of five files of a folder have, such as artist and album: they tell nothing about the track. */
function surroundings(audio: AudioFile[], familiar: ReadonlySet<string>): Map<string, Surroundings> {
  return new Map(
    [...grouped(audio, ({ group }) => group)].map(([group, members]) => {
      const counts = new Map<string, number>()
      for (const member of members) for (const word of new Set(member.titles.flat())) counts.set(word, (counts.get(word) ?? 0) + 1)
      const needed = members.length < 3 ? members.length : members.length * 0.8
      const common = [...counts].filter(([, count]) => members.length > 1 && count >= needed).map(([word]) => word)
      return [group, { common: new Set(common), familiar, telling: new WeakMap() }]
    }),
  )
}

function resultOf(tracks: WantedTrack[], audio: AudioFile[], chosen: Pair[]): Omit<FileMapping, 'images'> {
  const lengths = agreementOfPairs(chosen, tracks, audio)
  const byRow = new Map(chosen.map((pair) => [pair.row, pair]))
  const mapping = tracks.flatMap((track, row) => {
    const pair = byRow.get(row)
    if (!pair) return []
    const { path, titles } = audio[pair.column] as AudioFile
    const weight = titles.length === 0 ? Math.min(NUMBER_ALONE[lengths], pair.weight + 0.2) : pair.weight
    return { catalog_track_id: track.item.id, torrent_file_path: path, confidence: Math.round(Math.min(1, weight) * 1000) / 1000 }
  })
  const total = mapping.reduce((sum, entry) => sum + entry.confidence, 0)
  return {
    mapping,
    confidence: tracks.length === 0 ? 0 : total / tracks.length,
    unmapped: tracks.filter((_track, row) => !byRow.has(row)).map((track) => track.item.id),
    audio,
    lengths,
  }
}
