import { join } from 'node:path'
import { inspectRedis, type RedisTarget } from '@torrentino/bus'
import { redisOf } from '@torrentino/pipeline'
import { compareClocks } from './clock.js'
import type { DoctorDeps } from './deps.js'
import { type Check, failed, ok, warning } from './finding.js'

const ASK_MS = 5000
/** BullMQ needs its streams and scripts. */
const OLDEST = [6, 2] as const
const NEARLY_FULL = 0.9

export function redisCheck(deps: DoctorDeps): Check {
  const { ownRedis, config, dataFolder, env } = deps
  if (!ownRedis)
    return {
      subject: 'Redis',
      advice: 'start Redis, or correct REDIS_URL (password, host, port and number)',
      limitMs: 2 * ASK_MS,
      run: () => look(redisOf(config), deps),
    }
  return {
    subject: 'Redis',
    advice: 'install a Redis server (Debian: apt-get install redis-tools), or set REDIS_URL or REDIS_SERVER_PATH',
    limitMs: 2 * ASK_MS,
    async run() {
      const { findRedisProgram, runningRedisUrl } = await import('@torrentino/testkit')
      const url = await runningRedisUrl(join(dataFolder, 'redis'))
      if (url !== undefined) return look({ url, prefix: config.redis.prefix }, deps)
      return [ok(`REDIS_URL is not set; npm start runs ${await findRedisProgram(env.REDIS_SERVER_PATH || undefined)}`)]
    },
  }
}

async function look(target: RedisTarget, { now }: DoctorDeps) {
  const asked = now()
  const facts = await inspectRedis(target, ASK_MS)
  const clock = compareClocks(facts.now, asked, now())
  const keeping = facts.fault
    ? failed(facts.fault, 'CONFIG SET maxmemory-policy noeviction, and the same in redis.conf')
    : facts.warning
      ? warning(facts.warning, 'CONFIG SET appendonly yes, and the same in redis.conf')
      : ok('it drops nothing and keeps its jobs over a restart')
  const full = (facts.memoryUsed ?? 0) > NEARLY_FULL
  return [versionOf(facts.version), keeping, ...(full ? [warning('its memory is nearly full', 'raise maxmemory')] : []), clock]
}

function versionOf(version: string) {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  if (major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1])) return ok(`version ${version}`)
  return failed(`version ${version} is too old`, `upgrade to Redis ${OLDEST.join('.')} or later`)
}
