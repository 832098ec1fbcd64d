export interface AudioInfo {
  codec: string
  sampleRateHz: number
  channels: number
  bitrateKbps: number | null
  bitDepth: number | null
  /** Its lowest bits hold codes for an HDCD decoder, and it is to be read through one: see `convert/hdcd.ts`. */
  hdcd?: true
}

export interface MediaInfo {
  format: string
  /** Of the audio stream where it has one of its own. */
  durationSecs: number | null
  /** The container does not tell its length: ffprobe guessed it from size and bitrate. */
  durationEstimated: boolean
  bitrateKbps: number | null
  sizeBytes: number
  audio: AudioInfo | null
  /** Pictures attached to audio are not counted here. */
  videoStreams: number
  attachedPictures: number
  /** Keys in lower case, of container and audio stream together. */
  tags: Record<string, string>
}

/** What sound is, as far as a conversion asks. */
export type SoundInfo = Omit<MediaInfo, 'tags'>

/** Of a file with one stream that tells its length. */
export function sizedSound(
  sound: Omit<SoundInfo, 'durationEstimated' | 'bitrateKbps' | 'videoStreams'> & { durationSecs: number },
): SoundInfo {
  const bitrateKbps = Math.round((sound.sizeBytes * 8) / sound.durationSecs / 1000)
  return { ...sound, durationEstimated: false, bitrateKbps, videoStreams: 0 }
}
