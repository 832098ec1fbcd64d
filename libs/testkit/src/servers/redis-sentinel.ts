import { type RedisNode, startRedisNode } from './redis-node.js'
import { waitFor } from './wait-for.js'

export interface TestSentinel {
  url: string
  sentinelPassword: string
  /** The server that is in charge now. */
  master(): Promise<RedisNode>
  drop(): Promise<void>
}

const NAME = 'ours'
const PASSWORD = 'server-of-a-test'
const SENTINEL_PASSWORD = 'sentinel-of-a-test'

/** Two servers and three sentinels that give the office to the other one when one is lost. */
export async function createRedisSentinel(): Promise<TestSentinel> {
  const common = [`requirepass ${PASSWORD}`, `masterauth ${PASSWORD}`, 'repl-diskless-sync-delay 0']
  const startServer = (lines: string[]) =>
    startRedisNode({ lines: (port) => [`port ${port}`, ...common, ...lines], login: { password: PASSWORD } })
  const first = await startServer([])
  const second = await startServer([`replicaof 127.0.0.1 ${first.port}`])
  await waitFor('the replica', () => second.ask(async (redis) => /master_link_status:up/.test(await redis.info('replication'))))
  const sentinels = await Promise.all([1, 2, 3].map(() => startSentinel(first.port)))
  await waitFor('the sentinels', async () => (await Promise.all(sentinels.map(seesAll))).every(Boolean))
  const servers = [first, second]
  return {
    url: `redis+sentinel://:${PASSWORD}@${sentinels.map(({ port }) => `127.0.0.1:${port}`).join(',')}/${NAME}/0`,
    sentinelPassword: SENTINEL_PASSWORD,
    async master() {
      const address = (await sentinels[0]?.ask((redis) => redis.call('SENTINEL', 'GET-MASTER-ADDR-BY-NAME', NAME))) as [string, string]
      const found = servers.find(({ port }) => port === Number(address[1]))
      if (found === undefined) throw new Error('the sentinels name a server that is not ours')
      return found
    },
    drop: async () => void (await Promise.all([...sentinels, ...servers].map((node) => node.drop()))),
  }
}

function startSentinel(masterPort: number): Promise<RedisNode> {
  return startRedisNode({
    sentinel: true,
    lines: (port) => [
      `port ${port}`,
      `requirepass ${SENTINEL_PASSWORD}`,
      `sentinel monitor ${NAME} 127.0.0.1 ${masterPort} 2`,
      `sentinel auth-pass ${NAME} ${PASSWORD}`,
      `sentinel down-after-milliseconds ${NAME} 1000`,
      `sentinel failover-timeout ${NAME} 5000`,
    ],
    login: { password: SENTINEL_PASSWORD },
  })
}

async function seesAll(sentinel: RedisNode): Promise<boolean> {
  const reply = await sentinel.ask((redis) => redis.call('SENTINEL', 'MASTER', NAME))
  const text = JSON.stringify(reply)
  return /"num-slaves","?1"?[,}]|"num-slaves":"?1"?/.test(text) && /"num-other-sentinels","?2"?|"num-other-sentinels":"?2"?/.test(text)
}
