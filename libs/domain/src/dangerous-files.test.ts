import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { dangerousFile, isArchive } from './dangerous-files.js'

describe('a dangerous file', () => {
  test.each([
    'Album/setup.exe',
    'Album/01 First Light.mp3.exe',
    'Album/01 First Light.flac.SCR',
    'Album/Cover.jpg.lnk',
    'readme.txt.vbs ',
    'Album/play.bat.',
    'Album/player.msi',
    'Album/a.js',
    'Album/a.ps1\u200B',
    'Album/01 First \u202E3pm.flac',
  ])('%s', (path) => {
    const file = { path, size_bytes: 1 }
    expect(dangerousFile([{ path: 'Album/02 Paper Boats.flac', size_bytes: 9 }, file])).toBe(file)
  })

  test.each([
    'Album/01 First Light.flac',
    'Album/cover.jpg',
    'Album.exe/01.flac',
    'Album/exe',
    'Album/01 Exe',
    'Album/info.nfo',
    'Album/disc.iso',
    'Album/image.bin',
    'Album/.hidden',
    '',
    'Album/01. Paper Boats (live at msi. hall).ogg',
  ])('is not %s', (path) => expect(dangerousFile([{ path }])).toBeUndefined())

  test('is found wherever it lies and however its name is written', () => {
    const other = fc.string().map((name) => ({ path: `${name.replaceAll('.', '')}/t.flac` }))
    const ending = fc.constantFrom('exe', 'EXE', 'Lnk', 'cmd').chain((end) => fc.constantFrom(end, `${end} `, `${end}.`, `${end}. .`))
    fc.assert(
      fc.property(fc.array(other), fc.string(), ending, fc.nat(), (others, name, end, at) => {
        const files = others.toSpliced(at % (others.length + 1), 0, { path: `${name}.${end}` })
        expect(dangerousFile(files)).toBeDefined()
      }),
    )
  })
})

test.each([
  ['Album/album.rar', true],
  ['Album/album.r00', true],
  ['Album/album.part01.RAR', true],
  ['Album/album.7z', true],
  ['Album/01.flac', false],
  ['Album/zip', false],
])('%s is an archive: %s', (path, expected) => expect(isArchive({ path })).toBe(expected))
