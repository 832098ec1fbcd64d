/** Identifiers of MusicBrainz, each a UUID. */
export interface MusicBrainzIds {
  recording?: string
  /** The recording's place on this very release. */
  track?: string
  release?: string
  releaseGroup?: string
  artists?: readonly string[]
  albumArtists?: readonly string[]
}

/** How loud the track is, measured over all of it. */
export interface Loudness {
  /** Integrated, in LUFS. */
  integrated: number
  /** Highest sample, 1 is full scale. */
  peak: number
}

export interface AudioTags {
  title?: string
  /** As it stands on the cover: "A feat. B". */
  artist?: string
  /** Each of them by name, where there are several. */
  artists?: readonly string[]
  album?: string
  albumArtist?: string
  track?: number
  trackTotal?: number
  disc?: number
  discTotal?: number
  year?: number
  genre?: string
  musicbrainz?: MusicBrainzIds
}

/** A front cover. */
export interface Picture {
  mime: string
  width: number
  height: number
  data: Buffer
}

/** All that a file is given beside its audio. */
export interface TagSet {
  tags: AudioTags
  picture?: Picture
  loudness?: Loudness
}
