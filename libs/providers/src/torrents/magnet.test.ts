import { describe, expect, test } from '@jest/globals'
import { StageError } from '@torrentino/domain'
import fc from 'fast-check'
import { makeMagnet, parseMagnet } from './magnet.js'

const HASH = '0123456789abcdef0123456789abcdef01234567'
const XT = `xt=urn:btih:${HASH}`

describe('parseMagnet', () => {
  test.each<[string, string, Partial<ReturnType<typeof parseMagnet>>]>([
    ['hex', `magnet:?${XT}`, { infoHash: HASH, trackers: [] }],
    ['upper case', `MAGNET:?XT=URN:BTIH:${HASH.toUpperCase()}`, { infoHash: HASH }],
    ['base32', 'magnet:?xt=urn:btih:AERUKZ4JVPG66AJDIVTYTK6N54ASGRLH', { infoHash: HASH }],
    ['a hash behind other fields', `magnet:?dn=A&xl=5&${XT}`, { infoHash: HASH, name: 'A' }],
    ['numbered topics of a hybrid', `magnet:?xt.1=urn:btmh:1220${'a'.repeat(64)}&xt.2=urn:btih:${HASH}`, { infoHash: HASH }],
    ['a name with signs', `magnet:?${XT}&dn=A%26B+%C3%BC`, { name: 'A&B ü' }],
    [
      'trackers that can be used, each once',
      `magnet:?${XT}&tr=udp%3A%2F%2Ft%3A1&tr=udp%3A%2F%2Ft%3A1&tr.1=http%3A%2F%2Fu&tr=file%3A%2F%2F%2Fetc&tr=x`,
      { trackers: ['udp://t:1', 'http://u'] },
    ],
  ])('reads %s', (_, uri, expected) => {
    expect(parseMagnet(uri)).toMatchObject(expected)
  })

  test.each<[string, string, string]>([
    ['nothing', '', 'magnet_invalid'],
    ['an address', `https://example.org/?${XT}`, 'magnet_invalid'],
    ['no hash', 'magnet:?dn=A', 'magnet_invalid'],
    ['a short hash', 'magnet:?xt=urn:btih:abc', 'magnet_invalid'],
    ['a hash of other letters', `magnet:?xt=urn:btih:${'g'.repeat(40)}`, 'magnet_invalid'],
    ['two hashes', `magnet:?${XT}&xt=urn:btih:${'a'.repeat(40)}`, 'magnet_invalid'],
    ['a long one', `magnet:?${XT}&dn=${'a'.repeat(9000)}`, 'magnet_invalid'],
    ['version 2 alone', `magnet:?xt=urn:btmh:1220${'a'.repeat(64)}`, 'torrent_unsupported'],
  ])('refuses %s', (_, uri, code) => {
    expect(() => parseMagnet(uri)).toThrow(expect.objectContaining({ kind: 'permanent', code }))
  })

  test('gives back what makeMagnet was given', () => {
    const hash = fc.stringMatching(/^[0-9a-f]{40}$/)
    const name = fc
      .string({ unit: 'grapheme', minLength: 1, maxLength: 50 })
      .filter((text) => text.trim() === text && !/\p{Cc}/u.test(text))
    const trackers = fc.uniqueArray(
      fc.webUrl({ withQueryParameters: true }).filter((url) => !url.includes(',')),
      { maxLength: 5 },
    )
    fc.assert(
      fc.property(hash, name, trackers, (infoHash, dn, tr) => {
        expect(parseMagnet(makeMagnet(infoHash, dn, tr))).toEqual({ infoHash, name: dn, trackers: tr })
      }),
    )
  })

  test('makeMagnet leaves out half a character', () => {
    expect(parseMagnet(makeMagnet(HASH, '🎵 Album 🎵'.slice(0, -1))).name).toBe('🎵 Album')
  })

  test('any text gives a magnet or a StageError', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.string().map((text) => `magnet:?${XT}&${text}`),
        ),
        (text) => {
          try {
            return /^[0-9a-f]{40}$/.test(parseMagnet(text).infoHash)
          } catch (error) {
            return error instanceof StageError
          }
        },
      ),
    )
  })
})
