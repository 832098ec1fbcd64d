import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from '@jest/globals'
import { parseFile } from 'music-metadata'
import { hashFile } from '../files/hash-file.js'
import { probeMedia } from '../probe/probe-media.js'
import { makeScript, makeTone, PROGRAMS } from '../test-support/samples.js'
import { useFolder } from '../test-support/use-folder.js'
import type { ConversionJob, ConversionOptions } from './conversion.js'
import { convertAudio } from './convert-audio.js'
import { measureLevels } from './measure-levels.js'

const folder = useFolder()
const exec = promisify(execFile)
let loud = ''

beforeAll(async () => {
  // White noise that touches full scale: whatever is computed anew from it goes over.
  const noise = ['-f', 'lavfi', '-i', 'anoisesrc=r=44100:a=1:d=1:seed=7', '-ac', '2', '-c:a', 'pcm_s16le']
  loud = join(folder.path, 'loud.wav')
  await exec('ffmpeg', ['-v', 'error', ...noise, loud])
})

let counter = 0
function convert(
  input: string,
  job: Partial<ConversionJob> & Pick<ConversionJob, 'format'>,
  extension: string,
  options: Partial<ConversionOptions> = {},
) {
  const output = join(folder.path, `out-${counter++}`, `x.${extension}`)
  return convertAudio({ input, output, ...job }, { ...PROGRAMS, ...options })
}

async function samplesOf(path: string, more: string[] = []): Promise<string> {
  const args = ['-v', 'error', '-i', path, '-map', '0:a', ...more, '-f', 'hash', '-hash', 'sha256', '-']
  return (await exec('ffmpeg', args)).stdout
}

test.each([
  ['ogg', ['-c:a', 'libvorbis', '-b:a', '128k'], 'ogg_vorbis'],
  ['opus', ['-c:a', 'libopus', '-b:a', '96k'], 'original'],
  ['mp3', ['-c:a', 'libmp3lame', '-b:a', '128k', '-id3v2_version', '4', '-write_id3v1', '1'], 'mp3'],
  ['m4a', ['-c:a', 'aac', '-b:a', '96k'], 'aac'],
  ['wav', [], 'wav'],
] as const)('%s stays what it is, sample for sample, under other tags', async (extension, more, format) => {
  const input = await makeTone(join(folder.path, `same.${extension}`), { seconds: 1, more: [...more, '-metadata', 'title=old'] })
  const result = await convert(input, { format, tags: { title: 'new' } }, extension)
  expect(result).toMatchObject({ method: 'copied' })
  expect((await probeMedia(result.output, PROGRAMS)).tags).toMatchObject({ title: 'new' })
  expect(await samplesOf(result.output)).toBe(await samplesOf(input))
  expect((await readFile(result.output)).toString('latin1')).not.toContain('old')
})

test('an original without tags of ours is the very file', async () => {
  const input = await makeTone(join(folder.path, 'as-it-is.mka'), { seconds: 1, more: ['-c:a', 'ac3'] })
  const result = await convert(input, { format: 'original' }, 'mka')
  expect(result).toMatchObject({ method: 'verbatim', sha256: await hashFile(input) })
})

test('a copy of what is cut off is no success, however its head boasts', async () => {
  const whole = await makeTone(join(folder.path, 'whole.flac'), { seconds: 5 })
  const half = join(folder.path, 'half.flac')
  await writeFile(half, (await readFile(whole)).subarray(0, 60_000))
  await expect(convert(half, { format: 'flac', tags: {} }, 'flac')).rejects.toMatchObject({ code: 'output_invalid' })
  await expect(convert(half, { format: 'original' }, 'flac')).rejects.toMatchObject({ code: 'output_invalid' })
})

test('what would get louder than full scale is turned down, and nothing else is', async () => {
  const resampled = await convert(loud, { format: 'flac', sampleRateHz: 48_000 }, 'flac')
  const { peakDb } = await measureLevels({ input: resampled.output }, PROGRAMS)
  expect(peakDb).toBeLessThan(0)
  expect(peakDb).toBeGreaterThan(-0.5)
  const again = await convert(loud, { format: 'flac', sampleRateHz: 48_000 }, 'flac')
  expect(again.sha256).toBe(resampled.sha256)
  const quiet = await makeTone(join(folder.path, 'quiet.wav'), { seconds: 1 })
  const [before, after] = [quiet, (await convert(quiet, { format: 'flac', sampleRateHz: 48_000 }, 'flac')).output]
  const levels = await Promise.all([before, after].map((input) => measureLevels({ input }, PROGRAMS)))
  expect(levels[1]?.peakDb).toBeCloseTo(levels[0]?.peakDb ?? 0, 1)
})

