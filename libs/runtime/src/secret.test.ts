import { inspect } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import { Secret, secretUrl } from './secret.js'

describe('Secret', () => {
  test('shows itself only when asked', () => {
    const secret = new Secret('value')
    expect([
      `${secret}`,
      JSON.stringify({ secret }),
      inspect({ secret }),
      inspect(secret, { showHidden: true }),
      Object.values(secret).join(),
    ]).toEqual(['***', '{"secret":"***"}', '{ secret: *** }', '***', ''])
    expect(secret.reveal()).toBe('value')
  })

  test.each([
    ['postgres://u:p@h:5432/d?sslmode=require', 'postgres://u:***@h:5432/d?***'],
    ['postgres://u@h/d', 'postgres://u@h/d'],
    ['redis://:p@h:6379/0', 'redis://:***@h:6379/0'],
    ['redis://h:6379', 'redis://h:6379'],
    ['redis+cluster://:p,w@h1:7000,h2:7001', 'redis+cluster://:***@h1:7000,h2:7001'],
    ['redis+sentinel://u:p@h1,h2/ours/1', 'redis+sentinel://u:***@h1,h2/ours/1'],
    ['https://u:p@h/path', 'https://u:***@h/path'],
  ])('secretUrl(%s) shows %s', (value, shown) => {
    expect(String(secretUrl(value))).toBe(shown)
    expect(secretUrl(value).reveal()).toBe(value)
  })
})
