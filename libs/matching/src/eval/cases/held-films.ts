import { no, yes } from '../eval-case.js'
import { file, film, videoCase } from '../video/video-case.js'

const lantern = film('A Lantern for Ada', 2012, { minutes: 106 })
const owls = film('Owls of the Interior', 1998, { minutes: 141, titles: ['Les Hiboux de l’intérieur'] })
const rain = film('Rain, Then Rain', 2020, { minutes: 90, limit: '720p' })
const ward = film('Ward 7', 2005, { minutes: 97 })
const giants = film('Giants: Part One', 2022, { minutes: 155, limit: '2160p' })
const zero = film('Zero Hour, Lisbon', 1973, { minutes: 93 })
const ghost = film('家の中の幽霊', 2008, { minutes: 110, titles: ['Ghost in the House', 'Ie no Naka no Yurei'] })

export const heldFilms = [
  videoCase('film', 'dots and brackets', lantern, yes('A.Lantern.for.Ada.(2012).[1080p].[BluRay].[x265]', 2400)),
  videoCase('film', 'article left out', lantern, yes('Lantern for Ada 2012 720p BRRip x264', 900)),
  videoCase(
    'film',
    'many indexers',
    lantern,
    yes('A Lantern for Ada 2012 1080p WEB-DL DD5.1 H264-EX', 4200, { seeders: 12 }),
    yes('A.Lantern.for.Ada.2012.720p.BluRay.x264-EX', 3300, { seeders: 70 }),
    yes('A Lantern for Ada (2012) DVDRip', 900, { seeders: 15 }),
    no('A.Lantern.for.Ada.2012.TELESYNC.x264', 1500, { seeders: 400 }),
  ),
  videoCase('film', 'foreign name', owls, yes("Les.Hiboux.de.l'interieur.1998.FRENCH.1080p.BluRay.x264", 9000)),
  videoCase('film', 'remastered edition', owls, yes('Owls of the Interior 1998 Remastered 1080p BluRay AVC', 30_000)),
  videoCase(
    'film',
    'low ceiling',
    rain,
    no('Rain.Then.Rain.2020.1080p.WEB-DL.H264-EX', 4100),
    yes('Rain.Then.Rain.2020.720p.WEB-DL.H264-EX', 2100),
    yes('Rain.Then.Rain.2020.480p.WEB-DL.x264', 700),
  ),
  videoCase(
    'film',
    'low ceiling, nothing beneath',
    rain,
    no('Rain.Then.Rain.2020.1080p.WEB-DL.H264-EX', 4100),
    no('Rain Then Rain 2020 2160p WEB-DL', 12_000),
  ),
  videoCase(
    'film',
    'number in its name',
    ward,
    yes('Ward.7.2005.1080p.BluRay.x264-EX', 7000),
    no('Ward.6.2009.1080p.BluRay.x264-EX', 7000),
  ),
  videoCase('film', 'number spelt out', ward, yes('Ward Seven (2005) 720p BluRay', 3000)),
  videoCase(
    'film',
    'part one',
    giants,
    yes('Giants.Part.1.2022.2160p.WEB-DL.DDP5.1.Atmos.HDR.H.265-EX', 21_000),
    no('Giants.Part.Two.2024.2160p.WEB-DL.HDR.H.265', 22_000),
  ),
  videoCase('film', 'part two only', giants, no('Giants Part Two 2024 1080p BluRay x264', 11_000)),
  videoCase('film', 'comma', zero, yes('Zero.Hour.Lisbon.1973.DVDRip.x264', 900)),
  videoCase('film', 'Japanese name beside the Latin one', ghost, yes('家の中の幽霊 Ghost in the House 2008 1080p BluRay', 8000)),
  videoCase('film', 'Latin name', ghost, yes('Ie.no.Naka.no.Yurei.2008.720p.BluRay.x264', 3300)),
  videoCase(
    'remake',
    'older film first',
    zero,
    no('Zero Hour Lisbon 2015 1080p WEB-DL', 5000),
    yes('Zero Hour, Lisbon (1973) 1080p BluRay', 7000),
  ),
  videoCase(
    'remake',
    'only the new one',
    zero,
    no('Zero.Hour.Lisbon.2015.1080p.BluRay.x264', 7000),
    no('Zero Hour Lisbon (2015) 720p', 2000),
  ),
  videoCase('remake', 'two years off', ward, no('Ward.7.2007.1080p.BluRay.x264', 7000)),
  videoCase('like name', 'ends alike', lantern, no('The Lantern 2012 1080p', 4000), no('Ada 2012 1080p WEB-DL', 4000)),
  videoCase(
    'like name',
    'a making-of',
    lantern,
    no('A Lantern for Ada The Making of 2012 720p', 900),
    no('Behind the Scenes of A Lantern for Ada 2012', 400),
  ),
  videoCase('like name', 'a series of it', ward, no('Ward.7.S01E01.2005.720p.HDTV', 900), no('Ward 7 (2005) Season 1 Complete', 9000)),
  videoCase(
    'like name',
    'one letter',
    film('Raven', 2013),
    no('Ravens.2013.1080p.BluRay.x264', 6000),
    no('Haven.2013.1080p.BluRay.x264', 6000),
  ),
  videoCase(
    'not the film',
    'score',
    owls,
    no('Owls of the Interior - Original Score [FLAC]', 300),
    no('Owls.of.the.Interior.1998.OST.320kbps', 110),
  ),
  videoCase('not the film', 'game', ward, no('Ward.7-CODEX', 8000), no('Ward 7 [FitGirl Repack]', 4000)),
  videoCase(
    'before release',
    'workprint',
    giants,
    no('Giants.Part.One.2022.WORKPRINT.XviD', 1500),
    no('Giants Part One 2022 CAM x264', 1800),
  ),
  videoCase('fake', 'size of a song', owls, no('Owls.of.the.Interior.1998.1080p.BluRay.x264', 8)),
  videoCase(
    'fake',
    'a shortcut',
    owls,
    no('Owls.of.the.Interior.1998.1080p.BluRay.x264', [file('Owls.1998.1080p.mkv', 1800), file('READ ME.lnk', 0.01)]),
  ),
  videoCase('fake', 'no video', owls, no('Owls.of.the.Interior.1998.1080p.BluRay.x264', [file('Owls.zip', 2100)])),
  videoCase(
    'film',
    'short file name of the scene',
    lantern,
    yes('A.Lantern.for.Ada.2012.1080p.BluRay.x264-EX', [
      file('A.Lantern.for.Ada.2012.1080p.BluRay.x264-EX/ex-alfa1080.mkv', 7800, 'film'),
      file('A.Lantern.for.Ada.2012.1080p.BluRay.x264-EX/Sample/ex-alfa1080-sample.mkv', 70),
    ]),
  ),
  videoCase(
    'pack',
    'films of one director',
    zero,
    yes('Joana Reis Collection 1970-1985 1080p', [
      file('Joana Reis/1970 - The Tiled House/The Tiled House (1970) 1080p.mkv', 7000),
      file('Joana Reis/1973 - Zero Hour Lisbon/Zero Hour, Lisbon (1973) 1080p.mkv', 7200, 'film'),
      file('Joana Reis/1985 - Last Ferry/Last Ferry (1985) 1080p.mkv', 7100),
    ]),
  ),
  videoCase(
    'film',
    'two qualities in one',
    lantern,
    yes('A Lantern for Ada (2012) 1080p + 720p', [
      file('Ada/A Lantern for Ada 2012 1080p.mkv', 5000, 'film'),
      file('Ada/A Lantern for Ada 2012 720p.mkv', 2600, 'film'),
    ]),
  ),
]
