import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { hideKey, needsKey, restoreKey } from './secret-link.js'

describe('the key in a link', () => {
  test.each([
    ['plain', 'http://i/dl?apikey=k3y&x=1', 'k3y', 'http://i/dl?apikey={apikey}&x=1'],
    ['twice', 'http://i/k3y/dl?jackett_apikey=k3y', 'k3y', 'http://i/{apikey}/dl?jackett_apikey={apikey}'],
    ['encoded', 'http://i/dl?apikey=a%2Fb%3d', 'a/b=', 'http://i/dl?apikey={apikey}'],
    ['no key set', 'http://i/dl?x=1', undefined, 'http://i/dl?x=1'],
    ['a key named like the placeholder', 'http://i/dl?apikey=1', 'apikey', 'http://i/dl?{apikey}=1'],
  ])('%s', (_name, link, key, stored) => {
    expect(hideKey(link, key)).toBe(stored)
  })

  test('is never handed to a link that only asks for it', () => {
    const stored = hideKey('http://evil.example/?x={apikey}', 'k3y')
    expect(needsKey(stored)).toBe(false)
    expect(restoreKey(stored, 'k3y')).not.toContain('k3y')
  })

  test('comes back where it was, whatever it looks like', () => {
    const key = fc.string({ minLength: 6, maxLength: 40, unit: fc.constantFrom(...'abcXYZ019-_$./+=&?%') })
    fc.assert(
      fc.property(key, (secret) => {
        const link = `http://indexer.test/dl?apikey=${encodeURIComponent(secret)}&path=1`
        const stored = hideKey(link, secret)
        expect(new URL(stored).search).not.toContain(encodeURIComponent(secret))
        expect(new URL(restoreKey(stored, secret)).searchParams.get('apikey')).toBe(secret)
      }),
    )
  })
})
