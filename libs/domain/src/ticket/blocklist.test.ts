import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { type BlockedCandidate, blockedBy, withBlocked } from './blocklist.js'

const HASH = 'a'.repeat(40)
const blocked = (change: Partial<BlockedCandidate> = {}): BlockedCandidate => ({
  ...{ info_hash: HASH, title: 'Amber Circuit - Tides (2020) [FLAC]', size_bytes: 300_000_000 },
  ...{ code: 'download_stalled', reason: 'no data came', at: '2026-01-01T00:00:00.000Z' },
  ...change,
})

test.each<[string, Partial<BlockedCandidate>, { title?: string; size_bytes?: number; info_hash?: string }, boolean]>([
  ['the same torrent under another name', {}, { title: 'Tides', size_bytes: 1, info_hash: HASH }, true],
  ['the same release without a hash', {}, {}, true],
  ['the same release with a hash of another tracker', {}, { info_hash: 'b'.repeat(40) }, true],
  ['its name spelt in another way', {}, { title: 'amber.circuit-tides.2020.flac' }, true],
  ['its size rounded', {}, { size_bytes: 302_000_000 }, true],
  ['of a size not told', {}, { size_bytes: 0 }, true],
  ['another size', {}, { size_bytes: 320_000_000, info_hash: 'b'.repeat(40) }, false],
  ['another name', {}, { title: 'Amber Circuit - Tides (2020) [MP3]', info_hash: 'b'.repeat(40) }, false],
  ['nothing in common', { info_hash: null, title: '' }, { title: 'Tides' }, false],
  ['both without a name', { info_hash: null, title: '' }, { title: '' }, false],
  ['a name of other letters, both empty without them', { info_hash: null, title: '!!!' }, { title: '???' }, false],
])('%s', (_name, entry, offered, expected) => {
  const { title, size_bytes } = blocked()
  expect(blockedBy([blocked(entry)], { title, size_bytes, ...offered }) !== undefined).toBe(expected)
})

test('what is blocked stays blocked, once, and the list stays small', () => {
  const entry = fc.record({ title: fc.string({ minLength: 1 }), hash: fc.integer({ min: 0, max: 300 }) })
  fc.assert(
    fc.property(fc.array(entry, { maxLength: 250 }), (entries) => {
      let list: BlockedCandidate[] | undefined
      for (const { title, hash } of entries) {
        const info_hash = hash.toString(16).padStart(40, '0')
        list = withBlocked(list, blocked({ title, info_hash }))
        expect(blockedBy(list, { title: 'other', size_bytes: 1, info_hash })?.info_hash).toBe(info_hash)
      }
      expect((list ?? []).length).toBeLessThanOrEqual(100)
      expect(new Set(list?.map(({ info_hash, title }) => `${info_hash} ${title}`)).size).toBe(list?.length ?? 0)
    }),
  )
})
