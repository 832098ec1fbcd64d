import { MEDIA_GUARDS } from '../probe/input-guards.js'
import type { AudioInfo } from '../probe/media-info.js'
import { isLossless } from './codecs.js'
import { ffmpegError } from './ffmpeg-errors.js'
import { type FfmpegOptions, runFfmpeg } from './run-ffmpeg.js'

/** Of a compact disc: the codes ride in the lowest of 16 bits, and decoding makes 20 of them. */
const DISC = { bitDepth: 16, channels: 2, sampleRateHz: 44_100 }
export const DECODED_BITS = 20

/** Told not to, it would forbid every conversion of samples behind it. */
export const HDCD_DECODER = 'hdcd=disable_autoconvert=0'

/**
 * What its codes ask of a player, in ffmpeg's words, or null: there are none, or none that would change a sample. Only the whole
 * track tells: the filter turns what it lets through down by 6 dB, so it must not be put over music that has no codes.
 */
export async function findHdcd(input: string, audio: AudioInfo, options: FfmpegOptions): Promise<string | null> {
  if (!mayCarryCodes(audio)) return null
  const read = [...MEDIA_GUARDS, '-i', input, '-map', '0:a:0', '-af', HDCD_DECODER]
  const end = await runFfmpeg(['-loglevel', 'info', ...read, '-c:a', 'pcm_s32le', '-f', 'null', '-'], options)
  const error = ffmpegError(end, options.ffmpegPath, input)
  if (error) throw error
  return readVerdict(end.stderr)
}

function mayCarryCodes({ codec, bitDepth, channels, sampleRateHz }: AudioInfo): boolean {
  return isLossless(codec) && bitDepth === DISC.bitDepth && channels === DISC.channels && sampleRateHz === DISC.sampleRateHz
}

function readVerdict(log: string): string | null {
  const verdict = /HDCD detected: yes, (.+)/.exec(log)?.[1]?.trim()
  if (verdict === undefined || /peak_extend: never enabled, max_gain_adj: 0\.0 dB/.test(verdict)) return null
  return verdict
}