test('all six channels go into two without clipping', async () => {
  const tones = ['-f', 'lavfi', '-i', 'aevalsrc=0.99*sin(880*PI*t):d=1:s=44100', '-af', 'pan=5.1|c0=c0|c1=c0|c2=c0|c3=c0|c4=c0|c5=c0']
  const input = join(folder.path, 'six.wav')
  await exec('ffmpeg', ['-v', 'error', ...tones, input])
  const result = await convert(input, { format: 'wav', channels: 2 }, 'wav')
  expect(result.info.audio).toMatchObject({ channels: 2 })
  const { peakDb } = await measureLevels({ input: result.output }, PROGRAMS)
  expect(peakDb).toBeLessThan(0)
})

test('24 bits at 96 kHz become 16 at 44.1', async () => {
  const input = await makeTone(join(folder.path, 'hires.wav'), { seconds: 1, rate: 96_000, more: ['-c:a', 'pcm_s24le'] })
  const result = await convert(input, { format: 'flac', sampleRateHz: 44_100, bitDepth: 16 }, 'flac')
  expect(result.info.audio).toMatchObject({ sampleRateHz: 44_100, bitDepth: 16 })
  expect(Math.abs(result.durationSecs - 1)).toBeLessThan(0.001)
})

test.each(['flac', 'mp3', 'm4a', 'ogg'] as const)('the loudness of a track stands in its .%s', async (extension) => {
  const format = ({ m4a: 'aac', ogg: 'ogg_vorbis' } as const)[extension as 'ogg'] ?? (extension as 'flac')
  const { output } = await convert(loud, { format }, extension, { loudnessTags: true })
  const { common } = await parseFile(output)
  const { loudness } = await measureLevels({ input: output }, PROGRAMS)
  expect(common.replaygain_track_gain?.dB).toBeCloseTo(-18 - (loudness?.integrated ?? 0), 1)
  expect(common.replaygain_track_peak?.ratio).toBeGreaterThan(0.5)
})

test('Opus has its own kind of gain, and silence has none', async () => {
  const { output } = await convert(loud, { format: 'opus' }, 'opus', { loudnessTags: true })
  const { tags } = await probeMedia(output, PROGRAMS)
  const { loudness } = await measureLevels({ input: output }, PROGRAMS)
  expect(Number(tags.r128_track_gain)).toBe(Math.round((-23 - (loudness?.integrated ?? 0)) * 256))
  const silence = await makeTone(join(folder.path, 'silence.wav'), { seconds: 1, more: ['-af', 'volume=0'] })
  const quiet = await convert(silence, { format: 'flac' }, 'flac', { loudnessTags: true })
  expect(Object.keys((await probeMedia(quiet.output, PROGRAMS)).tags)).not.toContain('replaygain_track_gain')
})

test.each([
  [{ from: 0, to: 30 }, 0, 17_640],
  [{ from: 30, to: 151 }, 17_640, 88_788],
  [{ from: 151 }, 88_788, 132_300],
])('the part %j of a disc is cut to the sample', async (span, start, end) => {
  const noise = join(folder.path, 'disc.flac')
  const disc = ['-f', 'lavfi', '-i', 'anoisesrc=r=44100:d=3:seed=3', '-c:a', 'flac', '-y', noise]
  await exec('ffmpeg', ['-v', 'error', ...disc])
  const result = await convert(noise, { format: 'flac', span }, 'flac')
  expect(await samplesOf(result.output)).toBe(await samplesOf(noise, ['-af', `atrim=start_sample=${start}:end_sample=${end}`]))
})

test('an ffmpeg without the better resampler resamples all the same', async () => {
  const script = 'case "$*" in *soxr*) echo "[SWR] Requested resampling engine is unavailable" >&2; exit 1;; esac; exec ffmpeg "$@"'
  const ffmpegPath = await makeScript(join(folder.path, 'no-soxr'), script)
  const result = await convert(loud, { format: 'flac', sampleRateHz: 48_000 }, 'flac', { ffmpegPath })
  expect(result.info.audio).toMatchObject({ sampleRateHz: 48_000 })
})
