import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { endAll } from '../bench/children.js'
import type { FollowersReport } from './followers-process.js'

/** So many clients are no more than one process can serve without being late itself. */
const PER_PROCESS = 1000
const SCRIPT = fileURLToPath(new URL('./followers-process.js', import.meta.url))

export interface Followers {
  /** What they saw, when all messages have had their time. */
  report(): Promise<FollowersReport>
  stop(): Promise<void>
}

export async function startFollowers(port: number, clients: number, tickets: number): Promise<Followers> {
  const children: ChildProcess[] = []
  for (let first = 0; first < clients; first += PER_PROCESS) {
    const count = Math.min(PER_PROCESS, clients - first)
    const child = fork(SCRIPT, [port, count, first, clients, tickets].map(String))
    await once(child, 'message')
    children.push(child)
  }
  return {
    async report() {
      return merged(await Promise.all(children.map(ask)))
    },
    stop: () => endAll(children, 'SIGKILL'),
  }
}

async function ask(child: ChildProcess): Promise<FollowersReport> {
  const answer = once(child, 'message')
  child.send('report')
  return (await answer)[0] as FollowersReport
}

/** The slowest process stands for all. */
function merged(reports: FollowersReport[]): FollowersReport {
  return {
    p50: Math.max(...reports.map(({ p50 }) => p50)),
    p99: Math.max(...reports.map(({ p99 }) => p99)),
    whole: reports.reduce((sum, { whole }) => sum + whole, 0),
    faults: reports.flatMap(({ faults }) => faults),
  }
}
