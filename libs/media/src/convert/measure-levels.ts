import { MEDIA_GUARDS } from '../probe/input-guards.js'
import type { Loudness } from '../tags/audio-tags.js'
import { ffmpegError } from './ffmpeg-errors.js'
import { type FfmpegOptions, runFfmpeg } from './run-ffmpeg.js'

/** Below it there is nothing to hear, and a gain would be absurd. */
const SILENCE_LUFS = -69

export interface LevelsPlan {
  input: string
  seekSecs?: number
  filters?: readonly string[]
}

export interface Levels {
  peakDb: number
  /** Null where there is nothing to hear. */
  loudness: Loudness | null
}

/** How loud the audio is after the filters. In floating point, where what is over full scale can still be seen. */
export async function measureLevels({ input, seekSecs = 0, filters = [] }: LevelsPlan, options: FfmpegOptions): Promise<Levels> {
  const meters = ['aformat=sample_fmts=dbl', 'astats=measure_perchannel=none:measure_overall=Peak_level', 'ebur128=framelog=verbose']
  const seek = seekSecs > 0 ? ['-ss', String(seekSecs)] : []
  const read = [...MEDIA_GUARDS, ...seek, '-i', input, '-map', '0:a:0', '-af', [...filters, ...meters].join(',')]
  const end = await runFfmpeg(['-loglevel', 'info', ...read, '-f', 'null', '-'], options)
  const error = ffmpegError(end, options.ffmpegPath, input)
  if (error) throw error
  return readLevels(end.stderr)
}

export function readLevels(log: string): Levels {
  const peakDb = lastNumber(log, /Peak level dB:\s*(-?[\d.]+|-inf)/g)
  const integrated = lastNumber(log, /\bI:\s*(-?[\d.]+|-inf) LUFS/g)
  const audible = Number.isFinite(peakDb) && integrated > SILENCE_LUFS
  return { peakDb, loudness: audible ? { integrated, peak: 10 ** (peakDb / 20) } : null }
}

function lastNumber(log: string, pattern: RegExp): number {
  const text = [...log.matchAll(pattern)].at(-1)?.[1]
  return text === undefined || text === '-inf' ? Number.NEGATIVE_INFINITY : Number(text)
}
