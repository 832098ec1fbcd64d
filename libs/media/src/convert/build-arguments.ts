import ffmpeg from 'fluent-ffmpeg'
import { DECODING_GUARDS, MEDIA_GUARDS } from '../probe/input-guards.js'
import type { Codec } from './codecs.js'
import type { Target } from './target.js'

/** Nothing of the source's tags, chapters or pictures; the same input gives the same bytes again. */
const AUDIO_ALONE = ['-map', '0:a:0', '-map_metadata', '-1', '-map_metadata:s:a:0', '-1', '-map_chapters', '-1', '-fflags', '+bitexact']

interface Files {
  input: string
  output: string
}

export interface EncodePlan extends Files {
  seekSecs: number
  filters: string[]
  target: Target
}

/** fluent-ffmpeg composes the command line and nothing else; its way of running programs is not used. */
export function encodeArguments({ input, output, seekSecs, filters, target }: EncodePlan): string[] {
  const command = ffmpeg(input).inputOptions(...DECODING_GUARDS)
  if (seekSecs > 0) command.seekInput(seekSecs)
  command
    .output(output)
    .audioCodec(encoderOf(target))
    .audioFrequency(target.sampleRateHz)
    .outputOptions(...AUDIO_ALONE, '-flags:a', '+bitexact')
  if (filters.length > 0) command.audioFilters(filters)
  if (target.format !== 'opus') command.audioChannels(target.channels)
  if (target.bitrateKbps !== null) command.audioBitrate(target.bitrateKbps)
  if (target.quality !== null) command.audioQuality(target.quality)
  if (sampleFormatOf(target)) command.outputOptions('-sample_fmt', sampleFormatOf(target))
  return finish(command, target.codec)
}

/** The packets as they are, in a fresh file. */
export function copyArguments({ input, output, codec }: Files & { codec: Codec }): string[] {
  const command = ffmpeg(input)
    .inputOptions(...MEDIA_GUARDS)
    .output(output)
    .outputOptions(...AUDIO_ALONE, '-c:a', 'copy')
  return finish(command, codec)
}

function finish(command: ffmpeg.FfmpegCommand, { muxer }: Codec): string[] {
  // Our own tags come later; an empty one would only be in their way.
  if (muxer === 'mp3') command.outputOptions('-id3v2_version', '0')
  return command.format(muxer)._getArguments()
}

function encoderOf({ format, codec, bitDepth }: Target): string {
  return format === 'wav' && bitDepth === 24 ? 'pcm_s24le' : codec.encoder
}

/** 24 bits travel in 32-bit samples; without this, a lossy source would become a needlessly large lossless file. */
function sampleFormatOf({ format, bitDepth }: Target): string {
  if (format === 'flac') return bitDepth === 24 ? 's32' : 's16'
  if (format === 'alac') return bitDepth === 24 ? 's32p' : 's16p'
  return ''
}
