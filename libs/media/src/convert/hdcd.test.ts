import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from '@jest/globals'
import { makeHdcdDisc } from '../test-support/hdcd-disc.js'
import { makeTone, PROGRAMS } from '../test-support/samples.js'
import { useFolder } from '../test-support/use-folder.js'
import type { ConversionJob } from './conversion.js'
import { convertAudio } from './convert-audio.js'
import { measureLevels } from './measure-levels.js'

const folder = useFolder()
const exec = promisify(execFile)
let disc = ''

beforeAll(async () => {
  disc = await encoded('disc', { peakExtend: true, gain: 3 })
})

async function encoded(name: string, code: { peakExtend: boolean; gain: number }): Promise<string> {
  const wav = await makeHdcdDisc(join(folder.path, `${name}.wav`), 5, code)
  await exec('ffmpeg', ['-v', 'error', '-i', wav, join(folder.path, `${name}.flac`)])
  return join(folder.path, `${name}.flac`)
}

function convert(input: string, name: string, job: Partial<ConversionJob>, decodeHdcd = true) {
  const output = join(folder.path, name)
  return convertAudio({ input, output, format: 'flac', ...job }, { ...PROGRAMS, decodeHdcd })
}

async function samplesOf(path: string): Promise<string> {
  return (await exec('ffmpeg', ['-v', 'error', '-i', path, '-map', '0:a', '-f', 'hash', '-hash', 'sha256', '-'])).stdout
}

/** Of the end, when the gain that the codes ask for has been reached. */
async function endPeak(path: string): Promise<number> {
  return (await measureLevels({ input: path, seekSecs: 4 }, PROGRAMS)).peakDb
}

test('codes are decoded: more bits, and the level that they ask for', async () => {
  const result = await convert(disc, 'decoded.flac', {})
  expect(result).toMatchObject({ method: 'encoded', info: { audio: { codec: 'flac', bitDepth: 24, sampleRateHz: 44_100 } } })
  expect(result.notes).toEqual([expect.stringContaining('decoded as HDCD (peak_extend: enabled')])
  // 6 dB of room for the peaks, 3 dB by the code.
  expect((await endPeak(disc)) - (await endPeak(result.output))).toBeCloseTo(9, 1)
})

test.each([
  ['small.flac', { bitDepth: 16 }, { audio: { bitDepth: 16 } }],
  ['other-rate.flac', { sampleRateHz: 48_000 }, { audio: { bitDepth: 24, sampleRateHz: 48_000 } }],
  ['lossy.ogg', { format: 'ogg_vorbis' }, { audio: { codec: 'vorbis' } }],
  ['cut.flac', { span: { from: 75, to: 375 } }, { durationSecs: 4 }],
] as const)('%s is decoded before anything else is done', async (name, job, info) => {
  const result = await convert(disc, name, job)
  expect(result).toMatchObject({ method: 'encoded', info })
  const seekSecs = 'span' in job ? 3 : 4
  const { peakDb } = await measureLevels({ input: result.output, seekSecs }, PROGRAMS)
  expect(Math.abs((await endPeak(disc)) - peakDb - 9)).toBeLessThan(0.3)
})

test('they stay as they are where nobody asks for it, and in an original', async () => {
  const kept = [
    await convert(disc, 'kept.flac', {}, false),
    await convert(disc, 'original.flac', { format: 'original', tags: { title: 't' } }),
  ]
  for (const { method, notes, output } of kept) {
    expect({ method, notes }).toEqual({ method: 'copied', notes: [] })
    expect(await samplesOf(output)).toBe(await samplesOf(disc))
  }
})

test('music without codes, or with codes that ask for nothing, is not turned down', async () => {
  const plain = await makeTone(join(folder.path, 'plain.flac'), { seconds: 2, more: ['-sample_fmt', 's16'] })
  const idle = await encoded('idle', { peakExtend: false, gain: 0 })
  for (const [name, source] of Object.entries({ plain, idle })) {
    const { method, notes, output } = await convert(source, `${name}-out.flac`, {})
    expect({ method, notes }).toEqual({ method: 'copied', notes: [] })
    expect(await samplesOf(output)).toBe(await samplesOf(source))
  }
})
