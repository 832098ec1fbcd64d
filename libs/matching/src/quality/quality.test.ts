import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { compareMusic, isMusicWithin, MUSIC_LIMITS, type MusicQuality } from './music.js'
import { compareVideo, isVideoWithin, type VideoQuality } from './video.js'

const QUALITIES = ['4320p', '2160p', '1440p', '1080p', '1080i', '720p', '576p', '480p', '360p', '240p'] as const
const SOURCES = ['bluray', 'webdl', 'webrip', 'hdtv', 'dvd', 'screener', 'cam'] as const

function video(change: Partial<VideoQuality>): VideoQuality {
  return { proper: false, repack: false, ...change }
}

describe('films and episodes', () => {
  test.each([
    ['2160p', undefined, false],
    ['1440p', undefined, false],
    ['1080p', undefined, true],
    ['1080i', undefined, true],
    ['480p', undefined, true],
    [undefined, undefined, true],
    ['1080p', '720p', false],
    ['720p', '720p', true],
    ['2160p', '2160p', true],
    ['1080p', '1080i', false],
  ] as const)('%s under a ceiling of %s: %s', (quality, limit, within) => {
    expect(isVideoWithin({ quality }, limit)).toBe(within)
  })

  const best: VideoQuality[] = [
    video({ quality: '1080p', source: 'bluray', repack: true }),
    video({ quality: '1080p', source: 'bluray', codec: 'h265' }),
    video({ quality: '1080p', source: 'bluray', codec: 'h264' }),
    video({ quality: '1080p', source: 'bluray', codec: 'xvid' }),
    video({ quality: '1080p', source: 'webdl', proper: true }),
    video({ quality: '1080p', source: 'webdl' }),
    video({ quality: '1080p', source: 'webrip' }),
    video({ quality: '1080p', source: 'hdtv' }),
    video({ quality: '720p', source: 'bluray' }),
    video({ quality: '720p', source: 'hdtv' }),
    video({ source: 'dvd', codec: 'xvid' }),
    video({ quality: '480p', source: 'webrip' }),
    video({ quality: '1080p', source: 'telesync' }),
    video({ quality: '2160p', source: 'cam' }),
  ]
  test('lines, then source, then corrections, then codec; what a camera saw is last', () => {
    expect([...best].reverse().sort(compareVideo)).toEqual(best)
  })
})

describe('music', () => {
  const best: MusicQuality[] = [
    { audio_format: 'FLAC', bit_depth: 24, sample_rate: 192_000 },
    { audio_format: 'flac', bit_depth: 24, sample_rate: 96_000 },
    { audio_format: 'flac', bit_depth: 16 },
    { audio_format: 'alac', bit_depth: 24 },
    { audio_format: 'alac' },
    { audio_format: 'wav' },
    { audio_format: 'mp3', bitrate: 320 },
    { audio_format: 'mp3', bitrate: 'V0' },
    { audio_format: 'mp3', bitrate: 256 },
    { audio_format: 'opus', bitrate: 160 },
    { audio_format: 'mp3', bitrate: 224 },
    { audio_format: 'mp3', bitrate: 'V2' },
    { audio_format: 'mp3' },
    { audio_format: 'aac', bitrate: 128 - 16 },
    { audio_format: 'mp3', bitrate: 128 },
  ]
  test('flac, alac, other lossless, then by what it sounds like', () => {
    expect([...best].reverse().sort(compareMusic)).toEqual(best)
  })

  test.each([
    ['flac', { audio_format: 'flac', bit_depth: 24 }, true],
    ['alac', { audio_format: 'flac' }, false],
    ['alac', { audio_format: 'wav' }, true],
    ['320', { audio_format: 'alac' }, false],
    ['320', { audio_format: 'ogg', bitrate: 320 }, true],
    ['256', { audio_format: 'mp3', bitrate: 'V0' }, false],
    ['192', { audio_format: 'mp3', bitrate: 'V2' }, true],
    ['128', { audio_format: 'mp3', bitrate: 192 }, false],
    ['128', {}, true],
  ] as const)('ceiling %s, %j: %s', (limit, release, within) => {
    expect(isMusicWithin(release, limit)).toBe(within)
  })
})

const anyVideo = fc.record({
  quality: fc.option(fc.constantFrom(...QUALITIES), { nil: undefined }),
  source: fc.option(fc.constantFrom(...SOURCES), { nil: undefined }),
  codec: fc.option(fc.constantFrom('h264', 'h265', 'something'), { nil: undefined }),
  proper: fc.boolean(),
  repack: fc.boolean(),
})
const anyMusic = fc.record({
  audio_format: fc.option(fc.constantFrom('flac', 'alac', 'wav', 'mp3', 'aac', 'opus', 'mpc'), { nil: undefined }),
  bitrate: fc.option(fc.constantFrom<MusicQuality['bitrate']>(320, 256, 'V0', 'V2', 128, 96), { nil: undefined }),
  bit_depth: fc.option(fc.constantFrom(16, 24), { nil: undefined }),
  sample_rate: fc.option(fc.constantFrom(44_100, 96_000), { nil: undefined }),
})

test('both orders are total: neither turns round nor goes in circles', () => {
  function isOrder<T>(any: fc.Arbitrary<T>, compare: (a: T, b: T) => number): void {
    fc.assert(
      fc.property(any, any, any, (a, b, c) => {
        expect(Math.sign(compare(a, b)) + Math.sign(compare(b, a))).toBe(0)
        if (compare(a, b) <= 0 && compare(b, c) <= 0) expect(compare(a, c)).toBeLessThanOrEqual(0)
      }),
    )
  }
  isOrder(anyVideo, compareVideo)
  isOrder(anyMusic, compareMusic)
})

test('what a lower ceiling lets through, a higher one does too', () => {
  fc.assert(
    fc.property(anyVideo, fc.constantFrom(...QUALITIES), fc.constantFrom(...QUALITIES), (release, a, b) => {
      const [high, low] = QUALITIES.indexOf(a) < QUALITIES.indexOf(b) ? [a, b] : [b, a]
      if (isVideoWithin(release, low)) expect(isVideoWithin(release, high)).toBe(true)
    }),
  )
  fc.assert(
    fc.property(anyMusic, fc.constantFrom(...MUSIC_LIMITS), (release, low) => {
      const higher = MUSIC_LIMITS.slice(0, MUSIC_LIMITS.indexOf(low))
      if (isMusicWithin(release, low)) for (const limit of higher) expect(isMusicWithin(release, limit)).toBe(true)
    }),
  )
})
