import type { TorrentFile, TrackMapping } from '@torrentino/domain'
import { assign, type Pair } from '../../files/assign.js'
import { MAX_FILES } from '../../files/map-files.js'
import type { Stepwise } from '../../in-turns.js'
import { isVideoWithin } from '../../quality/video.js'
import type { ParsedRelease } from '../../release-name/parsed-release.js'
import { plainText, wordsOf } from '../../text/plain-text.js'
import { similarity } from '../../text/similarity.js'
import { covers } from '../numbering.js'
import { titleAgreement } from '../title-agreement.js'
import { type EpisodesWish, titlesOf, type VideoWish, type WantedEpisode } from '../video-wish.js'
import { readVideoFile, type VideoFile } from './read-video-file.js'

/** Below this a file is not taken for the episode. */
const ACCEPTED = 0.5
const SURE = 0.95
const WITHOUT_SEASON = 0.9
const BY_TITLE = 0.85
const UNCERTAIN = 0.6
const OTHER_SHOW = 0.4
const STRANGE_SHOW = 0.7
const LIKE_SHOW = 0.9
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
  const allPairs = wish.episodes.length * slots.length <= ALL_PAIRS_BELOW
  const shows = showsOf(wish, videos)
  const shareOf = sharesOf(shows, videos)
  const largest = videos.reduce((most, { sizeBytes }) => Math.max(most, sizeBytes), 1)
  for (const [column, video] of slots.entries()) {
    yield
    const nudge = nudgeOf(wish, video, largest)
    const share = shareOf(video)
    for (const [row, episode] of wish.episodes.entries()) {
      const score = share * pairScore(wish, episode, video, torrent, allPairs)
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

function pairScore(wish: EpisodesWish, episode: WantedEpisode, video: VideoFile, torrent: ParsedRelease, byTitle: boolean): number {
  const title = byTitle ? titleShare(episode, video) : undefined
  const numbered = video.episodes.length > 0 || video.absolute !== undefined || video.date !== undefined
  if (!numbered) return title !== undefined && title >= 0.9 && (wish.season === 0 || inSeason(wish, video)) ? BY_TITLE : 0
  const bySeason = numberScore(wish, episode, video, torrent)
  // A title that says otherwise: discs count differently from what was aired.
  if (bySeason > 0) return title !== undefined && title < 0.3 && namesAnother(wish, episode, video) ? UNCERTAIN : bySeason
  return title !== undefined && title >= 0.9 && wish.season === 0 ? BY_TITLE : 0
}

function numberScore(wish: EpisodesWish, episode: WantedEpisode, video: VideoFile, torrent: ParsedRelease): number {
  if (video.seasons.length > 0 || video.date !== undefined) {
    if (covers(wish, episode, video)) return 1
    return inSeason(wish, video) ? threeDigits(wish, episode, video) : 0
  }
  const { seasons } = torrent
  if (seasons.length > 0 && !seasons.includes(wish.season)) return 0
  const inIts = covers(wish, episode, { ...video, seasons: [wish.season], season: wish.season })
  if (seasons.length === 1 && inIts) return WITHOUT_SEASON
  if (seasons.length === 1) return threeDigits(wish, episode, video)
  if (covers(wish, episode, video)) return seasons.length === 0 ? SURE : UNCERTAIN
  return threeDigits(wish, episode, video)
}

/** `203` of a show is the third episode of season 2, where nothing counts that far. */
function threeDigits(wish: EpisodesWish, episode: WantedEpisode, { episodes, absolute }: VideoFile): number {
  const told = absolute ?? episodes[0]
  return episode.absolute === undefined && wish.season > 0 && told === wish.season * 100 + episode.number ? WITHOUT_SEASON : 0
}

function inSeason(wish: EpisodesWish, video: VideoFile): boolean {
  return video.seasons.length === 0 || video.seasons.includes(wish.season)
}

/** How much of the episode's title the file's name holds. */
function titleShare(episode: WantedEpisode, video: VideoFile): number | undefined {
  const title = wordsOf(episode.title ?? '')
  if (title.length === 0 || title.join('').length < 4) return undefined
  const words = wordsOf(video.stem)
  const held = title.filter((word) => words.includes(word)).length / title.length
  return Math.max(held, similarity(title, words))
}

function namesAnother(wish: EpisodesWish, episode: WantedEpisode, video: VideoFile): boolean {
  return wish.episodes.some((other) => other !== episode && wordsOf(other.title ?? '').length > 1 && titleShare(other, video) === 1)
}

/** How well the names of the files fit the show; undefined where they have none of their own. */
function showsOf(wish: EpisodesWish, videos: VideoFile[]): Map<VideoFile, number> {
  const titles = titlesOf(wish)
  const known = new Map<string, number>()
  const shows = new Map<VideoFile, number>()
  for (const video of videos) {
    const { title, seasons, date, absolute } = video.release
    if (title === '' || (seasons.length === 0 && date === undefined && absolute === undefined)) continue
    const share = known.get(title) ?? titleAgreement(titles, [title])
    known.set(title, share)
    shows.set(video, share)
  }
  return shows
}

/**
 * Of packs that hold several shows, what is named like another one is none of ours. Where all are named otherwise, it may be a short
 * name of the scene, or something else under the show's name.
 */
function sharesOf(shows: Map<VideoFile, number>, videos: VideoFile[]): (video: VideoFile) => number {
  const fits = (video: VideoFile) => (shows.get(video) ?? 1) >= LIKE_SHOW
  const someFit = videos.some(fits)
  return (video) => {
    if (fits(video)) return 1
    if (someFit) return OTHER_SHOW
    return /\s/.test(video.release.title) ? STRANGE_SHOW : 1
  }
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
