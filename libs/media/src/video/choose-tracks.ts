import { languageOf } from './languages.js'
import type { AudioTrack, SubtitleTrack, VideoInfo } from './video-info.js'
import type { VideoProfile } from './video-profile.js'

export interface ChosenTracks {
  audio: AudioTrack[]
  subtitles: SubtitleTrack[]
  notes: string[]
}

const FITS_MP4 = ['aac', 'ac3', 'eac3', 'mp3', 'alac', 'opus', 'flac']

/** Tracks of the wished languages, the first of them first. A film is not left without sound because nobody speaks the right language. */
export function chooseTracks(info: Pick<VideoInfo, 'audio' | 'subtitles'>, profile: VideoProfile): ChosenTracks {
  const notes: string[] = []
  const spoken = ofLanguages(info.audio, profile.audioLanguages)
  if (spoken.length === 0 && info.audio.length > 0)
    notes.push('none of its sound is in a language that was asked for, so all of it is kept')
  const read = ofLanguages(info.subtitles, profile.subtitleLanguages)
  const subtitles = profile.container === 'mp4' ? read.filter(({ text }) => text) : read
  if (subtitles.length < read.length) notes.push(`${read.length - subtitles.length} tracks of drawn subtitles have no place in MP4`)
  return { audio: spoken.length > 0 ? spoken : info.audio, subtitles, notes }
}

function ofLanguages<T extends { language?: string }>(tracks: readonly T[], wanted: readonly string[] | undefined): T[] {
  if (!wanted) return [...tracks]
  const ranks = wanted.map((code) => languageOf(code))
  return ranks.flatMap((language) => (language === undefined ? [] : tracks.filter((track) => languageOf(track.language) === language)))
}

/** What becomes of a track's sound: copied where it was asked for and the container takes it. */
export function audioEncoder({ codec }: AudioTrack, { audio, container }: VideoProfile): 'copy' | 'aac' | 'libopus' {
  if (audio === 'keep') return container === 'mkv' || FITS_MP4.includes(codec) ? 'copy' : 'aac'
  if (codec === audio) return 'copy'
  return audio === 'aac' ? 'aac' : 'libopus'
}

export function subtitleEncoder({ codec }: SubtitleTrack, { container }: VideoProfile): 'copy' | 'mov_text' | 'srt' {
  if (container === 'mp4') return codec === 'mov_text' ? 'copy' : 'mov_text'
  return codec === 'mov_text' ? 'srt' : 'copy'
}
