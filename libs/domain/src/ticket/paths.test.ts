import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { destPath, findPathClash, rootOf } from './paths.js'

const segment = fc
  .string({ unit: fc.constantFrom('a', 'b', '.', '-', 'é', ' ', '0'), minLength: 1, maxLength: 4 })
  .filter((part) => !/^\.\.?$/.test(part))
const path = fc.array(segment, { minLength: 1, maxLength: 4 }).map((parts) => `/${parts.join('/')}`)
const roots = fc.uniqueArray(path, { minLength: 1, maxLength: 3 })

function lies(inner: string, outer: string): boolean {
  const [a, b] = [inner.split('/'), outer.split('/').filter((part, index) => index === 0 || part !== '')]
  return a.length > b.length && b.every((part, index) => a[index] === part)
}

describe('the root of a path', () => {
  test('is the first that holds it, whatever the names are', () => {
    fc.assert(
      fc.property(path, roots, (inner, all) => {
        expect(rootOf(inner, all)).toBe(all.find((root) => lies(inner, root)))
      }),
    )
  })

  test('of what lies in it is found, however the root is written', () => {
    fc.assert(
      fc.property(path, segment, fc.constantFrom('', '/', '/.', '//'), (root, name, tail) => {
        expect(rootOf(`${root}/${name}`, [root + tail])).toBe(root + tail)
      }),
    )
  })

  test.each([
    ['/media', ['/media']],
    ['/media-other/a.ogg', ['/media']],
    ['/media/../etc/passwd', ['/media']],
    ['/mediaa', ['/media']],
    ['/', ['/media']],
    ['/media/a', []],
  ])('%s lies in none of %j', (outside, all) => {
    expect(rootOf(outside, all)).toBeUndefined()
  })

  test.each([
    ['/media/..a', '/media'],
    ['/media/...', '/media'],
    ['/a', '/'],
  ])('%s lies in %s', (inside, root) => {
    expect(rootOf(inside, [root])).toBe(root)
  })
})

test('paths that cannot both exist are found quickly among a thousand long ones', () => {
  const long = '/x'.repeat(1500)
  const paths = Array.from({ length: 1000 }, (_, index) => `${long}/${index}`)
  expect(findPathClash(paths)).toBeUndefined()
  expect(findPathClash([...paths, long])).toMatchObject({ index: 1000 })
})

describe('a destination', () => {
  test.each([
    ['/media/a.ogg', '/media/a.ogg'],
    ['/media//a///b.ogg', '/media/a/b.ogg'],
    ['/media/./a', '/media/a'],
    ['/media/.hidden', '/media/.hidden'],
    ['/media/...', '/media/...'],
    ['/media/ä 💿.ogg', '/media/ä 💿.ogg'],
    [`/media/${'a'.repeat(255)}`, `/media/${'a'.repeat(255)}`],
  ])('%j is %j', (given, taken) => {
    expect(destPath.parse(given)).toBe(taken)
  })

  test.each([
    ['relative', 'media/a.ogg'],
    ['empty', ''],
    ['the root', '/'],
    ['a folder', '/media/'],
    ['upwards', '/media/../etc/passwd'],
    ['upwards at the end', '/media/..'],
    ['a dot at the end', '/media/.'],
    ['NUL', '/media/a\0.ogg'],
    ['a line break', '/media/a\n.ogg'],
    ['a line break at the end', '/media/a.ogg\n'],
    ['a delete character', '/media/a\u007f'],
    ['half a surrogate pair', '/media/a\ud800'],
    ['a name of 256 bytes', `/media/${'ä'.repeat(128)}`],
    ['more bytes than a path may have', `/${'ä'.repeat(100)}`.repeat(20)],
    ['more characters than a path may have', '/a'.repeat(3000)],
    ['of Windows', 'C:\\music\\a.ogg'],
  ])('%s is none', (_what, given) => {
    expect(destPath.safeParse(given).success).toBe(false)
  })
})
