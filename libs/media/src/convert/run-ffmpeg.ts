import { type ProcessEnd, startProcess } from '../process/run-process.js'
import { progressReader } from './progress.js'

export interface FfmpegOptions {
  ffmpegPath: string
  signal?: AbortSignal
  onTime?: (seconds: number) => void
  stallTimeoutMs?: number
  timeoutMs?: number
  killGraceMs?: number
  /** 0: no bound. */
  memoryMb?: number
}

const ALWAYS = ['-nostdin', '-hide_banner', '-loglevel', 'warning', '-nostats', '-progress', 'pipe:1']

/** Runs ffmpeg to its end and says how it ended; what that means is for the caller to judge. */
export async function runFfmpeg(args: readonly string[], options: FfmpegOptions): Promise<ProcessEnd> {
  const { ffmpegPath, signal, stallTimeoutMs = 60_000, timeoutMs, killGraceMs = 5000, memoryMb } = options
  let converted = 0
  const running = startProcess(ffmpegPath, [...ALWAYS, ...args], {
    signal,
    timeoutMs,
    killGraceMs,
    memoryMb,
    onStdout: progressReader((seconds) => {
      if (seconds <= converted) return
      converted = seconds
      stallTimer.refresh()
      options.onTime?.(seconds)
    }),
  })
  const stallTimer = setTimeout(() => running.stop('stall'), stallTimeoutMs)
  try {
    return await running.ended
  } finally {
    clearTimeout(stallTimer)
  }
}
