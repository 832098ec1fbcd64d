import { expect, test } from '@jest/globals'
import { samePlace, toTheirs } from './path-map.js'

const PAIRS = [
  { theirs: '/downloads', ours: '/data/downloads' },
  { theirs: '/fast/', ours: '/data/downloads/fast/' },
  { theirs: 'E:\\Seeds', ours: '/mnt/seeds' },
]

test.each([
  ['/data/downloads', '/downloads'],
  ['/data/downloads/abc', '/downloads/abc'],
  ['/data/downloads/fast/abc', '/fast/abc'],
  ['/data/downloads-of-others/abc', '/data/downloads-of-others/abc'],
  ['/mnt/seeds/abc/def', 'E:\\Seeds\\abc\\def'],
  ['/elsewhere', '/elsewhere'],
])('%s is %s there', (ours, theirs) => {
  expect(toTheirs(PAIRS, ours)).toBe(theirs)
})

test.each([
  ['/a/b', '/a/b/', true],
  ['E:\\a\\b', 'E:/a/b', true],
  ['/a/b', '/a/bc', false],
])('%s and %s are the same place: %s', (left, right, same) => {
  expect(samePlace(left, right)).toBe(same)
})
