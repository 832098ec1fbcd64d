import { closeSync, existsSync, openSync } from 'node:fs'
import { chmod, mkdir, mkdtemp, readFile, rename, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { RunningServer, ServerOutput } from './server-process.js'
import { waitFor } from './wait-for.js'

/** Set by global-setup.mjs: the folder that all test files of a run share, with a pipe in it that ends with the run. */
const FOLDER = 'TORRENTINO_TEST_RUN'

interface Started {
  url?: string
  pid?: number
  error?: string
}

/** A folder for the data of one server, open to the account that PostgreSQL runs under. */
export async function temporaryFolder(name: string): Promise<string> {
  const folder = await mkdtemp(join(process.env[FOLDER] ?? tmpdir(), `${name}-`))
  await chmod(folder, 0o711)
  return folder
}

/**
 * The first test file of the run that asks has the server started, the others get the same one: tests that need none cost nothing.
 * It lives as long as the run. Outside of a run it lives as long as this process.
 */
export async function sharedServer(name: string, start: (folder: string, output: ServerOutput) => Promise<RunningServer>): Promise<string> {
  const run = process.env[FOLDER]
  if (run === undefined) return (await start(await temporaryFolder(name), {})).url
  const folder = join(run, name)
  const note = `${folder}.json`
  const first = await mkdir(folder, { mode: 0o711 }).then(
    () => true,
    () => false,
  )
  if (first) await startFor(run, folder, note, start)
  await waitFor(`the ${name} of this test run`, () => existsSync(note), 120_000)
  const { url, error } = JSON.parse(await readFile(note, 'utf8')) as Started
  if (url === undefined) throw new Error(`the ${name} of this test run did not start: ${error}`)
  return url
}

async function startFor(
  run: string,
  folder: string,
  note: string,
  start: (folder: string, output: ServerOutput) => Promise<RunningServer>,
) {
  const lifeline = openSync(join(run, 'alive'), 'r')
  const started = await start(folder, { lifeline, logFile: `${folder}.log` }).then(
    ({ url, pid }): Started => ({ url, pid }),
    (error: unknown): Started => ({ error: String(error) }),
  )
  closeSync(lifeline)
  await writeFile(`${note}.new`, JSON.stringify(started), { mode: 0o600 })
  await rename(`${note}.new`, note)
}
