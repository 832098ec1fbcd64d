import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import stringSimilarity from 'string-similarity'
import { letterSimilarity, lettersOf } from './letters.js'

const name = fc.array(fc.string({ unit: fc.constantFrom(...'aab12éя漢'), minLength: 1, maxLength: 6 }), { maxLength: 5 })

test('letters agree as far as the well-known library says, which works it out anew for each pair of names', () => {
  fc.assert(
    fc.property(name, name, (first, second) => {
      const expected = stringSimilarity.compareTwoStrings(first.join(' '), second.join(' '))
      expect(letterSimilarity(lettersOf(first), lettersOf(second))).toBeCloseTo(expected, 12)
    }),
    { numRuns: 1000 },
  )
})
