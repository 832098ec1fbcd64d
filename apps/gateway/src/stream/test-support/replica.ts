import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const MAIN = fileURLToPath(new URL('../../../../../dist/gateway.js', import.meta.url))

/** A gateway as a process of its own, at an address that stays. */
export interface Replica {
  url: string
  /** Sends the signal, and starts the next process as soon as this one is gone. */
  restart(signal: NodeJS.Signals): Promise<void>
  answers(): Promise<boolean>
  end(): Promise<void>
}

export function startReplica(port: number, env: Record<string, string>): Replica {
  const start = (): ChildProcess =>
    spawn(process.execPath, [MAIN], {
      env: {
        ...{ PATH: process.env.PATH, SUPERVISED: '1', AUTH_METHOD: 'none', MEDIA_ROOTS: '/media/music', METRICS_PORT: '0' },
        ...{ SERVER_PORT: String(port), ...env },
      },
      // It ends with this process.
      stdio: ['pipe', 'ignore', 'ignore'],
    })
  let child = start()

  async function end(signal: NodeJS.Signals): Promise<void> {
    if (child.exitCode !== null || child.signalCode !== null) return
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }

  return {
    url: `http://127.0.0.1:${port}/api/v1`,
    async restart(signal) {
      await end(signal)
      child = start()
    },
    async answers() {
      return fetch(`http://127.0.0.1:${port}/api/v1/health`).then(
        ({ ok }) => ok,
        () => false,
      )
    },
    end: () => end('SIGKILL'),
  }
}
