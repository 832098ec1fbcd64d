import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { transliterate } from './transliterate.js'

describe('other scripts in Latin letters', () => {
  test.each([
    ['Кино', 'kino'],
    ['Группа крови', 'gruppa krovi'],
    ['Соль', 'sol'],
    ['Μίκης Θεοδωράκης', 'mikis theodorakis'],
    ['崔健', 'cui jian'],
    ['一无所有', 'yi wu suo you'],
    ['ゆらゆら帝国', 'yurayura di guo'],
    ['きゃりーぱみゅぱみゅ', 'kyaripamyupamyu'],
    ['シャッフル', 'shaffuru'],
    ['マッチ', 'matchi'],
    ['フェイス', 'feisu'],
    ['아이유', 'aiyu'],
    ['فيروز', 'fyrwz'],
    ['שלמה', 'slmh'],
    ['ДДТ - Live 1994 «Рожденный»', 'ddt - Live 1994 «rozhdennyy»'],
    ['Й'.normalize('NFD'), 'y'],
  ])('%s', (text, latin) => {
    expect(transliterate(text)).toBe(latin)
  })
})

test.each(['Sigur Rós', 'Ágætis byrjun', 'Motörhead – Überjam', '!!!', 'AC/DC', '1999', 'Łódź', ''])('%s stays as it is', (text) => {
  expect(transliterate(text)).toBe(text)
})

test('what is in Latin letters already stays so', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.string({ unit: fc.constantFrom(...'Группа крови 崔健 ゃきっカーシ 방탄 Ωά فيروز aé-1') }),
  )
  fc.assert(
    fc.property(text, (original) => {
      const latin = transliterate(original)
      expect(transliterate(latin)).toBe(latin)
    }),
  )
})
