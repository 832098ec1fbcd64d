import { invented, selected } from '../album.js'
import { evalCase, no, want, yes } from '../eval-case.js'
import { rip } from '../files.js'
import { titled } from '../titles.js'

const pine = invented('Delta Pine', 'Resin', 2015, 10)
const other = invented('Delta Pine', 'Bark', 2012, 10)
const flac = () => rip(pine)
const mp3 = () => rip(pine, { as: 'mp3' })

export const quality = [
  evalCase(
    'lossless wanted',
    'only MP3',
    want(pine, { format: 'flac' }),
    no(titled(pine, 'usual', 'mp3'), mp3()),
    no('Delta Pine - Resin (2015) [MP3 V0]', rip(pine, { as: 'mp3v0' })),
  ),
  evalCase(
    'lossless wanted',
    'both',
    want(pine, { format: 'flac' }),
    no(titled(pine, 'usual', 'mp3'), mp3(), { seeders: 200 }),
    yes('Delta Pine - Resin (2015) [FLAC]', flac(), { seeders: 1 }),
  ),
  evalCase('lossless wanted', 'the title says FLAC, the files are MP3', want(pine, { format: 'flac' }), no(titled(pine), mp3())),
  evalCase(
    'lossless wanted',
    'made from MP3',
    want(pine, { format: 'flac' }),
    no('Delta Pine - Resin (2015) [FLAC] (transcode from MP3)', flac()),
  ),
  evalCase(
    'lossless wanted',
    'format not told, title only',
    want(pine, { format: 'flac' }),
    no('Delta Pine - Resin (2015)', 95, { sealed: true }),
  ),
  evalCase(
    'lossless wanted',
    'as ALAC',
    want(pine, { format: 'flac' }),
    yes(
      'Delta Pine - Resin (2015) [ALAC]',
      rip(pine, { as: 'm4a' }).map((file) => ({ ...file, size_bytes: file.size_bytes * 3 })),
    ),
  ),
  evalCase(
    'lossless wanted',
    '24 bit',
    want(pine, { format: 'flac' }),
    yes('Delta Pine - Resin (2015) [24Bit-96kHz] FLAC', rip(pine, { as: 'flac24' })),
  ),
  evalCase(
    '24 bit wanted',
    'both',
    want(pine, { format: 'flac', bitDepth: 24 }),
    no('Delta Pine - Resin (2015) [FLAC 16-44]', flac(), { seeders: 90 }),
    yes('Delta Pine - Resin (2015) [24Bit-96kHz] FLAC', rip(pine, { as: 'flac24' }), { seeders: 2 }),
  ),
  evalCase(
    '24 bit wanted',
    'only 16',
    want(pine, { format: 'flac', bitDepth: 24 }),
    no('Delta Pine - Resin (2015) [16Bit-44.1kHz] FLAC', flac()),
  ),
  evalCase(
    '24 bit wanted',
    'not told, but it weighs as much',
    want(pine, { format: 'flac', bitDepth: 24 }),
    yes(titled(pine), rip(pine, { as: 'flac24' })),
  ),
  evalCase('24 bit wanted', 'not told', want(pine, { format: 'flac', bitDepth: 24 }), no(titled(pine), flac())),
  evalCase('16 bit wanted', 'not told', want(pine, { format: 'flac', bitDepth: 16 }), yes(titled(pine), flac())),
  evalCase('lossy wanted', 'only MP3 320', want(pine), yes(titled(pine, 'usual', 'mp3'), mp3())),
  evalCase(
    'lossy wanted',
    'only MP3 128',
    want(pine, { bitrate: 256 }),
    no('Delta Pine - Resin (2015) [MP3 128kbps]', rip(pine, { as: 'mp3x128' })),
  ),
  evalCase(
    'lossy wanted',
    'MP3 128 and 320',
    want(pine, { format: 'mp3', bitrate: 320 }),
    no('Delta Pine - Resin (2015) [MP3 128kbps]', rip(pine, { as: 'mp3x128' }), { seeders: 500 }),
    yes('Delta Pine - Resin (2015) [MP3 320kbps]', mp3(), { seeders: 2 }),
  ),
  evalCase('lossy wanted', 'V0', want(pine, { format: 'mp3' }), yes('Delta Pine - Resin (2015) [V0]', rip(pine, { as: 'mp3v0' }))),
  evalCase('lossy wanted', 'Opus at a fair rate', want(pine), yes('Delta Pine - Resin (2015) [Opus 160]', rip(pine, { as: 'opus' }))),
  evalCase(
    'lossy wanted',
    'files of 128 that claim 320',
    want(pine, { bitrate: 256 }),
    no(
      titled(pine, 'usual', 'mp3'),
      rip(pine, { as: 'mp3x128' }).map((file) => ({ ...file })),
    ),
  ),
  evalCase('size', 'FLAC of an MP3 size', want(pine), no(titled(pine), 22, { sealed: true, seeders: 999 })),
  evalCase('size', 'files of one second', want(pine), no(titled(pine), rip(pine, { shrunk: 0.01 }))),
  evalCase(
    'size',
    'broke off: the last files are small',
    want(pine),
    no(
      titled(pine),
      flac().map((file, index) => ({ ...file, size_bytes: index > 6 ? 40_000 : file.size_bytes })),
    ),
  ),
  evalCase('size', 'ten times too large, title only', want(pine), no(titled(pine, 'usual', 'mp3'), 9_000, { sealed: true })),
  evalCase('seeders', 'nobody has it', want(pine), no(titled(pine), flac(), { seeders: 0 })),
  evalCase(
    'seeders',
    'nobody has one, somebody the other',
    want(pine),
    no('Delta Pine - Resin (2015) [FLAC]', flac(), { seeders: 0 }),
    yes('Delta Pine - Resin [2015] MP3 320', mp3(), { seeders: 5 }),
  ),
  evalCase(
    'version 2',
    'cannot be loaded',
    want(pine),
    no(titled(pine), flac(), { fields: { info_hash: undefined, info_hash_v2: 'ab'.repeat(32) }, sealed: true, seeders: 90 }),
  ),
  evalCase(
    'version 2',
    'beside one that can',
    want(pine),
    no(titled(pine), flac(), { fields: { info_hash: undefined, info_hash_v2: 'cd'.repeat(32) }, sealed: true, seeders: 90 }),
    yes(titled(pine, 'year first'), flac(), { seeders: 2 }),
  ),
  evalCase(
    'ticket without album',
    'three songs of one album',
    want(pine, { title: null, only: [1, 5, 7] }),
    yes(titled(pine), flac()),
    no(titled(other), rip(other)),
  ),
  evalCase('ticket without album', 'title only', want(pine, { title: null, only: [3] }), no(titled(other), 300, { sealed: true })),
  evalCase(
    'ticket without album',
    'the single',
    want(pine, { title: null, only: [3] }),
    yes(
      `Delta Pine - ${pine.tracks[2]?.name} (Single) [MP3 320]`,
      rip(selected(pine, [3], { title: pine.tracks[2]?.name ?? '' }), { as: 'mp3' }),
    ),
  ),
  evalCase('ticket without year', 'with files', want(pine, { year: null }), yes(titled(pine), flac())),
  evalCase(
    'ticket without year',
    'title only',
    want(pine, { year: null }),
    yes('Delta Pine - Resin (2015) [FLAC]', 290, { sealed: true }),
    no(titled(other), 290, { sealed: true }),
  ),
  evalCase('year', 'far off, title only', want(pine), no('Delta Pine - Resin (2004) [FLAC]', 290, { sealed: true })),
  evalCase('year', 'one off', want(pine), yes('Delta Pine - Resin (2016) [FLAC]', flac())),
  evalCase(
    'not out yet',
    'named all the same',
    want({ ...pine, year: 2027, title: 'Needles' }),
    no('Delta Pine - Needles (2027) [FLAC]', 300, { sealed: true }),
  ),
  evalCase(
    'label and genre',
    'tell two apart',
    want(pine, { label: 'Sap Records', genres: ['ambient'] }),
    yes('Delta Pine - Resin (2015) {Sap Records} [FLAC]', flac()),
  ),
  evalCase('nothing', 'no candidates', want(pine)),
  evalCase(
    'nothing',
    'only noise',
    want(pine),
    no('Ubuntu 24.04 Desktop amd64', 5800, { sealed: true }),
    no('Resin Casting for Beginners PDF', 12, { sealed: true }),
    no('Delta Force Pine Gap S01 1080p', 9000, { sealed: true }),
  ),
]
