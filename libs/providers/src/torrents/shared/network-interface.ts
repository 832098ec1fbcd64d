import { isIP } from 'node:net'
import { networkInterfaces } from 'node:os'

/** Of an interface of this machine as it is now, by its name or by an address of it; none while it is down. */
export function addressesOf(name: string): string[] {
  const all = networkInterfaces()
  const own = isIP(name) ? Object.values(all).flatMap((addresses) => addresses ?? []) : (all[name] ?? [])
  return own.map(({ address }) => address).filter((address) => !isIP(name) || address === name)
}
