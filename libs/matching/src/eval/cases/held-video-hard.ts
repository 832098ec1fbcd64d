import { no, yes } from '../eval-case.js'
import { episodes, file, film, season, videoCase } from '../video/video-case.js'

const glass = film('The Glass Parade', 2016, { minutes: 118 })
const alive = film('Alive at Dawn!', 1990, { minutes: 102 })
const trois = film('Trois soleils', 2001, { minutes: 97, original: 'Trois soleils', titles: ['Three Suns'] })
const fury = film('Fury Lane 2: Reckoning', 2010, { minutes: 109 })
const number9 = film('Number 9', 2018, { minutes: 99 })
const trailer = film('The Trailer Park Queen', 2019, { minutes: 93 })
const ice = film('Ice', undefined, { minutes: 100 })
const abbey = (numbers: string, nr = 3) => episodes('Abbey Road East', nr, numbers, { year: 2012, minutes: 50 })
const x = episodes('The 200', 1, '6', { year: 2014, minutes: 42 })
const law = episodes('Law & Tide', 5, '11', { minutes: 42, titles: ['Law and Tide: Harbour Unit'] })
const mecha = episodes('Steel Choir', 1, '1-13', { absolute: 1, minutes: 24 })
const mecha2 = (numbers: string) => episodes('Steel Choir', 2, numbers, { absolute: 14, minutes: 24 })
const news = episodes('World at Nine', 2023, '1', { aired: '2023-11-20', minutes: 28 })
const dinner = (numbers: string) =>
  episodes('Dinner Wars', 1, numbers, { minutes: 40, names: 'The Soup|The Fish|The Roast|The Cake|The Bill|The Interview' })

