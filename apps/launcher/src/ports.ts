import { freePort, isPortFree } from '@torrentino/testkit'
import { UserError } from './user-error.js'

interface Address {
  host: string
  port: number
}

const LAST_PORT = 65_535

/** One port for each gateway, counting up from the one that is set; 0 = any free ones. */
export async function gatewayPorts(count: number, { host, port }: Address): Promise<number[]> {
  if (port === 0) return freePorts(count)
  const ports = Array.from({ length: count }, (_, index) => port + index)
  for (const wanted of ports) {
    if (!(await isPortFree(wanted, host))) throw new UserError(`Port ${wanted} on ${host} is taken: set SERVER_PORT to another one.`)
  }
  return ports
}

/** One port for each process, free ones from the one that is set on; 0 = any free ones. */
export async function statusPorts(count: number, { host, port }: Address, taken: readonly number[]): Promise<number[]> {
  if (port === 0) return freePorts(count)
  const ports: number[] = []
  for (let candidate = port; ports.length < count; candidate++) {
    if (candidate > LAST_PORT) throw new UserError(`There are no ${count} free ports from METRICS_PORT ${port} on: set it lower.`)
    if (!taken.includes(candidate) && (await isPortFree(candidate, host))) ports.push(candidate)
  }
  return ports
}

function freePorts(count: number): Promise<number[]> {
  return Promise.all(Array.from({ length: count }, () => freePort()))
}

/** Where this machine reaches what listens on `host`. */
export function reachable(host: string): string {
  if (host === '0.0.0.0') return '127.0.0.1'
  if (host === '::') return '[::1]'
  return host.includes(':') ? `[${host}]` : host
}
