import { spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { freePort } from '../servers/port.js'
import { waitFor } from '../servers/wait-for.js'
import { type Children, endAll } from './children.js'
import { cpuSecsOf } from './cpu-ms.js'
import type { Servers } from './servers.js'

export interface ConverterOptions extends Servers {
  replicas: number
  /** Conversions at once in each. */
  parallel: number
  workFolder: string
}

export interface Converters extends Omit<Children, 'pids'> {
  /** What they and their ffmpegs have taken of the processor. */
  cpuSecs(): Promise<number>
}

const MAIN = fileURLToPath(new URL('../../../../dist/convert-worker.js', import.meta.url))

/** The process of the product itself. */
export async function startConverters({ replicas, parallel, workFolder, databaseUrl, redisUrl }: ConverterOptions): Promise<Converters> {
  const started = await Promise.all(
    Array.from({ length: replicas }, async () => {
      const port = await freePort()
      const settings = {
        ...{ AUTH_METHOD: 'none', DATABASE_URL: databaseUrl, REDIS_URL: redisUrl, REDIS_PREFIX: 'bench', MEDIA_ROOTS: '/bench' },
        ...{ CONVERTER_TEMP_DIR: workFolder, CONVERTER_MAX_PARALLEL_CONVERSIONS: String(Math.floor(parallel)) },
        ...{ METRICS_PORT: String(port), LOG_LEVEL: 'warn' },
      }
      const child = spawn(process.execPath, [MAIN], {
        env: { PATH: process.env.PATH, ...settings },
        stdio: ['ignore', 'inherit', 'inherit'],
      })
      await waitFor('a converter', () => isReady(port), 60_000)
      return child
    }),
  )
  return {
    stop: () => endAll(started, 'SIGTERM'),
    async cpuSecs() {
      const used = await Promise.all(started.map(({ pid = 0 }) => cpuSecsOf(pid)))
      return used.reduce((sum, { own, children }) => sum + own + children, 0)
    },
  }
}

async function isReady(port: number): Promise<boolean> {
  const answer = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null)
  return answer?.status === 200
}
