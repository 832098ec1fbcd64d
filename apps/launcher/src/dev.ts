import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { spawnGuarded } from '@torrentino/testkit'
import { runWithSystem, untilInterrupted } from './run.js'
import type { System } from './system.js'
import { say, toTerminal } from './terminal.js'

const run = promisify(execFile)
const ROOT = fileURLToPath(new URL('../../../', import.meta.url))

/** The system as it runs for everybody, but each change of the sources is compiled and, when that went well, restarts the processes. */
await runWithSystem(toTerminal, async (system, signal) => {
  let builds = 0
  let restarting = Promise.resolve()
  const compiler = spawnGuarded(['node_modules/.bin/tsc', '-b', '--watch', '--preserveWatchOutput'], {
    cwd: ROOT,
    onLine: (line) => {
      if (line !== '') say(line)
      // The first one only finds everything as it is.
      if (line.includes('Found 0 errors') && ++builds > 1) restarting = restarting.then(() => restartProcesses(system)).catch(complain)
    },
  })
  say(`ready: API ${system.urls.api}, events ${system.urls.websocket}; watching the sources`)
  await untilInterrupted(system, signal)
  say('stopping')
  await compiler.stop()
  return 0
})

async function restartProcesses(system: System): Promise<void> {
  await run(process.execPath, ['bundle.mjs'], { cwd: ROOT })
  const names = Object.keys(system.urls.status)
  await Promise.all(names.map((name) => system.restart(name)))
  await system.ready(names)
}

function complain(error: unknown): void {
  say(String(error))
}
