import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { checkImage } from '../covers/check-image.js'
import { extractEmbeddedCover } from '../covers/extract-embedded-cover.js'
import { hashFile } from '../files/hash-file.js'
import { probeMedia } from '../probe/probe-media.js'
import { makePicture, makeScript, makeTone, PROGRAMS } from '../test-support/samples.js'
import { useFolder } from '../test-support/use-folder.js'
import { CODECS, type EncodedFormat } from './codecs.js'
import { convertAudio } from './convert-audio.js'

const CODEC: Record<EncodedFormat, string> = {
  ogg_vorbis: 'vorbis',
  opus: 'opus',
  mp3: 'mp3',
  aac: 'aac',
  alac: 'alac',
  flac: 'flac',
  wav: 'pcm_s16le',
}
const EXTENSION: Record<EncodedFormat, string> = {
  ogg_vorbis: 'ogg',
  opus: 'opus',
  mp3: 'mp3',
  aac: 'm4a',
  alac: 'm4a',
  flac: 'flac',
  wav: 'wav',
}
const FORMATS = Object.keys(CODECS) as EncodedFormat[]
const TAGS = { title: 'Äther = 50%; #1 \\ "x"', artist: 'Björk & Друзья' }

const folder = useFolder()
let source = ''
let jpeg = ''
let png = ''

beforeAll(async () => {
  const [tone, picture, otherPicture] = await Promise.all([
    makeTone(join(folder.path, 'source.flac'), { more: ['-metadata', 'title=from the source', '-metadata', 'comment=ripped by nobody'] }),
    makePicture(join(folder.path, 'cover.jpg')),
    makePicture(join(folder.path, 'cover.png')),
  ])
  source = tone
  jpeg = picture
  png = otherPicture
})

let counter = 0
function outputFor(format: EncodedFormat): string {
  counter += 1
  return join(folder.path, `out-${counter}`, `result.${EXTENSION[format]}`)
}

test('what comes out is told as it is, with the way there', async () => {
  const output = outputFor('ogg_vorbis')
  const percents: number[] = []
  const job = { input: source, output, format: 'ogg_vorbis' as const, tags: TAGS, coverPath: jpeg }
  const result = await convertAudio(job, { ...PROGRAMS, onProgress: (pct) => percents.push(pct) })

  expect(await readdir(join(output, '..'))).toEqual(['result.ogg'])
  expect(result).toMatchObject({ output, sizeBytes: (await stat(output)).size, sha256: await hashFile(output), cover: 'embedded' })
  expect(percents).toEqual([...percents].sort((a, b) => a - b))
  expect(percents.at(-1)).toBe(100)
  const { tags, ...info } = await probeMedia(output, PROGRAMS)
  expect(result.info).toEqual(info)
  expect(tags).toMatchObject({ title: TAGS.title })
  const extracted = join(output, '..', 'extracted.jpg')
  expect(await extractEmbeddedCover(output, extracted, PROGRAMS)).toMatchObject({ path: extracted })
  expect(await hashFile(extracted)).toBe(await hashFile(jpeg))
})

describe.each(FORMATS)('%s', (format) => {
  test('carries nothing over when no tags are given, and comes out the same each time', async () => {
    const output = outputFor(format)
    const first = await convertAudio({ input: source, output, format }, PROGRAMS)
    const second = await convertAudio({ input: source, output, format }, PROGRAMS)
    expect(second.sha256).toBe(first.sha256)
    expect(first).toMatchObject({ cover: 'none', info: { audio: { codec: CODEC[format] } } })
    expect(JSON.stringify((await probeMedia(first.output, PROGRAMS)).tags)).not.toMatch(/source|nobody/)
  })
})

test('a cover that is none is done without, a large one is scaled', async () => {
  const format = 'ogg_vorbis'
  const small = { ...PROGRAMS, coverMaxSide: 40 }
  const good = await convertAudio({ input: source, output: outputFor(format), format, coverPath: png }, small)
  expect(good).toMatchObject({ cover: 'embedded', info: { attachedPictures: 1 } })
  const extracted = join(good.output, '..', 'extracted.jpg')
  expect(await extractEmbeddedCover(good.output, extracted, PROGRAMS)).toMatchObject({ path: extracted })
  expect(await checkImage(extracted, PROGRAMS)).toMatchObject({ kind: 'jpg', width: 40, height: 30 })
  expect(await readdir(join(good.output, '..'))).toEqual(['extracted.jpg', 'result.ogg'])
  const fake = join(folder.path, 'fake.jpg')
  await writeFile(fake, 'not a picture')
  const bad = await convertAudio({ input: source, output: outputFor(format), format, coverPath: fake }, PROGRAMS)
  expect(bad).toMatchObject({ cover: 'unusable', info: { attachedPictures: 0 } })
})

