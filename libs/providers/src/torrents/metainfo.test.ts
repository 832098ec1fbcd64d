import { createHash } from 'node:crypto'
import { describe, expect, test } from '@jest/globals'
import { StageError } from '@torrentino/domain'
import { type Bencodable, encodeBencode } from '@torrentino/testkit'
import fc from 'fast-check'
import { parseMetainfo } from './metainfo.js'

type Dict = Record<string, Bencodable | undefined>

const PIECE = 16_384
const hashes = (bytes: number, pieceLength = PIECE) => Buffer.alloc(Math.ceil(bytes / pieceLength) * 20, 7)
const single = (info: Dict = {}, root: Dict = {}) =>
  encodeBencode({ info: { name: 'a.flac', length: 100, 'piece length': PIECE, pieces: hashes(100), ...info }, ...root })
const multi = (files: Bencodable[], info: Dict = {}) =>
  single({ name: 'Album', length: undefined, pieces: hashes(100 * files.length), files, ...info })
const file = (...path: Bencodable[]): Dict => ({ length: 100, path })

describe('parseMetainfo reads', () => {
  test('one file, with the hash of the info as it came', () => {
    const info = encodeBencode({ name: 'a.flac', length: 100, 'piece length': PIECE, pieces: hashes(100), private: 1 })
    // An unsorted, unknown key before the info changes nothing.
    const bytes = Buffer.concat([Buffer.from('d1:z3:abc4:info'), info, Buffer.from('e')])
    expect(parseMetainfo(bytes)).toEqual({
      infoHash: createHash('sha1').update(info).digest('hex'),
      name: 'a.flac',
      files: [{ path: 'a.flac', size_bytes: 100, padding: false }],
      totalBytes: 100,
      pieceLength: PIECE,
      pieceCount: 1,
      private: true,
      trackers: [],
    })
  })

  test('a hybrid, with both hashes of the same bytes', () => {
    const info = {
      name: 'a.flac',
      length: 100,
      'piece length': PIECE,
      pieces: hashes(100),
      'meta version': 2,
      'file tree': { 'a.flac': { '': { length: 100, 'pieces root': Buffer.alloc(32, 1) } } },
    }
    expect(parseMetainfo(encodeBencode({ info }))).toMatchObject({
      infoHash: createHash('sha1').update(encodeBencode(info)).digest('hex'),
      infoHashV2: createHash('sha256').update(encodeBencode(info)).digest('hex'),
      files: [{ path: 'a.flac', size_bytes: 100 }],
    })
  })

  test('many files, below the name', () => {
    const parsed = parseMetainfo(multi([file('01.flac'), file('cd2', '02 – ü.flac')]))
    expect(parsed.files.map(({ path }) => path)).toEqual(['Album/01.flac', 'Album/cd2/02 – ü.flac'])
  })

  test.each<[string, Uint8Array, string]>([
    ['UTF-8 names before others', multi([{ ...file('?.flac'), 'path.utf-8': ['ü.flac'] }], { 'name.utf-8': 'Älbum' }), 'Älbum/ü.flac'],
    ['names that are not UTF-8, percent-encoded', multi([file(Buffer.from([0xfc, 0x2e, 0x61]))]), 'Album/%FC.a'],
    ['names with dots that are none of two', multi([file('...', '..a')]), 'Album/.../..a'],
    ['what follows the end', Buffer.concat([single(), Buffer.from('\n')]), 'a.flac'],
    ['names of 255 bytes', multi([file('x'.repeat(255))]), `Album/${'x'.repeat(255)}`],
  ])('%s', (_, bytes, path) => {
    expect(parseMetainfo(bytes).files[0]?.path).toBe(path)
  })

  test('padding of equal size at one place', () => {
    const pad = { ...file('.pad', '100'), attr: 'p' }
    expect(parseMetainfo(multi([file('a'), pad, file('b'), pad])).files.map(({ padding }) => padding)).toEqual([false, true, false, true])
  })

  test('trackers that can be used, each once', () => {
    const tiers = [['http://t/announce', 'udp://u:1'], ['http://t/announce', 'javascript:alert(1)', 'wss://w', 5], 'no list']
    expect(parseMetainfo(single({}, { announce: 'http://t/announce', 'announce-list': tiers })).trackers).toEqual([
      'http://t/announce',
      'udp://u:1',
    ])
  })
})

