import { describe, expect, test } from '@jest/globals'
import type { AudioInfo, MediaInfo } from '../probe/media-info.js'
import type { ConversionJob } from './conversion.js'
import { requireFits } from './estimate-size.js'
import { planConversion } from './plan-conversion.js'

type Source = MediaInfo & { audio: AudioInfo }
const FLAC: AudioInfo = { codec: 'flac', sampleRateHz: 44_100, channels: 2, bitrateKbps: null, bitDepth: 16 }
const SOURCES = {
  flac: media('flac', {}),
  hires: media('flac', { sampleRateHz: 96_000, bitDepth: 24 }),
  mono: media('flac', { channels: 1 }),
  wav: media('wav', { codec: 'pcm_s16le' }),
  ape: media('ape', { codec: 'ape' }),
  alac: media('mov,mp4,m4a,3gp,3g2,mj2', { codec: 'alac' }),
  mp3_128: media('mp3', { codec: 'mp3', bitrateKbps: 128, bitDepth: null }),
  mp3_320: media('mp3', { codec: 'mp3', bitrateKbps: 320, bitDepth: null }),
  mp3_v0: media('mp3', { codec: 'mp3', bitrateKbps: 251, bitDepth: null }),
  ogg_192: media('ogg', { codec: 'vorbis', bitrateKbps: 192, bitDepth: null }),
  aac: media('mov,mp4,m4a,3gp,3g2,mj2', { codec: 'aac', bitrateKbps: 256, bitDepth: null }),
  aac_in_mkv: media('matroska,webm', { codec: 'aac', bitrateKbps: 256, bitDepth: null }),
  unknown_rate: media('ogg', { codec: 'opus', sampleRateHz: 48_000, bitDepth: null }),
}

function media(format: string, audio: Partial<AudioInfo>): Source {
  const facts = {
    durationSecs: 100,
    durationEstimated: false,
    bitrateKbps: null,
    sizeBytes: 1,
    videoStreams: 0,
    attachedPictures: 0,
    tags: {},
  }
  return { ...facts, format, audio: { ...FLAC, ...audio } }
}

function plan(source: keyof typeof SOURCES, wish: Partial<ConversionJob>, upscale: 'flag' | 'refuse' = 'flag') {
  const job = { input: '/in', output: '/out', tags: {}, format: 'flac', ...wish } as ConversionJob
  return planConversion(job, SOURCES[source], { upscale })
}

describe('encoded only where that is due', () => {
  test.each<[keyof typeof SOURCES, Partial<ConversionJob>, string]>([
    ['flac', { format: 'flac' }, 'copied'],
    ['flac', { format: 'flac', sampleRateHz: 48_000 }, 'encoded'],
    ['hires', { format: 'flac' }, 'copied'],
    ['hires', { format: 'flac', bitDepth: 16 }, 'encoded'],
    ['hires', { format: 'flac', bitDepth: 24, sampleRateHz: 96_000 }, 'copied'],
    ['flac', { format: 'flac', channels: 1 }, 'encoded'],
    ['flac', { format: 'flac', span: { from: 0 } }, 'encoded'],
    ['wav', { format: 'wav' }, 'copied'],
    ['wav', { format: 'flac' }, 'encoded'],
    ['alac', { format: 'alac' }, 'copied'],
    ['mp3_320', { format: 'mp3' }, 'copied'],
    ['mp3_320', { format: 'mp3', bitrateKbps: 192 }, 'encoded'],
    ['mp3_128', { format: 'mp3', bitrateKbps: 320 }, 'copied'],
    ['mp3_v0', { format: 'mp3', vbr: 'v0' }, 'copied'],
    ['mp3_v0', { format: 'mp3', vbr: 'v2' }, 'encoded'],
    ['ogg_192', { format: 'ogg_vorbis' }, 'copied'],
    ['ogg_192', { format: 'opus' }, 'encoded'],
    ['aac_in_mkv', { format: 'aac' }, 'copied'],
    ['unknown_rate', { format: 'opus' }, 'encoded'],
    ['flac', { format: 'original' }, 'copied'],
    ['flac', { format: 'original', tags: undefined }, 'verbatim'],
    ['flac', { format: 'original', tags: undefined, coverPath: '/c.jpg' }, 'copied'],
    ['ape', { format: 'original' }, 'verbatim'],
    ['aac_in_mkv', { format: 'original' }, 'verbatim'],
    ['ape', { format: 'original', span: { from: 75 } }, 'encoded'],
  ])('%s as %j is %s', (source, wish, method) => {
    expect(plan(source, wish).method).toBe(method)
  })

  test('tags that cannot be written are told of', () => {
    expect(plan('ape', { format: 'original' }).notes).toEqual([expect.stringMatching(/keeps the tags it came with/)])
  })

  test('a part of a disc that was asked for as it is loses nothing', () => {
    expect(plan('ape', { format: 'original', span: { from: 75 } })).toMatchObject({ target: { format: 'flac' } })
    expect(plan('alac', { format: 'original', span: { from: 75 } })).toMatchObject({ target: { format: 'alac' } })
  })
})

