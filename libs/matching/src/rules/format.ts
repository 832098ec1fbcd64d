import type { MatchRequest } from '../match-request.js'
import { depthWorth } from './bit-depth.js'
import type { Evidence, Verdict } from './rule.js'
import { bytesOfMusic, wantedDuration } from './size.js'

/** What makes a file large and not better. */
const LOSSY_INSIDE = /\b(?:transcod(?:e|ed|es|ing)|up ?convert(?:ed)?|up ?scaled?|from mp3|lossy (?:master|web|source))\b/
/** Claims are taken at their word unless the files are clearly smaller. */
const BELIEVED = 0.8
/** Nobody is content with that without being asked. */
const LITTLE = 140
const LOSSLESS_WISHES = new Set(['flac', 'alac', 'wav'])

/** What is offered becomes what is wanted by conversion, so only what cannot be won back counts against it. */
export function formatRule(evidence: Evidence): Verdict | undefined {
  const { format, bitrate_kbps } = evidence.request.constraints
  const { lossless, bitrateKbps, name } = offered(evidence)
  const wishLossless = isLosslessWish(evidence.request)
  if (lossless === true && LOSSY_INSIDE.test(evidence.title.plain))
    return { code: 'format', points: wishLossless ? -0.4 : 0, text: `${name} that was made from lossy files` }
  if (lossless === true) {
    const { points, says } = (wishLossless && depthWorth(evidence)) || { points: 0.1, says: '' }
    return { code: 'format', points, text: `${name} is lossless${says}` }
  }
  if (lossless === undefined) return wishLossless ? undefined : { code: 'format', points: 0.03, text: 'the format is not told' }
  if (wishLossless) return { code: 'format', points: -0.3, text: `${name} is lossy, ${format} was wanted` }
  const enough = Math.min(bitrate_kbps ?? 192, 245)
  if (bitrateKbps === undefined) return { code: 'format', points: 0.05, text: `${name} of unknown bitrate` }
  if (bitrateKbps >= enough) return { code: 'format', points: bitrateKbps >= 245 ? 0.09 : 0.07, text: `${name} at ${bitrateKbps} kbit/s` }
  const little = bitrateKbps < Math.max(LITTLE, BELIEVED * enough)
  return { code: 'format', points: little ? -0.2 : -0.03, text: `${name} at ${bitrateKbps} kbit/s is less than wanted` }
}

export function isLosslessWish({ constraints }: Pick<MatchRequest, 'constraints'>): boolean {
  return LOSSLESS_WISHES.has(constraints.format)
}

/** Files tell the format for certain, the title only claims it. */
function offered(evidence: Evidence): { lossless: boolean | undefined; bitrateKbps?: number; name: string } {
  const { title, files } = evidence
  const chosen = new Set(files?.mapping.map((entry) => entry.torrent_file_path))
  const extensions = [...new Set(files?.audio.filter((file) => chosen.has(file.path)).map((file) => file.extension))]
  const { audio } = title
  const name = (extensions.length > 0 ? extensions : audio.formats).join('/').toUpperCase() || 'audio'
  if (extensions.length === 0) return { lossless: audio.lossless, bitrateKbps: audio.bitrateKbps, name }
  const lossless = files?.audio
    .filter((file) => chosen.has(file.path))
    .every((file) => file.lossless || (file.extension === 'm4a' && audio.formats.includes('alac')))
  return { lossless: lossless === true, bitrateKbps: trueBitrate(evidence), name }
}

/** By the files where their lengths are known: a claim of 320 does not make 128 better. */
function trueBitrate(evidence: Evidence): number | undefined {
  const claimed = evidence.title.audio.bitrateKbps
  const { secs, exact } = wantedDuration(evidence.request.tracks)
  if (!exact || evidence.files?.unmapped.length !== 0) return claimed
  const measured = Math.round((bytesOfMusic(evidence) * 8) / secs / 1000)
  return claimed === undefined || measured < BELIEVED * claimed ? measured : claimed
}
