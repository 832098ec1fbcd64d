import { type ChildProcess, spawn } from 'node:child_process'
import { LIFELINE_SCRIPT } from './lifeline.js'
import { TextTail } from './text-tail.js'

export type EndedBy = 'itself' | 'abort' | 'timeout' | 'stall' | 'overflow'

export interface ProcessOptions {
  signal?: AbortSignal
  /** Hard limit for the whole run. */
  timeoutMs?: number
  /** From SIGTERM to SIGKILL, for every end but an abort. */
  killGraceMs?: number
  /** An abort has somebody waiting for it, so it gets a shorter grace. */
  abortGraceMs?: number
  /** Of addresses: a hostile file must not take the machine's memory. */
  memoryMb?: number
  onStdout?: (chunk: Buffer) => void
}

export interface ProcessEnd {
  /** Exit code as a shell gives it: 127 not found, 128 + n killed by a signal. */
  code: number
  endedBy: EndedBy
  /** The last few KB. */
  stderr: string
}

export interface RunningProcess {
  /** Ends the process and all its children; a second call changes nothing. */
  stop(reason: EndedBy): void
  ended: Promise<ProcessEnd>
}

const STDERR_BYTES = 16_384
const DRAIN_MS = 1000
/** Far above what audio, pictures and films of 4K need. */
const MEMORY_MB = 8192

/**
 * Starts a program in a process group of its own. Whatever ends it takes the whole group along: stop(), the time limit,
 * the signal, or the death of this very process (see lifeline.ts).
 */
export function startProcess(command: string, args: readonly string[], options: ProcessOptions = {}): RunningProcess {
  const { killGraceMs = 5000, abortGraceMs = 500, memoryMb = MEMORY_MB } = options
  const child = spawn('/bin/sh', ['-c', LIFELINE_SCRIPT, 'sh', String(memoryMb * 1024), command, ...args], {
    detached: true,
    // Each arena sets addresses aside, and there would be eight to a core.
    env: { ...process.env, MALLOC_ARENA_MAX: '4' },
    stdio: ['ignore', 'pipe', 'pipe', 'pipe'],
  })
  const stderr = new TextTail(STDERR_BYTES)
  const timers: NodeJS.Timeout[] = []
  let endedBy: EndedBy = 'itself'

  child.stdout?.on('data', (chunk: Buffer) => options.onStdout?.(chunk))
  child.stderr?.on('data', (chunk: Buffer) => stderr.add(chunk))
  // The far ends close when the group dies; a broken pipe is no news.
  for (const stream of child.stdio) stream?.on('error', () => {})

  function stop(reason: EndedBy): void {
    if (endedBy !== 'itself' || child.exitCode !== null || child.signalCode !== null) return
    endedBy = reason
    signalGroup(child, 'SIGTERM')
    timers.push(setTimeout(() => signalGroup(child, 'SIGKILL'), reason === 'abort' ? abortGraceMs : killGraceMs))
  }

  const onAbort = () => stop('abort')
  if (options.timeoutMs !== undefined) timers.push(setTimeout(() => stop('timeout'), options.timeoutMs))
  if (options.signal?.aborted) onAbort()
  options.signal?.addEventListener('abort', onAbort, { once: true })

  const ended = whenEnded(child, timers)
    .finally(() => {
      for (const timer of timers) clearTimeout(timer)
      options.signal?.removeEventListener('abort', onAbort)
    })
    .then((code) => ({ code, endedBy, stderr: stderr.text() }))
  return { stop, ended }
}

/** The exit ends the group; output still in the pipes is waited for, but not for ever. */
function whenEnded(child: ChildProcess, timers: NodeJS.Timeout[]): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('exit', () => {
      signalGroup(child, 'SIGKILL')
      timers.push(setTimeout(() => closePipes(child), DRAIN_MS))
    })
    child.once('close', (code) => resolve(code ?? 137))
  })
}

function closePipes(child: ChildProcess): void {
  for (const stream of child.stdio) stream?.destroy()
}

function signalGroup(child: ChildProcess, signal: NodeJS.Signals): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, signal)
  } catch {
    // The group is gone already.
  }
}
