import { album, extended, invented, recordedAnew, selected } from '../album.js'
import { evalCase, no, want, yes } from '../eval-case.js'
import { image, junk, rip, under } from '../files.js'
import { titled } from '../titles.js'

const cart = 'The Cartwrights'
const dust = invented(cart, 'Dust', 1991, 10)
const more = [
  invented(cart, 'Rust', 1993, 11),
  invented(cart, 'Must', 1996, 12),
  invented(cart, 'Trust', 1999, 9),
  invented(cart, 'Gust', 2003, 10),
  invented(cart, 'Dusk', 1989, 10),
]
const best = selected(dust, [1, 2, 5, 9], { title: 'Best of', year: 2005 })
const liveDust = recordedAnew(dust, { title: 'Dust Live', year: 1992 })
const remaster = extended(dust, recordedAnew(selected(dust, [1, 3]), { suffix: ' (Demo)' }), { title: 'Dust (Remastered)', year: 2011 })
const double = album(
  'Abel Crane',
  'The Two Rooms',
  1975,
  'Intro 1:10 | Door 4:20 | Hallway 3:51 | Stairs 5:02 | Window 2:59 // Intro 0:58 | Cellar 4:44 | Attic 3:30 | Roof 6:13 | Outro 1:40',
)
const folder = (a: { year: number; title: string }) => `${a.year} - ${a.title}`
const rips = [dust, ...more].map((a) => rip(a, { folder: folder(a), style: 'nn - title' }))
const split = invented('Ghost Pines', 'Split', 2010, 3)
const splitOther = invented('Black Harrow', 'Split', 2010, 3)
const pair = invented('Abel Crane', 'Under the Pier', 1977, 9)
const various = {
  ...invented('Various Artists', 'Sounds of the Estuary', 2008, 12),
  tracks: invented('Various Artists', 'Sounds of the Estuary', 2008, 12).tracks,
}
const variousNamed = {
  ...various,
  tracks: various.tracks.map((track, index) => ({
    ...track,
    name: `${['Mudlark', 'Wader', 'The Spits', 'Oona Ray'][index % 4]} - ${track.name}`,
  })),
}

