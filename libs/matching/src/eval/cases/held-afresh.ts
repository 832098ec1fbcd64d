import { album, invented, recordedAnew, renamed, selected } from '../album.js'
import { evalCase, no, want, yes } from '../eval-case.js'
import { image, junk, rip, under } from '../files.js'

// Written by somebody who knew neither the rules nor the other cases, and not changed since.

const ash = album(
  'Slow Meridian',
  'Ashfall',
  2008,
  "Kettle Song 4:02 | Don't Wait Up, Part I 3:11 | Don't Wait Up, Part II 5:40 | Windbreak 3:33 | Eleven O'Clock 2:58 | Grey Goose (feat. Mina Orr) 4:44 | Salt 3:20 | Last Bus Home 6:05",
)
const dom = album('Sery Pyos', 'Dom', 1989, 'Utro 3:12 | Moy dom 4:01 | Poyezd 2:50 | Zimniy sad 3:48 | Ty ne znayesh 4:20 | Dozhd 3:05')
const volume = invented('Kettle & Crane', 'Songs for Trains, Vol. 1', 2014)
const volumeTwo = invented('Kettle & Crane', 'Songs for Trains, Vol. 2', 2016)
const roof = invented('Dana Quill', 'Tin Roof', 2013, 10)
const roofEp = invented('Dana Quill', 'Tin Roof EP', 2012, 4)
const pair = album(
  'Mercator',
  'Projections',
  1977,
  'North 5:01 | East 6:12 | South 4:40 | West 7:15 // Pole 9:02 | Tropic 3:58 | Degree 4:26',
)
const late = invented('The Ferrymen', 'Oars', 2011)
const early = invented('The Ferrymen', 'Rope', 2003)
const loud = invented('NØRD', 'KULDE', 2018)

const cyrillic = renamed(dom, 'Утро | Мой дом | Поезд | Зимний сад | Ты не знаешь | Дождь')

