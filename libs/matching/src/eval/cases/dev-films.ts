import { no, yes } from '../eval-case.js'
import { file, film, videoCase } from '../video/video-case.js'

const orchard = film('The Copper Orchard', 2014, { minutes: 112 })
const sea = film('Where the Sea Forgets: A Keeper’s Story', 2009, { minutes: 128, titles: ['Where the Sea Forgets'] })
const baker = film('Der Bäcker von Köln', 1987, { minutes: 98, original: 'Der Bäcker von Köln', titles: ['The Baker of Cologne'] })
const night = film('Night & Day on Mars', 2018, { minutes: 101 })
const storm3 = film('Stormbreak III', 2021, { minutes: 134 })
const signal = film('Signal', 2016, { minutes: 95 })
const year = film('1949', 2019, { minutes: 119 })
const spider = film('Moth-Man: Homeward', 2017, { minutes: 133, limit: '2160p' })
const tram = film('Трамвай номер пять', 2003, { minutes: 88, titles: ['Tramvay nomer pyat', 'Tram No. 5'] })

const whole = (folder: string, mb: number) => [
  file(`${folder}/${folder}.mkv`, mb, 'film'),
  file(`${folder}/Sample/sample.mkv`, 60),
  file(`${folder}/${folder}.nfo`, 0.01),
]

