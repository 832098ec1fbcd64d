import { invented, selected } from '../album.js'
import { evalCase, no, want, yes } from '../eval-case.js'
import { rip } from '../files.js'
import { titled } from '../titles.js'

const ore = invented('Iron Ballad', 'Smelter', 2011, 11)
const other = invented('Iron Ballad', 'Forge', 2008, 10)
const flac = () => rip(ore)
const mp3 = () => rip(ore, { as: 'mp3' })

export const quality = [
  evalCase(
    'lossless wanted',
    'only MP3',
    want(ore, { format: 'wav' }),
    no(titled(ore, 'bare', 'mp3'), mp3()),
    no('Iron Ballad - Smelter (2011) [AAC 256]', rip(ore, { as: 'm4a' })),
  ),
  evalCase(
    'lossless wanted',
    'both',
    want(ore, { format: 'alac' }),
    no(titled(ore, 'usual', 'mp3'), mp3(), { seeders: 200 }),
    yes('Iron Ballad - Smelter [2011] FLAC', flac(), { seeders: 1 }),
  ),
  evalCase('lossless wanted', 'the title says FLAC, the files are MP3', want(ore, { format: 'flac' }), no(titled(ore, 'scene'), mp3())),
  evalCase(
    'lossless wanted',
    'made from MP3',
    want(ore, { format: 'flac' }),
    no('Iron Ballad - Smelter (2011) [FLAC, upconvert from mp3]', flac()),
  ),
  evalCase(
    'lossless wanted',
    'format not told, title only',
    want(ore, { format: 'flac' }),
    no('Iron Ballad - Smelter 2011', 100, { sealed: true }),
  ),
  evalCase(
    '24 bit wanted',
    'both, by their titles',
    want(ore, { format: 'alac', bitDepth: 24 }),
    no('Iron Ballad - Smelter (2011) [FLAC] 16bit', flac(), { seeders: 70, sealed: true }),
    yes('Iron Ballad - Smelter (2011) [FLAC 24-48]', rip(ore, { as: 'flac24' }), { seeders: 4, sealed: true }),
  ),
  evalCase(
    '24 bit wanted',
    'only a CD',
    want(ore, { format: 'wav', bitDepth: 24 }),
    no('Iron_Ballad-Smelter-16BIT-WEB-FLAC-2011-ORE', flac()),
  ),
  evalCase('24 bit wanted', 'not told', want(ore, { format: 'wav', bitDepth: 24 }), no(titled(ore, 'scene'), flac())),
  evalCase(
    '16 bit wanted',
    'only 24',
    want(ore, { format: 'flac', bitDepth: 16 }),
    yes('Iron Ballad - Smelter (2011) [24-96] FLAC', rip(ore, { as: 'flac24' })),
  ),
  evalCase('lossless wanted', 'as APE', want(ore, { format: 'flac' }), yes('Iron Ballad - Smelter (2011) [APE]', rip(ore, { as: 'ape' }))),
  evalCase(
    'lossless wanted',
    '24 bit',
    want(ore, { format: 'flac' }),
    yes('Iron Ballad - Smelter (2011) [Hi-Res 24-96] FLAC', rip(ore, { as: 'flac24' })),
  ),
  evalCase('lossy wanted', 'only MP3 320', want(ore), yes(titled(ore, 'scene', 'mp3'), mp3())),
  evalCase(
    'lossy wanted',
    'only MP3 128',
    want(ore, { bitrate: 320 }),
    no('Iron Ballad - Smelter (2011) [128kbps MP3]', rip(ore, { as: 'mp3x128' })),
  ),
  evalCase(
    'lossy wanted',
    'MP3 128 and 320',
    want(ore, { format: 'mp3', bitrate: 256 }),
    no('Iron Ballad - Smelter (2011) [MP3 128]', rip(ore, { as: 'mp3x128' }), { seeders: 500 }),
    yes('Iron Ballad - Smelter (2011) [MP3 320]', mp3(), { seeders: 2 }),
  ),
  evalCase(
    'lossy wanted',
    'V0',
    want(ore, { format: 'mp3' }),
    yes('Iron Ballad - Smelter (2011) [MP3 V0 (VBR)]', rip(ore, { as: 'mp3v0' })),
  ),
  evalCase('lossy wanted', 'Ogg at a fair rate', want(ore), yes('Iron Ballad - Smelter (2011) [Ogg q6]', rip(ore, { as: 'ogg' }))),
  evalCase(
    'lossy wanted',
    'files of 128 that claim 320',
    want(ore, { bitrate: 320 }),
    no(titled(ore, 'usual', 'mp3'), rip(ore, { as: 'mp3x128' })),
  ),
  evalCase('size', 'FLAC of an MP3 size', want(ore), no(titled(ore), 25, { sealed: true, seeders: 999 })),
  evalCase('size', 'files of one second', want(ore), no(titled(ore), rip(ore, { shrunk: 0.005 }))),
  evalCase(
    'size',
    'broke off: the first files are small',
    want(ore),
    no(
      titled(ore),
      flac().map((file, index) => ({ ...file, size_bytes: index < 4 ? 60_000 : file.size_bytes })),
    ),
  ),
  evalCase('size', 'ten times too large, title only', want(ore), no(titled(ore, 'bare', 'mp3'), 12_000, { sealed: true })),
  evalCase('seeders', 'nobody has it', want(ore), no(titled(ore), flac(), { seeders: 0 })),
  evalCase(
    'seeders',
    'nobody has one, somebody the other',
    want(ore),
    no('Iron Ballad - Smelter (2011) [FLAC]', flac(), { seeders: 0 }),
    yes('Iron Ballad-Smelter-2011-GRP', mp3(), { seeders: 5 }),
  ),
  evalCase(
    'version 2',
    'cannot be loaded',
    want(ore),
    no(titled(ore), flac(), { fields: { info_hash: undefined, info_hash_v2: '12'.repeat(32) }, sealed: true, seeders: 90 }),
  ),
  evalCase(
    'version 2',
    'beside one that can',
    want(ore),
    no(titled(ore), flac(), { fields: { info_hash: undefined, info_hash_v2: '34'.repeat(32) }, sealed: true, seeders: 90 }),
    yes(titled(ore, 'year first'), flac(), { seeders: 2 }),
  ),
  evalCase(
    'ticket without album',
    'three songs of one album',
    want(ore, { title: null, only: [2, 4, 9] }),
    yes(titled(ore), flac()),
    no(titled(other), rip(other)),
  ),
  evalCase('ticket without album', 'title only', want(ore, { title: null, only: [3] }), no(titled(other), 300, { sealed: true })),
  evalCase(
    'ticket without album',
    'the single',
    want(ore, { title: null, only: [5] }),
    yes(`Iron Ballad - ${ore.tracks[4]?.name} [Single] (2011) FLAC`, rip(selected(ore, [5], { title: ore.tracks[4]?.name ?? '' }))),
  ),
  evalCase('ticket without year', 'with files', want(ore, { year: null }), yes(titled(ore), flac())),
  evalCase(
    'ticket without year',
    'title only',
    want(ore, { year: null }),
    yes('Iron Ballad - Smelter (2011) [FLAC]', 300, { sealed: true }),
    no(titled(other), 290, { sealed: true }),
  ),
  evalCase('year', 'far off, title only', want(ore), no('Iron Ballad - Smelter (1998) [FLAC]', 290, { sealed: true })),
  evalCase('year', 'one off', want(ore), yes('Iron Ballad - Smelter (2010) [FLAC]', flac())),
  evalCase(
    'not out yet',
    'named all the same',
    want({ ...ore, year: 2028, title: 'Anvil' }),
    no('Iron Ballad - Anvil (2028) [FLAC]', 300, { sealed: true }),
  ),
  evalCase(
    'label and genre',
    'named',
    want(ore, { label: 'Furnace', genres: ['metal'] }),
    yes('(Metal) Iron Ballad - Smelter - 2011 [Furnace] FLAC', flac()),
  ),
  evalCase('nothing', 'no candidates', want(ore)),
  evalCase(
    'nothing',
    'only noise',
    want(ore),
    no('Debian 12 netinst', 600, { sealed: true }),
    no('Smelter Operations Handbook epub', 12, { sealed: true }),
    no('The Ballad of Iron John S02 720p', 9000, { sealed: true }),
  ),
]
