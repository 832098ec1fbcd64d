import { closeSync, readdirSync, readFileSync, realpathSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

const LONGEST_STOP_MS = 10_000

/** After the tests: closing the pipe stops the servers. */
export default async function tearDown() {
  const { folder, pipe } = globalThis.torrentinoTestRun
  closeSync(pipe)
  const end = Date.now() + LONGEST_STOP_MS
  while (startedServers(folder).some(isRunning) && Date.now() < end) await delay(20)
  removeRun(folder)
}

function startedServers(folder) {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.json'))
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')).pid)
    .filter((pid) => pid !== undefined)
}

export function isRunning(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/** With the clusters that had to be put elsewhere, which are links here. */
export function removeRun(folder) {
  try {
    for (const name of readdirSync(folder).filter((entry) => entry.startsWith('postgres'))) {
      try {
        rmSync(realpathSync(join(folder, name, 'cluster')), { recursive: true, force: true })
      } catch {}
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 })
  } catch {}
}
