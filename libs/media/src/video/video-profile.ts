export type VideoCodec = 'h264' | 'h265' | 'av1'

/** What a film is to become. */
export interface VideoProfile {
  container: 'mkv' | 'mp4'
  /** `keep` copies the pictures as they are, whatever else is asked for. */
  video: 'keep' | VideoCodec
  /** Larger pictures are made smaller; smaller ones stay. Lines of a picture of 16:9. */
  maxHeight?: number
  /** Of the encoder, lower is better; each codec has its own scale and default. */
  quality?: number
  /** Where a track can stay it does; `aac` and `opus` make one of whatever it was. */
  audio: 'keep' | 'aac' | 'opus'
  /** In the order of their worth, as `en` or `eng`; unset: all tracks. */
  audioLanguages?: readonly string[]
  /** Unset: all of them; empty: none. */
  subtitleLanguages?: readonly string[]
}
