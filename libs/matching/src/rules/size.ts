import type { TitleFacts } from '../title/read-title.js'
import type { AudioFacts } from '../title/tags.js'
import type { Evidence, Verdict } from './rule.js'

const SHORTEST_TRACK_SECS = 30
const USUAL_TRACK_SECS = 240
const TOLERANCE = 0.25

export interface Duration {
  secs: number
  /** All wanted tracks tell their length. */
  exact: boolean
}

export function wantedDuration(tracks: readonly { requested: boolean; duration_secs?: number }[]): Duration {
  const wanted = tracks.filter((track) => track.requested)
  const known = wanted.flatMap((track) => track.duration_secs ?? [])
  const exact = known.length === wanted.length
  const missing = wanted.length - known.length
  return { secs: known.reduce((sum, secs) => sum + secs, 0) + missing * USUAL_TRACK_SECS, exact }
}

/** What the torrent must weigh for its claim: a "FLAC album" of 20 MB is none. */
export function sizeRule(evidence: Evidence): Verdict | undefined {
  const { request, candidate, title } = evidence
  const bytes = bytesOfMusic(evidence)
  if (bytes === 0) return undefined
  const { secs, exact } = wantedDuration(request.tracks)
  const count = request.tracks.filter((track) => track.requested).length
  const [low, high] = bytesPerSecond(evidence)
  const least = (exact ? secs : count * SHORTEST_TRACK_SECS) * low
  const most = secs * high * (exact ? 1 : 2)
  const told = `${Math.round(bytes / 1e6)} MB`
  if (bytes < least * 0.4) return { code: 'too_small', points: -1, text: `${told} cannot hold the music`, reject: true }
  if (bytes < least * (1 - TOLERANCE)) return { code: 'too_small', points: -0.2, text: `${told} is little for the music` }
  const more = request.request_scope === 'individual_tracks' || title.discography || evidence.files !== undefined
  if (bytes > most * 3 && !more) return { code: 'too_large', points: -0.1, text: `${told} is far more than the music needs` }
  if (bytes > most * (1 + TOLERANCE) && !more) return { code: 'too_large', points: -0.03, text: `${told} is more than the music needs` }
  return candidate.size_bytes > 0 ? { code: 'size', points: 0, text: `${told} is plausible` } : undefined
}

/** Playing time of so many bytes, where the title tells a constant bitrate. */
export function durationBySize({ audio, discography }: TitleFacts, bytes: number): number | undefined {
  if (discography || bytes === 0 || !hasConstantBitrate(audio)) return undefined
  return Math.round((bytes * 8) / ((audio.bitrateKbps ?? 0) * 1000))
}

/** Variable rates are no round numbers. */
export function hasConstantBitrate({ bitrateKbps, formats }: AudioFacts): boolean {
  return bitrateKbps !== undefined && bitrateKbps % 32 === 0 && formats.includes('mp3')
}

/** Of the files that are wanted, where they are known. */
export function bytesOfMusic({ candidate, files }: Evidence): number {
  if (!files || files.mapping.length === 0) return candidate.size_bytes
  const chosen = new Set(files.mapping.map((entry) => entry.torrent_file_path))
  return files.audio.filter((file) => chosen.has(file.path)).reduce((sum, file) => sum + file.sizeBytes, 0)
}

function bytesPerSecond({ title }: Evidence): [number, number] {
  const { lossless, bitrateKbps, bitDepth } = title.audio
  if (lossless === false && bitrateKbps !== undefined) return [bitrateKbps * 110, bitrateKbps * 140]
  if (lossless === false) return [8_000, 45_000]
  if (lossless === true) return [50_000, bitDepth === 24 || title.audio.formats.includes('dsd') ? 1_200_000 : 180_000]
  return [6_000, 400_000]
}
