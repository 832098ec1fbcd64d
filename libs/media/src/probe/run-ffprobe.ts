import { StageError } from '@torrentino/domain'
import { aborted } from '../files/file-errors.js'
import { type ProcessEnd, startProcess } from '../process/run-process.js'
import { ProbedMedia } from './ffprobe-output.js'

export interface ProbeOptions {
  ffprobePath: string
  timeoutMs?: number
  signal?: AbortSignal
}

const MAX_OUTPUT_BYTES = 4 * 1024 * 1024
const STREAM_FIELDS =
  'index,codec_type,codec_name,sample_rate,channels,bit_rate,bits_per_sample,bits_per_raw_sample,duration,width,height,pix_fmt'
const ENTRIES = `format=format_name,duration,bit_rate,size:format_tags:stream=${STREAM_FIELDS}:stream_disposition=attached_pic,default,forced:stream_tags`

/** What ffprobe says about an absolute path, bounded in time and size, with its warnings. */
export async function runFfprobe(
  path: string,
  guards: readonly string[],
  { ffprobePath, timeoutMs = 30_000, signal }: ProbeOptions,
): Promise<{ media: ProbedMedia; warnings: string }> {
  const args = ['-hide_banner', '-v', 'warning', ...guards, '-show_entries', ENTRIES, '-of', 'json', '-i', path]
  const chunks: Buffer[] = []
  let size = 0
  const running = startProcess(ffprobePath, args, {
    signal,
    timeoutMs,
    killGraceMs: 500,
    onStdout(chunk) {
      size += chunk.length
      if (size > MAX_OUTPUT_BYTES) return running.stop('overflow')
      chunks.push(chunk)
    },
  })
  const end = await running.ended
  throwUnlessProbed(end, path, ffprobePath)
  return { media: parseOutput(Buffer.concat(chunks).toString('utf8'), path), warnings: end.stderr }
}

export function unreadable(path: string, why: string, cause?: unknown): StageError {
  return new StageError('permanent', 'media_unreadable', `${path} is not readable media: ${why}`, { cause })
}

function throwUnlessProbed(end: ProcessEnd, path: string, ffprobePath: string): void {
  if (end.endedBy === 'abort') throw aborted('Reading media')
  if (end.endedBy === 'timeout') throw new StageError('retryable', 'ffprobe_timeout', `ffprobe took too long over ${path}`)
  if (end.endedBy === 'overflow') throw unreadable(path, 'it describes itself at more length than any honest file')
  if (end.code === 126 || end.code === 127) throw missingProgram(ffprobePath)
  if (end.code > 128) throw new StageError('retryable', 'ffprobe_killed', `ffprobe was killed by signal ${end.code - 128} over ${path}`)
  if (end.code !== 0) throw unreadable(path, end.stderr.slice(-300))
}

export function missingProgram(program: string): StageError {
  return new StageError('retryable', 'program_missing', `${program} cannot be run; install ffmpeg or set its path`)
}

function parseOutput(text: string, path: string): ProbedMedia {
  try {
    return ProbedMedia.parse(JSON.parse(text))
  } catch (error) {
    throw unreadable(path, 'ffprobe gave no usable description', error)
  }
}
