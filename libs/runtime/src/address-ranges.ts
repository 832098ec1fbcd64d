import { BlockList, isIP, isIPv4 } from 'node:net'

export interface AddressRanges {
  has(address: string): boolean
}

const PREFIX_BITS = { 4: 32, 6: 128 } as const

/** Addresses such as 10.0.0.5 and networks such as 10.0.0.0/8 or fd00::/8. */
export function addressRanges(ranges: readonly string[]): AddressRanges {
  const list = new BlockList()
  for (const range of ranges) {
    const parts = partsOf(range)
    if (parts === undefined) throw new Error(`${range} is neither an address nor a network`)
    list.addSubnet(parts.address, parts.bits, parts.family)
  }
  return {
    has(address) {
      const plain = plainAddress(address)
      return isIP(plain) !== 0 && list.check(plain, isIPv4(plain) ? 'ipv4' : 'ipv6')
    },
  }
}

export function isAddressRange(text: string): boolean {
  return partsOf(text) !== undefined
}

/** A server that listens on both families sees `::ffff:10.0.0.5` where the caller is 10.0.0.5; a zone (`%eth0`) names nobody. */
export function plainAddress(address: string): string {
  const [plain = ''] = address.split('%')
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(plain)?.[1]
  return mapped ?? plain
}

function partsOf(range: string): { address: string; bits: number; family: 'ipv4' | 'ipv6' } | undefined {
  const [address = '', bits, ...rest] = range.split('/')
  const family = isIP(address)
  if (rest.length > 0 || (family !== 4 && family !== 6)) return undefined
  const most = PREFIX_BITS[family]
  if (bits !== undefined && (!/^\d{1,3}$/.test(bits) || Number(bits) > most)) return undefined
  return { address, bits: bits === undefined ? most : Number(bits), family: family === 4 ? 'ipv4' : 'ipv6' }
}
