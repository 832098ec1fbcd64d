import type { ParsedRelease } from '../../release-name/parsed-release.js'
import { wordsOf } from '../../text/plain-text.js'
import { similarity } from '../../text/similarity.js'
import { covers } from '../numbering.js'
import type { EpisodesWish, WantedEpisode } from '../video-wish.js'
import type { VideoFile } from './read-video-file.js'

const SURE = 0.95
const WITHOUT_SEASON = 0.9
const BY_TITLE = 0.85
const UNCERTAIN = 0.6

export interface Wanted {
  episode: WantedEpisode
  /** Of its title, and of the titles of the other wanted episodes. */
  words: string[]
  others: string[][]
}

/** `byTitle`: false where there are too many pairs to compare the titles of all. */
export function wantedEpisodes({ episodes }: EpisodesWish, byTitle: boolean): Wanted[] {
  const titles = episodes.map(({ title }) => (byTitle ? wordsOf(title ?? '') : []))
  return episodes.map((episode, row) => ({ episode, words: titles[row] ?? [], others: titles.filter((_title, at) => at !== row) }))
}

/** 0..1: how sure the file is the episode. */
export function episodeScore(wish: EpisodesWish, { episode, words, others }: Wanted, video: VideoFile, torrent: ParsedRelease): number {
  const title = titleShare(words, video)
  const numbered = video.episodes.length > 0 || video.absolute !== undefined || video.date !== undefined
  if (!numbered) return title !== undefined && title >= 0.9 && (wish.season === 0 || inSeason(wish, video)) ? BY_TITLE : 0
  const bySeason = numberScore(wish, episode, video, torrent)
  // A title that says otherwise: discs count differently from what was aired.
  if (bySeason > 0)
    return title !== undefined && title < 0.3 && others.some((other) => other.length > 1 && titleShare(other, video) === 1)
      ? UNCERTAIN
      : bySeason
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

/** How much of the episode's title the file's name holds; nothing is said by a title that is too short, or none. */
function titleShare(title: string[], { words }: VideoFile): number | undefined {
  if (title.join('').length < 4) return undefined
  const held = title.filter((word) => words.includes(word)).length / title.length
  return Math.max(held, similarity(title, words))
}
