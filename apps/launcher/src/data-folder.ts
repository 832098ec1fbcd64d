import { randomUUID } from 'node:crypto'
import { chmod, link, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { startTimeOf } from '@torrentino/testkit'
import { UserError } from './user-error.js'

export interface DataFolder {
  path: string
  /** Another launcher may have it. */
  release(): Promise<void>
}

/** Takes a data folder for this launcher alone. One that a killed launcher held is free again. */
export async function takeDataFolder(path: string): Promise<DataFolder> {
  const folder = resolve(path)
  await mkdir(folder, { recursive: true }).catch((error: Error) => {
    throw new UserError(`the data folder ${folder} cannot be made: ${error.message}`)
  })
  // PostgreSQL may have to pass through under another account.
  await chmod(folder, 0o711)
  const file = join(folder, 'launcher.lock')
  const mine = JSON.stringify({ pid: process.pid, started: await startTimeOf(process.pid), id: randomUUID() })
  while (!(await create(file, mine))) await clearAway(file, folder)
  return {
    path: folder,
    release: async () => {
      if ((await read(file)) === mine) await rm(file, { force: true })
    },
  }
}

/** A link to a finished file appears whole or not at all, and only where there is none. */
async function create(file: string, text: string): Promise<boolean> {
  const draft = `${file}.${randomUUID()}`
  await writeFile(draft, text)
  try {
    await link(draft, file)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
    return false
  } finally {
    await rm(draft, { force: true })
  }
}

async function clearAway(file: string, folder: string): Promise<void> {
  const holder = await read(file)
  if (holder === undefined) return
  await refuseIfRunning(holder, folder)
  const aside = `${file}.${randomUUID()}`
  await rename(file, aside).catch(() => {})
  // A third launcher was quicker, and this is its lock.
  if ((await read(aside)) !== holder) await link(aside, file).catch(() => {})
  await rm(aside, { force: true })
}

async function refuseIfRunning(holder: string, folder: string): Promise<void> {
  const { pid, started } = parse(holder)
  if (pid === undefined || (await startTimeOf(pid)) !== started) return
  throw new UserError(`a launcher (process ${pid}) is already running on ${folder}: stop that one first`)
}

function parse(text: string): { pid?: number; started?: string } {
  try {
    return JSON.parse(text) as { pid?: number; started?: string }
  } catch {
    return {}
  }
}

async function read(file: string): Promise<string | undefined> {
  return readFile(file, 'utf8').catch(() => undefined)
}
