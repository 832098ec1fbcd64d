import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { anyAuthenticator } from '../test-support/any-authenticator.js'
import { askedFrom } from '../test-support/asked-from.js'

const RULES = '192.168.1.7=boss:admin, 192.168.1.0/24=house, fd00::/8=lab, 10.0.0.2=proxy'
const env = { AUTH_METHOD: 'address', AUTH_ADDRESS_RULES: RULES, AUTH_TRUSTED_PROXIES: '10.0.0.2, 10.0.1.0/24' }
const who = async (address: string, forwarded?: string) => {
  const identity = await anyAuthenticator(env).authenticate(askedFrom(address, { 'x-forwarded-for': forwarded }))
  return identity && `${identity.userId}:${identity.role}`
}

describe('method address', () => {
  it.each([
    ['192.168.1.7', 'boss:admin'],
    ['192.168.1.8', 'house:user'],
    ['::ffff:192.168.1.8', 'house:user'],
    ['fd12::1', 'lab:user'],
    ['192.168.2.1', null],
    ['::1', null],
  ])('%s is %s', async (address, user) => expect(await who(address)).toBe(user))

  it.each([
    ['a proxy of ours says so', '10.0.0.2', '192.168.1.8', 'house:user'],
    ['two proxies of ours', '10.0.0.2', '192.168.1.8, 10.0.1.9', 'house:user'],
    ['what the caller wrote before it does not count', '10.0.0.2', '192.168.1.7, 203.0.113.9', null],
    ['nor does it behind two', '10.0.0.2', '192.168.1.7, 203.0.113.9, 10.0.1.9', null],
    ['rubbish is nobody', '10.0.0.2', 'boss', null],
    ['rubbish before the caller does not help', '10.0.0.2', ', ,192.168.1.7,', null],
    ['nobody else is believed', '203.0.113.9', '192.168.1.7', null],
    ['nor is one with an address that is known', '192.168.1.8', '192.168.1.7', 'house:user'],
    ['the proxy itself, for which it speaks of nobody', '10.0.0.2', undefined, 'proxy:user'],
  ])('X-Forwarded-For: %s', async (_what, address, forwarded, user) => expect(await who(address, forwarded)).toBe(user))

  it('whatever a stranger sends, he gets nowhere', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(fc.string(), fc.ipV4(), fc.constant('192.168.1.7'))), async (hops) => {
        expect(await who('203.0.113.9', hops.join(','))).toBeNull()
        expect(await who('10.0.0.2', [...hops, '203.0.113.9'].join(','))).toBeNull()
      }),
    )
  })
})
