import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { MagnetUri, magnetHashes, publicMagnet, readMagnet } from './magnet.js'

const HEX = '0123456789abcdef0123456789abcdef01234567'

describe('magnet links', () => {
  it.each([
    [`magnet:?xt=urn:btih:${HEX}`, { infoHash: HEX, trackers: [] }],
    [`MAGNET:?XT=URN:BTIH:${HEX.toUpperCase()}`, { infoHash: HEX, trackers: [] }],
    ['magnet:?xt=urn:btih:MFRGGZDFMZTWQ2LKNNWG23TPOBYXE43U', { infoHash: '6162636465666768696a6b6c6d6e6f7071727374', trackers: [] }],
    [
      `magnet:?dn=A%20name&tr=http%3A%2F%2Ft%2Fa&xt=urn:btih:${HEX}&tr.2=udp%3A%2F%2Fu`,
      { infoHash: HEX, name: 'A name', trackers: ['http://t/a', 'udp://u'] },
    ],
    [`magnet:?xt=urn:btmh:1220aa&xt=urn:btih:${HEX}`, { infoHash: HEX, trackers: [] }],
    [`magnet:?xt=urn:btih:${HEX}&xt.1=urn:btih:${HEX}`, { infoHash: HEX, trackers: [] }],
    [`magnet:?xt=urn:btmh:1220${'AB'.repeat(32)}&xt=urn:btih:${HEX}`, { infoHash: HEX, infoHashV2: 'ab'.repeat(32), trackers: [] }],
  ])('reads %s', (uri, magnet) => expect(readMagnet(uri)).toEqual(magnet))

  it.each([
    ['', 'malformed'],
    ['http://x/?xt=urn:btih:', 'malformed'],
    ['magnet:?', 'malformed'],
    [`magnet:?xt=urn:btih:${HEX} `, 'malformed'],
    [`magnet:?xt=urn:btih:${HEX}&dn=\u0000`, 'malformed'],
    [`magnet:?xt=urn:btih:${HEX}&dn=${'x'.repeat(8192)}`, 'malformed'],
    ['magnet:?dn=x', 'no_hash'],
    [`magnet:?xt=urn:btih:${HEX.slice(1)}`, 'no_hash'],
    [`magnet:?xt=urn:btih:${HEX}0`, 'no_hash'],
    [`magnet:?xt=urn:sha1:${HEX}`, 'no_hash'],
    [`magnet:?xt=urn:btih:${HEX}&xt=urn:btih:${'f'.repeat(40)}`, 'two_hashes'],
    ['magnet:?xt=urn:btmh:1220aa', 'version_2_only'],
  ])('refuses %j', (uri, fault) => {
    expect(readMagnet(uri)).toMatchObject({ fault })
    expect(MagnetUri.safeParse(uri).success).toBe(fault === 'malformed' && uri.endsWith(' '))
  })

  it.each([
    [`magnet:?xt=urn:btmh:1220${'ab'.repeat(32)}`, { v1: [], v2: ['ab'.repeat(32)] }],
    [`magnet:?xt=urn:btmh:1220${'ab'.repeat(32)}&xt.2=urn:btih:${HEX}`, { v1: [HEX], v2: ['ab'.repeat(32)] }],
    [`magnet:?xt=urn:btmh:1114${'ab'.repeat(32)}&xt=urn:btmh:1220ab`, { v1: [], v2: [] }],
    [`x:?xt=urn:btih:${HEX}`, { v1: [], v2: [] }],
  ])('tells the hashes of %s', (uri, hashes) => expect(magnetHashes(uri)).toEqual(hashes))

  it('shows hash and name, never a tracker', () => {
    const uri = `magnet:?xt=urn:btih:${HEX}&dn=A%20name&tr=http%3A%2F%2Ft%2Fpasskey%2Fannounce&ws=http%3A%2F%2Fw&x.pe=1.2.3.4:5`
    expect(publicMagnet(uri)).toBe(`magnet:?xt=urn:btih:${HEX}&dn=A%20name`)
    expect(publicMagnet('magnet:?dn=x')).toBeUndefined()
  })

  it('makes of any text a magnet with a hash or a fault, and shows again what it has shown', () => {
    const anything = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: 'binary' }).map((name) => `magnet:?xt=urn:btih:${HEX}&dn=${name}`),
      fc.array(fc.webQueryParameters()).map((parts) => `magnet:?${parts.join('&')}`),
    )
    fc.assert(
      fc.property(anything, (uri) => {
        const magnet = readMagnet(uri)
        const shown = publicMagnet(uri)
        if ('fault' in magnet) return expect(shown).toBeUndefined()
        expect(magnet.infoHash).toMatch(/^[0-9a-f]{40}$/)
        expect(publicMagnet(shown ?? '')).toBe(shown)
      }),
    )
  })
})
