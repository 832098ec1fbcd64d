import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { CookieJar } from './cookie-jar.js'

function after(...headers: (string | undefined)[]): string | undefined {
  const jar = new CookieJar()
  for (const header of headers) jar.take(header)
  return jar.headers().cookie
}

test.each<[(string | undefined)[], string | undefined]>([
  [[undefined], undefined],
  [['SID=abc; HttpOnly; path=/; SameSite=Strict'], 'SID=abc'],
  [['QBT_SID_8080=a+/b==; HttpOnly'], 'QBT_SID_8080=a+/b=='],
  [['SID=old', 'SID=new'], 'SID=new'],
  [['a=1; Expires=Wed, 21 Oct 2099 07:28:00 GMT; Path=/, b=2; Path=/, c=3'], 'a=1; b=2; c=3'],
  [['no cookie at all'], undefined],
])('%j: %s', (headers, expected) => {
  expect(after(...headers)).toBe(expected)
})

test('whatever comes, what goes back is one line of bounded length', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 300 })), (headers) => {
      const sent = after(...headers) ?? ''
      expect(sent.length).toBeLessThan(100_000)
      expect(sent.split('; ').every((pair) => pair === '' || /^[\w!#$%&'*+.^`|~-]+=/.test(pair))).toBe(true)
    }),
  )
})
