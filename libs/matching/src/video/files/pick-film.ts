import type { TorrentFile } from '@torrentino/domain'
import type { Stepwise } from '../../in-turns.js'
import { isVideoWithin } from '../../quality/video.js'
import { titleAgreement } from '../title-agreement.js'
import { type FilmWish, titlesOf } from '../video-wish.js'
import { type VideoMapping, videosOf } from './map-episodes.js'
import type { VideoFile } from './read-video-file.js'

/** Smaller than this share of the largest video is no film beside it. */
const FEATURE = 0.3
const ALONE = 0.95
/** The file's own name and year are those of the film. */
const NAMED = 0.97
const ANOTHER = 0.3
const PARTS = 0.5

/** Which file of the torrent is the film: the only large one, or in a collection the one that bears its name. */
export function* pickFilm(wish: FilmWish, files: readonly TorrentFile[]): Stepwise<VideoMapping> {
  const videos = yield* videosOf(wish, files)
  const largest = videos.reduce((most, { sizeBytes }) => Math.max(most, sizeBytes), 0)
  const features = videos.filter(({ sizeBytes }) => sizeBytes >= FEATURE * largest)
  const shares = features.map((video) => ({ video, share: features.length === 1 ? shareAlone(wish, video) : nameShare(wish, video) }))
  const [best, second] = shares.sort(
    (a, b) => b.share - a.share || within(wish, b) - within(wish, a) || b.video.sizeBytes - a.video.sizeBytes,
  )
  if (!best || best.share < 0.3) return { mapping: [], confidence: 0, unmapped: [wish.id], videos: features, vouched: false }
  const share = second && arePart(best.video, second.video) && second.share === best.share ? PARTS : best.share
  const confidence = Math.round(share * 1000) / 1000
  const entry = { catalog_track_id: wish.id, torrent_file_path: best.video.path, confidence }
  return { mapping: [entry], confidence, unmapped: [], videos: features, vouched: share >= NAMED }
}

/** Films of one series are told apart by their year where the names do not. */
function nameShare(wish: FilmWish, { release }: VideoFile): number {
  const named = titleAgreement(titlesOf(wish), [release.title, ...release.aliases])
  if (wish.year === undefined || release.year === undefined) return 0.95 * named
  return Math.abs(release.year - wish.year) <= 1 ? named : 0.4 * named
}

/** The only film of a torrent may be called anything, but not like another film. */
function shareAlone(wish: FilmWish, video: VideoFile): number {
  const { year } = video.release
  const share = nameShare(wish, video)
  if (year !== undefined && wish.year !== undefined && Math.abs(year - wish.year) > 1 && share < 0.3) return ANOTHER
  return Math.max(ALONE, share)
}

function within(wish: FilmWish, { video }: { video: VideoFile }): number {
  return Number(isVideoWithin(video.release, wish.quality_limit))
}

/** CD1 and CD2, and not the same film twice. */
function arePart(first: VideoFile, second: VideoFile): boolean {
  return first.release.quality === second.release.quality
}
