import type { TorrentFile, TrackMapping } from '@torrentino/domain'
import { assign, type Pair } from '../../files/assign.js'
import { MAX_FILES } from '../../files/map-files.js'
import type { Stepwise } from '../../in-turns.js'
import { isVideoWithin } from '../../quality/video.js'
import type { ParsedRelease } from '../../release-name/parsed-release.js'
import { plainText } from '../../text/plain-text.js'
import { type EpisodesWish, titlesOf, type VideoWish } from '../video-wish.js'
import { episodeScore, wantedEpisodes } from './episode-score.js'
import { readVideoFile, type VideoFile } from './read-video-file.js'
import { sharesOf, showsOf } from './show-names.js'

/** Below this a file is not taken for the episode. */
const ACCEPTED = 0.5
const SAME_SHOW = 0.97
const ALL_PAIRS_BELOW = 40_000

export interface VideoMapping {
  mapping: TrackMapping[]
  /** Mean over all that is wanted; what has no file counts as nothing. */
  confidence: number
  /** Ids of what was not found. */
  unmapped: string[]
  /** The videos that were considered, without samples and extras. */
  videos: VideoFile[]
  /** The names of the files themselves are those of what is wanted, whatever the torrent is called. */
  vouched: boolean
}

/** Which file of the torrent is which wanted episode. A file holds as many episodes as its name says, each once. */
export function* mapEpisodes(wish: EpisodesWish, torrent: ParsedRelease, files: readonly TorrentFile[]): Stepwise<VideoMapping> {
  const videos = yield* videosOf(wish, files)
  const pairs: Pair[] = []
  const slots = slotsOf(videos)
  const wanted = wantedEpisodes(wish, wish.episodes.length * slots.length <= ALL_PAIRS_BELOW)
  const shows = showsOf(wish, videos)
  const shareOf = sharesOf(shows, videos)
  const largest = videos.reduce((most, { sizeBytes }) => Math.max(most, sizeBytes), 1)
  for (const [column, video] of slots.entries()) {
    yield
    const nudge = nudgeOf(wish, video, largest)
    const share = shareOf(video)
    for (const [row, episode] of wanted.entries()) {
      const score = share * episodeScore(wish, episode, video, torrent)
      if (score >= ACCEPTED) pairs.push({ row, column, weight: score + nudge })
    }
  }
  const chosen = yield* assign(pairs)
  return resultOf(wish, videos, slots, chosen, shows)
}

export function* videosOf(wish: VideoWish, files: readonly TorrentFile[]): Stepwise<VideoFile[]> {
  const unique = new Map(files.slice(0, MAX_FILES).map((file) => [file.path, file]))
  const sorted = [...unique.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
  const episodes = wish.kind === 'episodes' ? wish.episodes.map(({ title }) => title ?? '') : []
  const asked = plainText([...titlesOf(wish), ...episodes].join(' '))
  const videos: VideoFile[] = []
  for (const file of sorted) {
    yield
    const video = readVideoFile(file, asked)
    if (video && !video.extra) videos.push(video)
  }
  return videos
}

/** One place a file for each episode that it says to hold. */
function slotsOf(videos: VideoFile[]): VideoFile[] {
  return videos.flatMap((video) => Array.from({ length: Math.min(50, Math.max(1, video.episodes.length)) }, () => video))
}

/** Of two files of one episode the larger one, unless it is above the ceiling. */
function nudgeOf(wish: EpisodesWish, video: VideoFile, largest: number): number {
  if (!isVideoWithin(video.release, wish.quality_limit)) return -0.01
  return (0.001 * video.sizeBytes) / largest
}

function resultOf(
  wish: EpisodesWish,
  videos: VideoFile[],
  slots: VideoFile[],
  chosen: Pair[],
  shows: Map<VideoFile, number>,
): VideoMapping {
  const byRow = new Map(chosen.map((pair) => [pair.row, pair]))
  const mapping = wish.episodes.flatMap((episode, row) => {
    const pair = byRow.get(row)
    if (!pair) return []
    const path = (slots[pair.column] as VideoFile).path
    return { catalog_track_id: episode.id, torrent_file_path: path, confidence: Math.round(Math.min(1, pair.weight) * 1000) / 1000 }
  })
  const total = mapping.reduce((sum, entry) => sum + entry.confidence, 0)
  const named = chosen.every(({ column }) => (shows.get(slots[column] as VideoFile) ?? 0) >= SAME_SHOW)
  return {
    mapping,
    confidence: wish.episodes.length === 0 ? 0 : total / wish.episodes.length,
    unmapped: wish.episodes.filter((_episode, row) => !byRow.has(row)).map(({ id }) => id),
    videos,
    vouched: named && chosen.length === wish.episodes.length,
  }
}
