import { describe, expect, test } from '@jest/globals'
import { forbidsHost, guardedLookup, isPublicAddress } from './public-addresses.js'

describe('addresses of the open internet', () => {
  test.each(['1.1.1.1', '93.184.216.34', '172.15.0.1', '172.32.0.1', '100.128.0.1', '2606:4700::1111', '2a00:1450::1'])(
    '%s is one',
    (address) => expect(isPublicAddress(address)).toBe(true),
  )
  test.each([
    ...['0.0.0.0', '10.1.2.3', '100.64.0.1', '100.100.100.200', '127.0.0.1', '127.9.9.9', '169.254.169.254', '168.63.129.16'],
    ...['172.16.0.1', '172.31.255.255', '192.0.0.192', '192.168.1.1', '198.18.0.1', '224.0.0.1', '239.1.1.1', '255.255.255.255'],
    ...['::', '::1', 'fe80::1', 'fe80::1%eth0', 'fc00::1', 'fd00:ec2::254', 'ff02::1', '::ffff:127.0.0.1', '::ffff:7f00:1', '::127.0.0.1'],
    ...['64:ff9b::7f00:1', '2002:7f00:1::', '2001:0:1::1', '2001:db8::1', 'localhost', '', '1.2.3'],
  ])('%s is none', (address) => expect(isPublicAddress(address)).toBe(false))
})

test.each([
  ['http://127.0.0.1/', true],
  ['http://2130706433/', true],
  ['http://0x7f.1/', true],
  ['http://017700000001/', true],
  ['http://[::1]/', true],
  ['http://[::ffff:127.0.0.1]/', true],
  ['http://1.1.1.1/', false],
  ['http://[2606:4700::1111]/', false],
  ['http://localhost/', false],
])('the host of %s is forbidden by itself: %s', (url, expected) => expect(forbidsHost(new URL(url), isPublicAddress)).toBe(expected))

function lookedUp(addresses: string[], all: boolean): Promise<unknown> {
  const answer = addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  const lookup = guardedLookup(isPublicAddress, ((_name: string, _options: object, done: (...args: unknown[]) => void) =>
    done(null, answer)) as never)
  return new Promise((resolve) => lookup('a.example', { all }, (error, found) => resolve(error ? error.code : found)))
}

test.each([
  [['1.1.1.1', '10.0.0.1'], false, '1.1.1.1'],
  [['10.0.0.1', '1.1.1.1'], true, [{ address: '1.1.1.1', family: 4 }]],
  [['10.0.0.1', '::1'], true, 'EADDRFORBIDDEN'],
  [[], false, 'EADDRFORBIDDEN'],
])('of %j is handed on what is allowed (all: %s): %j', async (addresses, all, expected) =>
  expect(await lookedUp(addresses, all)).toEqual(expected),
)
