import type { AudioInfo } from '../probe/media-info.js'
import { isLossless } from './codecs.js'
import { type DiscSpan, FRAMES_PER_SECOND } from './conversion.js'
import { HDCD_DECODER } from './hdcd.js'
import type { Target } from './target.js'

/** Demuxers that seek to the very sample; the others are read from the start. */
const SEEKABLE = ['flac', 'wav']

export interface FilterPlan {
  source: AudioInfo
  sourceFormat: string
  target: Target
  span?: DiscSpan
  soxr: boolean
  /** Decibels to turn down by, so that nothing clips. */
  attenuationDb?: number
}

/** The way of the samples from the decoder to the encoder. */
export function audioFilters(plan: FilterPlan): string[] {
  const { span, target, attenuationDb = 0 } = plan
  const filters: string[] = plan.source.hdcd ? [HDCD_DECODER] : []
  if (span) filters.push(trim(plan, span), 'asetpts=PTS-STARTPTS')
  if (attenuationDb > 0) filters.push('aformat=sample_fmts=dbl', `volume=-${attenuationDb.toFixed(3)}dB:precision=double`)
  filters.push(...resamplers(plan))
  if (target.format === 'opus') filters.push(`aformat=channel_layouts=${OPUS_LAYOUTS}`)
  return filters
}

/** Whole seconds that need not be read before the span begins. */
export function seekSecs({ span, sourceFormat }: Pick<FilterPlan, 'span' | 'sourceFormat'>): number {
  if (!span || !SEEKABLE.includes(sourceFormat)) return 0
  return Math.max(0, Math.floor(span.from / FRAMES_PER_SECOND) - 1)
}

export function spanSecs({ from, to }: DiscSpan, totalSecs: number | null): number | null {
  const end = to === undefined ? totalSecs : to / FRAMES_PER_SECOND
  return end === null ? null : Math.max(0, end - from / FRAMES_PER_SECOND)
}

/** Whether the samples are computed anew, and may then come out louder than full scale. */
export function mayClip({ source, target }: Pick<FilterPlan, 'source' | 'target'>): boolean {
  return target.lossless && (!isLossless(source.codec) || reshaped(source, target))
}

function trim({ source, sourceFormat, span }: FilterPlan, { from, to }: DiscSpan): string {
  const skipped = seekSecs({ span, sourceFormat })
  const sampleOf = (frames: number) => Math.round((frames / FRAMES_PER_SECOND - skipped) * source.sampleRateHz)
  const end = to === undefined ? '' : `:end_sample=${sampleOf(to)}`
  return `atrim=start_sample=${sampleOf(from)}${end}`
}

/**
 * Mixes channels too, where that is due; options do not reach a filter that ffmpeg puts in by itself. It ends in floating point,
 * since soxr shortens samples with a noise that is another one each time, and the same input is to give the same bytes.
 */
function resamplers({ source, target, soxr }: FilterPlan): string[] {
  const exact = isLossless(source.codec) && (source.bitDepth ?? 16) <= target.bitDepth
  const resampled = reshaped(source, target)
  const dithered = target.lossless && target.bitDepth === 16 && (resampled || !exact)
  const engine = soxr ? 'resampler=soxr:precision=28' : 'filter_size=64:cutoff=0.97'
  return [
    ...(resampled ? [`aresample=osr=${target.sampleRateHz}:osf=dbl:rematrix_maxval=1:${engine}`] : []),
    ...(dithered ? ['aresample=rematrix_maxval=1:dither_method=triangular'] : []),
  ]
}

function reshaped(source: AudioInfo, target: Target): boolean {
  return source.sampleRateHz !== target.sampleRateHz || source.channels > target.channels
}

/** libopus refuses the side variants of surround layouts; the filter turns them into what it knows. */
const OPUS_LAYOUTS = 'mono|stereo|3.0|quad|5.0|5.1|6.1|7.1'
