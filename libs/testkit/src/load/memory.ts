import { readFile } from 'node:fs/promises'

const EVERY_MS = 1000

export interface MemoryUse {
  process: string
  /** Median of resident megabytes in the second fifth of the time, when all is warm, and in the last. */
  early: number
  late: number
}

/** Looks once a second until it is asked what it saw. Empty where the system does not tell (it is Linux that does). */
export function watchMemory(pids: Record<string, number>): { stop(): MemoryUse[] } {
  const seen = new Map<string, number[]>(Object.keys(pids).map((name) => [name, []]))
  const timer = setInterval(() => {
    for (const [name, pid] of Object.entries(pids))
      void residentMb(pid).then(
        (mb) => seen.get(name)?.push(mb),
        () => {},
      )
  }, EVERY_MS)
  return {
    stop() {
      clearInterval(timer)
      return [...seen].filter(([, samples]) => samples.length >= 5).map(([process, samples]) => ({ process, ...compare(samples) }))
    },
  }
}

async function residentMb(pid: number): Promise<number> {
  const status = await readFile(`/proc/${pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) / 1024
}

function compare(samples: number[]): Pick<MemoryUse, 'early' | 'late'> {
  const fifth = Math.floor(samples.length / 5)
  return { early: median(samples.slice(fifth, 2 * fifth)), late: median(samples.slice(-fifth)) }
}

function median(numbers: number[]): number {
  return numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? Number.NaN
}
