import type { Quality } from '../../release-name/parsed-release.js'
import type { EpisodesWish, FilmWish, VideoWish, WantedEpisode } from '../../video/video-wish.js'
import type { Offer } from '../eval-case.js'
import type { EvalFile } from '../files.js'

export interface VideoCase {
  kind: string
  name: string
  wish: VideoWish
  offers: Offer[]
}

export function videoCase(kind: string, name: string, wish: VideoWish, ...offers: Offer[]): VideoCase {
  return { kind, name, wish, offers }
}

export interface FilmOptions {
  minutes?: number
  original?: string
  titles?: string[]
  limit?: Quality
}

export function film(title: string, year: number | undefined, { minutes, original, titles, limit }: FilmOptions = {}): FilmWish {
  return {
    kind: 'film',
    id: 'film',
    title,
    ...(original ? { original_title: original } : {}),
    ...(titles ? { titles } : {}),
    ...(year ? { year } : {}),
    ...(minutes ? { runtime_secs: minutes * 60 } : {}),
    quality_limit: limit ?? '1080p',
  }
}

export interface EpisodesOptions {
  year?: number
  titles?: string[]
  limit?: Quality
  minutes?: number
  /** Names of the wanted episodes, parted by "|". */
  names?: string
  /** What the first episode of the season counts through all seasons. */
  absolute?: number
  /** Day of the first wanted episode; the next ones follow daily. */
  aired?: string
}

/** `numbers` as "3" or "1-10"; the id of episode 3 is e3. */
export function episodes(show: string, season: number, numbers: string, options: EpisodesOptions = {}): EpisodesWish {
  const [first = 1, last = first] = numbers.split('-').map(Number)
  const names = options.names?.split('|').map((name) => name.trim()) ?? []
  const wanted = Array.from({ length: last - first + 1 }, (_, index): WantedEpisode => {
    const number = first + index
    return {
      id: `e${number}`,
      number,
      ...(names[index] ? { title: names[index] } : {}),
      ...(options.absolute ? { absolute: options.absolute + number - 1 } : {}),
      ...(options.aired ? { air_date: dayAfter(options.aired, index) } : {}),
    }
  })
  return {
    kind: 'episodes',
    show,
    ...(options.titles ? { titles: options.titles } : {}),
    ...(options.year ? { year: options.year } : {}),
    season,
    episodes: wanted,
    ...(options.minutes ? { runtime_secs: options.minutes * 60 } : {}),
    quality_limit: options.limit ?? '1080p',
  }
}

function dayAfter(day: string, days: number): string {
  return new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10)
}

/** A file of so many MB; `is` names what it truly is: film, e3, or e3+e4 where two are in it. */
export function file(path: string, mb: number, is?: string): EvalFile {
  return { path, size_bytes: Math.round(mb * 1_000_000), ...(is ? { is } : {}) }
}

/** Files of a season as `name` names each; `ours` is the season that is wanted. */
export function season(numbers: string, mb: number, name: (nn: string, number: number) => string, ours = true): EvalFile[] {
  const [first = 1, last = first] = numbers.split('-').map(Number)
  return Array.from({ length: last - first + 1 }, (_, index) => {
    const number = first + index
    // No two encodings weigh the same.
    return file(name(String(number).padStart(2, '0'), number), mb * (0.9 + ((number * 37) % 20) / 100), ours ? `e${number}` : undefined)
  })
}
