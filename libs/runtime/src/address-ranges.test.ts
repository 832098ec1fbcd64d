import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { addressRanges, isAddressRange } from './address-ranges.js'

describe('address ranges', () => {
  it.each([
    ['10.0.0.0/8', '10.1.2.3', true],
    ['10.0.0.0/8', '::ffff:10.1.2.3', true],
    ['10.0.0.0/8', '11.0.0.1', false],
    ['10.0.0.5', '10.0.0.5', true],
    ['10.0.0.5', '10.0.0.50', false],
    ['0.0.0.0/0', '203.0.113.9', true],
    ['0.0.0.0/0', '2001:db8::1', false],
    ['fd00::/8', 'fd12:3456::1', true],
    ['fd00::/8', 'fe80::1', false],
    ['fe80::/10', 'fe80::1%eth0', true],
    ['::1', '0:0:0:0:0:0:0:1', true],
    ['10.0.0.0/8', 'ten', false],
    ['10.0.0.0/8', '', false],
    ['10.0.0.0/8', '10.1.2.3, 10.1.2.4', false],
  ])('%s has %s: %s', (range, address, expected) => expect(addressRanges([range]).has(address)).toBe(expected))

  it.each(['', 'host', '10.0.0', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/-1', '10.0.0.0/8/8', 'fd00::/129', '10.0.0.0/8 ', '010.0.0.1'])(
    '%j is none',
    (text) => expect(isAddressRange(text)).toBe(false),
  )

  it('a network has its own address, whatever that is', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), fc.nat(32), (address, bits) =>
        expect(addressRanges([`${address}/${bits}`]).has(address)).toBe(true),
      ),
    )
  })

  it('any text is answered', () => {
    const ranges = addressRanges(['10.0.0.0/8', 'fd00::/8'])
    fc.assert(fc.property(fc.string(), (text) => expect(typeof ranges.has(text)).toBe('boolean')))
  })
})
