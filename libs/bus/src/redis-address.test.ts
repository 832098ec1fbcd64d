import { describe, expect, test } from '@jest/globals'
import { keyPrefix, parseRedisUrl } from './redis-address.js'

describe('an address of Redis', () => {
  test.each([
    ['redis://cache', { kind: 'server', tls: false, hosts: [{ host: 'cache', port: 6379 }], db: 0 }],
    [
      'rediss://ann:p%40ss:word@cache:7000/3',
      { username: 'ann', password: 'p@ss:word', tls: true, hosts: [{ host: 'cache', port: 7000 }], db: 3 },
    ],
    ['redis://:100%@[::1]:7000', { password: '100%', hosts: [{ host: '::1', port: 7000 }] }],
    [
      'redis+cluster://:w@a:1,b,[::2]',
      {
        kind: 'cluster',
        hosts: [
          { host: 'a', port: 1 },
          { host: 'b', port: 6379 },
          { host: '::2', port: 6379 },
        ],
      },
    ],
    [
      'rediss+sentinel://a,b:5/ours/2',
      {
        kind: 'sentinel',
        tls: true,
        hosts: [
          { host: 'a', port: 26379 },
          { host: 'b', port: 5 },
        ],
        master: 'ours',
        db: 2,
      },
    ],
  ])('%s', (url, parts) => {
    expect(parseRedisUrl(url)).toMatchObject(parts)
  })

  test.each([
    'redis://:word@a,b c',
    'http://:word@a',
    'redis+sentinel://:word@a',
    'redis+cluster://:word@a/3',
    'redis://:word@a/x',
    'redis://:word@a?x=1',
  ])('%s is none, and the reason holds no password', (url) => {
    expect(() => parseRedisUrl(url)).toThrow(/^(?!.*word).*Redis/)
  })

  test('in a cluster all keys of a system have one slot', () => {
    expect(keyPrefix({ url: 'redis+cluster://a,b', prefix: 'p' })).toBe('{p}')
    expect(keyPrefix({ url: 'redis+sentinel://a,b/m', prefix: 'p' })).toBe('p')
  })
})
