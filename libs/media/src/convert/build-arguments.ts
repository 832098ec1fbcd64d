import ffmpeg from 'fluent-ffmpeg'
import type { UsableImage } from '../covers/check-image.js'
import { guardsFor, MEDIA_GUARDS } from '../probe/input-guards.js'
import type { Target } from './target.js'

export interface ArgumentsPlan {
  input: string
  tagsFile: string
  /** Only where the container holds pictures as streams. */
  cover: UsableImage | null
  output: string
  target: Target
}

/** fluent-ffmpeg composes the command line and nothing else; its way of running programs is not used. */
export function buildArguments({ input, tagsFile, cover, output, target }: ArgumentsPlan): string[] {
  const { codec } = target
  const command = ffmpeg(input)
    .inputOptions(...MEDIA_GUARDS)
    .input(tagsFile)
    .inputOptions(...guardsFor('ffmetadata'))
  if (cover) command.input(cover.path).inputOptions(...guardsFor(cover.demuxer))

  command
    .output(output)
    .audioCodec(encoderOf(target))
    .audioFrequency(target.sampleRateHz)
    // Nothing of the source's tags, chapters or pictures; the same input gives the same bytes again.
    .outputOptions('-map', '0:a:0', '-map_metadata', '1', '-map_metadata:s:a:0', '-1', '-map_chapters', '-1')
    .outputOptions('-fflags', '+bitexact', '-flags:a', '+bitexact')
  if (target.format === 'opus') command.audioFilters(`aformat=channel_layouts=${OPUS_LAYOUTS}`)
  else command.audioChannels(target.channels)
  if (target.bitrateKbps !== null) command.audioBitrate(target.bitrateKbps)
  if (target.quality !== null) command.audioQuality(target.quality)
  if (sampleFormatOf(target)) command.outputOptions('-sample_fmt', sampleFormatOf(target))
  if (target.format === 'mp3') command.outputOptions('-id3v2_version', '3')
  if (cover) command.outputOptions(...COVER_STREAM)
  return command.format(codec.muxer)._getArguments()
}

/** libopus refuses the side variants of surround layouts; the filter turns them into what it knows. */
const OPUS_LAYOUTS = 'mono|stereo|3.0|quad|5.0|5.1|6.1|7.1'

const COVER_STREAM = [
  ...['-map', '2:v:0', '-c:v', 'copy', '-disposition:v:0', 'attached_pic'],
  ...['-metadata:s:v:0', 'title=Album cover', '-metadata:s:v:0', 'comment=Cover (front)'],
] as const

function encoderOf({ format, codec, bitDepth }: Target): string {
  return format === 'wav' && bitDepth === 24 ? 'pcm_s24le' : codec.encoder
}

/** 24 bits travel in 32-bit samples; without this, a lossy source would become a needlessly large lossless file. */
function sampleFormatOf({ format, bitDepth }: Target): string {
  if (format === 'flac') return bitDepth === 24 ? 's32' : 's16'
  if (format === 'alac') return bitDepth === 24 ? 's32p' : 's16p'
  return ''
}
