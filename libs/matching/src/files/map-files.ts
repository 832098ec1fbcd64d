import type { ContentItem, TorrentFile, TrackMapping } from '@torrentino/domain'
import { atOnce, inTurns, type Stepwise } from '../in-turns.js'
import { wordsOf } from '../text/plain-text.js'
import { nameSimilarity } from '../text/similarity.js'
import { assign, type Pair } from './assign.js'
import { likelyPairs } from './likely-pairs.js'
import { ACCEPTED, numberAgreement, pairScore, type Surroundings, type WantedTrack, wantedTracks } from './pair-score.js'
import { type AudioFile, readAudioFile } from './read-audio-file.js'

export const MAX_FILES = 20_000
const BY_NUMBER_ALONE = 0.5
const NEARLY_BEST = 0.05

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
  const audio = yield* audioOf(files)
  const familiar = new Set([...shared, ...wordsOf(`${hints.artist ?? ''} ${hints.album ?? ''}`)])
  const pairs = yield* scoredPairs(tracks, audio, familiar)
  yield
  const favoured = favourOneFolder(pairs, tracks, audio, hints)
  yield
  const chosen = yield* assign(favoured)
  const scores = new Map(pairs.map((pair) => [pair.row * MAX_FILES + pair.column, pair.weight]))
  const byName = chosen.map((pair) => ({ ...pair, weight: scores.get(pair.row * MAX_FILES + pair.column) ?? 0 }))
  const final = byName.length * 3 < tracks.length ? (byNumberAlone(tracks, audio) ?? byName) : byName
  return resultOf(tracks, audio, final)
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
  return audio
}

function* scoredPairs(tracks: WantedTrack[], audio: AudioFile[], familiar: ReadonlySet<string>): Stepwise<Pair[]> {
  const around = new Map([...commonWords(audio)].map(([group, common]) => [group, { common, familiar, telling: new WeakMap() }]))
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
function commonWords(audio: AudioFile[]): Map<string, Set<string>> {
  const groups = new Map<string, AudioFile[]>()
  for (const file of audio) {
    const members = groups.get(file.group)
    if (members) members.push(file)
    else groups.set(file.group, [file])
  }
  return new Map(
    [...groups].map(([group, members]) => {
      const counts = new Map<string, number>()
      for (const member of members) for (const word of new Set(member.titles.flat())) counts.set(word, (counts.get(word) ?? 0) + 1)
      const needed = members.length < 3 ? members.length : members.length * 0.8
      const common = [...counts].filter(([, count]) => members.length > 1 && count >= needed).map(([word]) => word)
      return [group, new Set(common)]
    }),
  )
}

/**
 * A nudge towards the folder that holds most of the tracks and is named like the album, and among equals to the larger one,
 * so that an album is not put together from two rips of it.
 */
function favourOneFolder(pairs: Pair[], tracks: WantedTrack[], audio: AudioFile[], hints: Hints): Pair[] {
  const groupOf = (pair: Pair) => (audio[pair.column] as AudioFile).group
  const best = new Map<number, number>()
  for (const { row, weight } of pairs) best.set(row, Math.max(weight, best.get(row) ?? 0))
  const held = new Map<string, Set<number>>(pairs.map((pair) => [groupOf(pair), new Set()]))
  for (const pair of pairs) if (pair.weight > (best.get(pair.row) ?? 0) - NEARLY_BEST) held.get(groupOf(pair))?.add(pair.row)
  if (held.size < 2) return pairs
  const bytes = new Map<string, number>()
  for (const file of audio) bytes.set(file.group, (bytes.get(file.group) ?? 0) + file.sizeBytes)
  const bySize = [...held.keys()].sort((a, b) => (bytes.get(a) ?? 0) - (bytes.get(b) ?? 0) || (a < b ? -1 : 1))
  const nudge = new Map(
    bySize.map((group, rank) => {
      const share = (held.get(group)?.size ?? 0) / tracks.length
      const named = hints.album ? nameSimilarity(hints.album, lastFolder(group)) : 0
      const other = /\b(live|demos?|remix(es)?|instrumentals?|karaoke)\b/i.test(group) ? 0.05 : 0
      return [group, 0.05 * share + 0.05 * named - other + (0.001 * rank) / bySize.length]
    }),
  )
  return pairs.map((pair) => ({ ...pair, weight: pair.weight + (nudge.get(groupOf(pair)) ?? 0) }))
}

function lastFolder(group: string): string {
  return (group.split('/').at(-1) ?? '').replace(/[[{(].*$|\b(?:19|20)\d\d\b/g, ' ')
}

/** Names in another script or none at all: where one folder numbers exactly the wanted tracks, the numbers have to do. */
function byNumberAlone(tracks: WantedTrack[], audio: AudioFile[]): Pair[] | undefined {
  if (audio.length !== tracks.length) return undefined
  const pairs = tracks.flatMap((track, row) => {
    const columns = audio.flatMap((file, column) => {
      const sameDisc = file.disc === undefined || file.disc === (track.item.discNumber ?? 1)
      return sameDisc && numberAgreement(track.item, file) === 1 ? column : []
    })
    return columns.length === 1 ? { row, column: columns[0] as number, weight: BY_NUMBER_ALONE } : []
  })
  const distinct = new Set(pairs.map((pair) => pair.column))
  return distinct.size === tracks.length ? pairs : undefined
}

function resultOf(tracks: WantedTrack[], audio: AudioFile[], chosen: Pair[]): FileMapping {
  const byRow = new Map(chosen.map((pair) => [pair.row, pair]))
  const mapping = tracks.flatMap((track, row) => {
    const pair = byRow.get(row)
    if (!pair) return []
    const path = (audio[pair.column] as AudioFile).path
    return { catalog_track_id: track.item.id, torrent_file_path: path, confidence: Math.round(Math.min(1, pair.weight) * 1000) / 1000 }
  })
  const total = mapping.reduce((sum, entry) => sum + entry.confidence, 0)
  return {
    mapping,
    confidence: tracks.length === 0 ? 0 : total / tracks.length,
    unmapped: tracks.filter((_track, row) => !byRow.has(row)).map((track) => track.item.id),
    audio,
  }
}
