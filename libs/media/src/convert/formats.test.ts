import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { parseFile } from 'music-metadata'
import { makePicture, makeTone, PROGRAMS } from '../test-support/samples.js'
import { useFolder } from '../test-support/use-folder.js'
import type { ConversionJob } from './conversion.js'
import { convertAudio } from './convert-audio.js'

const ID = (digit: number) => `${String(digit).repeat(8)}-0000-4000-8000-000000000000`
const TAGS = {
  title: 'Äther = 50%; #1 \\ "x"\u00a0🎵',
  artist: 'Björk feat. Друзья',
  artists: ['Björk', 'Друзья'],
  album: '電子音楽 / עברית',
  albumArtist: 'Various & <co>',
  ...{ track: 3, trackTotal: 12, disc: 1, discTotal: 2, year: 1997, genre: 'Trip Hop' },
  musicbrainz: {
    ...{ recording: ID(1), track: ID(2), release: ID(3), releaseGroup: ID(4) },
    artists: [ID(5), ID(6)],
    albumArtists: [ID(7)],
  },
}

/** [wish, extension, container as the reader calls it, whether the samples must be those of the source] */
const FORMATS: [string, Omit<ConversionJob, 'input' | 'output'>, string, string, boolean][] = [
  ['Ogg Vorbis', { format: 'ogg_vorbis', bitrateKbps: 128 }, 'ogg', 'Ogg', false],
  ['Opus', { format: 'opus', bitrateKbps: 96 }, 'opus', 'Ogg', false],
  ['MP3, 128 kbit/s', { format: 'mp3', bitrateKbps: 128 }, 'mp3', 'MPEG', false],
  ['MP3, V0', { format: 'mp3', vbr: 'v0' }, 'mp3', 'MPEG', false],
  ['MP3, V2', { format: 'mp3', vbr: 'v2' }, 'mp3', 'MPEG', false],
  ['AAC', { format: 'aac', bitrateKbps: 128 }, 'm4a', 'M4A/isom/iso2', false],
  ['ALAC', { format: 'alac' }, 'm4a', 'M4A/isom/iso2', true],
  ['FLAC', { format: 'flac' }, 'flac', 'FLAC', true],
  ['WAV', { format: 'wav' }, 'wav', 'WAVE', true],
  ['the original', { format: 'original' }, 'flac', 'FLAC', true],
]
const COVERS = ['jpg', 'png', 'none'] as const

const folder = useFolder()
let source = ''
const pictures = { jpg: '', png: '' }

beforeAll(async () => {
  source = await makeTone(join(folder.path, 'source.flac'), { seconds: 1, more: ['-metadata', 'comment=ripped by nobody'] })
  for (const kind of ['jpg', 'png'] as const) pictures[kind] = await makePicture(join(folder.path, `cover.${kind}`))
})

/** Of all that a decoder gives, at the rate and depth that the file has. */
async function samplesOf(path: string): Promise<string> {
  const args = ['-v', 'error', '-i', path, '-map', '0:a', '-f', 'hash', '-hash', 'sha256', '-']
  return (await promisify(execFile)('ffmpeg', args)).stdout
}

describe.each(FORMATS)('%s', (name, wish, extension, container, exact) => {
  test.each(COVERS)('with a cover of kind %s, as another library reads it', async (kind) => {
    const output = join(folder.path, `${name}-${kind}`, `x.${extension}`)
    const coverPath = kind === 'none' ? undefined : pictures[kind]
    const result = await convertAudio({ ...wish, input: source, output, tags: TAGS, coverPath }, PROGRAMS)
    const { common, format } = await parseFile(output, { duration: true })

    expect(common).toMatchObject({
      ...{ title: TAGS.title, artist: TAGS.artist, artists: expect.arrayContaining(TAGS.artists), album: TAGS.album },
      ...{ albumartist: TAGS.albumArtist, year: 1997, genre: ['Trip Hop'] },
      ...{ track: { no: 3, of: 12 }, disk: { no: 1, of: 2 } },
      ...{ musicbrainz_recordingid: ID(1), musicbrainz_trackid: ID(2), musicbrainz_albumid: ID(3), musicbrainz_releasegroupid: ID(4) },
      ...{ musicbrainz_artistid: [ID(5), ID(6)], musicbrainz_albumartistid: [ID(7)] },
    })
    expect(common.comment).toBeUndefined()
    expect(common.picture?.map(({ format: mime, data }) => [mime, Buffer.from(data)])).toEqual(
      kind === 'none' ? undefined : [[kind === 'jpg' ? 'image/jpeg' : 'image/png', await readFile(pictures[kind])]],
    )
    expect(result.cover).toBe(kind === 'none' ? 'none' : 'embedded')
    expect(result.info.attachedPictures).toBe(kind === 'none' ? 0 : 1)

    expect(format.container).toBe(container)
    expect(Math.abs((format.duration ?? 0) - 1)).toBeLessThan(0.05)
    expect(Math.abs(result.durationSecs - 1)).toBeLessThan(0.05)
    if (exact) expect(await samplesOf(output)).toBe(await samplesOf(source))
  })
})
