import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

export interface Children {
  pids: number[]
  stop(): Promise<void>
}

/** Forks a script of this folder several times and waits until each has said that it is ready. */
export async function startChildren(script: string, argLists: string[][], env: NodeJS.ProcessEnv = {}): Promise<Children> {
  const path = fileURLToPath(new URL(script, import.meta.url))
  const children: ChildProcess[] = argLists.map((args) =>
    fork(path, args, { env: { ...process.env, ...env }, stdio: ['ignore', 'inherit', 'inherit', 'ipc'] }),
  )
  await Promise.all(children.map((child) => once(child, 'message')))
  return {
    pids: children.map(({ pid }) => pid ?? 0),
    stop: () => endAll(children, 'SIGKILL'),
  }
}

export async function endAll(children: readonly ChildProcess[], signal: NodeJS.Signals): Promise<void> {
  await Promise.all(
    children.map(async (child) => {
      if (child.exitCode !== null) return
      const gone = once(child, 'exit')
      child.kill(signal)
      await gone
    }),
  )
}
