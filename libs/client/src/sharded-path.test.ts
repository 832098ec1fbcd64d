import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { shardedPath } from './sharded-path.js'

describe('sharded paths', () => {
  it.each([
    ['abcdef12', 'ogg', undefined, 'audio/ab/cd/ef/abcdef12.ogg'],
    ['6c84fb90-12c4-11e1-840d-7b25c5ee775a', 'flac', '/media/music', '/media/music/6c/84/fb/6c84fb90-12c4-11e1-840d-7b25c5ee775a.flac'],
    ['abcd', 'ogg', 'audio', 'audio/ab/cd/__/abcd.ogg'],
    ['7', 'mp3', 'audio', 'audio/7_/__/__/7.mp3'],
    ['ab..cd', 'ogg', 'audio', 'audio/ab/__/cd/ab..cd.ogg'],
  ])('%s', (id, extension, root, path) => expect(shardedPath(id, extension, root)).toBe(path))

  it.each([
    ['', 'ogg'],
    ['../x', 'ogg'],
    ['a/b', 'ogg'],
    ['.hidden', 'ogg'],
    ['ok', '.ogg'],
    ['ok', 'o/g'],
  ])('%j with %j is refused', (id, extension) => expect(() => shardedPath(id, extension)).toThrow(RangeError))

  it('never leads out of its root, and ids that differ have paths that differ', () => {
    const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._:-]{0,20}$/)
    fc.assert(
      fc.property(id, id, (one, other) => {
        const path = shardedPath(one, 'ogg')
        expect(path.split('/')).toHaveLength(5)
        expect(
          path
            .split('/')
            .slice(0, 4)
            .some((part) => /^\.+$/.test(part)),
        ).toBe(false)
        expect(path === shardedPath(other, 'ogg')).toBe(one === other)
      }),
    )
  })
})
