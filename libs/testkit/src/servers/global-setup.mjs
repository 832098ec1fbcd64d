import { execFileSync } from 'node:child_process'
import { chmodSync, constants, mkdtempSync, openSync, readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { isRunning, removeRun } from './global-teardown.mjs'

const PREFIX = 'torrentino-test-'

/**
 * Before the tests: a folder for the servers of this run, and in it a pipe that this process holds open. It starts nothing: the
 * first test that needs a server does, and the servers end when the pipe does, however this process ends.
 */
export default function setUp() {
  removeDeadRuns()
  const folder = mkdtempSync(join(tmpdir(), `${PREFIX}${process.pid}-`))
  chmodSync(folder, 0o711)
  const pipe = join(folder, 'alive')
  execFileSync('mkfifo', ['-m', '600', pipe])
  process.env.TORRENTINO_TEST_RUN = folder
  globalThis.torrentinoTestRun = { folder, pipe: openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK) }
}

/** What an interrupted run could not remove. */
function removeDeadRuns() {
  for (const name of readdirSync(tmpdir())) {
    const pid = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1])
    if (pid > 0 && !isRunning(pid)) removeRun(join(tmpdir(), name))
  }
}
