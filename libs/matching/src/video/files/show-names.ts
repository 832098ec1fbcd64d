import { titleAgreement } from '../title-agreement.js'
import { type EpisodesWish, titlesOf } from '../video-wish.js'
import type { VideoFile } from './read-video-file.js'

const OTHER_SHOW = 0.4
const STRANGE_SHOW = 0.7
const LIKE_SHOW = 0.9

/** How well the names of the files fit the show; undefined where they have none of their own. */
export function showsOf(wish: EpisodesWish, videos: VideoFile[]): Map<VideoFile, number> {
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
export function sharesOf(shows: Map<VideoFile, number>, videos: VideoFile[]): (video: VideoFile) => number {
  const fits = (video: VideoFile) => (shows.get(video) ?? 1) >= LIKE_SHOW
  const someFit = videos.some(fits)
  return (video) => {
    if (fits(video)) return 1
    if (someFit) return OTHER_SHOW
    return /\s/.test(video.release.title) ? STRANGE_SHOW : 1
  }
}
