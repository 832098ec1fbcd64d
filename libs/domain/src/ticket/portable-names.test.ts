import { expect, test } from '@jest/globals'
import { foldedPath, portableFault } from './portable-names.js'

const ROOT = '/media/what?'

test.each(['AC_DC/Who Are You.ogg', '.hidden', 'ä 💿.ogg', 'console.ogg', 'com/nuls.ogg', 'a.b. c', 'com10.ogg'])(
  '%s is portable',
  (path) => {
    expect(portableFault(`${ROOT}/${path}`, ROOT)).toBeUndefined()
  },
)

test.each([
  ['Who Are You?.ogg', '"Who Are You?.ogg" holds ?'],
  ['a:b/c.ogg', '"a:b" holds :'],
  ['a\\b.ogg', 'holds \\'],
  ['R.E.M./a.ogg', '"R.E.M." ends in a dot or space'],
  ['a /b.ogg', '"a " ends in a dot or space'],
  ['b.ogg ', 'ends in a dot or space'],
  ['AUX', '"AUX" is the name of a device'],
  ['Con.ogg', '"Con.ogg" is the name of a device'],
  ['x/lpt1.tar.gz', 'is the name of a device'],
  ['COM²', 'is the name of a device'],
])('%s is not', (path, why) => {
  expect(portableFault(`${ROOT}/${path}`, ROOT)).toContain(why)
})

test.each([
  ['Ä', 'ä'],
  ['a\u0308', '\u00e4'],
  ['Straße', 'STRASSE'],
])('%s and %s are alike', (a, b) => {
  expect(foldedPath(a)).toBe(foldedPath(b))
})
