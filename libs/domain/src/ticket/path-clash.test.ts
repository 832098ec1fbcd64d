import { posix } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { findPathClash } from './paths.js'

describe('paths that cannot both exist', () => {
  it.each([
    [['/a/1', '/a/2'], undefined],
    [['/a/1', '/a/1'], { index: 1, other: 0 }],
    [['/a/b', '/x', '/a'], { index: 2, other: 0 }],
    [['/a', '/a b/c', '/a-1'], undefined],
    [['/a', '/a-1', '/a/b', '/a.1'], { index: 2, other: 0 }],
    [['relative/1', '.', '../x'], undefined],
    [[], undefined],
  ])('%j', (paths, clash) => expect(findPathClash(paths)).toEqual(clash))

  it('finds one exactly where two of the paths clash', () => {
    const path = fc
      .array(fc.constantFrom('a', 'b', 'a.b', 'a b', '-'), { minLength: 1, maxLength: 4 })
      .map((parts) => `/${parts.join('/')}`)
    fc.assert(
      fc.property(fc.array(path, { maxLength: 8 }), (paths) => {
        const found = findPathClash(paths)
        const any = paths.some((one, i) => paths.some((two, j) => i < j && clash(one, two)))
        expect(found !== undefined).toBe(any)
        if (found) expect(clash(paths[found.index] as string, paths[found.other] as string)).toBe(true)
      }),
    )
  })
})

function clash(one: string, two: string): boolean {
  return one === two || !posix.relative(one, two).startsWith('..') || !posix.relative(two, one).startsWith('..')
}
