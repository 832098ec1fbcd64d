import { type ChildProcess, spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { StageError } from '@torrentino/domain'
import { hostsOnly } from '../shared/hosts-only.js'
import { toldRpc } from './calls.js'
import { type Aria2Options, settingsOf } from './options.js'
import { connectRpc, type Rpc } from './rpc.js'
import { Version } from './schema.js'

const START_TIMEOUT_MS = 15_000
const STOP_TIMEOUT_MS = 5_000

/** One run of aria2c. */
export interface Aria2Process {
  readonly pid: number
  readonly exited: Promise<void>
  connect(onNotification: (method: string, gid: string) => void): Promise<Rpc>
  /** Politely, so that trackers and control files are told; after five seconds by force. */
  stop(): Promise<void>
  kill(): void
}

export async function startAria2Process(options: Aria2Options, signal: AbortSignal): Promise<Aria2Process> {
  signal.throwIfAborted()
  const rpcPort = await freePort()
  const secret = randomBytes(24).toString('hex')
  const settingsFile = join(options.stateFolder, `aria2-${randomBytes(6).toString('hex')}.conf`)
  await mkdir(options.stateFolder, { recursive: true })
  const settings = settingsOf(options, { rpcPort, secret, stateFolder: options.stateFolder, pid: process.pid })
  // In a file that only we may read, because anybody may read a command line.
  await writeFile(
    settingsFile,
    Object.entries(settings).map(([key, value]) => `${key}=${value}\n`),
    { mode: 0o600, flag: 'wx' },
  )
  try {
    const child = spawnChild(options, settingsFile, secret)
    const exited = exitOf(child)
    const running: Aria2Process = {
      pid: child.pid ?? 0,
      exited,
      connect: async (onNotification) => toldRpc(await connectRpc({ port: rpcPort, secret, onNotification }), options.onCall),
      stop: () => stop(child, exited),
      kill: () => void child.kill('SIGKILL'),
    }
    await untilReady(running, child, options.program, signal)
    return running
  } finally {
    await rm(settingsFile, { force: true })
  }
}

function spawnChild(options: Aria2Options, settingsFile: string, secret: string): ChildProcess {
  const child = spawn(options.program, [`--conf-path=${settingsFile}`], {
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own: an interrupt from the keyboard is for us, and we stop it in order.
    detached: true,
    // Nothing but these: proxies and secrets of our environment are not for it.
    env: { PATH: process.env.PATH, HOME: options.stateFolder, LANG: 'C.UTF-8' },
  })
  for (const output of [child.stdout, child.stderr]) {
    if (!output) continue
    createInterface(output).on('line', (line) => {
      if (line.trim() !== '') options.log?.(hostsOnly(line.slice(0, 4000)).replaceAll(secret, '***'))
    })
  }
  return child
}

function exitOf(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
}

/** Ready when it answers over its connection, which is also how long it needs its settings file. */
async function untilReady(running: Aria2Process, child: ChildProcess, program: string, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + START_TIMEOUT_MS
  let failure: unknown
  child.once('error', (error) => {
    failure = error
  })
  while (true) {
    const gone = await Promise.race([running.exited.then(() => true), sleep(25, false)])
    if (gone) throw unavailable(program, failure)
    if (signal.aborted || Date.now() > deadline) {
      running.kill()
      signal.throwIfAborted()
      throw unavailable(program, new Error('it did not answer in time'))
    }
    const rpc = await running.connect(() => {}).catch(() => null)
    if (!rpc) continue
    const answered = await rpc.call('aria2.getVersion', [], Version).catch(() => null)
    rpc.close()
    if (answered) return
  }
}

async function stop(child: ChildProcess, exited: Promise<void>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined) return
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
  await exited
  clearTimeout(timer)
}

async function freePort(): Promise<number> {
  const server = createServer()
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no free port on loopback')
  return address.port
}

function unavailable(program: string, cause: unknown): StageError {
  const missing = (cause as NodeJS.ErrnoException | undefined)?.code === 'ENOENT'
  const message = missing
    ? `The torrent engine was not found as "${program}". Install aria2 (Debian and Ubuntu: apt install aria2) or set its path.`
    : `The torrent engine "${program}" could not be started. Its own words are in the log.`
  return new StageError(missing ? 'permanent' : 'retryable', 'engine_unavailable', message, { cause })
}
