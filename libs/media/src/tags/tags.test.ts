import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { parseFile } from 'music-metadata'
import { makeTone } from '../test-support/samples.js'
import { useFolder } from '../test-support/use-folder.js'
import { type Container, writeTags } from './write-tags.js'

const folder = useFolder()
const KINDS: [name: string, container: Container, encoder: string[]][] = [
  ['a.ogg', 'ogg', ['-c:a', 'libvorbis']],
  ['a.opus', 'ogg', ['-c:a', 'libopus']],
  ['a.mp3', 'mp3', ['-c:a', 'libmp3lame']],
  ['a.m4a', 'mp4', ['-c:a', 'aac', '-f', 'ipod']],
  ['a.flac', 'flac', []],
  ['a.wav', 'wav', []],
]

beforeAll(async () => {
  for (const [name, , encoder] of KINDS) await makeTone(join(folder.path, name), { seconds: 0.3, more: encoder })
})

const word = fc
  .string({ unit: 'grapheme', minLength: 1, maxLength: 60 })
  .map((text) => text.replace(/\p{Cc}/gu, '').trim())
  .filter((text) => text !== '')
/** Of the numbers in MP4 this reader knows one byte. */
const count = fc.integer({ min: 1, max: 255 })
const tagSet = fc.record({
  title: word,
  artist: word,
  artists: fc.array(word, { minLength: 2, maxLength: 5 }),
  album: word,
  albumArtist: word,
  track: count,
  trackTotal: count,
  disc: count,
  discTotal: count,
})
const picture = fc.record({
  mime: fc.constantFrom('image/jpeg', 'image/png'),
  width: count,
  height: count,
  // Around the sizes at which pages, blocks and lacing begin anew.
  data: fc.constantFrom(1, 254, 255, 256, 48_000, 65_025, 70_000, 200_000).map((length) => Buffer.alloc(length, 7)),
})

describe.each(KINDS)('%s', (name, container) => {
  const written = async (set: Parameters<typeof writeTags>[3]) => {
    const output = join(folder.path, `tagged-${name}`)
    await writeTags(join(folder.path, name), output, container, set)
    return output
  }

  test('whatever is written is read by others', async () => {
    await fc.assert(
      fc.asyncProperty(tagSet, fc.option(picture, { nil: undefined }), async (tags, picture) => {
        const { common } = await parseFile(await written({ tags, picture }))
        expect(common).toMatchObject({ title: tags.title, artist: tags.artist, album: tags.album, albumartist: tags.albumArtist })
        expect(common.artists).toEqual(expect.arrayContaining(tags.artists))
        expect(common).toMatchObject({ track: { no: tags.track, of: tags.trackTotal }, disk: { no: tags.disc, of: tags.discTotal } })
        expect(common.picture?.map(({ data }) => data.length)).toEqual(picture && [picture.data.length])
      }),
      { numRuns: 25 },
    )
  })

  test('written twice, only the last is there', async () => {
    const long = await written({
      tags: { title: 'first '.repeat(5000) },
      picture: { mime: 'image/jpeg', width: 1, height: 1, data: Buffer.alloc(90_000) },
    })
    const once = join(folder.path, `once-${name}`)
    // A WAV is ours from the encoder, and has no tags before; the others may be anybody's.
    if (container === 'wav') return
    await writeTags(long, once, container, { tags: { title: 'second' } })
    await written({ tags: { title: 'second' } })
    expect(await readFile(once)).toEqual(await readFile(long))
  })

  test('what is no such file, or is broken anywhere, is refused or written, and never hung upon', async () => {
    const good = await readFile(join(folder.path, name))
    const broken = join(folder.path, `broken-${name}`)
    const hurt = fc.record({ at: fc.nat(600), bytes: fc.uint8Array({ minLength: 1, maxLength: 12 }), length: fc.nat(good.length) })
    await fc.assert(
      fc.asyncProperty(hurt, async ({ at, bytes, length }) => {
        const content = Buffer.from(good)
        content.set(bytes, Math.min(at, content.length - bytes.length))
        await writeFile(broken, content.subarray(0, length))
        const error: unknown = await writeTags(broken, `${broken}.out`, container, { tags: { title: 'x' } }).catch((error) => error)
        if (error !== undefined) expect(error).toMatchObject({ name: 'StageError', code: 'output_invalid' })
      }),
      { numRuns: 60 },
    )
  })
})
