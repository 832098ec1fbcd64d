import { execFile } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from '@jest/globals'
import { checkImage } from '../covers/check-image.js'
import { until } from '../test-support/processes.js'
import { makeScript, makeTone, PROGRAMS } from '../test-support/samples.js'
import { useFolder } from '../test-support/use-folder.js'
import { convertVideo } from './convert-video.js'
import { extractSubtitles } from './extract-subtitles.js'
import { makeThumbnail } from './make-thumbnail.js'
import { probeVideo } from './probe-video.js'
import { workingEncoders } from './video-encoders.js'
import type { VideoProfile } from './video-profile.js'

const folder = useFolder()
const exec = promisify(execFile)
const KEEP: VideoProfile = { container: 'mkv', video: 'keep', audio: 'keep' }
const SRT = (text: string) => `1\n00:00:00,100 --> 00:00:00,800\n${text}\n`
let film = ''

beforeAll(async () => {
  await Promise.all(['en', 'de'].map((language) => writeFile(join(folder.path, `${language}.srt`), SRT(`Zeile – ${language}`))))
  film = join(folder.path, 'film.mkv')
  const inputs = [
    '-i',
    'testsrc=size=320x180:rate=10:duration=1',
    '-f',
    'lavfi',
    '-i',
    'sine=duration=1',
    '-f',
    'lavfi',
    '-i',
    'sine=880:duration=1',
  ]
  const texts = ['-i', join(folder.path, 'en.srt'), '-i', join(folder.path, 'de.srt')]
  const maps = ['0:v', '1:a', '2:a', '3:s', '4:s'].flatMap((stream) => ['-map', stream])
  const codecs = ['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'ac3', '-c:s', 'srt']
  const names = ['a:0 eng', 'a:1 ger', 's:0 eng', 's:1 ger'].map((name) => name.split(' ') as [string, string])
  const languages = names.flatMap(([stream, language]) => [`-metadata:s:${stream}`, `language=${language}`])
  const marks = ['-metadata', 'title=ripped by nobody', '-disposition:s:0', 'forced']
  await exec('ffmpeg', ['-v', 'error', '-f', 'lavfi', ...inputs, ...texts, ...maps, ...codecs, ...languages, ...marks, film])
})

let counter = 0
function convert(profile: Partial<VideoProfile>, options = {}, input = film) {
  const made = { ...KEEP, ...profile }
  return convertVideo(
    { input, output: join(folder.path, `out-${counter++}`, `x.${made.container}`), profile: made },
    { ...PROGRAMS, ...options },
  )
}

test('a film is described track by track', async () => {
  expect(await probeVideo(film, PROGRAMS)).toMatchObject({
    durationSecs: expect.closeTo(1, 0),
    video: { codec: 'h264', width: 320, height: 180, deep: false },
    audio: [
      { codec: 'ac3', language: 'eng', channels: 1 },
      { codec: 'ac3', language: 'ger' },
    ],
    subtitles: [
      { codec: 'subrip', text: true, language: 'eng', forced: true },
      { codec: 'subrip', text: true, language: 'ger', forced: false },
    ],
  })
})

test('into another container nothing is encoded, and only the wished languages come along', async () => {
  const { info, encoder, output } = await convert({ container: 'mp4', audioLanguages: ['de'], subtitleLanguages: ['en'] })
  expect(encoder).toBeNull()
  expect(info).toMatchObject({
    video: { codec: 'h264', width: 320 },
    audio: [{ codec: 'ac3', language: 'ger', default: true }],
    subtitles: [{ codec: 'mov_text', language: 'eng' }],
  })
  expect(await readdir(join(output, '..'))).toEqual(['x.mp4'])
  expect((await readFile(output)).toString('latin1')).not.toContain('nobody')
})

test.each([
  ['h264', 'h264', 90, { width: 160, height: 90 }],
  ['h265', 'hevc', undefined, { width: 320, height: 180 }],
  ['av1', 'av1', undefined, { width: 320, height: 180 }],
] as const)('%s, at most %p lines', async (video, codec, maxHeight, size) => {
  const percents: number[] = []
  const { info, encoder } = await convert(
    { video, maxHeight, audio: 'aac', subtitleLanguages: [] },
    { hardware: false, onProgress: (pct: number) => percents.push(pct) },
  )
  expect(encoder).not.toBeNull()
  expect(info).toMatchObject({ video: { codec, ...size }, audio: [{ codec: 'aac' }, { codec: 'aac' }], subtitles: [] })
  expect(percents.at(-1)).toBe(100)
})

test('what is small enough already is copied, and sound becomes Opus', async () => {
  const { info, encoder } = await convert({ video: 'h264', maxHeight: 1080, audio: 'opus' })
  expect(encoder).toBeNull()
  expect(info).toMatchObject({ video: { codec: 'h264', height: 180 }, audio: [{ codec: 'opus' }, { codec: 'opus' }] })
})

test('a chip that works in the trial and not on the film gives way to the processor', async () => {
  const script = 'case "$*" in *color=black*h264_nvenc*) exit 0;; *_nvenc*|*_qsv*|*_vaapi*|*videotoolbox*) exit 1;; esac; exec ffmpeg "$@"'
  const ffmpegPath = await makeScript(join(folder.path, 'moody'), script)
  expect((await workingEncoders('h264', ffmpegPath, true)).map(({ name }) => name)).toEqual(['h264_nvenc', 'libx264'])
  expect(await convert({ video: 'h264', maxHeight: 90 }, { ffmpegPath })).toMatchObject({ encoder: 'libx264' })
})

test('an ffmpeg without any encoder for it says so', async () => {
  const ffmpegPath = await makeScript(join(folder.path, 'poor'), 'case "$*" in *color=black*) exit 1;; esac; exec ffmpeg "$@"')
  await expect(convert({ video: 'av1' }, { ffmpegPath })).rejects.toMatchObject({ kind: 'permanent', code: 'no_encoder' })
})

test.each<[string, (path: string) => Promise<unknown>, string]>([
  ['music', (path) => makeTone(path, { seconds: 1, more: ['-f', 'matroska'] }), 'media_unreadable'],
  ['text', (path) => writeFile(path, 'no film'), 'media_unreadable'],
  ['a film that is cut off', async (path) => writeFile(path, (await readFile(await longFilm())).subarray(0, 60_000)), 'output_invalid'],
])('%s is refused for good and leaves nothing', async (name, make, code) => {
  const input = join(folder.path, `${name.replaceAll(' ', '-')}.mkv`)
  await make(input)
  const output = join(folder.path, `refused-${counter++}`, 'x.mkv')
  await expect(convertVideo({ input, output, profile: KEEP }, PROGRAMS)).rejects.toMatchObject({ kind: 'permanent', code })
  expect(await readdir(join(output, '..')).catch(() => [])).toEqual([])
})

async function longFilm(): Promise<string> {
  const path = join(folder.path, 'long.mkv')
  const inputs = ['-f', 'lavfi', '-i', 'testsrc=size=320x180:rate=10:duration=20', '-f', 'lavfi', '-i', 'anoisesrc=duration=20']
  await exec('ffmpeg', ['-v', 'error', ...inputs, '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'ac3', path])
  return path
}

test('a stop ends it and takes the half film away', async () => {
  const stop = new AbortController()
  const ffmpegPath = await makeScript(join(folder.path, 'slow'), 'for part; do :; done; echo half > "$part"; sleep 300')
  const output = join(folder.path, 'stopped', 'x.mkv')
  const converted = convertVideo({ input: film, output, profile: KEEP }, { ...PROGRAMS, ffmpegPath, signal: stop.signal })
  const rejected = expect(converted).rejects.toMatchObject({ code: 'aborted' })
  await until(() =>
    readdir(join(output, '..')).then(
      (names) => names.length > 0,
      () => false,
    ),
  )
  stop.abort()
  await rejected
  expect(await readdir(join(output, '..')).catch(() => [])).toEqual([])
})

test('subtitles that are text come out as files of their languages', async () => {
  const stem = join(folder.path, 'subtitles', 'film')
  expect(await extractSubtitles(film, stem, undefined, PROGRAMS)).toEqual([
    { path: `${stem}.en.forced.srt`, language: 'en', forced: true },
    { path: `${stem}.de.srt`, language: 'de', forced: false },
  ])
  expect(await readFile(`${stem}.de.srt`, 'utf8')).toContain('Zeile – de')
  expect(await readdir(join(stem, '..'))).toEqual(['film.de.srt', 'film.en.forced.srt'])
  expect(await extractSubtitles(film, stem, ['fr'], PROGRAMS)).toEqual([])
})

test('a picture out of the film', async () => {
  const output = join(folder.path, 'thumbnails', 'film.jpg')
  const { width, height } = await makeThumbnail(film, output, { maxWidth: 160 }, PROGRAMS)
  expect([width, height]).toEqual([160, 90])
  expect(await checkImage(output, PROGRAMS)).toMatchObject({ kind: 'jpg', width: 160 })
  expect(await readdir(join(output, '..'))).toEqual(['film.jpg'])
  await expect(makeThumbnail(await makeTone(join(folder.path, 'tone.flac'), { seconds: 1 }), output, {}, PROGRAMS)).rejects.toMatchObject({
    code: 'media_unreadable',
  })
})