describe('what would only look better', () => {
  test.each<[keyof typeof SOURCES, Partial<ConversionJob>, RegExp]>([
    ['mp3_320', { format: 'flac' }, /lossy/],
    ['ogg_192', { format: 'wav' }, /lossy/],
    ['mp3_128', { format: 'mp3', bitrateKbps: 320 }, /128 kbit\/s, not 320/],
    ['mp3_128', { format: 'ogg_vorbis' }, /128 kbit\/s, not 320/],
    ['mp3_128', { format: 'mp3', vbr: 'v0' }, /128 kbit\/s, not 245/],
    ['flac', { format: 'flac', sampleRateHz: 96_000 }, /44100 Hz, not 96000/],
    ['flac', { format: 'alac', bitDepth: 24 }, /16 bits, not 24/],
    ['mono', { format: 'flac', channels: 2 }, /1 channels, not 2/],
  ])('%s as %j is told of, or refused where it is not wanted', (source, wish, why) => {
    expect(plan(source, wish).notes).toEqual([expect.stringMatching(why)])
    expect(() => plan(source, wish, 'refuse')).toThrow(expect.objectContaining({ kind: 'permanent', code: 'would_upscale' }))
  })

  test.each<[keyof typeof SOURCES, Partial<ConversionJob>]>([
    ['flac', { format: 'ogg_vorbis' }],
    ['flac', { format: 'opus' }],
    ['hires', { format: 'mp3' }],
    ['mp3_320', { format: 'ogg_vorbis' }],
    ['mp3_320', { format: 'opus' }],
    ['mp3_v0', { format: 'aac' }],
    ['flac', { format: 'opus', sampleRateHz: 48_000 }],
    ['mp3_128', { format: 'original' }],
  ])('%s as %j is not', (source, wish) => {
    expect(plan(source, wish, 'refuse').notes).toEqual([])
  })
})

test.each<[string, keyof typeof SOURCES, Partial<ConversionJob>, number, number, boolean]>([
  ['an hour in CD quality', 'flac', { format: 'wav' }, 1, 3_600, true],
  ['a day in CD quality', 'flac', { format: 'wav' }, 1, 86_400, false],
  ['two hours of 24 bits at 96 kHz', 'hires', { format: 'wav', sampleRateHz: 96_000 }, 1, 7_500, false],
  ['a day of FLAC', 'wav', { format: 'flac' }, 1, 86_400, true],
  ['a day of Ogg', 'flac', { format: 'ogg_vorbis' }, 1, 86_400, true],
  ['a WAV with new tags', 'wav', { format: 'original' }, 2 ** 31, 10, true],
  ['a WAV that is larger already', 'wav', { format: 'original' }, 2 ** 32, 10, false],
])('what a WAV cannot hold is refused before it is begun: %s', (_name, source, wish, sourceBytes, seconds, fits) => {
  const look = () => requireFits(plan(source, wish), sourceBytes, seconds)
  if (fits) expect(look).not.toThrow()
  else expect(look).toThrow(expect.objectContaining({ kind: 'permanent', code: 'too_large' }))
})
