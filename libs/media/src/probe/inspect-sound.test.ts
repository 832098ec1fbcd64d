import { readFile, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { convertAudio } from '../convert/convert-audio.js'
import { makeNoisyPicture, makePicture, makeTone, PROGRAMS } from '../test-support/samples.js'
import { useFolder } from '../test-support/use-folder.js'
import { inspectSound } from './inspect-sound.js'
import { probeMedia } from './probe-media.js'

const folder = useFolder()
const NO_PROBE = { ffprobePath: '/nonexistent/ffprobe' }

async function expectSame(path: string, options: { ffprobePath: string }) {
  const { tags: _tags, durationSecs, ...probed } = await probeMedia(path, PROGRAMS)
  const seen = await inspectSound(path, options)
  expect(seen).toMatchObject(probed)
  expect(seen.durationSecs).toBeCloseTo(durationSecs ?? -1, 1)
}

test.each<[string, string, object]>([
  ['FLAC', 'a.flac', {}],
  ['FLAC of 24 bits at 96 kHz, mono', 'b.flac', { rate: 96_000, channels: 1, more: ['-c:a', 'flac', '-sample_fmt', 's32'] }],
  ['FLAC with six channels', 'c.flac', { channels: 6 }],
  ['Vorbis', 'd.ogg', { more: ['-c:a', 'libvorbis', '-b:a', '160k'] }],
  ['Opus', 'e.opus', { channels: 1, more: ['-c:a', 'libopus', '-metadata', 'title=Ü'] }],
])('%s is read without a program, as ffprobe reads it', async (_name, file, tone) => {
  await expectSame(await makeTone(join(folder.path, file), tone), NO_PROBE)
})

test.each(['ogg_vorbis', 'opus', 'flac'] as const)('so is %s of our own making, with a cover over many pages', async (format) => {
  const tone = await makeTone(join(folder.path, 'tone.wav'), { seconds: 1 })
  for (const coverPath of [await makePicture(join(folder.path, 'small.png')), await makeNoisyPicture(join(folder.path, 'noisy.png'))]) {
    const { output } = await convertAudio(
      { input: tone, output: join(folder.path, `own.${format}`), format, coverPath, tags: { title: 'T' } },
      PROGRAMS,
    )
    await expectSame(output, NO_PROBE)
  }
})

const flac = () => makeTone(join(folder.path, 'plain.flac'))
const ogg = (more: string[] = []) => makeTone(join(folder.path, 'plain.ogg'), { more: ['-c:a', 'libvorbis', ...more] })

test.each<[string, (path: string) => Promise<unknown>]>([
  ['MP3', (path) => makeTone(path, { more: ['-f', 'mp3'] })],
  ['WAV', (path) => makeTone(path, { more: ['-f', 'wav'] })],
  ['FLAC in Ogg', (path) => makeTone(path, { more: ['-c:a', 'flac', '-f', 'ogg'] })],
  ['two streams in one Ogg', (path) => makeTone(path, { more: ['-map', '0', '-map', '0', '-c:a', 'libvorbis', '-f', 'ogg'] })],
  [
    'one Ogg after another',
    async (path) => writeFile(path, Buffer.concat([await readFile(await ogg()), await readFile(await ogg(['-b:a', '96k']))])),
  ],
  ['an Ogg without its end', async (path) => writeFile(path, (await readFile(await ogg())).subarray(0, -1))],
  ['a FLAC that does not tell its length', async (path) => writeFile(path, (await readFile(await flac())).fill(0, 22, 26))],
])('%s is left to ffprobe', async (name, make) => {
  const path = join(folder.path, name.replaceAll(' ', '-'))
  await make(path)
  await expect(inspectSound(path, NO_PROBE)).rejects.toMatchObject({ code: 'program_missing' })
  const { tags: _tags, ...probed } = await probeMedia(path, PROGRAMS)
  expect(await inspectSound(path, PROGRAMS)).toEqual(probed)
})

test('heads that end anywhere are no fault of ours', async () => {
  for (const path of [await flac(), await ogg()])
    for (const size of [3, 4, 30, 60, 90, 200, 4000]) {
      await truncate(path, size)
      await expect(inspectSound(path, NO_PROBE)).rejects.toMatchObject({ code: 'program_missing' })
      await writeFile(path, await readFile(path.endsWith('flac') ? await flac() : await ogg()))
    }
})
