import type { Quality } from '../release-name/parsed-release.js'

/** A film that is wanted. */
export interface FilmWish {
  kind: 'film'
  /** Of the item that the film's file becomes. */
  id: string
  title: string
  original_title?: string
  /** Further names it goes by. */
  titles?: string[]
  year?: number
  runtime_secs?: number
  quality_limit: Quality
}

export interface WantedEpisode {
  id: string
  number: number
  title?: string
  /** As 2024-01-31: daily shows are named by it. */
  air_date?: string
  /** Counted through all seasons, as anime is. */
  absolute?: number
}

/** Episodes of one season that are wanted; season 0 holds the specials. */
export interface EpisodesWish {
  kind: 'episodes'
  show: string
  titles?: string[]
  /** Of the show's first episode. */
  year?: number
  season: number
  episodes: WantedEpisode[]
  /** Of one episode. */
  runtime_secs?: number
  quality_limit: Quality
}

export type VideoWish = FilmWish | EpisodesWish

export function titlesOf(wish: VideoWish): string[] {
  const own = wish.kind === 'film' ? [wish.title, wish.original_title ?? ''] : [wish.show]
  return [...own, ...(wish.titles ?? [])].filter((title) => title !== '')
}
