import { existsSync } from 'node:fs'
import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { crc32, deflateSync } from 'node:zlib'
import { beforeAll, expect, test } from '@jest/globals'
import type { AudioFormat } from '@torrentino/domain'
import { convertAudio } from '../convert/convert-audio.js'
import { hashFile } from '../files/hash-file.js'
import { makeNoisyPicture, makePicture, makeScript, makeTone, PROGRAMS } from '../test-support/samples.js'
import { useFolder } from '../test-support/use-folder.js'
import { checkImage } from './check-image.js'
import { extractEmbeddedCover } from './extract-embedded-cover.js'
import { findCover } from './find-cover.js'
import { makeImage } from './make-image.js'

const folder = useFolder()
let small: Buffer
let large: Buffer
let png: Buffer
let noisy = ''

beforeAll(async () => {
  small = await readFile(await makePicture(join(folder.path, 'small.jpg'), '32x32'))
  large = await readFile(await makePicture(join(folder.path, 'large.jpg'), '640x480'))
  noisy = await makeNoisyPicture(join(folder.path, 'noisy.png'))
  png = await readFile(await makePicture(join(folder.path, 'picture.png')))
})

let counter = 0
async function album(files: Record<string, Buffer | string>): Promise<string> {
  const path = join(folder.path, `album-${counter++}`)
  await mkdir(path)
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true })
    await writeFile(join(path, name), content)
  }
  return path
}

test.each<[string, Record<string, () => Buffer | string>, string | null]>([
  ['the name cover wins over size', { 'cover.jpg': () => small, 'z.jpg': () => large }, 'cover.jpg'],
  ['case does not matter', { 'Folder.JPEG': () => small, 'z.jpg': () => large }, 'Folder.JPEG'],
  ['cover before folder before front', { 'front.jpg': () => large, 'folder.jpg': () => large, 'cover.png': () => png }, 'cover.png'],
  ['a named one below before another above', { 'Scans/front.jpg': () => small, 'a.jpg': () => large }, 'Scans/front.jpg'],
  ['above before below', { 'cover.jpg': () => small, 'CD1/cover.jpg': () => large }, 'cover.jpg'],
  ['the largest where none is named', { 'a.jpg': () => small, 'b.jpg': () => large, 'track.flac': () => 'x'.repeat(99_999) }, 'b.jpg'],
  ['no deeper than one level', { 'a/b/cover.jpg': () => large }, null],
  ['a fake is passed over', { 'cover.jpg': () => '<html>', 'folder.jpg': () => '', 'a.jpg': () => small }, 'a.jpg'],
  ['nothing', { 'track.flac': () => 'x' }, null],
])('%s', async (_name, files, expected) => {
  const made = await album(Object.fromEntries(Object.entries(files).map(([name, content]) => [name, content()])))
  const found = await findCover(made)
  expect(found && relative(made, found)).toBe(expected)
})

test('links, pictures over the limit and missing folders give no cover', async () => {
  const made = await album({ 'large.jpg': large })
  await symlink(join(folder.path, 'small.jpg'), join(made, 'cover.jpg'))
  expect(await findCover(made, { maxBytes: large.length - 1 })).toBeNull()
  expect(await findCover(made)).toBe(join(made, 'large.jpg'))
  expect(await findCover(join(made, 'none'))).toBeNull()
})

test.each([
  ['small.jpg', 'a.jpg', 'jpg', 'same'],
  ['small.jpg', 'a.JPEG', 'jpg', 'same'],
  ['picture.png', 'a.png', 'png', 'same'],
  ['small.jpg', 'a.png', 'png', 'other'],
  ['picture.png', 'a.jpg', 'jpg', 'other'],
])('%s is made into %s', async (from, name, kind, bytes) => {
  const input = join(folder.path, from)
  const output = join(folder.path, `images-${counter++}`, name)
  const result = await makeImage(input, output, PROGRAMS)
  expect(await readdir(dirname(output))).toEqual([name])
  expect(await checkImage(output, PROGRAMS)).toMatchObject({
    kind,
    width: result.width,
    height: result.height,
    sizeBytes: result.sizeBytes,
  })
  expect(result.sha256).toBe(await hashFile(output))
  expect((await hashFile(input)) === result.sha256).toBe(bytes === 'same')
})

test('a run that is stopped when its image stands already leaves nothing', async () => {
  const output = join(folder.path, `images-${counter++}`, 'a.jpg')
  const options = {
    ...PROGRAMS,
    get signal() {
      return existsSync(output) ? AbortSignal.abort() : undefined
    },
  }
  await expect(makeImage(join(folder.path, 'small.jpg'), output, options)).rejects.toThrow()
  expect(await readdir(dirname(output))).toEqual([])
})

test.each<[string, () => Buffer | string]>([
  ['text', () => 'hello'],
  ['an empty file', () => ''],
  ['a JPEG signature alone', () => Buffer.from([0xff, 0xd8, 0xff, 0xe0])],
  ['half a JPEG', () => large.subarray(0, large.length / 2)],
  ['half a PNG', () => png.subarray(0, png.length / 2)],
  ['a PNG that claims a side of 4 billion', () => Buffer.concat([png.subarray(0, 16), Buffer.alloc(8, 0xff), png.subarray(24)])],
])('%s is no image', async (name, content) => {
  const input = join(folder.path, `${name}.jpg`)
  await writeFile(input, content())
  const output = join(folder.path, `images-${counter++}`, 'a.jpg')
  await expect(makeImage(input, output, PROGRAMS)).rejects.toMatchObject({ kind: 'permanent', code: 'image_unusable' })
  await expect(readdir(dirname(output))).rejects.toMatchObject({ code: 'ENOENT' })
})

