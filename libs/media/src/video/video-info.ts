export interface VideoTrack {
  index: number
  codec: string
  width: number
  height: number
  /** More than eight bits to a colour. */
  deep: boolean
}

export interface AudioTrack {
  index: number
  codec: string
  channels: number
  /** As the file says it. */
  language?: string
  title?: string
  default: boolean
}

export interface SubtitleTrack {
  index: number
  codec: string
  /** Letters, not pictures of them. */
  text: boolean
  language?: string
  title?: string
  default: boolean
  forced: boolean
}

export interface VideoInfo {
  format: string
  durationSecs: number | null
  durationEstimated: boolean
  sizeBytes: number
  video: VideoTrack | null
  audio: AudioTrack[]
  subtitles: SubtitleTrack[]
}
