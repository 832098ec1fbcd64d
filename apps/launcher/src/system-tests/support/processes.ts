import { readdir, readFile } from 'node:fs/promises'
import { commandLineOf, waitFor } from '@torrentino/testkit'

/** The processes whose command line names the folder: what a system on it has started. */
export async function processesOf(folder: string): Promise<{ pid: number; line: string }[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name))
  const found = await Promise.all(
    pids.map(async (pid) => ({
      pid: Number(pid),
      line: (await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')).replaceAll('\0', ' '),
    })),
  )
  return found.filter(({ line }) => line.includes(folder))
}

export async function processGone(pid: number, timeoutMs?: number): Promise<void> {
  await waitFor(`the end of process ${pid}`, async () => (await commandLineOf(pid)) === undefined, timeoutMs)
}
