import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { agreementOf } from './lengths.js'

const SECS = [121, 340, 195, 442, 90, 258, 362, 227]
const sized = (bytes: (secs: number, index: number) => number) =>
  SECS.map((secs, index) => ({ secs, bytes: Math.round(bytes(secs, index)) }))

test.each<[string, ReturnType<typeof sized>, string]>([
  ['one bitrate', sized((secs) => secs * 40_000), 'exact'],
  ['one bitrate and a picture in each', sized((secs) => secs * 40_000 + 800_000), 'exact'],
  ['one bitrate, one track with silence behind it', sized((secs, index) => (secs + (index === 7 ? 300 : 0)) * 40_000), 'exact'],
  ['a variable rate', sized((secs, index) => secs * 110_000 * (index % 2 ? 1.12 : 0.9)), 'good'],
  ['other songs', sized((_secs, index) => (SECS[(index + 1) % 8] ?? 0) * 40_000), 'contrary'],
  ['files of one size', sized(() => 8_000_000), 'contrary'],
  ['too few', sized((secs) => secs * 40_000).slice(0, 3), 'unknown'],
])('%s', (_name, files, agreement) => {
  expect(agreementOf(files)).toBe(agreement)
})

test('where the rate is known to be constant, sizes that are off belong to something else', () => {
  const live = sized((secs, index) => secs * 40_000 * (index % 2 ? 1.15 : 0.88))
  expect(agreementOf(live)).not.toBe('contrary')
  expect(agreementOf(live, true)).toBe('contrary')
})

test('tracks of one length tell nothing', () => {
  expect(agreementOf(SECS.map((_secs, index) => ({ secs: 200 + index, bytes: 1000 + index * 500 })))).toBe('unknown')
})

test('the order of the files does not matter', () => {
  const files = sized((secs, index) => secs * 100_000 * (1 + index / 20))
  fc.assert(
    fc.property(fc.shuffledSubarray(files, { minLength: files.length }), (shuffled) => {
      expect(agreementOf(shuffled)).toBe(agreementOf(files))
    }),
  )
})
