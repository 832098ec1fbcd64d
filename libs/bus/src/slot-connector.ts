import { createConnection } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { connect as connectTls } from 'node:tls'
import { AbstractConnector, Redis, type RedisOptions } from 'ioredis'
import type { Host } from './redis-address.js'

const ASK_MS = 3000

type Stream = Awaited<ReturnType<AbstractConnector['connect']>>

/**
 * Connects to the node of a cluster that has the slot of this key now. Since all of ours is in one slot, a connection to a cluster
 * is an ordinary one that has to be made anew where the slot went: it fails, waits and comes back like any other.
 */
export function slotConnector(nodes: readonly Host[], key: string): NonNullable<RedisOptions['Connector']> {
  return class SlotConnector extends AbstractConnector {
    private known: readonly Host[] = nodes
    private readonly options: RedisOptions

    constructor(options: unknown) {
      super((options as RedisOptions).disconnectTimeout ?? 2000)
      this.options = options as RedisOptions
    }

    async connect(emit: (type: string, error: Error) => void): Promise<Stream> {
      this.connecting = true
      const owner = await this.findOwner(emit)
      this.mustConnect()
      const { tls } = this.options
      this.stream = tls ? connectTls({ ...owner, ...tls }) : createConnection(owner)
      this.stream.once('error', (error: Error) => {
        this.firstError = error
      })
      return this.stream
    }

    /** Asks until somebody knows: a connector that fails is never asked again. */
    private async findOwner(emit: (type: string, error: Error) => void): Promise<Host> {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await this.askAll()
        } catch (error) {
          const wait = this.options.retryStrategy?.(attempt)
          if (typeof wait !== 'number') throw error
          emit('error', error as Error)
          await delay(wait)
          this.mustConnect()
        }
      }
    }

    private async askAll(): Promise<Host> {
      let last = new Error('no node of the cluster is known')
      for (const node of this.known) {
        try {
          const { owner, masters } = await askNode(node, key, this.options)
          // Those that were named may all be gone one day.
          this.known = distinct([owner, ...masters, ...nodes])
          return owner
        } catch (error) {
          last = new Error(`node ${node.host}:${node.port} of the cluster: ${(error as Error).message}`, { cause: error })
        }
        this.mustConnect()
      }
      throw last
    }

    private mustConnect(): void {
      if (!this.connecting) throw new Error('Connection is closed.')
    }
  }
}

type Slots = [from: number, to: number, master: [host: string | null, port: number]][]

async function askNode(node: Host, key: string, { username, password, tls }: RedisOptions): Promise<{ owner: Host; masters: Host[] }> {
  const redis = new Redis({
    ...node,
    username,
    password,
    tls,
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
    connectTimeout: ASK_MS,
    commandTimeout: ASK_MS,
  })
  let fault: Error | undefined
  redis.on('error', (error) => {
    fault = error
  })
  try {
    await redis.connect()
    const [slot, ranges] = (await Promise.all([redis.call('CLUSTER', 'KEYSLOT', key), redis.call('CLUSTER', 'SLOTS')])) as [number, Slots]
    // A node that knows no address of its own is where it was asked.
    const hostOf = ([host, port]: Slots[number][2]): Host => ({ host: host || node.host, port })
    const range = ranges.find(([from, to]) => from <= slot && slot <= to)
    if (range === undefined) throw new Error(`nobody serves slot ${slot}`)
    return { owner: hostOf(range[2]), masters: ranges.map((one) => hostOf(one[2])) }
  } catch (error) {
    // "Connection is closed" hides why.
    throw fault ?? error
  } finally {
    if (redis.status !== 'end') redis.disconnect()
  }
}

function distinct(hosts: readonly Host[]): Host[] {
  return [...new Map(hosts.map((one) => [`${one.host}:${one.port}`, one])).values()]
}