test('a few KB that unpack to gigabytes are no image, and cost no music', async () => {
  const bomb = join(folder.path, 'bomb.png')
  await writeFile(bomb, blankPng(16_000, 16_000))
  expect(await checkImage(bomb, PROGRAMS)).toBeNull()
  const tone = await makeTone(join(folder.path, 'beside-a-bomb.flac'), { seconds: 1 })
  const output = join(folder.path, 'bombed', 'tone.mp3')
  expect(await convertAudio({ input: tone, output, format: 'mp3', coverPath: bomb }, PROGRAMS)).toMatchObject({ cover: 'unusable' })
})

/** One bit to a pixel, all of them black. */
function blankPng(width: number, height: number): Buffer {
  const chunk = (type: string, body: Buffer) => {
    const head = Buffer.alloc(8)
    head.writeUInt32BE(body.length)
    head.write(type, 4, 'latin1')
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(crc32(Buffer.concat([head.subarray(4), body])))
    return Buffer.concat([head, body, sum])
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width)
  header.writeUInt32BE(height, 4)
  header.writeUInt8(1, 8)
  const pixels = deflateSync(Buffer.alloc((width / 8 + 1) * height))
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', pixels), chunk('IEND', Buffer.alloc(0))])
}

test('an extension that we do not make, and a folder in the place of an image, are refused', async () => {
  await expect(makeImage(join(folder.path, 'small.jpg'), join(folder.path, 'a.webp'), PROGRAMS)).rejects.toMatchObject({
    code: 'image_format_unsupported',
  })
  await expect(makeImage(folder.path, join(folder.path, 'a.jpg'), PROGRAMS)).rejects.toMatchObject({ code: 'image_unusable' })
})

test('a program that is missing is not blamed on the picture, a stop is not either', async () => {
  const input = join(folder.path, 'small.jpg')
  await expect(checkImage(input, { ...PROGRAMS, ffprobePath: '/nonexistent' })).rejects.toMatchObject({ code: 'program_missing' })
  await expect(checkImage(input, { ...PROGRAMS, ffmpegPath: '/nonexistent' })).rejects.toMatchObject({ code: 'program_missing' })
  const cancel = new AbortController()
  const ffprobePath = await makeScript(join(folder.path, 'slow-ffprobe'), 'sleep 300')
  const checked = checkImage(input, { ...PROGRAMS, ffprobePath, signal: cancel.signal })
  cancel.abort()
  await expect(checked).rejects.toMatchObject({ code: 'aborted' })
})

test('a file without a picture, or that is no music, has no embedded cover', async () => {
  const tone = await makeTone(join(folder.path, 'plain.flac'))
  const output = join(folder.path, 'extracted', 'cover.jpg')
  // To see that there is none takes no program.
  expect(await extractEmbeddedCover(tone, output, { ffmpegPath: '/nonexistent', ffprobePath: '/nonexistent' })).toBeNull()
  expect(await extractEmbeddedCover(join(folder.path, 'small.jpg'), output, PROGRAMS)).toBeNull()
  expect(await extractEmbeddedCover(join(folder.path, 'missing.flac'), output, PROGRAMS)).toBeNull()
})

test('an embedded JPEG comes out as PNG when its name asks for that', async () => {
  const tone = await makeTone(join(folder.path, 'tone.wav'))
  const output = join(folder.path, 'pictured', 'tone.m4a')
  await convertAudio({ input: tone, output, format: 'aac', coverPath: join(folder.path, 'large.jpg') }, PROGRAMS)
  const cover = join(folder.path, 'pictured', 'cover.png')
  expect(await extractEmbeddedCover(output, cover, PROGRAMS)).toMatchObject({ path: cover })
  expect(await checkImage(cover, PROGRAMS)).toMatchObject({ kind: 'png', width: 640, height: 480 })
  expect((await readdir(dirname(cover))).sort()).toEqual(['cover.png', 'tone.m4a'])
})

test.each(['ogg', 'opus', 'flac', 'mp3', 'm4a'])('a cover of many MB fits into .%s', async (extension) => {
  const tone = await makeTone(join(folder.path, 'tone2.wav'), { seconds: 1 })
  const format = ({ ogg: 'ogg_vorbis', m4a: 'aac' } as const)[extension as 'ogg'] ?? (extension as AudioFormat)
  const output = join(folder.path, 'big', `tone.${extension}`)
  const result = await convertAudio({ input: tone, output, format, coverPath: noisy }, PROGRAMS)
  expect(result).toMatchObject({ cover: 'embedded', info: { attachedPictures: 1 } })
  const extracted = join(folder.path, 'big', 'cover.png')
  expect(await extractEmbeddedCover(output, extracted, PROGRAMS)).toMatchObject({ path: extracted })
  expect(await hashFile(extracted)).toBe(await hashFile(noisy))
})
