import { no, yes } from '../eval-case.js'
import { episodes, file, film, season, videoCase } from '../video/video-case.js'

const interview = film('The Interview Room', 2014, { minutes: 104 })
const quiet = film('2061: The Long Quiet', 1999, { minutes: 140 })
const saga = film('Ember Saga: Episode V - The Long Night', 1981, { minutes: 124 })
const moth = film('Season of the Moth', 2011, { minutes: 91 })
const extras = film('Extras', 2007, { minutes: 88 })
const twelve = film('12 Quiet Men', 1961, { minutes: 96 })
const live = film('Live and Leave', 1983, { minutes: 115 })
const hours = (numbers: string) => episodes('36', 2, numbers, { year: 2003, minutes: 43 })
const station = episodes('Station 81', 2, '3', { year: 2018, minutes: 43 })
const voyage = { ...episodes('Long Voyage', 20, '124', { minutes: 24 }), episodes: [{ id: 'e124', number: 124, absolute: 1015 }] }
const second = episodes('Iron Petals', 2, '4', { absolute: 26, minutes: 24 })
const tide = episodes('Tidewater', 1, '2', { year: 2013, minutes: 55 })
const line = (numbers: string) => episodes('Harbour Line', 2, numbers, { year: 2011, minutes: 44 })
const bake = episodes('The Great Loaf', 10, '3', { year: 2010, minutes: 58 })
const talk = episodes('Evening Talk', 2024, '1', { aired: '2024-03-05', minutes: 41 })