test.each<[EncodedFormat, { rate?: number; channels?: number; bitDepth?: 24 }, { bitrateKbps?: number; sampleRateHz?: number }, object]>([
  ['ogg_vorbis', { channels: 1 }, {}, { sampleRateHz: 44_100, channels: 1 }],
  ['ogg_vorbis', { rate: 8000, channels: 1 }, { bitrateKbps: 1000 }, { sampleRateHz: 8000 }],
  ['ogg_vorbis', { rate: 88_200 }, {}, { sampleRateHz: 44_100 }],
  ['ogg_vorbis', {}, { sampleRateHz: 96_000, bitrateKbps: 256 }, { sampleRateHz: 96_000 }],
  ['opus', { rate: 44_100 }, { sampleRateHz: 44_100, bitrateKbps: 1000 }, { sampleRateHz: 48_000 }],
  ['opus', { channels: 6 }, {}, { channels: 6 }],
  ['mp3', { rate: 96_000 }, {}, { sampleRateHz: 48_000, bitrateKbps: 320 }],
  ['mp3', { channels: 6 }, { bitrateKbps: 1000 }, { channels: 2, bitrateKbps: 320 }],
  ['mp3', { rate: 8000 }, {}, { sampleRateHz: 8000, bitrateKbps: 64 }],
  ['mp3', {}, { bitrateKbps: 16 }, { bitrateKbps: 32 }],
  ['mp3', {}, { bitrateKbps: 192, sampleRateHz: 22_050 }, { bitrateKbps: 160, sampleRateHz: 22_050 }],
  ['aac', {}, { bitrateKbps: 1000, sampleRateHz: 176_400 }, { sampleRateHz: 88_200 }],
  ['flac', { rate: 96_000, bitDepth: 24 }, {}, { sampleRateHz: 96_000, bitDepth: 24 }],
  ['flac', { bitDepth: 24 }, { sampleRateHz: 48_000 }, { sampleRateHz: 48_000, bitDepth: 24 }],
  ['alac', { bitDepth: 24 }, {}, { bitDepth: 24 }],
  ['alac', {}, {}, { bitDepth: 16 }],
  ['wav', { bitDepth: 24 }, {}, { codec: 'pcm_s24le' }],
])('%s from %j as %j gives %j', async (format, made, wish, expected) => {
  const more = made.bitDepth === 24 ? ['-c:a', 'pcm_s24le'] : []
  const input = await makeTone(join(folder.path, `rates-${counter++}.wav`), { ...made, seconds: 1, more })
  const result = await convertAudio({ input, output: outputFor(format), format, ...wish }, PROGRAMS)
  expect(result.info.audio).toMatchObject(expected)
})

test('music with a picture inside, in a video container and from a lossy source becomes plain audio', async () => {
  const withPicture = await convertAudio({ input: source, output: outputFor('mp3'), format: 'mp3', coverPath: jpeg }, PROGRAMS)
  const flac = await convertAudio({ input: withPicture.output, output: outputFor('flac'), format: 'flac' }, PROGRAMS)
  expect(flac.info).toMatchObject({ attachedPictures: 0, videoStreams: 0, audio: { bitDepth: 16 } })

  const film = join(folder.path, 'film.mkv')
  await makeTone(film, { more: ['-f', 'lavfi', '-i', 'testsrc=size=64x48:duration=2', '-c:v', 'mpeg4'] })
  const audio = await convertAudio({ input: film, output: outputFor('ogg_vorbis'), format: 'ogg_vorbis' }, PROGRAMS)
  expect(audio.info).toMatchObject({ videoStreams: 0, audio: { codec: 'vorbis' } })
})

test('awkward names, and an output that exists already, are no obstacle', async () => {
  const input = join(folder.path, '-i %d [x] file:a,b|c "q" \'é.flac')
  await writeFile(input, await readFile(source))
  const output = join(folder.path, 'concat:weird %03d', '-y pipe:1.ogg')
  const job = { input, output, format: 'ogg_vorbis' as const, tags: { title: '\\\n;=#' } }
  await convertAudio(job, PROGRAMS)
  await writeFile(`${output}.part`, 'left by a crash')
  const result = await convertAudio(job, PROGRAMS)
  expect((await probeMedia(result.output, PROGRAMS)).tags.title).toBe('\\\n;=#')
  expect(await readdir(join(output, '..'))).toEqual(['-y pipe:1.ogg'])
})

test('a source that cannot tell its length is converted all the same', async () => {
  const input = await makeTone(join(folder.path, 'headerless.mp3'), { seconds: 3, more: ['-q:a', '2', '-write_xing', '0'] })
  const result = await convertAudio({ input, output: outputFor('opus'), format: 'opus' }, PROGRAMS)
  expect(result.durationSecs).toBeCloseTo(3, 0)
})

/** Notes each start of a program, and starts it. */
async function counted(program: 'ffmpeg' | 'ffprobe', log: string): Promise<string> {
  return makeScript(join(folder.path, `counted-${program}`), `echo ${program} >> '${log}'; exec ${program} "$@"`)
}

test.each([
  ['flac', 'ogg_vorbis', ['ffmpeg']],
  ['flac', 'flac', ['ffmpeg', 'ffmpeg']],
  ['wav', 'opus', ['ffprobe', 'ffmpeg']],
  ['wav', 'mp3', ['ffprobe', 'ffmpeg', 'ffprobe']],
] as const)('from .%s to %s no program is started but %j', async (extension, format, starts) => {
  const input = await makeTone(join(folder.path, `counted.${extension}`), { seconds: 1 })
  const log = join(folder.path, `starts-${extension}-${format}`)
  const [ffmpegPath, ffprobePath] = [await counted('ffmpeg', log), await counted('ffprobe', log)]
  await convertAudio({ input, output: outputFor(format), format, tags: TAGS }, { ffmpegPath, ffprobePath })
  expect((await readFile(log, 'utf8')).trim().split('\n')).toEqual(starts)
})