export const films = [
  videoCase(
    'film',
    'scene names, the best within the ceiling first',
    orchard,
    yes('The.Copper.Orchard.2014.1080p.BluRay.x264-EXAMPLE', whole('The.Copper.Orchard.2014.1080p.BluRay.x264-EXAMPLE', 8200), {
      seeders: 4,
    }),
    yes('The.Copper.Orchard.2014.720p.BluRay.x264-EXAMPLE', whole('The.Copper.Orchard.2014.720p.BluRay.x264-EXAMPLE', 4400), {
      seeders: 90,
    }),
    no('The.Copper.Orchard.2014.2160p.UHD.BluRay.x265-EXAMPLE', whole('The.Copper.Orchard.2014.2160p.UHD.BluRay.x265-EXAMPLE', 52_000), {
      seeders: 50,
    }),
  ),
  videoCase('film', 'only above the ceiling', orchard, no('The.Copper.Orchard.2014.2160p.WEB-DL.HDR.HEVC-EXAMPLE', 18_000)),
  videoCase(
    'film',
    'old rip of a disc',
    baker,
    yes('Der.Baecker.von.Koeln.1987.German.DVDRip.XviD-EX', 700),
    yes('The Baker of Cologne (1987) DVDRip XviD', 700),
  ),
  videoCase('film', 'name with an umlaut', baker, yes('Der Bäcker von Köln 1987 720p WEB-DL H264', 2600)),
  videoCase('film', 'two names', baker, yes('The Baker of Cologne AKA Der Bäcker von Köln (1987) 1080p BluRay x265', 5200)),
  videoCase(
    'film',
    'without its subtitle',
    sea,
    yes('Where.the.Sea.Forgets.2009.1080p.WEBRip.x264-EX', whole('Where.the.Sea.Forgets.2009.1080p.WEBRip', 2100)),
  ),
  videoCase(
    'film',
    'with its subtitle',
    sea,
    yes("Where the Sea Forgets - A Keeper's Story (2009) [1080p] [BluRay]", whole('Where the Sea Forgets (2009)', 1900)),
  ),
  videoCase('film', 'and', night, yes('Night.and.Day.on.Mars.2018.1080p.AMZN.WEB-DL.DDP5.1.H.264-EX', 6200)),
  videoCase(
    'film',
    'roman number',
    storm3,
    yes('Stormbreak 3 (2021) 1080p WEBRip x265 10bit', 2300),
    no('Stormbreak II 2016 1080p BluRay x264', 9000),
  ),
  videoCase(
    'film',
    'the one before',
    storm3,
    no('Stormbreak.2.2016.1080p.BluRay.x264-EX', 8900),
    no('Stormbreak.2011.1080p.BluRay.x264-EX', 8100),
  ),
  videoCase('film', 'written together', spider, yes('Mothman Homeward 2017 1080p BluRay x264', 9100)),
  videoCase(
    'film',
    'ceiling of 2160p',
    spider,
    yes('Moth-Man.Homeward.2017.2160p.WEB-DL.DV.HDR.H.265-EX', whole('Moth-Man.Homeward.2017.2160p', 19_000)),
    yes('Moth-Man.Homeward.2017.1080p.WEB-DL.H.264-EX', 7000),
  ),
  videoCase('film', 'Cyrillic title, Latin name', tram, yes('Tramvay.nomer.pyat.2003.DVDRip.XviD', 730)),
  videoCase('film', 'Cyrillic title, English name', tram, yes('Tram No 5 2003 720p WEB-DL', 2300)),
  videoCase(
    'film',
    'a title that is a year',
    year,
    yes('1949.2019.1080p.BluRay.x264-EX', whole('1949.2019.1080p.BluRay.x264-EX', 9300)),
    no('1949 (1988) DVDRip', 700),
  ),
  videoCase(
    'remake',
    'only the film of another year',
    signal,
    no('Signal.1978.1080p.BluRay.x264-EX', 7800),
    no('Signal (1978) 720p', 3000),
  ),
  videoCase(
    'remake',
    'both',
    signal,
    no('Signal.1978.1080p.BluRay.x264-EX', 7800, { seeders: 300 }),
    yes('Signal.2016.720p.WEB-DL.x264-EX', 2700),
  ),
  videoCase('remake', 'no year in the name', signal, no('Signal 1080p BluRay x264', 7800)),
  videoCase(
    'remake',
    'no year in the ticket',
    film('Signal', undefined),
    no('Signal.1978.1080p.BluRay.x264-EX', 7800),
    no('Signal.2016.1080p.BluRay.x264-EX', 7900),
  ),
  videoCase('film', 'one year off', signal, yes('Signal.2015.1080p.WEB-DL.H264-EX', whole('Signal.2015.1080p.WEB-DL.H264-EX', 4100))),
  videoCase(
    'like name',
    'more words',
    signal,
    no('The Last Signal 2016 1080p WEB-DL', 5000),
    no('Signal Lost 2016 1080p WEB-DL', 5100),
    no('Signals.2016.1080p.WEB-DL', 4000),
  ),
  videoCase('like name', 'fewer words', orchard, no('The.Orchard.2014.1080p.WEB-DL.H264', 5000), no('Copper.2014.1080p.WEB-DL.H264', 5000)),
  videoCase(
    'like name',
    'a sequel of the same year',
    film('Paper Kings', 2011, { minutes: 100 }),
    no('Paper.Kings.2.2011.1080p.BluRay.x264', 8000),
    no('Paper Kings Returns 2011 720p', 3000),
  ),
  videoCase(
    'like name',
    'a series of that name',
    signal,
    no('Signal.S01E03.1080p.WEB.h264-EX', 1500),
    no('Signal.2016.S01.1080p.WEB-DL', 12_000),
  ),
  videoCase('like name', 'an anime of that name', signal, no('[Group] Signal - 04 (1080p)', 700)),
  videoCase(
    'before release',
    'camera and telesync',
    storm3,
    no('Stormbreak.III.2021.1080p.HDCAM.x264-EX', 2800, { seeders: 900 }),
    no('Stormbreak III 2021 720p TELESYNC', 2000),
  ),
  videoCase(
    'before release',
    'a real one beside it',
    storm3,
    no('Stormbreak.III.2021.1080p.HDTS.x264-EX', 2800, { seeders: 900 }),
    yes('Stormbreak.III.2021.720p.WEB-DL.x264-EX', 3200),
  ),
  videoCase('before release', 'screener', storm3, no('Stormbreak.III.2021.DVDSCR.XviD-EX', 1400)),
  videoCase(
    'not the film',
    'its soundtrack',
    orchard,
    no('The Copper Orchard (Original Motion Picture Soundtrack) (2014) FLAC', 340),
    no('The Copper Orchard OST 2014 MP3 320', 120),
  ),
  videoCase('not the film', 'its trailer', orchard, no('The Copper Orchard 2014 Official Trailer 1080p', 120)),
  videoCase('not the film', 'its extras', orchard, no('The Copper Orchard 2014 1080p BluRay Bonus Disc Extras', 6100)),
  videoCase('not the film', 'the book', orchard, no('The Copper Orchard 2014 EPUB', 3), no('The Copper Orchard (2014) PDF retail', 12)),
  videoCase('not the film', 'a sample', orchard, no('The.Copper.Orchard.2014.1080p.BluRay.x264-EXAMPLE.sample', 55)),
  videoCase(
    'film',
    'with extras is the film',
    orchard,
    yes('The Copper Orchard 2014 1080p BluRay x264 + Extras', [
      file('Orchard/The Copper Orchard.mkv', 8100, 'film'),
      file('Orchard/Extras/Making of.mkv', 900),
      file('Orchard/Featurettes/Trees.mkv', 400),
    ]),
  ),
  videoCase('film', 'FLAC is its sound', orchard, yes('The.Copper.Orchard.2014.1080p.BluRay.FLAC2.0.x264-EX', 11_000)),
  videoCase('fake', 'far too small', orchard, no('The.Copper.Orchard.2014.1080p.BluRay.x264-EXAMPLE', 90)),
  videoCase(
    'fake',
    'a program',
    orchard,
    no('The.Copper.Orchard.2014.1080p.BluRay.x264-EXAMPLE', [
      file('Orchard/The Copper Orchard.mkv', 900),
      file('Orchard/codec setup.exe', 4),
    ]),
  ),
  videoCase(
    'fake',
    'archives',
    orchard,
    no('The.Copper.Orchard.2014.1080p.BluRay.x264', [
      file('orchard.part1.rar', 900),
      file('orchard.part2.rar', 900),
      file('password.txt', 0.01),
    ]),
  ),
  videoCase(
    'fake',
    'another film inside',
    orchard,
    no('The.Copper.Orchard.2014.1080p.BluRay.x264', [file('Paper.Kings.2011.1080p.mkv', 3000), file('Stormbreak.2011.1080p.mkv', 3000)]),
  ),
  videoCase('fake', 'not yet out', film('The Copper Orchard 2', 2027), no('The.Copper.Orchard.2.2027.1080p.WEB-DL.x264', 4000)),
  videoCase('flags', 'subtitles in the picture', orchard, no('The.Copper.Orchard.2014.1080p.HC.HDRip.x264-EX', 3000)),
  videoCase('flags', '3D', orchard, no('The.Copper.Orchard.2014.1080p.3D.HSBS.BluRay.x264', 8000)),
  videoCase('flags', 'nobody has it', orchard, no('The.Copper.Orchard.2014.1080p.BluRay.x264-EXAMPLE', 8200, { seeders: 0 })),
  videoCase(
    'pack',
    'a trilogy with its files',
    film('Stormbreak II', 2016, { minutes: 121 }),
    yes('Stormbreak Trilogy 2011-2021 1080p BluRay x264', [
      file('Stormbreak Trilogy/Stormbreak (2011)/Stormbreak 2011 1080p.mkv', 8000),
      file('Stormbreak Trilogy/Stormbreak II (2016)/Stormbreak II 2016 1080p.mkv', 8300, 'film'),
      file('Stormbreak Trilogy/Stormbreak III (2021)/Stormbreak III 2021 1080p.mkv', 8800),
    ]),
  ),
  videoCase(
    'pack',
    'a trilogy by its name alone',
    film('Stormbreak II', 2016, { minutes: 121 }),
    no('Stormbreak Trilogy 2011-2021 1080p BluRay x264', 25_000, { sealed: true }),
  ),
  videoCase('film', 'a plain name', orchard, yes('The Copper Orchard (2014)', whole('The Copper Orchard (2014)', 1500))),
  videoCase(
    'film',
    'proper beside the one it corrects',
    orchard,
    yes('The.Copper.Orchard.2014.PROPER.1080p.WEB-DL.H264-EX', 5100),
    yes('The.Copper.Orchard.2014.1080p.WEB-DL.H264-AB', 5000),
  ),
  videoCase(
    'film',
    'in two parts',
    baker,
    no('Der Bäcker von Köln 1987 DVDRip XviD', [
      file('baecker/Der Baecker von Koeln CD1.avi', 700, 'film'),
      file('baecker/Der Baecker von Koeln CD2.avi', 698),
    ]),
  ),
]