export const hardVideo = [
  videoCase(
    'words',
    'a film called like an extra',
    interview,
    yes('The.Interview.Room.2014.1080p.BluRay.x264', [
      file('The.Interview.Room.2014.1080p.BluRay.x264.mkv', 8000, 'film'),
      file('Sample/sample.mkv', 50),
    ]),
  ),
  videoCase(
    'words',
    'a film called Extras',
    extras,
    yes('Extras.2007.720p.BluRay.x264', [file('Extras.2007.720p.BluRay.x264/Extras.2007.720p.BluRay.x264.mkv', 3000, 'film')]),
  ),
  videoCase('words', 'a year in front', quiet, yes('2061.The.Long.Quiet.1999.1080p.BluRay.x265', 6000)),
  videoCase(
    'words',
    'an episode that is a film',
    saga,
    yes('Ember.Saga.Episode.V.The.Long.Night.1981.1080p.BluRay.x264', 9000),
    no('Ember.Saga.Episode.IV.The.First.Ember.1978.1080p.BluRay.x264', 9000),
  ),
  videoCase('words', 'season in its name', moth, yes('Season.of.the.Moth.2011.1080p.WEB-DL.H264', 4000)),
  videoCase('words', 'number in front', twelve, yes('12.Quiet.Men.1961.720p.BluRay.x264', 3000), no('12.Quiet.Men.1997.720p.WEB-DL', 3000)),
  videoCase('words', 'live in its name', live, yes('Live and Leave (1983) 1080p BluRay', 7000)),
  videoCase('words', 'a show that is a number', hours('3'), yes('36.S02E03.720p.WEB-DL', 1200), no('36.S03E03.720p.WEB-DL', 1200)),
  videoCase(
    'words',
    'a season of it',
    hours('1-10'),
    yes(
      '36 Season 2',
      season('1-10', 500, (nn) => `36 Season 2/36 - 2x${nn}.avi`),
    ),
  ),
  videoCase(
    'words',
    'a show with a number',
    station,
    yes('Station.81.S02E03.1080p.WEB.h264', 1900),
    no('Station.18.S02E03.1080p.WEB.h264', 1900),
  ),
  videoCase(
    'film',
    'two films at once',
    film('The Copper Orchard', 2014, { minutes: 112 }),
    yes('The Copper Orchard 2014 + Paper Kings 2011 1080p BluRay', [
      file('The.Copper.Orchard.2014.1080p.mkv', 7000, 'film'),
      file('Paper.Kings.2011.1080p.mkv', 7000),
    ]),
  ),
  videoCase(
    'film',
    'a documentary about it',
    film('The Copper Orchard', 2014, { minutes: 112 }),
    no('Into The Copper Orchard - A Documentary 2014 1080p', 4000),
    no('The Making of The Copper Orchard 2014 720p', 2000),
  ),
  videoCase(
    'film',
    "director's cut",
    film('The Copper Orchard', 2014, { minutes: 112 }),
    yes("The.Copper.Orchard.2014.Director's.Cut.1080p.BluRay.x264", 9000),
  ),
  videoCase(
    'film',
    'as a special of a show',
    film('The Copper Orchard', 2014, { minutes: 112 }),
    no('The.Copper.Orchard.S00E01.1080p.WEB', 3000),
  ),
  videoCase(
    'film',
    'a collection that ends with it',
    film('Stormbreak', 2011, { minutes: 120 }),
    no('Stormbreak 2016-2021 Collection 1080p', 20_000, { sealed: true }),
  ),
  videoCase(
    'film',
    'disc image',
    film('The Copper Orchard', 2014, { minutes: 112 }),
    yes('The Copper Orchard 2014 1080p BluRay AVC DTS-HD MA 5.1', [
      ...['00000', '00001', '00003'].map((name, index) =>
        file(`The Copper Orchard/BDMV/STREAM/${name}.m2ts`, index === 1 ? 31_000 : 80, index === 1 ? 'film' : undefined),
      ),
    ]),
  ),
  videoCase(
    'film',
    'a fake in wmv',
    film('The Copper Orchard', 2014, { minutes: 112 }),
    no('The.Copper.Orchard.2014.1080p.BluRay.x264', [
      file('The.Copper.Orchard.2014.wmv', 700),
      file('HOW TO PLAY.txt', 0.01),
      file('codec.zip', 4),
    ]),
  ),
  videoCase(
    'year',
    'of the season',
    line('3'),
    yes('Harbour.Line.2013.S02E03.1080p.WEB-DL', [file('Harbour.Line.2013.S02E03.1080p.WEB-DL.mkv', 1900, 'e3')]),
  ),
  videoCase(
    'year',
    'of a later season',
    bake,
    yes('The.Great.Loaf.S10E03.720p.HDTV.x264', 1100),
    no('The.Great.Loaf.2012.S03E03.720p.HDTV.x264', 1100),
  ),
  videoCase(
    'anime',
    'four digits',
    voyage,
    yes('[Group] Long Voyage - 1015 [1080p]', 1400),
    no('[Group] Long Voyage - 1016 [1080p]', 1400),
  ),
  videoCase('anime', 'second season in words', second, yes('[Group] Iron Petals 2nd Season - 04 (1080p)', 1400)),
  videoCase(
    'anime',
    'season with a Roman number',
    second,
    yes('[Group] Iron Petals Season 2 - 04 [720p]', 500),
    no('[Group] Iron Petals - 04 [720p]', 500),
  ),
  videoCase('anime', 'another count of the season', second, yes('[Group] Iron Petals - 29 [720p]', 500)),
  videoCase(
    'parts',
    'of a short series',
    tide,
    yes('Tidewater.2013.Part.2.of.4.720p.HDTV.x264', 1500),
    no('Tidewater.2013.Part.3.of.4.720p.HDTV.x264', 1500),
  ),
  videoCase('parts', 'of a short series, scene', tide, yes('Tidewater.S01E02.1080p.WEB-DL', 2600)),
  videoCase(
    'double',
    'one of two',
    line('3'),
    yes('Harbour.Line.S02E03E04.720p.HDTV.x264', [file('Harbour.Line.S02E03E04.720p.HDTV.x264.mkv', 2000, 'e3+e4')]),
  ),
  videoCase(
    'packs',
    'all seasons in three digits',
    line('1-10'),
    yes(
      'Harbour Line Complete Series DVDRip',
      [1, 2, 3].flatMap((nr) => season('1-10', 350, (nn) => `Harbour Line/Harbour Line ${nr}${nn} - Some Title.avi`, nr === 2)),
    ),
  ),
  videoCase(
    'packs',
    'count of the show below its seasons',
    { ...line('1-10'), episodes: line('1-10').episodes.map((one, index) => ({ ...one, absolute: 14 + index })) },
    yes('Harbour Line Seasons 1-2', [
      ...season('1-13', 400, (nn) => `Harbour Line/Season 1/Harbour Line - ${nn}.mkv`, false),
      ...season('1-10', 400, (_nn, at) => `Harbour Line/Season 2/Harbour Line - ${at + 13}.mkv`),
    ]),
  ),
  videoCase(
    'packs',
    'only extras of the season',
    line('3'),
    no('Harbour.Line.S02.Extras.1080p.BluRay', [file('Extras/Making of.mkv', 900), file('Extras/Deleted Scenes.mkv', 300)]),
  ),
  videoCase(
    'packs',
    'specials beside the season',
    line('1-10'),
    yes('Harbour.Line.S02.1080p', [
      ...season('1-10', 2000, (nn) => `S02/Harbour.Line.S02E${nn}.mkv`),
      ...season('1-3', 900, (nn) => `S02/Specials/Harbour.Line.S00E${nn}.mkv`, false),
    ]),
  ),
  videoCase('not it', 'a preview', line('3'), no('Harbour.Line.S02E03.Promo.720p', 40), no('Harbour Line S02E03 Preview HD', 60)),
  videoCase(
    'not it',
    'the show behind the show',
    line('3'),
    no('Inside.Harbour.Line.S02E03.720p.WEB', 600),
    no('Harbour.Line.Aftershow.S02E03.720p', 600),
  ),
  videoCase('not it', 'subtitles', line('3'), no('Harbour.Line.S02E03.1080p.WEB.srt', 0.1)),
  videoCase('daily', 'day before month', talk, yes('Evening Talk 05.03.2024 720p WEB', 1100), no('Evening Talk 06.03.2024 720p WEB', 1100)),
  videoCase('daily', 'by number of the season', talk, no('Evening.Talk.S12E41.720p.WEB', 1100)),
]
