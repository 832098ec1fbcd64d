import { StageError } from '@torrentino/domain'
import type { AudioInfo, SoundInfo } from '../probe/media-info.js'
import type { Container } from '../tags/write-tags.js'
import { type Codec, codecOf } from './codecs.js'
import type { ConversionJob, ConversionOptions } from './conversion.js'
import { isAlready, upscaling } from './quality.js'
import { chooseTarget, type EncodedWish, type Target } from './target.js'

export type ConversionPlan =
  | { method: 'encoded'; target: Target; notes: string[] }
  | { method: 'copied'; codec: Codec; notes: string[] }
  | { method: 'verbatim'; notes: string[] }

/** What has to be done so that the source becomes what was asked for, and no more than that. */
export function planConversion(
  job: ConversionJob,
  source: SoundInfo & { audio: AudioInfo },
  { upscale = 'flag' }: Pick<ConversionOptions, 'upscale'> = {},
): ConversionPlan {
  if (job.format === 'original' && !job.span) return planOriginal(job, source)
  const wish = encodedWish(job, source.audio)
  const target = chooseTarget(wish, source.audio)
  const notes = upscaling(wish, source.audio, target)
  if (upscale === 'refuse' && notes.length > 0)
    throw new StageError('permanent', 'would_upscale', `It would not get better by being made larger: ${notes.join('; ')}`)
  if (!job.span && isAlready(source.audio, target)) return { method: 'copied', codec: target.codec, notes }
  return { method: 'encoded', target, notes }
}

/** A part of a disc cannot stay as it is; what loses nothing comes nearest. */
function encodedWish(job: ConversionJob, source: AudioInfo): EncodedWish {
  const { format } = job
  if (format !== 'original') return { ...job, format }
  return { format: codecOf(source.codec)?.probedAs.includes('alac') ? 'alac' : 'flac' }
}

function planOriginal(job: ConversionJob, source: SoundInfo & { audio: AudioInfo }): ConversionPlan {
  if (!job.tags && job.coverPath === undefined) return { method: 'verbatim', notes: [] }
  const codec = codecOf(source.audio.codec)
  if (codec && sameContainer(codec, source.format)) return { method: 'copied', codec, notes: [] }
  return { method: 'verbatim', notes: [`it keeps the tags it came with: nothing can be written into ${source.format}`] }
}

/** Of what comes out; none where the file stays as it is, whatever it is. */
export function containerOf(plan: ConversionPlan): Container | undefined {
  if (plan.method === 'verbatim') return undefined
  return plan.method === 'copied' ? plan.codec.container : plan.target.codec.container
}

/** ffprobe calls containers as we do, beside other names of theirs. */
function sameContainer({ container }: Codec, format: string): boolean {
  return format.split(',').includes(container)
}
