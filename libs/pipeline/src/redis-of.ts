import { readFileSync } from 'node:fs'
import type { RedisTarget } from '@torrentino/bus'
import type { Config } from '@torrentino/runtime'

/** The Redis of the configuration. A certificate that cannot be read ends the start. */
export function redisOf({ redis }: Pick<Config, 'redis'>): RedisTarget {
  return {
    url: redis.url.reveal(),
    prefix: redis.prefix,
    sentinelPassword: redis.sentinel_password?.reveal(),
    tls: {
      ca: read('REDIS_TLS_CA', redis.tls_ca),
      cert: read('REDIS_TLS_CERT', redis.tls_cert),
      key: read('REDIS_TLS_KEY', redis.tls_key),
    },
  }
}

function read(setting: string, path: string): string | undefined {
  if (path === '') return undefined
  try {
    return readFileSync(path, 'utf8')
  } catch (error) {
    throw new Error(`${setting}: the file cannot be read (${(error as NodeJS.ErrnoException).code})`, { cause: error })
  }
}