describe('parseMetainfo refuses', () => {
  test.each<[string, Uint8Array]>([
    ['nothing', Buffer.from('')],
    ['a web page', Buffer.from('<!doctype html><html>')],
    ['JSON', Buffer.from('{"info":{}}')],
    ['a number', Buffer.from('i1e')],
    ['a dictionary without info', encodeBencode({ announce: 'http://t' })],
    ['an info that is a list', encodeBencode({ info: [] })],
    ['an early end', single().subarray(0, -1)],
    ['a length beyond the end', Buffer.from('d4:info999999999999:')],
    ['a length without end', Buffer.from(`d${'9'.repeat(1000)}`)],
    ['a number with a leading zero', Buffer.from('d4:infod6:lengthi007e4:name1:aee')],
    ['minus zero', Buffer.from('d4:infod6:lengthi-0e4:name1:aee')],
    ['a key twice', Buffer.from('d4:infod4:name1:a4:name2:..ee')],
    ['a key that is a number', Buffer.from('di1ei2ee')],
    ['lists 100,000 deep', Buffer.from('l'.repeat(100_000))],
    ['dictionaries 40 deep', Buffer.concat([Buffer.from('d1:a'.repeat(40)), Buffer.from('de'), Buffer.from('e'.repeat(40))])],
    ['a million parts', Buffer.from(`l${'le'.repeat(1_000_000)}e`)],
    ['more than 10 MB', Buffer.alloc(10 * 1024 * 1024 + 1, 0x6c)],
    ['no name', single({ name: undefined })],
    ['an empty name', single({ name: '' })],
    ['a negative size', single({ length: -1 })],
    ['a size beyond counting', single({ length: 2 ** 60, pieces: hashes(100) })],
    [
      'files that are together beyond counting',
      multi([
        { length: 2 ** 52, path: ['a'] },
        { length: 2 ** 53 - 1, path: ['b'] },
      ]),
    ],
    ['no bytes at all', single({ length: 0, pieces: '' })],
    ['too few piece hashes', single({ length: 100_000 })],
    ['too many piece hashes', single({ pieces: hashes(10 * PIECE) })],
    ['a piece length of zero', single({ 'piece length': 0 })],
    ['a piece length of a gigabyte', single({ 'piece length': 2 ** 30 })],
    ['one file and many', multi([file('a')], { length: 100 })],
    ['an empty file list', multi([])],
    ['a file that is no dictionary', multi(['a'])],
    ['a file without a path', multi([{ length: 100 }])],
    ['a file with an empty path', multi([file()])],
    ['a path of numbers', multi([file(1, 2)])],
  ])('what is no proper torrent: %s', (_, bytes) => {
    expect(() => parseMetainfo(bytes)).toThrow(expect.objectContaining({ name: 'StageError', kind: 'permanent', code: 'torrent_invalid' }))
  })

  test.each<[string, Uint8Array]>([
    ['.. in a path', multi([file('..', 'etc', 'passwd')])],
    ['.. in the middle', multi([file('a', '..', '..', '..', 'b')])],
    ['.. as a name', single({ name: '..' })],
    ['. as a name', single({ name: '.' })],
    ['a name that is a path', single({ name: '../../root/.ssh/authorized_keys' })],
    ['an absolute name', single({ name: '/etc/passwd' })],
    ['an absolute path in one segment', multi([file('/etc/passwd')])],
    ['.. behind a slash in one segment', multi([file('a/../../b')])],
    ['.. in the UTF-8 path only', multi([{ ...file('good.flac'), 'path.utf-8': ['..', 'bad.flac'] }])],
    ['.. in the UTF-8 name only', single({ 'name.utf-8': '..' })],
    ['a NUL', single({ name: 'a\u0000.flac' })],
    ['a line break', multi([file('a\nb.flac')])],
    ['a backslash', multi([file('..\\..\\b.flac')])],
    ['a segment of 256 bytes', multi([file('x'.repeat(256))])],
    ['a segment of 256 bytes in few characters', multi([file('ü'.repeat(128))])],
    ['a name that leaves no room for a control file', single({ name: 'x'.repeat(241) })],
    ['a path of 5000 bytes', multi([file(...Array.from({ length: 50 }, () => 'x'.repeat(99)))])],
    ['a path of 100 folders', multi([file(...Array.from({ length: 100 }, () => 'x'))])],
    ['two files at one place', multi([file('a.flac'), file('a.flac')])],
    ['a file where another needs a folder', multi([file('a'), file('a', 'b.flac')])],
    ['padding at the place of a file', multi([file('a.flac'), { ...file('a.flac'), attr: 'p' }])],
    [
      'padding of two sizes at one place',
      multi(
        [
          { ...file('a'), attr: 'p' },
          { ...file('a'), length: 99, attr: 'p' },
        ],
        { pieces: hashes(199) },
      ),
    ],
    ['20,001 files', multi(Array.from({ length: 20_001 }, (_, index) => file(String(index))))],
  ])('what is not safe to fetch: %s', (_, bytes) => {
    expect(() => parseMetainfo(bytes)).toThrow(expect.objectContaining({ name: 'StageError', kind: 'permanent', code: 'torrent_unsafe' }))
  })

  test('version 2 alone', () => {
    const bytes = single({ length: undefined, pieces: undefined, 'meta version': 2, 'file tree': { 'a.flac': { '': { length: 100 } } } })
    expect(() => parseMetainfo(bytes)).toThrow(expect.objectContaining({ kind: 'permanent', code: 'torrent_unsupported' }))
  })

  test('any bytes, and any change of a good torrent, with a StageError or not at all', () => {
    const good = multi([file('01.flac'), file('cd2', '02.flac')])
    const changed = fc
      .array(fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 0, max: 255 })), { minLength: 1, maxLength: 6 })
      .map((edits) => edits.reduce((bytes, [at, value]) => bytes.fill(value, at, at + 1), Buffer.from(good)))
    const soup = fc
      .array(fc.constantFrom('d', 'l', 'e', 'i', '1:', '4:info', '4:name', '0:', '-', '9', 'a'), { maxLength: 60 })
      .map((parts) => Buffer.from(parts.join('')))
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), changed, soup), (bytes) => {
        try {
          const { name, files } = parseMetainfo(bytes)
          return files.every(({ path }) => path === name || (path.startsWith(`${name}/`) && !path.split('/').includes('..')))
        } catch (error) {
          return error instanceof StageError && error.kind === 'permanent'
        }
      }),
      { numRuns: 3000 },
    )
  })
})
