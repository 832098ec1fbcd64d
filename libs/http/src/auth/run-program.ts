import { type ChildProcess, spawn } from 'node:child_process'

interface ProgramOptions {
  input: string
  timeoutMs: number
  maxBytes: number
}

/** What the program prints; no shell is between, nothing of our environment but the path goes in. Rejects when it fails, hangs or floods. */
export function runProgram(command: string, { input, timeoutMs, maxBytes }: ProgramOptions): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, [], {
      stdio: ['pipe', 'pipe', 'ignore'],
      detached: true,
      env: { PATH: process.env.PATH },
    })
    const parts: Buffer[] = []
    let bytes = 0

    function give(error: Error | undefined): void {
      clearTimeout(timer)
      // A child that it left behind may hold the pipe: that one goes, too.
      killGroup(child)
      if (error) reject(error)
      else resolve(Buffer.concat(parts).toString('utf8'))
    }
    const timer = setTimeout(() => give(new Error(`no answer within ${timeoutMs} ms`)), timeoutMs)
    child.once('error', (error: NodeJS.ErrnoException) => give(new Error(`it cannot be started (${error.code})`)))
    child.once('close', (code, signal) => give(code === 0 ? undefined : new Error(`it ended with ${signal ?? code}`)))
    child.stdout.on('data', (part: Buffer) => {
      bytes += part.length
      if (bytes > maxBytes) give(new Error(`it printed more than ${maxBytes} bytes`))
      else parts.push(part)
    })
    // One that answers without reading is fine.
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}

function killGroup({ pid, stdout }: ChildProcess): void {
  stdout?.destroy()
  if (pid === undefined) return
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // All of it is gone already.
  }
}
