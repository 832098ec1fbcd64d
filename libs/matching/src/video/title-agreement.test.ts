import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { titleAgreement } from './title-agreement.js'

test.each([
  ['The Copper Orchard', 'Copper Orchard', 1],
  ['Copper Orchard, The', 'The Copper Orchard', 1],
  ['Night & Day on Mars', 'Night and Day on Mars', 1],
  ['Stormbreak III', 'Stormbreak 3', 1],
  ['Ward Seven', 'Ward 7', 1],
  ['Giants: Part One', 'Giants Part 1', 1],
  ['Moth-Man', 'Mothman', 0.98],
  ['Трамвай', 'Tramvay', 0.97],
  ['Der Bäcker', 'Der Backer', 1],
  ['Das Boot', 'The Boat AKA Das Boot', 1],
  ['Where the Sea Forgets: A Story', 'Where the Sea Forgets', 0.9],
])('%s is %s', (wanted, offered, share) => {
  expect(titleAgreement([wanted], [offered])).toBe(share)
})

test.each([
  ['Raven', 'Ravens'],
  ['Stormbreak II', 'Stormbreak III'],
  ['Ward 7', 'Ward 6'],
  ['Signal', 'Signal Lost'],
  ['The Orchard', 'The Copper Orchard'],
  ['Signal', ''],
])('%s is not %s', (wanted, offered) => {
  expect(titleAgreement([wanted], [offered])).toBeLessThan(0.85)
})

test('a share between nothing and all, the same both ways for the same words, for any text', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 40 }), fc.string({ maxLength: 40 }), (wanted, offered) => {
      const share = titleAgreement([wanted], [offered])
      expect(share).toBeGreaterThanOrEqual(0)
      expect(share).toBeLessThanOrEqual(1)
    }),
  )
})