export const heldHardVideo = [
  videoCase('film', 'upper case and lower case', glass, yes('the glass parade 2016 1080P bluray X264', 7600)),
  videoCase('film', 'site in front', glass, yes('[ www.Example.test ] - The Glass Parade (2016) 720p WEB-DL', 2400)),
  videoCase('film', 'underscores', glass, yes('The_Glass_Parade_2016_1080p_WEBRip_x264', 2100)),
  videoCase('film', 'exclamation mark', alive, yes('Alive.at.Dawn.1990.1080p.BluRay.x264', 7000)),
  videoCase(
    'film',
    'original name',
    trois,
    yes('Trois.soleils.2001.FRENCH.DVDRip.XviD', 700),
    no('Quatre.soleils.2001.FRENCH.DVDRip.XviD', 700),
  ),
  videoCase('film', 'English name', trois, yes('3 Suns (2001) 720p WEB-DL', 2600)),
  videoCase(
    'film',
    'sequel without its subtitle',
    fury,
    yes('Fury.Lane.2.2010.1080p.BluRay.x264', [
      file('Fury.Lane.2.2010.1080p.BluRay.x264/Fury.Lane.2.Reckoning.2010.1080p.BluRay.x264.mkv', 8000, 'film'),
    ]),
  ),
  videoCase('film', 'the first one only', fury, no('Fury.Lane.2007.1080p.BluRay.x264', 8000), no('Fury Lane 3 2014 1080p BluRay', 8000)),
  videoCase(
    'film',
    'a number',
    number9,
    yes('Number.9.2018.1080p.WEB-DL.H264', 3900),
    no('Number.8.2018.1080p.WEB-DL.H264', 3900),
    no('Number.9.Point.2018.1080p.WEB-DL', 3900),
  ),
  videoCase(
    'film',
    'called like a trailer',
    trailer,
    yes('The.Trailer.Park.Queen.2019.1080p.WEB-DL.H264', [file('The.Trailer.Park.Queen.2019.1080p.WEB-DL.H264.mkv', 4000, 'film')]),
  ),
  videoCase(
    'film',
    'no year in the ticket, short name',
    ice,
    no('Ice.1998.1080p.BluRay.x264', 7000),
    no('Ice.2011.1080p.BluRay.x264', 7000),
    no('Ice Age Story 2011 1080p', 7000),
  ),
  videoCase('film', 'year in brackets, quality elsewhere', glass, yes('The Glass Parade (2016) [YTS-like] 1080p', 1900)),
  videoCase('film', 'hybrid remux above no ceiling', glass, yes('The Glass Parade 2016 1080p BluRay REMUX AVC DTS-HD MA 5.1-EX', 28_000)),
  videoCase(
    'film',
    '4K marked otherwise',
    glass,
    no('The.Glass.Parade.2016.UHD.BluRay.2160p.HEVC', 50_000),
    no('The Glass Parade 2016 4K HDR', 20_000),
  ),
  videoCase('film', 'line sound', glass, no('The Glass Parade 2016 HDTS 1080p LiNE', 2500)),
  videoCase(
    'film',
    'short film before it',
    glass,
    yes('The Glass Parade 2016 1080p WEB-DL', [
      file('Glass Parade/The Glass Parade 2016.mkv', 5000, 'film'),
      file('Glass Parade/Short - The Glass.mkv', 300),
    ]),
  ),
  videoCase(
    'film',
    'two cuts of it',
    glass,
    yes('The Glass Parade 2016 Theatrical + Extended 1080p', [
      file('Glass/The Glass Parade 2016 Extended 1080p.mkv', 9000, 'film'),
      file('Glass/The Glass Parade 2016 Theatrical 1080p.mkv', 8000, 'film'),
    ]),
  ),
  videoCase('fake', 'size of ten films', glass, no('The.Glass.Parade.2016.720p.WEB-DL', 480_000)),
  videoCase(
    'fake',
    'link and video',
    glass,
    no('The Glass Parade 2016 1080p', [file('The Glass Parade 2016.mp4', 1500), file('Watch online.url', 0.01), file('Player.exe', 3)]),
  ),
  videoCase(
    'fake',
    'name above, other film below',
    glass,
    no('The.Glass.Parade.2016.1080p.BluRay', [file('Paper.Kings.2011.1080p.BluRay.x264.mkv', 8000)]),
  ),
  videoCase('episode', 'show ends in a number', x, yes('The.200.S01E06.720p.HDTV', 900), no('The.100.S01E06.720p.HDTV', 900)),
  videoCase(
    'episode',
    'and, with a second name',
    law,
    yes('Law.and.Tide.S05E11.720p.WEB', 900),
    no('Law.and.Tide.Special.Branch.S05E11.720p.WEB', 900),
  ),
  videoCase('episode', 'long name', law, yes('Law.and.Tide.Harbour.Unit.S05E11.720p.WEB', 900)),
  videoCase(
    'episode',
    'of the spin-off only',
    abbey('2'),
    no('Abbey.Road.West.S03E02.720p.WEB', 1100),
    no('Abbey.Road.S03E02.720p.WEB', 1100),
  ),
  videoCase('episode', 'spaced numbers', abbey('2'), yes('Abbey Road East S03 E02 720p', 1100)),
  videoCase('episode', 'series and episode in words', abbey('2'), yes('Abbey Road East Series 3 Episode 2 HDTV', 700)),
  videoCase(
    'season',
    'by discs',
    abbey('1-6'),
    yes('Abbey Road East Season 3 DVD', [
      ...season('1-3', 900, (nn) => `Abbey Road East S3/Disc 1/S03E${nn}.mkv`),
      ...season('4-6', 900, (nn) => `Abbey Road East S3/Disc 2/S03E${nn}.mkv`),
    ]),
  ),
  videoCase(
    'season',
    'titles alone',
    dinner('1-6'),
    yes(
      'Dinner Wars Season 1',
      ['The Soup', 'The Fish', 'The Roast', 'The Cake', 'The Bill', 'The Interview'].map((name, at) =>
        file(`Dinner Wars/Season 1/Dinner Wars - ${name}.mp4`, 500 + at, `e${at + 1}`),
      ),
    ),
  ),
  videoCase(
    'season',
    'name says it, files are of another',
    abbey('1-6'),
    no(
      'Abbey.Road.East.S03.720p',
      season('1-6', 1000, (nn) => `Abbey.Road.East.S02E${nn}.720p.mkv`, false),
    ),
  ),
  videoCase(
    'season',
    'more episodes than wanted',
    abbey('1-4'),
    yes(
      'Abbey.Road.East.S03.1080p.WEB',
      season('1-6', 2000, (nn) => `Abbey.Road.East.S03E${nn}.mkv`),
    ),
  ),
  videoCase(
    'season',
    'in archives',
    abbey('1-6'),
    no(
      'Abbey.Road.East.S03.720p',
      [1, 2, 3].map((nr) => file(`abbey.s03e0${nr}.rar`, 900)),
    ),
  ),
  videoCase(
    'packs',
    'three shows, one season each',
    abbey('2'),
    yes('Best of British TV 2014 Pack', [
      ...season('1-6', 700, (nn) => `Abbey Road East S03/Abbey.Road.East.S03E${nn}.mkv`),
      ...season('1-6', 700, (nn) => `Quayside S03/Quayside.S03E${nn}.mkv`, false),
    ]),
  ),
  videoCase(
    'anime',
    'batch, its files numbered alone',
    mecha,
    yes(
      '[Group] Steel Choir [1080p] (Batch)',
      season('1-13', 800, (nn) => `Steel Choir/${nn}.mkv`),
    ),
  ),
  videoCase(
    'anime',
    'batch with openings',
    mecha,
    yes('[Group] Steel Choir 01-13 [BD 1080p]', [
      ...season('1-13', 800, (nn) => `Steel Choir/[Group] Steel Choir - ${nn} [BD 1080p].mkv`),
      file('Steel Choir/[Group] Steel Choir - NCOP 01 [BD 1080p].mkv', 90),
      file('Steel Choir/[Group] Steel Choir - NCED 01 [BD 1080p].mkv', 90),
    ]),
  ),
  videoCase(
    'anime',
    'both seasons counted through',
    mecha2('1-12'),
    yes(
      '[Group] Steel Choir 01-25 [1080p]',
      Array.from({ length: 25 }, (_, at) =>
        file(`Steel Choir/Steel Choir - ${String(at + 1).padStart(2, '0')}.mkv`, 800 + at, at >= 13 ? `e${at - 12}` : undefined),
      ),
    ),
  ),
  videoCase(
    'anime',
    'first season again',
    mecha2('1-12'),
    no(
      '[Group] Steel Choir 01-13 [1080p]',
      Array.from({ length: 13 }, (_, at) => file(`Steel Choir - ${String(at + 1).padStart(2, '0')}.mkv`, 800 + at)),
    ),
  ),
  videoCase(
    'anime',
    'part of a longer name',
    mecha2('3'),
    no('[Group] Steel Choir Zero - 16 (1080p)', 1200),
    no('[Group] Steel Choir: Requiem - 03 (1080p)', 1200),
  ),
  videoCase(
    'daily',
    'dots and a guest',
    news,
    yes('World.at.Nine.2023.11.20.1080p.WEB.h264', 900),
    no('World.at.Nine.2023.11.21.1080p.WEB.h264', 900),
  ),
  videoCase(
    'daily',
    'a week',
    news,
    yes(
      'World at Nine 2023.11.20-24',
      ['20', '21', '22', '23', '24'].map((day) => file(`World.at.Nine.2023.11.${day}.mkv`, 500, day === '20' ? 'e1' : undefined)),
    ),
  ),
  videoCase(
    'specials',
    'a special asked for, seasons offered',
    episodes('Abbey Road East', 0, '3', { names: 'Christmas at the Abbey' }),
    no(
      'Abbey.Road.East.S03.1080p.WEB',
      season('1-6', 2000, (nn) => `Abbey.Road.East.S03E${nn}.mkv`, false),
    ),
    yes('Abbey.Road.East.S00E03.Christmas.at.the.Abbey.1080p.WEB', 3000),
  ),
]
