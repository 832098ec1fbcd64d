import { mkdir, rename, rm, stat } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { StageError } from '@torrentino/domain'
import { prepareCover } from '../covers/prepare-cover.js'
import { publishFile } from '../files/durable.js'
import { aborted, fileStageError } from '../files/file-errors.js'
import { requireSpace } from '../files/free-space.js'
import { hashFile } from '../files/hash-file.js'
import { inspectSound } from '../probe/inspect-sound.js'
import type { SoundInfo } from '../probe/media-info.js'
import type { Loudness, Picture } from '../tags/audio-tags.js'
import { writeTags } from '../tags/write-tags.js'
import { checkResult, requireOutput } from './check-result.js'
import type { ConversionJob, ConversionOptions, ConversionResult, CoverOutcome } from './conversion.js'
import { estimateBytes, requireFits } from './estimate-size.js'
import { spanSecs } from './filters.js'
import { DECODED_BITS, findHdcd } from './hdcd.js'
import { timeLimitMs } from './limits.js'
import { type AudioWork, makeAudio } from './make-audio.js'
import { measureLevels } from './measure-levels.js'
import { containerOf, planConversion } from './plan-conversion.js'

type Source = AudioWork['source']

interface Run extends AudioWork {
  /** Pieces of work beside the part; none of them outlives the run. */
  scratch: { tagged: string; cover: string }
}

/** Converts one file. The output appears only when it is complete, checked and on disk; running it again replaces it. */
export async function convertAudio(job: ConversionJob, options: ConversionOptions): Promise<ConversionResult> {
  if (options.signal?.aborted) throw aborted('Converting')
  const paths = { ...job, input: resolve(job.input), output: resolve(job.output) }
  const found = withAudio(await inspectSound(paths.input, options), paths.input)
  const total = found.durationSecs ?? job.expectedDurationSecs ?? null
  const { source, notes } = await readHdcd(found, paths, total, options)
  const plan = planConversion(paths, source, options)
  plan.notes.push(...notes)
  const seconds = job.span ? spanSecs(job.span, total) : total
  const scratch = { tagged: `${paths.output}.tagged.part`, cover: `${paths.output}.cover.part` }
  const run: Run = { job: paths, options, source, plan, part: `${paths.output}.part`, seconds, scratch }
  try {
    return await convertInto(run)
  } catch (error) {
    if (options.signal?.aborted) throw aborted('Converting')
    throw fileStageError(error, paths.output)
  } finally {
    await Promise.all([run.part, scratch.tagged, scratch.cover].map((path) => rm(path, { force: true })))
  }
}

async function convertInto(run: Run): Promise<ConversionResult> {
  const { job, options, plan, part } = run
  requireFits(plan, run.source.sizeBytes, run.seconds)
  await mkdir(dirname(job.output), { recursive: true })
  const picture = await coverOf(run)
  await requireSpace(dirname(job.output), estimateBytes(plan, run.source.sizeBytes, run.seconds, picture?.data.length ?? 0))

  await makeAudio(run)
  await requireOutput(part)
  await tag(run, picture)
  const info = await checkResult(run)
  const sha256 = await hashFile(part, options.signal)
  await publishFile(part, job.output)
  options.onProgress?.(100)
  const { size } = await stat(job.output)
  const cover = coverOutcome(run, picture)
  const { method, notes } = plan
  return { output: job.output, sizeBytes: size, durationSecs: info.durationSecs ?? 0, sha256, info, cover, method, notes }
}

/** What is asked for as it came stays encoded. */
async function readHdcd(source: Source, { input, format }: ConversionJob, secs: number | null, options: ConversionOptions) {
  if (!options.decodeHdcd || format === 'original') return { source, notes: [] }
  const codes = await findHdcd(input, source.audio, { ...options, timeoutMs: timeLimitMs(secs, options) })
  if (codes === null) return { source, notes: [] }
  const decoded: Source = { ...source, audio: { ...source.audio, hdcd: true, bitDepth: DECODED_BITS } }
  return { source: decoded, notes: [`decoded as HDCD (${codes})`] }
}

/** A bad picture never costs the music: then it goes without. */
async function coverOf({ job, options, plan, scratch }: Run): Promise<Picture | null> {
  if (job.coverPath === undefined || plan.method === 'verbatim') return null
  return await prepareCover(job.coverPath, scratch.cover, { ...imageOptions(options), maxSide: options.coverMaxSide })
}

function imageOptions({ ffmpegPath, ffprobePath, signal }: ConversionOptions) {
  return { ffmpegPath, ffprobePath, signal }
}

function coverOutcome({ job, plan }: Run, picture: Picture | null): CoverOutcome {
  if (job.coverPath === undefined || plan.method === 'verbatim') return 'none'
  return picture ? 'embedded' : 'unusable'
}

async function tag(run: Run, picture: Picture | null): Promise<void> {
  const { job, plan, part, options, scratch } = run
  const container = containerOf(plan)
  if (!container) return
  const loudness = options.loudnessTags ? await loudnessOf(run) : undefined
  await writeTags(part, scratch.tagged, container, { tags: job.tags ?? {}, picture: picture ?? undefined, loudness }, options.signal)
  await rename(scratch.tagged, part)
}

async function loudnessOf({ part, options, seconds }: Run): Promise<Loudness | undefined> {
  const levels = await measureLevels({ input: part }, { ...options, timeoutMs: timeLimitMs(seconds, options) })
  return levels.loudness ?? undefined
}

function withAudio(source: SoundInfo, input: string): Source {
  const { audio } = source
  if (!audio) throw new StageError('permanent', 'media_unreadable', `${input} holds no audio`)
  return { ...source, audio }
}
