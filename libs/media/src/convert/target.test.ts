import { expect, test } from '@jest/globals'
import { AUDIO_FORMATS } from '@torrentino/domain'
import fc from 'fast-check'
import { estimateBytes } from './estimate-size.js'
import { chooseTarget } from './target.js'

const SOURCE = { codec: 'flac', sampleRateHz: 44_100, channels: 2, bitrateKbps: null, bitDepth: 16 }

test.each([
  ['ogg_vorbis', 320],
  ['mp3', 320],
  ['opus', 192],
  ['aac', 256],
  ['flac', null],
  ['alac', null],
  ['wav', null],
] as const)('%s has %p kbit/s when nothing is asked for', (format, bitrateKbps) => {
  expect(chooseTarget({ format }, SOURCE)).toMatchObject({ bitrateKbps, quality: null })
})

test.each([
  ['ogg_vorbis', undefined, 96_000, 48_000],
  ['ogg_vorbis', undefined, 176_400, 44_100],
  ['ogg_vorbis', 192_000, 44_100, 192_000],
  ['mp3', undefined, 37_800, 44_100],
  ['mp3', 192_000, 44_100, 48_000],
  ['aac', undefined, 96_000, 48_000],
  ['aac', 96_000, 44_100, 96_000],
  ['opus', 8000, 44_100, 48_000],
  ['flac', undefined, 352_800, 352_800],
  ['wav', 22_050, 96_000, 22_050],
] as const)('%s, asked for %p Hz, makes of %d Hz %d Hz', (format, sampleRateHz, source, expected) => {
  expect(chooseTarget({ format, sampleRateHz }, { ...SOURCE, sampleRateHz: source }).sampleRateHz).toBe(expected)
})

test('whatever is asked for, the target is something a codec can be told', () => {
  const wish = fc.record({
    format: fc.constantFrom(...AUDIO_FORMATS.filter((format) => format !== 'original')),
    bitrateKbps: fc.option(fc.integer({ min: 16, max: 1000 }), { nil: undefined }),
    sampleRateHz: fc.option(fc.constantFrom(8000, 22_050, 44_100, 96_000, 192_000), { nil: undefined }),
  })
  const source = fc.record({
    codec: fc.constant('x'),
    sampleRateHz: fc.integer({ min: 0, max: 400_000 }),
    channels: fc.integer({ min: 0, max: 64 }),
    bitrateKbps: fc.constant(null),
    bitDepth: fc.constantFrom(null, 1, 8, 16, 24, 32),
  })
  fc.assert(
    fc.property(wish, source, (asked, from) => {
      const target = chooseTarget(asked, from)
      const { codec, channels, sampleRateHz, bitrateKbps } = target
      expect(channels).toBeGreaterThanOrEqual(1)
      expect(channels).toBeLessThanOrEqual(codec.maxChannels)
      expect(sampleRateHz).toBeGreaterThan(0)
      if (codec.sampleRates) expect(codec.sampleRates).toContain(sampleRateHz)
      if (bitrateKbps !== null) expect(Number.isInteger(bitrateKbps) && bitrateKbps >= 6 && bitrateKbps <= 256 * 8).toBe(true)
      expect(estimateBytes({ method: 'encoded', target, notes: [] }, 1000, 60, 0)).toBeGreaterThan(0)
    }),
  )
})
