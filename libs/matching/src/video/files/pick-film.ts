import type { TorrentFile } from '@torrentino/domain'
import type { Stepwise } from '../../in-turns.js'
import type { ParseRelease } from '../parse.js'
import { titleAgreement } from '../title-agreement.js'
import { type FilmWish, titlesOf } from '../video-wish.js'
import { type VideoMapping, videosOf } from './map-episodes.js'
import type { VideoFile } from './read-video-file.js'

/** Smaller than this share of the largest video is no film beside it. */
const FEATURE = 0.3
const ALONE = 0.95

/** Which file of the torrent is the film: the only large one, or in a collection the one that bears its name. */
export function* pickFilm(wish: FilmWish, files: readonly TorrentFile[], parse: ParseRelease): Stepwise<VideoMapping> {
  const videos = yield* videosOf(files, parse)
  const largest = videos.reduce((most, { sizeBytes }) => Math.max(most, sizeBytes), 0)
  const features = videos.filter(({ sizeBytes }) => sizeBytes >= FEATURE * largest)
  const [best] = features
    .map((file) => ({ file, share: features.length === 1 ? Math.max(ALONE, nameShare(wish, file)) : nameShare(wish, file) }))
    .sort((a, b) => b.share - a.share || b.file.sizeBytes - a.file.sizeBytes)
  if (!best || best.share < 0.5) return { mapping: [], confidence: 0, unmapped: [wish.id], videos: features }
  const entry = { catalog_track_id: wish.id, torrent_file_path: best.file.path, confidence: Math.round(best.share * 1000) / 1000 }
  return { mapping: [entry], confidence: entry.confidence, unmapped: [], videos: features }
}

/** Films of one series are told apart by their year where the names do not. */
function nameShare(wish: FilmWish, { release }: VideoFile): number {
  const named = titleAgreement(titlesOf(wish), [release.title])
  if (wish.year === undefined || release.year === undefined) return 0.95 * named
  return Math.abs(release.year - wish.year) <= 1 ? named : 0.4 * named
}
