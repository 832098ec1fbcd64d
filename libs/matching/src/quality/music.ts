import type { ParsedMusicRelease } from '../release-name/parsed-release.js'

export type MusicQuality = Pick<ParsedMusicRelease, 'audio_format' | 'bitrate' | 'sample_rate' | 'bit_depth'>

/** Ceilings from best to least. */
export const MUSIC_LIMITS = ['flac', 'alac', '320', '256', '192', '128'] as const
export type MusicLimit = (typeof MUSIC_LIMITS)[number]
export const DEFAULT_MUSIC_LIMIT: MusicLimit = 'flac'

/** Above every lossy rate. What is lossless in any other way can become FLAC without loss, but takes a conversion. */
const LOSSLESS: Record<string, number> = {
  flac: 2000,
  alac: 1900,
  wav: 1800,
  aiff: 1800,
  wavpack: 1800,
  ape: 1800,
  lossless: 1800,
  dsd: 1800,
}
const RANK_OF_LIMIT: Record<MusicLimit, number> = { flac: 2000, alac: 1900, '320': 320, '256': 256, '192': 192, '128': 128 }

/** MP3 rates that sound alike: newer codecs need less for the same. */
const WORTH: Record<string, number> = { opus: 1.5, aac: 1.25, ogg: 1.25, vorbis: 1.25, wma: 1, mp3: 1 }
/** Variable rates by what they sound like, which is more than their mean: V0 between 320 and 256, V2 at 192. */
const VARIABLE = { V0: 288, V1: 224, V2: 192 }
/** Of a lossy release that does not tell its rate. */
const UNTOLD: Record<string, number> = { opus: 192, aac: 224, ogg: 192 }
const UNTOLD_MP3 = 160

/** Whether it is no better than allowed. Of what tells neither format nor rate nothing is known that would exclude it. */
export function isMusicWithin(release: MusicQuality, limit: MusicLimit = DEFAULT_MUSIC_LIMIT): boolean {
  const { audio_format, bitrate } = release
  if (audio_format === undefined && bitrate === undefined) return true
  return musicRank(release) <= RANK_OF_LIMIT[limit]
}

/** Negative where `a` is the better one: format or rate, then depth and sample rate of what is lossless. */
export function compareMusic(a: MusicQuality, b: MusicQuality): number {
  return musicRank(b) - musicRank(a) || (isLossless(a) ? depth(b) - depth(a) || sampleRate(b) - sampleRate(a) : 0)
}

function isLossless({ audio_format }: Pick<MusicQuality, 'audio_format'>): boolean {
  return formatOf(audio_format) in LOSSLESS
}

/** Kilobits per second of an MP3 that sounds alike, up to 320; lossless formats rank above. */
function musicRank({ audio_format, bitrate }: MusicQuality): number {
  const format = formatOf(audio_format)
  const lossless = LOSSLESS[format]
  if (lossless !== undefined) return lossless
  if (bitrate === undefined) return UNTOLD[format] ?? UNTOLD_MP3
  const rate = typeof bitrate === 'number' ? bitrate * (WORTH[format] ?? 1) : VARIABLE[bitrate]
  return Math.min(320, rate)
}

function formatOf(name: string | undefined): string {
  return name?.toLowerCase() ?? ''
}

function depth({ bit_depth }: MusicQuality): number {
  return bit_depth ?? 16
}

function sampleRate({ sample_rate }: MusicQuality): number {
  return sample_rate ?? 44_100
}
