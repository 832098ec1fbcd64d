export type Quality =
  | '4320p'
  | '2160p'
  | '1440p'
  | '1080p'
  | '1080i'
  | '720p'
  | '576p'
  | '576i'
  | '540p'
  | '480p'
  | '480i'
  | '360p'
  | '240p'

export type ReleaseSource =
  | 'bluray'
  | 'hddvd'
  | 'webdl'
  | 'webrip'
  | 'web'
  | 'hdrip'
  | 'hdtv'
  | 'tv'
  | 'dvd'
  | 'screener'
  | 'telecine'
  | 'telesync'
  | 'cam'
  | 'workprint'
  | 'vhs'
  | 'cd'
  | 'vinyl'
  | 'sacd'
  | 'cassette'
  | 'radio'

/** What every release name may say. Whatever it does not say is absent. */
interface AnyRelease {
  year?: number
  source?: ReleaseSource
  group?: string
  proper: boolean
  repack: boolean
  /** Language codes of ISO 639-1, `multi` where several are meant without a name. */
  languages: string[]
  /** Director's cut, deluxe, remastered and the like, in lower case. */
  editions: string[]
}

/** A film or an episode, as its release name tells it. */
export interface ParsedRelease extends AnyRelease {
  title: string
  /** Other names it gives to the same work. */
  aliases: string[]
  /** US or UK, where it tells shows of one name apart. */
  country?: string
  /** The first of `seasons` and of `episodes`. */
  season?: number
  episode?: number
  seasons: number[]
  episodes: number[]
  /** Number counted through all seasons, as anime has it. */
  absolute?: number
  /** Day of a daily show, as 2024-01-31. */
  date?: string
  /** Whole seasons, or the whole show. */
  pack: boolean
  quality?: Quality
  codec?: string
  audio: string[]
  hdr: string[]
  bit_depth?: number
}

/** An album, single or discography, as its release name tells it. */
export interface ParsedMusicRelease extends AnyRelease {
  artist?: string
  album?: string
  /** The same name in another script, where the release has both. */
  artist_also?: string
  album_also?: string
  /** What stands in brackets behind the album and is no known tag: guests, colours, versions. */
  notes: string[]
  /** The last year, where a run of years is named; `year` is the first. */
  year_to?: number
  discography: boolean
  /** Number of discs or albums in it, where it is told. */
  discs?: number
  audio_format?: string
  /** kbit/s, or the name of a variable rate. */
  bitrate?: number | 'V0' | 'V1' | 'V2'
  sample_rate?: number
  bit_depth?: number
  /** Single, EP, live, compilation, soundtrack, bootleg ... in lower case. */
  kinds: string[]
}