export const afresh = [
  evalCase(
    'names',
    'straight signs, parts in figures',
    want(ash),
    yes(
      'slow meridian - ashfall [2008] flac',
      rip(renamed(ash, (name) => name.replace('Part II', 'Pt. 2').replace('Part I', 'Pt. 1').replaceAll("'", '’'))),
    ),
  ),
  evalCase(
    'names',
    'no guest',
    want(ash),
    yes(
      'Slow_Meridian-Ashfall-CD-FLAC-2008-HOUND',
      rip(
        renamed(ash, (name) => name.replace(/ \(feat.*/, '')),
        { style: 'scene' },
      ),
    ),
  ),
  evalCase('names', 'site before it', want(ash), yes('www.example-torrents.test - Slow Meridian - Ashfall (2008) FLAC', rip(ash))),
  evalCase('names', 'in capitals', want(ash), yes('SLOW MERIDIAN - ASHFALL - 2008 - MP3 320', rip(ash, { as: 'mp3', style: 'nn.title' }))),
  evalCase(
    'names',
    'genre and shop',
    want(ash),
    yes('(Post-Rock) [CD] Slow Meridian - Ashfall - 2008, FLAC (tracks+.cue), lossless', [
      ...rip(ash),
      ...junk('Slow Meridian - Ashfall (2008)'),
    ]),
  ),
  evalCase('names', 'hash of the poster', want(ash), yes('Slow Meridian - Ashfall (2008) [FLAC] vtwin88cube', rip(ash))),
  evalCase('names', 'catalogue number', want(ash), yes('Slow Meridian – Ashfall [KTL-014CD] (2008) FLAC 16-44.1', rip(ash))),
  evalCase('names', 'only a title, nothing else known', want(ash), yes('Slow.Meridian.Ashfall.2008.FLAC-HOUND', 310, { sealed: true })),
  evalCase(
    'other kinds',
    'instrumentals',
    want(ash),
    no('Slow Meridian - Ashfall (Instrumentals) (2008) [FLAC]', rip(recordedAnew(ash, { suffix: ' (Instrumental)' }))),
  ),
  evalCase(
    'other kinds',
    'slowed',
    want(ash),
    no('Slow Meridian - Ashfall (slowed + reverb) [MP3]', rip(recordedAnew(ash, { suffix: ' (slowed)' }), { as: 'mp3' })),
  ),
  evalCase(
    'other kinds',
    'demos',
    want(ash),
    no('Slow Meridian - Ashfall Demos (2007) [FLAC]', rip(recordedAnew(ash, { suffix: ' (demo)' }))),
  ),
  evalCase('other kinds', '8D', want(ash), no('Slow Meridian - Ashfall 8D AUDIO [320]', rip(recordedAnew(ash, {}), { as: 'mp3' }))),
  evalCase(
    'other kinds',
    'remixes',
    want(ash),
    no('Slow Meridian - Ashfall Remixes (2009) [FLAC]', rip(recordedAnew(ash, { suffix: ' (Kilo Remix)' }))),
  ),
  evalCase('other kinds', 'the single', want(ash), no('Slow Meridian - Ashfall (Single) (2008) [FLAC]', rip(selected(ash, [1, 4])))),
  evalCase(
    'other kinds',
    'lullabies',
    want(ash),
    no('Lullaby Renditions of Slow Meridian - Ashfall (2015) [FLAC]', rip(recordedAnew(ash, {}))),
  ),
  evalCase(
    'other kinds',
    'a film',
    want(ash),
    no('Ashfall.2008.1080p.BluRay.x264-HOUND', [{ path: 'Ashfall.2008.mkv', size_bytes: 8_000_000_000 }]),
  ),
  evalCase(
    'other kinds',
    'stems',
    want(ash),
    no(
      'Slow Meridian - Ashfall (2008) (Stems) [WAV]',
      ['Bass', 'Drums', 'Guitar', 'Keys', 'Vocals'].map((name) => ({ path: `Ashfall Stems/${name}.wav`, size_bytes: 330_000_000 })),
    ),
  ),
  evalCase(
    'other kinds',
    'at a hall',
    want(ash),
    no('Slow Meridian - Ashfall, Live at the Corn Hall (2009) [FLAC]', rip(recordedAnew(ash, {}))),
  ),
  evalCase(
    'fakes',
    'a program',
    want(ash),
    no('Slow Meridian - Ashfall (2008) [FLAC]', [{ path: 'Slow Meridian - Ashfall (2008) [FLAC].exe', size_bytes: 250_000_000 }]),
  ),
  evalCase(
    'fakes',
    'an archive',
    want(ash),
    no('Slow Meridian - Ashfall (2008) [FLAC]', [
      { path: 'Ashfall.rar', size_bytes: 280_000_000 },
      { path: 'password.txt', size_bytes: 90 },
    ]),
  ),
  evalCase('fakes', 'far too small', want(ash), no('Slow Meridian - Ashfall (2008) [FLAC]', 14, { sealed: true })),
  evalCase(
    'other scripts',
    'both names in the title, files in Cyrillic',
    want(dom),
    yes('Серый Пёс / Sery Pyos - Дом (1989) [FLAC]', rip(cyrillic, { folder: 'Серый Пёс - Дом (1989)' })),
  ),
  evalCase(
    'other scripts',
    'ticket in Cyrillic, release in Latin letters',
    want(cyrillic, { artist: 'Серый Пёс', title: 'Дом' }),
    yes('Sery Pyos - Dom (1989) [FLAC]', rip(dom)),
  ),
  evalCase(
    'other scripts',
    'another album, in Cyrillic',
    want(dom),
    no('Серый Пёс - Лес (1991) [FLAC]', rip(invented('Серый Пёс', 'Лес', 1991))),
  ),
  evalCase('other scripts', 'a crossed letter', want(loud), yes('Nord - Kulde (2018) [WEB FLAC]', rip(loud))),
  evalCase(
    'volumes',
    'the first in words',
    want(volume),
    yes('Kettle and Crane - Songs For Trains Volume One (2014) [FLAC]', rip(volume)),
    no('Kettle and Crane - Songs For Trains Volume Two (2016) [FLAC]', rip(volumeTwo), { seeders: 60 }),
  ),
  evalCase('volumes', 'only the second', want(volume), no('Kettle & Crane - Songs for Trains Vol. 2 (2016) [FLAC]', rip(volumeTwo))),
  evalCase(
    'volumes',
    'both in one',
    want(volume),
    yes(
      'Kettle & Crane - Songs for Trains Vol. 1-2 (2014-2016) [FLAC]',
      under('Songs for Trains', rip(volume, { folder: 'Vol. 1' }), rip(volumeTwo, { folder: 'Vol. 2' })),
    ),
  ),
  evalCase(
    'short and long',
    'the EP is wanted',
    want(roofEp),
    no('Dana Quill - Tin Roof (2013) [FLAC]', rip(roof)),
    yes('Dana Quill - Tin Roof EP (2012) [FLAC]', rip(roofEp)),
  ),
  evalCase('short and long', 'only the long one is there', want(roofEp), no('Dana Quill - Tin Roof (2013) [FLAC]', rip(roof))),
  evalCase(
    'short and long',
    'the long one is wanted',
    want(roof),
    no('Dana Quill - Tin Roof EP (2012) [FLAC]', rip(roofEp), { seeders: 90 }),
    yes('Dana Quill - Tin Roof (2013) [FLAC]', rip(roof)),
  ),
  evalCase(
    'discs',
    'vinyl sides',
    want(pair),
    yes(
      'Mercator - Projections 2LP (1977) [Vinyl FLAC 24-96]',
      rip(pair, { as: 'flac24', discs: (disc) => `LP ${disc}`, style: 'nn. title' }),
    ),
  ),
  evalCase(
    'discs',
    'numbers with the disc',
    want(pair),
    yes('Mercator - Projections (1977/2003) [FLAC]', rip(pair, { style: 'dnn title' })),
  ),
  evalCase('discs', 'only the first', want(pair), no('Mercator - Projections (Disc 1) (1977) [FLAC]', rip(pair).slice(0, 4))),
  evalCase('images', 'one file and its sheet', want(pair), no('Mercator - Projections (1977) [APE, image+.cue]', image(pair, 'ape'))),
  evalCase(
    'collections',
    'all albums',
    want(late),
    yes(
      'The Ferrymen - Discography (2003-2019) [FLAC]',
      under('The Ferrymen', rip(early, { folder: '2003 - Rope' }), rip(late, { folder: '2011 - Oars' })),
      { mb: 2400 },
    ),
  ),
  evalCase(
    'collections',
    'made before it',
    want(late),
    no('The Ferrymen - Discography (2003-2009) [FLAC]', under('The Ferrymen', rip(early, { folder: '2003 - Rope' }))),
  ),
  evalCase(
    'collections',
    'the best of it',
    want(late),
    no('The Ferrymen - Best Of (2015) [FLAC]', rip(selected(late, [1, 2, 3, 4], { title: 'Best Of', year: 2015 }))),
  ),
  evalCase('single tracks', 'on a single', want(late, { only: [3] }), yes('The Ferrymen - Oars (2011) [FLAC]', rip(late))),
  evalCase(
    'other bands',
    'from elsewhere',
    want(late),
    no('The Ferrymen (UK) - Anchor (2011) [FLAC]', rip(invented('The Ferrymen', 'Anchor', 2011))),
  ),
  evalCase(
    'other bands',
    'one more word',
    want(late),
    no('The Ferrymen Choir - Oars (1996) [FLAC]', rip(invented('The Ferrymen Choir', 'Oars', 1996))),
  ),
]
