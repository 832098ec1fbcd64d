import { type Bus, openBus } from '@torrentino/bus'
import type { PipelineDeps } from '@torrentino/pipeline'
import { silentLogger } from '@torrentino/runtime'
import { openStore } from '@torrentino/store'
import type { Servers } from './servers.js'

export interface BenchPipeline {
  bus: Bus
  deps: PipelineDeps
  close(): Promise<void>
}

/** The real pipeline for one process of the bench, without a word to a log. */
export async function openPipeline({ databaseUrl, redisUrl }: Servers, actor: string): Promise<BenchPipeline> {
  const store = openStore({ url: databaseUrl, poolSize: 10 })
  const bus = openBus({ url: redisUrl, prefix: 'bench', onError: () => {} })
  await bus.ready()
  const deps: PipelineDeps = {
    store,
    bus,
    log: silentLogger,
    metrics: { stageRun: () => {}, ticketCame: () => {} },
    actor,
    retry: { maxAttempts: 3, initialMs: 1000, maxMs: 10_000, maxCrashes: 5 },
    now: () => new Date(),
  }
  return {
    bus,
    deps,
    async close() {
      await bus.close()
      await store.close()
    },
  }
}

/** What all workers of the bench have in common. */
export const WORKER = { lockMs: 4000, stalledCheckMs: 2000, onError: () => {}, onStalled: () => {} }
