import { execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { promisify } from 'node:util'
import { waitFor } from './wait-for.js'

const run = promisify(execFile)

/** The command line of a running process; undefined when there is none of this id, or only its remains. */
export async function commandLineOf(pid: number): Promise<string | undefined> {
  const text = process.platform === 'linux' ? await fromProc(pid, 'cmdline') : await fromPs(pid, 'args')
  const line = text?.replaceAll('\0', ' ').trim()
  return line === '' ? undefined : line
}

/** Together with the id this names a process for good: ids are used again. */
export async function startTimeOf(pid: number): Promise<string | undefined> {
  if (process.platform !== 'linux') return fromPs(pid, 'lstart')
  const stat = await fromProc(pid, 'stat')
  // The name in brackets may hold anything; the start is the 20th field after it.
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')[19]
}

/** Stops a server that outlived whoever started it. `sign` is what its command line must hold, so that no stranger is hit. */
export async function stopLeftover(pid: number, sign: string, stopSignal: NodeJS.Signals, graceMs = 20_000): Promise<boolean> {
  const isOurs = async () => (await commandLineOf(pid))?.includes(sign) === true
  if (!(await isOurs())) return false
  const gone = async () => !(await isOurs())
  process.kill(pid, stopSignal)
  await waitFor(`process ${pid} to stop`, gone, graceMs).catch(() => process.kill(pid, 'SIGKILL'))
  await waitFor(`process ${pid} to end`, gone)
  return true
}

async function fromProc(pid: number, file: string): Promise<string | undefined> {
  return readFile(`/proc/${pid}/${file}`, 'utf8').catch(() => undefined)
}

async function fromPs(pid: number, field: string): Promise<string | undefined> {
  return run('ps', ['-o', `${field}=`, '-p', String(pid)]).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  )
}
