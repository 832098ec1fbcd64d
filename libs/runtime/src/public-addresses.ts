import { lookup as systemLookup } from 'node:dns'
import { isIP, isIPv4, type LookupFunction } from 'node:net'
import { addressRanges, plainAddress } from './address-ranges.js'

// Private, loopback, link-local, shared, for documentation and benchmarks, multicast, reserved; and one cloud's metadata in a public range.
const CLOSED_V4 = addressRanges([
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '168.63.129.16',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
])
const GLOBAL_V6 = addressRanges(['2000::/3'])
// Tunnels that lead to any IPv4 address (Teredo, 6to4), documentation.
const CLOSED_V6 = addressRanges(['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'])

/** Whether an address is one of the open internet: nothing of ours, or of our provider's, answers there. */
export function isPublicAddress(address: string): boolean {
  const plain = plainAddress(address)
  if (isIPv4(plain)) return !CLOSED_V4.has(plain)
  return GLOBAL_V6.has(plain) && !CLOSED_V6.has(plain)
}

export const FORBIDDEN_ADDRESS_CODE = 'EADDRFORBIDDEN'

/**
 * For an agent: names are looked up, and only allowed addresses handed on. What was checked is what is connected to, so a name
 * that changes its mind afterwards gains nothing. Addresses that stand in the URL are not looked up; see `forbidsHost`.
 */
export function guardedLookup(isAllowed: (address: string) => boolean, lookup: typeof systemLookup = systemLookup): LookupFunction {
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, found) => {
      if (error) return callback(error, '')
      const allowed = found.filter(({ address }) => isAllowed(address))
      const [first] = allowed
      if (first === undefined) return callback(forbidden(), '')
      if (options.all) callback(null, allowed)
      else callback(null, first.address, first.family)
    })
  }
}

/** Whether the host of a URL is an address, and not an allowed one. */
export function forbidsHost(url: URL, isAllowed: (address: string) => boolean): boolean {
  const host = url.hostname.replace(/^\[|\]$/g, '')
  return isIP(host) !== 0 && !isAllowed(host)
}

export function forbidden(): NodeJS.ErrnoException {
  return Object.assign(new Error('the address is not one that may be asked'), { code: FORBIDDEN_ADDRESS_CODE })
}
