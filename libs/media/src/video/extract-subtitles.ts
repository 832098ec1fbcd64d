import { mkdir, rm } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { ffmpegError } from '../convert/ffmpeg-errors.js'
import { runFfmpeg } from '../convert/run-ffmpeg.js'
import { publishFile } from '../files/durable.js'
import { MEDIA_GUARDS } from '../probe/input-guards.js'
import { chooseTracks } from './choose-tracks.js'
import type { VideoOptions } from './convert-video.js'
import { languageOf } from './languages.js'
import { probeVideo } from './probe-video.js'
import type { SubtitleTrack } from './video-info.js'

export interface ExtractedSubtitles {
  path: string
  language?: string
  forced: boolean
}

/** The film has to be read to its end for them. */
const TIMEOUT_MS = 1_800_000

/** Writes the subtitles that are text beside each other as SRT: `<stem>.en.srt`, `<stem>.en.forced.srt`, `<stem>.en.2.srt`. */
export async function extractSubtitles(
  input: string,
  stem: string,
  languages: readonly string[] | undefined,
  options: VideoOptions,
): Promise<ExtractedSubtitles[]> {
  const file = resolve(input)
  const info = await probeVideo(file, options)
  const { subtitles } = chooseTracks(info, { container: 'mkv', video: 'keep', audio: 'keep', subtitleLanguages: languages })
  const plans = withPaths(
    subtitles.filter(({ text }) => text),
    resolve(stem),
  )
  if (plans.length === 0) return []
  await mkdir(dirname(resolve(stem)), { recursive: true })
  try {
    await readAll(file, plans, options)
    for (const { path } of plans) await publishFile(`${path}.part`, path)
  } finally {
    await Promise.all(plans.map(({ path }) => rm(`${path}.part`, { force: true })))
  }
  return plans.map(({ path, track }) => ({ path, language: languageOf(track.language), forced: track.forced }))
}

interface Plan {
  track: SubtitleTrack
  path: string
}

function withPaths(tracks: readonly SubtitleTrack[], stem: string): Plan[] {
  const taken = new Set<string>()
  return tracks.map((track) => {
    const name = [stem, languageOf(track.language) ?? 'und', ...(track.forced ? ['forced'] : [])].join('.')
    let path = `${name}.srt`
    for (let number = 2; taken.has(path); number++) path = `${name}.${number}.srt`
    taken.add(path)
    return { track, path }
  })
}

/** One pass for all of them. */
async function readAll(file: string, plans: readonly Plan[], { ffmpegPath, signal, stallTimeoutMs }: VideoOptions): Promise<void> {
  const outputs = plans.flatMap(({ track, path }) => ['-map', `0:${track.index}`, '-c:s', 'srt', '-f', 'srt', '-y', `${path}.part`])
  const args = [...MEDIA_GUARDS, '-i', file, ...outputs]
  // Between two lines of a film that says little no time passes.
  const end = await runFfmpeg(args, { ffmpegPath, signal, stallTimeoutMs: Math.max(stallTimeoutMs ?? 0, 600_000), timeoutMs: TIMEOUT_MS })
  const error = ffmpegError(end, ffmpegPath, file)
  if (error) throw error
}
