import { type ChildProcess, spawn } from 'node:child_process'
import { closeSync, openSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { forEachLine } from './lines.js'

export interface Exit {
  code: number | null
  signal: NodeJS.Signals | null
}

export interface GuardedOptions {
  cwd?: string
  env?: NodeJS.ProcessEnv
  uid?: number
  gid?: number
  /** What asks the process to end. */
  stopSignal?: NodeJS.Signals
  /** How long it may take over that before it is killed. */
  graceMs?: number
  /** Goes into the environment of the process and of all it starts, so that nothing of it can be left behind. */
  mark?: string
  /** Hears each line of the output; without it the output goes to `logFile`, or nowhere. */
  onLine?(line: string): void
  logFile?: string
  /** A pipe to live as long as, in place of this process. */
  lifeline?: number
}

export interface GuardedProcess {
  pid: number
  /** Resolves when the process and everything it started are gone. */
  exited: Promise<Exit>
  signal(signal: NodeJS.Signals): void
  /** Asks, waits, kills. */
  stop(): Promise<Exit>
}

const MARK = 'TORRENTINO_MARK'
const LAST_LINES_MS = 1000
const KILL_ROUNDS = 10

/**
 * A shell becomes the process, but leaves a guardian behind that waits for the end of the standard input. That comes when the parent
 * is gone, however it went; then the guardian ends the process, and all that the process started. It knows them by their group and,
 * because some have a group of their own, by the mark in their environment (where there is /proc).
 */
const GUARDIAN = `
mark=$1 signal=$2 grace=$3; shift 3
exec 3<&0
( (
  read -r nothing <&3
  kill -s "$signal" $$
  while kill -0 $$ && [ "$grace" -gt 0 ]; do sleep 0.2; grace=$((grace - 1)); done
  if [ -n "$mark" ]; then
    for file in $(grep -ls "${MARK}=$mark" /proc/[0-9]*/environ); do pid=\${file#/proc/}; kill -KILL "\${pid%/environ}"; done
  fi
  kill -KILL -$$
) >/dev/null 2>&1 & )
exec 3<&-
[ -z "$mark" ] || export ${MARK}="$mark"
exec "$@"
`

/** Starts a program, in a process group of its own, that does not outlive this process even if that is killed. */
export function spawnGuarded(command: readonly [string, ...string[]], options: GuardedOptions = {}): GuardedProcess {
  const { cwd = '/', env = process.env, uid, gid, stopSignal = 'SIGTERM', graceMs = 10_000, mark = '', onLine } = options
  const log = onLine === undefined ? openSync(options.logFile ?? '/dev/null', 'a', 0o600) : 'pipe'
  const graceSteps = String(Math.ceil(graceMs / 200))
  const child = spawn('/bin/sh', ['-c', GUARDIAN, 'sh', mark, stopSignal.replace('SIG', ''), graceSteps, ...command], {
    cwd,
    env,
    ...(uid === undefined ? {} : { uid, gid }),
    detached: true,
    stdio: [options.lifeline ?? 'pipe', log, log],
  })
  if (typeof log === 'number') closeSync(log)
  if (onLine !== undefined) for (const stream of [child.stdout, child.stderr]) if (stream !== null) forEachLine(stream, onLine)
  // Writing nothing to it, we only learn that the other side is closed.
  child.stdin?.on('error', () => {})
  if (options.lifeline !== undefined) child.unref()
  const exited = untilGone(child, mark)
  const pid = child.pid ?? 0
  let gone = false
  const note = () => {
    gone = true
  }
  // Whoever waits for the end hears of a failed start; nobody has to.
  exited.then(note, note)
  const signal = (name: NodeJS.Signals) => {
    if (!gone) kill(pid, name)
  }
  return { pid, exited, signal, stop: () => stop(exited, signal, stopSignal, graceMs) }
}

async function untilGone(child: ChildProcess, mark: string): Promise<Exit> {
  const closed = new Promise<void>((resolve) => child.once('close', () => resolve()))
  const exit = await new Promise<Exit>((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', (code, signal) => resolve({ code, signal }))
  })
  child.stdin?.destroy()
  kill(-(child.pid ?? 0), 'SIGKILL')
  if (mark !== '') await killMarked(mark)
  await within(closed, LAST_LINES_MS)
  return exit
}

async function stop(
  exited: Promise<Exit>,
  signal: (name: NodeJS.Signals) => void,
  stopSignal: NodeJS.Signals,
  graceMs: number,
): Promise<Exit> {
  signal(stopSignal)
  await within(exited, graceMs)
  signal('SIGKILL')
  return exited
}

async function within(work: Promise<unknown>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms)
  })
  await Promise.race([work, late]).finally(() => clearTimeout(timer))
}

/** 0 would mean our own group, and -1 everybody. */
function kill(pid: number, signal: NodeJS.Signals): void {
  if (pid === 0 || pid === -1) return
  try {
    process.kill(pid, signal)
  } catch {
    // It is gone, which is what was wanted.
  }
}

/** Again until none is found, since one that is about to be killed may just be starting another. */
async function killMarked(mark: string): Promise<void> {
  if (process.platform !== 'linux') return
  for (let round = 0; round < KILL_ROUNDS; round++) {
    const pids = await markedProcesses(mark)
    if (pids.length === 0) return
    for (const pid of pids) kill(pid, 'SIGKILL')
  }
}

export async function markedProcesses(mark: string): Promise<number[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const marked = await Promise.all(pids.map(async (pid) => (await environmentOf(pid)).includes(`${MARK}=${mark}`)))
  return pids.filter((_, index) => marked[index]).map(Number)
}

/** Empty for what has just ended and for other people's processes. */
async function environmentOf(pid: string): Promise<string> {
  return readFile(`/proc/${pid}/environ`, 'latin1').catch(() => '')
}
