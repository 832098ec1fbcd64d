import { readFile } from 'node:fs/promises'
import { setTimeout as delay } from 'node:timers/promises'
import type { Exit, GuardedProcess } from './guarded-process.js'

/** A running server of ours. */
export interface RunningServer {
  url: string
  port: number
  pid: number
  exited: Promise<Exit>
  signal(signal: NodeJS.Signals): void
  stop(): Promise<void>
}

/** Where the output of a server goes: line by line, or into a file. */
export interface ServerOutput {
  onLine?(line: string): void
  logFile?: string
  /** A pipe to live as long as, in place of this process. */
  lifeline?: number
}

const LAST_LINES = 20
const START_TIMEOUT_MS = 60_000

/** Keeps the last lines for the message of a failed start. */
export function tailOf({ onLine, logFile }: ServerOutput): { onLine?: (line: string) => void; text(): Promise<string> } {
  const lines: string[] = []
  if (logFile !== undefined) return { text: async () => lastLines(await readFile(logFile, 'utf8').catch(() => '')) }
  return {
    onLine: (line) => {
      lines.push(line)
      if (lines.length > LAST_LINES) lines.shift()
      onLine?.(line)
    },
    text: async () => lines.join('\n'),
  }
}

function lastLines(text: string): string {
  return text.trimEnd().split('\n').slice(-LAST_LINES).join('\n')
}

export class ServerStartError extends Error {
  override readonly name = 'ServerStartError'
  constructor(
    server: string,
    readonly output: string,
  ) {
    const reason = /No space left on device|ENOSPC/i.test(output) ? ': the disk is full' : ''
    super(`${server} did not start${reason}\n${output}`)
  }
}

/** Asks until the server answers; its end, too long a time or an answer that will not change ends the asking. */
export async function untilReady(
  server: string,
  child: GuardedProcess,
  isReady: () => Promise<boolean>,
  tail: () => Promise<string>,
): Promise<void> {
  const end = Date.now() + START_TIMEOUT_MS
  let over = false
  const note = () => {
    over = true
  }
  const watch = child.exited.then(note, note)
  try {
    while (!(await isReady())) {
      if (over || Date.now() > end) throw new ServerStartError(server, await tail())
      await Promise.race([delay(20), watch])
    }
  } catch (error) {
    await child.stop().catch(() => {})
    throw error
  }
}

/** Starts again where the reason will pass: a port that somebody took meanwhile, the remains of a killed server. */
export async function startPatiently<T>(start: (attempt: number) => Promise<T>, passing: RegExp, timeoutMs = 60_000): Promise<T> {
  const end = Date.now() + timeoutMs
  for (let attempt = 0; ; attempt++) {
    try {
      return await start(attempt)
    } catch (error) {
      if (!(error instanceof ServerStartError) || !passing.test(error.output) || Date.now() > end) throw error
      await delay(100)
    }
  }
}
