import { randomUUID } from 'node:crypto'
import { type RunningServer, spawnGuarded } from '@torrentino/testkit'
import type { Unit } from './supervisor.js'

export interface ProcessUnitOptions {
  name: string
  main: string
  env: NodeJS.ProcessEnv
  graceMs: number
  onLine(line: string): void
}

/** One of our processes. It notices the end of the launcher by itself; its guardian sees to it that it does. */
export function processUnit({ name, main, env, graceMs, onLine }: ProcessUnitOptions): Unit {
  return {
    name,
    start: async () =>
      spawnGuarded([process.execPath, main], {
        env: { ...env, SUPERVISED: '1' },
        cwd: process.cwd(),
        graceMs,
        mark: randomUUID(),
        onLine,
      }),
  }
}

/** A server of our own. Its first start tells its address, which it keeps. */
export function serverUnit(name: string, startServer: () => Promise<RunningServer>, onUrl: (url: string) => void): Unit {
  return {
    name,
    start: async () => {
      const server = await startServer()
      onUrl(server.url)
      return server
    },
  }
}
