import { runFfmpeg } from '../convert/run-ffmpeg.js'
import type { VideoCodec } from './video-profile.js'

export interface VideoEncoder {
  name: string
  hardware: boolean
  /** Before the input. */
  device?: readonly string[]
  /** Behind the other filters: brings the pictures to the device. */
  upload?: string
  quality(value: number): string[]
}

const software = (name: string, more: readonly string[]): VideoEncoder => ({
  name,
  hardware: false,
  quality: (value) => ['-crf', String(value), ...more],
})

/** The same for each codec: what makers of graphics chips offer, by way of their own names for quality. */
function hardwareOf(codec: 'h264' | 'hevc' | 'av1'): VideoEncoder[] {
  return [
    { name: `${codec}_nvenc`, hardware: true, quality: (value) => ['-rc', 'vbr', '-cq', String(value), '-b:v', '0'] },
    { name: `${codec}_qsv`, hardware: true, quality: (value) => ['-global_quality', String(value)] },
    {
      ...{ name: `${codec}_vaapi`, hardware: true, device: ['-vaapi_device', '/dev/dri/renderD128'], upload: 'format=nv12,hwupload' },
      quality: (value) => ['-qp', String(value)],
    },
    { name: `${codec}_videotoolbox`, hardware: true, quality: (value) => ['-q:v', String(Math.max(1, 100 - 2 * value))] },
  ]
}

interface Family {
  probedAs: string
  defaultQuality: number
  encoders: VideoEncoder[]
}

/** The best first; those of a machine's own before the slow ones. */
export const VIDEO_CODECS: Record<VideoCodec, Family> = {
  h264: { probedAs: 'h264', defaultQuality: 21, encoders: [...hardwareOf('h264'), software('libx264', ['-preset', 'medium'])] },
  h265: { probedAs: 'hevc', defaultQuality: 24, encoders: [...hardwareOf('hevc'), software('libx265', ['-preset', 'medium'])] },
  av1: {
    probedAs: 'av1',
    defaultQuality: 30,
    encoders: [...hardwareOf('av1'), software('libsvtav1', ['-preset', '8']), software('libaom-av1', ['-cpu-used', '6', '-b:v', '0'])],
  },
}

const known = new Map<string, Promise<boolean>>()

/** Encoders that really work here, the best first. A build lists many that the machine has no chip for, so each is tried once. */
export async function workingEncoders(codec: VideoCodec, ffmpegPath: string, hardware: boolean): Promise<VideoEncoder[]> {
  const working: VideoEncoder[] = []
  for (const encoder of VIDEO_CODECS[codec].encoders) {
    if (encoder.hardware && !hardware) continue
    const key = `${ffmpegPath} ${encoder.name}`
    const tried = known.get(key) ?? works(encoder, ffmpegPath)
    known.set(key, tried)
    if (await tried) working.push(encoder)
  }
  return working
}

/** Drivers of chips set far more addresses aside than they use. */
export function memoryOf(encoder: VideoEncoder | null): number | undefined {
  return encoder?.hardware ? 0 : undefined
}

async function works(encoder: VideoEncoder, ffmpegPath: string): Promise<boolean> {
  const { name, device = [], upload } = encoder
  const filter = ['format=yuv420p', ...(upload ? [upload] : [])].join(',')
  const source = ['-f', 'lavfi', '-i', 'color=black:size=320x240:rate=25:duration=0.2']
  const end = await runFfmpeg([...device, ...source, '-vf', filter, '-c:v', name, '-f', 'null', '-'], {
    ffmpegPath,
    timeoutMs: 30_000,
    memoryMb: memoryOf(encoder),
  })
  return end.code === 0
}
