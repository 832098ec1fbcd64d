import type { Stage } from '@torrentino/domain'
import { producerConnection, whenReady, workerConnection } from './connections.js'
import { createPublisher, type Listeners, type Publisher, type Subscription, subscribe } from './events.js'
import { createLadders, type Ladders } from './ladders.js'
import { createLeases, type Leases } from './leases.js'
import { createLimits, type Limits } from './limits/limits.js'
import { createMemory, type Memory } from './memory.js'
import { createPasses, type Passes } from './passes.js'
import { createPlaces, type Places } from './places/places.js'
import { createQueues, type JobQueues, limitStreams } from './queues.js'
import { createRates, type Rates } from './rates.js'
import { keyPrefix, type RedisTarget } from './redis-address.js'
import { checkRedis, type RedisCheck } from './redis-check.js'
import { type RedisNumbers, redisNumbers } from './redis-numbers.js'
import { createTallies, type Tallies } from './tallies.js'
import { type JobWorker, startWorker, type WorkerOptions } from './worker.js'

export interface Bus {
  jobs: JobQueues
  publish: Publisher
  leases: Leases
  places: Places
  limits: Limits
  ladders: Ladders
  memory: Memory
  tallies: Tallies
  rates: Rates
  passes: Passes
  subscribe(listeners: Listeners): Promise<Subscription>
  work<Q extends Stage>(options: Omit<WorkerOptions<Q>, 'connection' | 'prefix'>): JobWorker
  check(): Promise<RedisCheck>
  numbers(): Promise<RedisNumbers>
  /** Resolves when Redis has answered for the first time. */
  ready(): Promise<void>
  /** True until Redis has been emptied since the last call: then every job is gone. */
  isMarked(): Promise<boolean>
  mark(): Promise<void>
  close(): Promise<void>
}

export interface BusOptions extends RedisTarget {
  onError(error: Error): void
}

export function openBus({ onError, ...target }: BusOptions): Bus {
  const prefix = keyPrefix(target)
  const producer = producerConnection(target)
  producer.on('error', onError)
  const jobs = createQueues(producer, prefix, onError)
  const opened = [producer]
  const markKey = `${prefix}:mark`
  producer.on('ready', () => void limitStreams(producer, prefix).catch(onError))

  let closed: Promise<void> | undefined
  async function close(): Promise<void> {
    await jobs.close()
    for (const connection of opened) connection.disconnect()
  }

  return {
    jobs,
    publish: createPublisher(producer, prefix),
    leases: createLeases(producer, prefix),
    places: createPlaces(producer, prefix),
    limits: createLimits(producer, prefix),
    ladders: createLadders(producer, prefix),
    memory: createMemory(producer, prefix),
    tallies: createTallies(producer, prefix),
    rates: createRates(producer, prefix),
    passes: createPasses(producer, prefix),
    subscribe(listeners) {
      const connection = workerConnection(target)
      opened.push(connection)
      return subscribe(connection, prefix, listeners)
    },
    work(options) {
      const connection = workerConnection(target)
      connection.on('error', onError)
      opened.push(connection)
      return startWorker({ ...options, connection, prefix })
    },
    check: () => checkRedis(producer),
    numbers: () => redisNumbers(producer),
    ready: () => whenReady(producer),
    isMarked: async () => (await producer.exists(markKey)) === 1,
    mark: async () => {
      await Promise.all([producer.set(markKey, '1'), limitStreams(producer, prefix)])
    },
    close: () => {
      closed ??= close()
      return closed
    },
  }
}
