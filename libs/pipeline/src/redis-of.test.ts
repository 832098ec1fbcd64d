import { expect, test } from '@jest/globals'
import { parseRedisUrl } from '@torrentino/bus'
import { loadConfig } from '@torrentino/runtime'
import { redisOf } from './redis-of.js'

const BASE = { AUTH_METHOD: 'none', DATABASE_URL: 'postgres://db/x', MEDIA_ROOTS: '/media' }

test.each([
  'redis://cache',
  'redis://ann:p,ss@cache:6379/',
  'rediss://:a%2Fb@[::1]:6380/15',
  'redis+cluster://a:7000,b:7001,c',
  'rediss+cluster://:p@[::1]:7000,[::2]/',
  'redis+sentinel://:p@a,b:26380/ours',
  'rediss+sentinel://ann:p@a/our-master.1/4',
])('what the settings let pass, the bus can read: %s', (REDIS_URL) => {
  const { url } = redisOf(loadConfig({ ...BASE, REDIS_URL }))
  expect(url).toBe(REDIS_URL)
  expect(parseRedisUrl(url).hosts.length).toBeGreaterThan(0)
})

test('a certificate that cannot be read ends the start, by the name of its setting', () => {
  const config = loadConfig({ ...BASE, REDIS_URL: 'rediss://cache', REDIS_TLS_CA: '/nowhere/ca.pem' })
  expect(() => redisOf(config)).toThrow(/^REDIS_TLS_CA: the file cannot be read \(ENOENT\)/)
})