export const packs = [
  evalCase(
    'discography',
    'with live and best of',
    want(dust),
    yes(
      `${cart} - Discography (1989-2005) [FLAC]`,
      under(cart, ...rips, rip(best, { folder: '2005 - Best of' }), rip(liveDust, { folder: '1992 - Dust Live' })),
    ),
    no('The Cartwrights - Best Of (2005) [FLAC]', rip(best)),
  ),
  evalCase(
    'discography',
    'the album twice',
    want(dust),
    yes(`${cart} - Complete Albums [FLAC]`, under(cart, ...rips, rip(remaster, { folder: '2011 - Dust (Remastered)' }))),
  ),
  evalCase('discography', 'list not to be had', want(dust), no(`${cart} - Discography (1989-2005) [FLAC]`, 4200, { sealed: true })),
  evalCase(
    'discography',
    'before the album',
    want(invented(cart, 'Ust', 2008, 10)),
    no(`${cart} - Discography (1989-2005) [FLAC]`, under(cart, ...rips)),
  ),
  evalCase(
    'discography',
    'of another',
    want(dust),
    no(
      'The Cartwright Family - Discography (1971-1982) [FLAC]',
      under('TCF', rip(invented('The Cartwright Family', 'Pickin', 1971)), rip(invented('The Cartwright Family', 'Gospel', 1974))),
    ),
  ),
  evalCase(
    'discography',
    'as images with sheets',
    want(dust),
    no(
      '(Rock) The Cartwrights - Discography (6 CDs) - 1989-2003, FLAC (image+.cue), lossless',
      under(cart, ...[dust, ...more].map((a) => image(a))),
    ),
  ),
  evalCase(
    'discography',
    'mixed with numbers only',
    want(dust),
    yes(`${cart} Discography MP3 320`, under(cart, ...[dust, ...more].map((a) => rip(a, { as: 'mp3', folder: folder(a), style: 'nn' })))),
  ),
  evalCase(
    'discography',
    'a single track of it',
    want(dust, { only: [4] }),
    yes(`${cart} - Discography [FLAC]`, under(cart, ...rips, rip(liveDust, { folder: '1992 - Dust Live' }))),
  ),
  evalCase(
    'discography',
    'beside the album alone',
    want(dust),
    yes(`${cart} - Discography [FLAC]`, under(cart, ...rips), { seeders: 90 }),
    yes(titled(dust), rip(dust), { seeders: 3 }),
  ),
  evalCase(
    'pack',
    'five albums in one',
    want(dust),
    yes(
      `${cart} - 5 Original Albums (2012) [5CD] FLAC`,
      under('box', ...[dust, ...more.slice(0, 4)].map((a, index) => rip(a, { folder: `CD${index + 1} - ${a.title}` }))),
    ),
  ),
  evalCase(
    'pack',
    'by a label, several artists',
    want(dust),
    yes(
      'Roadside Records Collection 1989-1995 FLAC',
      under(
        'Roadside',
        rip(invented('Ned Fry', 'Dust', 1991)),
        rip(dust),
        rip(invented('Lou Vale', 'Diner', 1994)),
        ...[1, 2, 3].map((at) => rip(invented(`Act ${at}`, `Record ${at}`, 1990))),
      ),
    ),
  ),
  evalCase(
    'two in one',
    'with a folder each',
    want(double),
    yes(
      'Abel Crane - The Two Rooms + Under the Pier (1975-1977) [FLAC]',
      under('Abel Crane', rip(double, { discs: (disc) => `CD${disc}` }), rip(pair)),
    ),
  ),
  evalCase(
    'two in one',
    'numbered through',
    want(pair),
    yes(
      'Abel Crane - The Two Rooms & Under The Pier [2on1] FLAC',
      under(
        '2on1',
        rip({ ...pair, tracks: pair.tracks.map((track) => ({ ...track, number: track.number + 10 })) }, { folder: 'a' }),
        rip({ ...double, tracks: double.tracks.map((track, index) => ({ ...track, disc: 1, number: index + 1 })) }, { folder: 'a' }),
      ),
    ),
  ),
  evalCase(
    'multi-disc',
    'folders CD1 and CD2',
    want(double),
    yes('Abel Crane - The Two Rooms (1975) [2CD] FLAC', rip(double, { discs: (disc) => `CD${disc}` })),
  ),
  evalCase(
    'multi-disc',
    'folders Disc 1 and 2 with junk',
    want(double),
    yes('Abel Crane - The Two Rooms (1975) FLAC', [
      ...rip(double, { discs: (disc) => `Disc ${disc}`, style: 'nn. title' }),
      ...junk('Abel Crane'),
    ]),
  ),
  evalCase(
    'multi-disc',
    '1-01',
    want(double),
    yes('Abel Crane - The Two Rooms (1975) [MP3 320]', rip(double, { style: 'd-nn title', as: 'mp3' })),
  ),
  evalCase(
    'multi-disc',
    '101',
    want(double),
    yes('Abel Crane - The Two Rooms (1975) [MP3 V0]', rip(double, { style: 'dnn title', as: 'mp3v0' })),
  ),
  evalCase(
    'multi-disc',
    'scene',
    want(double),
    yes('Abel_Crane-The_Two_Rooms-2CD-FLAC-1975-GRP', rip(double, { style: 'scene', discs: (disc) => `cd${disc}` })),
  ),
  evalCase(
    'multi-disc',
    'only the first disc',
    want(double),
    no('Abel Crane - The Two Rooms CD1 (1975) [FLAC]', rip({ ...double, tracks: double.tracks.slice(0, 5) })),
  ),
  evalCase(
    'multi-disc',
    'only the first disc, title only',
    want(double),
    no('Abel Crane - The Two Rooms [Disc 1] (1975) [FLAC]', 110, { sealed: true }),
  ),
  evalCase(
    'multi-disc',
    'numbered through, the ticket by discs',
    want(double),
    yes(
      'Abel Crane - The Two Rooms (1975) [WEB FLAC]',
      rip({ ...double, tracks: double.tracks.map((track, index) => ({ ...track, disc: 1, number: index + 1 })) }),
    ),
  ),
  evalCase(
    'split',
    'both named',
    want(split),
    yes('Ghost Pines & Black Harrow - Split (2010) [FLAC]', [
      ...rip(split, { style: 'artist - title', folder: 'Split' }),
      ...rip(splitOther, { style: 'artist - title', folder: 'Split' }),
    ]),
  ),
  evalCase(
    'split',
    'with a slash, title only',
    want(split),
    yes('Ghost Pines / Black Harrow - Split (2010) [FLAC]', 140, { sealed: true }),
  ),
  evalCase(
    'split',
    'with others',
    want(split),
    no('Ghost Pines & Witch Ladder - Split (2013) [FLAC]', rip(invented('Witch Ladder', 'Split', 2013, 6))),
  ),
  evalCase('various', 'VA', want(various), yes('VA - Sounds of the Estuary (2008) [FLAC]', rip(variousNamed))),
  evalCase('various', 'no artist in the title', want(various), yes('Sounds of the Estuary (2008) [FLAC]', rip(variousNamed))),
  evalCase(
    'various',
    'another of the series',
    want({ ...various, title: 'Sounds of the Estuary 2' }),
    no('VA - Sounds of the Estuary 3 (2010) [FLAC]', 500, { sealed: true }),
  ),
  evalCase(
    'various',
    'a single track of a compilation',
    want(dust, { title: null, only: [2] }),
    yes('VA - Roadside Anthems (1998) [FLAC]', [
      ...rip(selected(dust, [2]), { style: 'nn - artist - title', folder: 'VA' }),
      ...rip(variousNamed, { folder: 'VA' }),
    ]),
  ),
]
