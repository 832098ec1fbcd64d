import { readFile } from 'node:fs/promises'

/** Time of the processor that this process has used. */
export function cpuMs(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1000
}

const TICKS_PER_SEC = 100

/** The same of any process and of the children that it has seen to their end, as Linux counts it. */
export async function cpuSecsOf(pid: number | 'self'): Promise<{ own: number; children: number }> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8')
  // The name in brackets may hold anything.
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number)
  const [user = 0, system = 0, childUser = 0, childSystem = 0] = fields.slice(11, 15)
  return { own: (user + system) / TICKS_PER_SEC, children: (childUser + childSystem) / TICKS_PER_SEC }
}
