import { sharedPostgresUrl } from './test-postgres.js'
import { sharedRedisUrl } from './test-redis.js'

export interface TestServers {
  databaseUrl: string
  redisUrl: string
}

/** The two servers of this test run. */
export async function testServers(): Promise<TestServers> {
  const [databaseUrl, redisUrl] = await Promise.all([sharedPostgresUrl(), sharedRedisUrl()])
  return { databaseUrl, redisUrl }
}
