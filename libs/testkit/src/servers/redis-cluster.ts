import { moveSlot } from './move-slot.js'
import { type RedisNode, startRedisNode } from './redis-node.js'
import type { TestRedis } from './test-redis.js'
import type { TlsFiles } from './tls-files.js'
import { waitFor } from './wait-for.js'

export interface TestCluster extends TestRedis {
  nodes: RedisNode[]
  /** The way in with TLS, where the nodes have certificates. */
  tlsUrl: string | undefined
  /** The node that serves the slot of this key, by what most say. */
  ownerOf(key: string): Promise<RedisNode>
  /** A node more, which takes over when the owner of this key is lost. */
  addHeir(key: string): Promise<RedisNode>
  /** Gives the slot of this key to another master while the nodes serve it, a few keys at a time. */
  moveSlot(key: string, between: () => Promise<unknown>): Promise<void>
}

const SLOTS = 16_384
const PASSWORD = 'cluster-of-a-test'

/** Three nodes that share the slots. Those with certificates speak TLS among themselves, and beside plain ports have others with TLS. */
export async function createRedisCluster({ tls }: { tls?: TlsFiles } = {}): Promise<TestCluster> {
  const startOne = () => startNode(tls)
  const nodes = await Promise.all([startOne(), startOne(), startOne()])
  await Promise.all(
    nodes.map((node, nr) => {
      const [from, to] = [Math.floor((nr * SLOTS) / nodes.length), Math.floor(((nr + 1) * SLOTS) / nodes.length) - 1]
      return node.ask((redis) => redis.call('CLUSTER', 'ADDSLOTSRANGE', from, to))
    }),
  )
  // So that no two of them count for the same one when they vote.
  await Promise.all(nodes.map((node, nr) => node.ask((redis) => redis.call('CLUSTER', 'SET-CONFIG-EPOCH', nr + 1))))
  await meet(nodes)
  await untilAgreed(nodes)

  const each = async (work: (node: RedisNode) => unknown) => void (await Promise.all(nodes.map(work)))
  let away = false
  const end = async (work: (node: RedisNode) => unknown) => {
    if (!away) await each(work)
    away = true
  }
  const start = async () => {
    if (!away) return
    await each((node) => node.start())
    await untilAgreed(nodes)
    away = false
  }
  const stop = () => end((node) => node.kill())

  async function ownerOf(key: string): Promise<RedisNode> {
    const ports = await Promise.all(nodes.map((node) => ownerPort(node, key).catch(() => undefined)))
    const owner = nodes.find((node) => ports.filter((port) => port === node.port).length > nodes.length / 2)
    if (owner === undefined) throw new Error('the nodes do not agree on who has the slot')
    return owner
  }

  return {
    nodes,
    url: `redis+cluster://:${PASSWORD}@${nodes.map(({ port }) => `127.0.0.1:${port}`).join(',')}`,
    tlsUrl: tls && `rediss+cluster://:${PASSWORD}@${nodes.map(({ tlsPort }) => `127.0.0.1:${tlsPort}`).join(',')}`,
    pid: 0,
    signal: (name) => void each((node) => node.signal(name)),
    start,
    stop,
    kill: stop,
    restart: async () => {
      await stop()
      await start()
    },
    drop: () => each((node) => node.drop()),
    // A replica loses what its master loses.
    flushAll: () => each((node) => node.ask((redis) => redis.flushall()).catch(unlessReplica)),
    keys: async () => [...new Set((await Promise.all(nodes.map(keysOf))).flat())].sort(),
    pause: () => void each((node) => node.signal('SIGSTOP')),
    resume: () => void each((node) => node.signal('SIGCONT')),
    ownerOf,
    async moveSlot(key, between) {
      const from = await ownerOf(key)
      const roles = await Promise.all(nodes.map(isMaster))
      const masters = nodes.filter((_, nr) => roles[nr])
      const to = masters.find((node) => node !== from)
      if (to === undefined) throw new Error('there is no other master')
      const slot = Number(await from.ask((redis) => redis.call('CLUSTER', 'KEYSLOT', key)))
      await moveSlot({ slot, from, to, port: tls ? to.tlsPort : to.port, masters, password: PASSWORD, between })
    },
    async addHeir(key) {
      const owner = await ownerOf(key)
      const heir = await startOne()
      nodes.push(heir)
      await meet([owner, heir])
      await untilAgreed(nodes)
      const id = await owner.ask((redis) => redis.call('CLUSTER', 'MYID'))
      await heir.ask((redis) => redis.call('CLUSTER', 'REPLICATE', String(id)))
      // From now on the loss of one is noticed soon.
      await each((node) => node.ask((redis) => redis.config('SET', 'cluster-node-timeout', '2000')))
      await waitFor('the heir', () => heir.ask(async (redis) => /master_link_status:up/.test(await redis.info('replication'))))
      return heir
    },
  }
}

function startNode(tls: TlsFiles | undefined): Promise<RedisNode> {
  return startRedisNode({
    lines: (port, otherPort, tlsPort) => [
      `port ${port}`,
      ...(tls ? [`tls-port ${tlsPort}`, 'tls-cluster yes', 'tls-replication yes', ...tls.redisLines] : []),
      'cluster-enabled yes',
      'appendonly yes',
      `cluster-port ${otherPort}`,
      // A busy machine must not make them think that one is lost.
      'cluster-node-timeout 15000',
      'cluster-replica-validity-factor 0',
      'repl-diskless-sync-delay 0',
      `requirepass ${PASSWORD}`,
      `masterauth ${PASSWORD}`,
    ],
    login: { password: PASSWORD },
  })
}

async function meet([first, ...others]: RedisNode[]): Promise<void> {
  for (const other of others) await first?.ask((redis) => redis.call('CLUSTER', 'MEET', '127.0.0.1', other.port, other.otherPort))
}

async function untilAgreed(nodes: RedisNode[]): Promise<void> {
  const agrees = async (node: RedisNode) => {
    const info = String(await node.ask((redis) => redis.call('CLUSTER', 'INFO')))
    return info.includes('cluster_state:ok') && info.includes(`cluster_known_nodes:${nodes.length}`)
  }
  await waitFor('the cluster', async () => (await Promise.all(nodes.map((node) => agrees(node).catch(() => false)))).every(Boolean))
}

async function ownerPort(node: RedisNode, key: string): Promise<number | undefined> {
  return node.ask(async (redis) => {
    const slot = Number(await redis.call('CLUSTER', 'KEYSLOT', key))
    const ranges = (await redis.call('CLUSTER', 'SLOTS')) as [number, number, [string, number]][]
    return ranges.find(([from, to]) => from <= slot && slot <= to)?.[2][1]
  })
}

function isMaster(node: RedisNode): Promise<boolean> {
  return node.ask(async (redis) => /role:master/.test(await redis.info('replication'))).catch(() => false)
}

/** One that is lost has none. */
function keysOf(node: RedisNode): Promise<string[]> {
  return node.ask((redis) => redis.keys('*')).catch(() => [])
}

function unlessReplica(error: Error): void {
  if (!error.message.startsWith('READONLY')) throw error
}
