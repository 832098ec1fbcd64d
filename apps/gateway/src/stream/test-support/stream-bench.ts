import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import http from 'node:http'
import type { AddressInfo } from 'node:net'
import { openBus } from '@torrentino/bus'
import type { BusEvent } from '@torrentino/domain'
import { silentLogger } from '@torrentino/runtime'
import { openStore, type Steps } from '@torrentino/store'
import { type AttachedStream, attachStream, type StreamDeps } from '../attach-stream.js'
import type { StreamLimits } from '../limits.js'
import { createStepWriter, type SqlPool, type StepWriter } from './step-writer.js'
import { type ProbeOptions, probe, type StreamProbe } from './stream-probe.js'

export interface TestGateway {
  port: number
  stream: AttachedStream
  probe(options?: Omit<ProbeOptions, 'port'>): Promise<StreamProbe>
  close(): Promise<void>
}

export interface StreamBench {
  writer: StepWriter
  publish(...events: BusEvent[]): Promise<void>
  gateway(limits?: Partial<StreamLimits>, change?: (steps: Steps) => Partial<StreamDeps>): Promise<TestGateway>
  close(): Promise<void>
}

export interface BenchServers {
  database: { url: string; drop(): Promise<void> }
  redisUrl: string
  pool: SqlPool
}

/** Any number of gateways on real servers. Tokens: `admin`, or the name of a user; `wrong` is nobody's. */
export async function openBench({ database, redisUrl, pool }: BenchServers): Promise<StreamBench> {
  const prefix = `stream-${randomUUID()}`
  const writer = createStepWriter(pool)
  const store = openStore({ url: database.url, poolSize: 10, onError: () => {} })
  const bus = openBus({ url: redisUrl, prefix, onError: () => {} })
  await bus.ready()
  const gateways: TestGateway[] = []

  async function gateway(limits: Partial<StreamLimits> = {}, change?: (steps: Steps) => Partial<StreamDeps>): Promise<TestGateway> {
    const server = http.createServer()
    const stream = await attachStream(server, {
      steps: store.steps,
      subscribe: bus.subscribe,
      authenticate: async ({ headers }) => identityOf(headers.authorization),
      log: silentLogger,
      paths: ['/api/v1/ws', '/ws'],
      ...change?.(store.steps),
      limits: { checkMs: 100, ...limits },
    })
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const probes: StreamProbe[] = []
    const made: TestGateway = {
      port,
      stream,
      async probe(options) {
        const one = await probeWhenReady({ port, ...options })
        probes.push(one)
        return one
      },
      async close() {
        for (const one of probes) one.close()
        await stream.close()
        server.close()
        server.closeAllConnections()
      },
    }
    gateways.push(made)
    return made
  }

  return {
    writer,
    publish: (...events) => bus.publish.events(events),
    gateway,
    async close() {
      await Promise.all(gateways.map((one) => one.close()))
      await Promise.all([bus.close(), store.close(), pool.end()])
      await database.drop()
    },
  }
}

/** A gateway answers 503 until it knows the head of the history. */
async function probeWhenReady(options: ProbeOptions): Promise<StreamProbe> {
  for (;;) {
    try {
      return await probe(options)
    } catch (error) {
      if (!String(error).includes('503')) throw error
    }
  }
}

function identityOf(header = ''): { userId: string; role: 'user' | 'admin' } | null {
  const token = header.replace(/^Bearer /, '')
  if (token === '' || token === 'wrong') return null
  return { userId: token, role: token === 'admin' ? 'admin' : 'user' }
}
