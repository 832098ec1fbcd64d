import { invented, recordedAnew, selected } from '../album.js'
import { evalCase, no, want, yes } from '../eval-case.js'
import { rip } from '../files.js'
import { titled } from '../titles.js'

const lantern = invented('Lantern', 'Harbour Songs', 2009, 10)
const lanternUk = invented('Lantern', 'Lantern Festival', 1971, 9)
const sameNames = invented('Lantern', 'Harbour Songs', 1968, 12)
const night = invented('Vera Stahl', 'Night', 2014, 10)
const nightMusic = invented('Vera Stahl', 'Night Music', 2016, 10)
const stahl = invented('Stahl', 'Night', 2014, 10)
const home = invented('The Ardent', 'Home', 2011, 11)
const homeByOther = invented('Ardent Youth', 'Home', 2011, 11)
const low = invented('Low Country', 'The Long Road Home', 2006, 10)
const eight = recordedAnew(low, { artist: '8-Bit Arcade', title: 'The 8-Bit Versions of Low Country' })

export const lookalikes = [
  evalCase(
    'same name',
    'another band, the files tell',
    want(lantern),
    no('Lantern - Harbour Songs (1968) [FLAC]', rip(sameNames), { seeders: 60 }),
    yes('Lantern - Harbour Songs (2009) [FLAC]', rip(lantern), { seeders: 4 }),
  ),
  evalCase('same name', 'another band, the year tells', want(lantern), no('Lantern - Harbour Songs (1968) [FLAC]', 350, { sealed: true })),
  evalCase(
    'same name',
    'another band with its land',
    want(lantern),
    no('Lantern (UK) - Harbour Songs (1968) [FLAC]', rip(sameNames)),
    no('Lantern (UK) - Lantern Festival (1971) [FLAC]', rip(lanternUk)),
  ),
  evalCase(
    'same album name',
    'by a longer name',
    want(night),
    no('Stahl - Night (2014) [FLAC]', 300, { sealed: true }),
    yes(titled(night), 300, { sealed: true }),
  ),
  evalCase('same album name', 'by a longer name only', want(stahl), no('Vera Stahl - Night (2014) [FLAC]', 300, { sealed: true })),
  evalCase('same album name', 'by a shorter name only', want(night), no('Stahl - Night (2014) [FLAC]', 300, { sealed: true })),
  evalCase(
    'covers',
    'of the album by others',
    want(night),
    no('Vera Stahl - Night (Covers) (2014) [FLAC]', 300, { sealed: true, seeders: 70 }),
    no('Jonas Weir - Night (Vera Stahl Cover) (2014) [FLAC]', rip(recordedAnew(night, { artist: 'Jonas Weir' }))),
  ),
  evalCase('covers', 'their pictures', want(night), yes('Vera Stahl - Night (2014) [FLAC] + Covers', 300, { sealed: true })),
  evalCase('same album name', 'credited to its artist', want(night), yes('Night by Vera Stahl (2014) [FLAC]', 300, { sealed: true })),
  evalCase(
    'same album name',
    'by one that shares a word',
    want(home),
    no('Ardent Youth - Home (2011) [FLAC]', 310, { sealed: true }),
    no('Ardent Youth - Home (2011) [MP3 320]', rip(homeByOther, { as: 'mp3' })),
  ),
  evalCase('longer album name', 'titles only', want(night), no('Vera Stahl - Night Music (2016) [FLAC]', 300, { sealed: true })),
  evalCase(
    'longer album name',
    'titles only, the year fits',
    want(night),
    no('Vera Stahl - Night Shift (2014) [FLAC]', 300, { sealed: true }),
  ),
  evalCase('shorter album name', 'titles only', want(nightMusic), no('Vera Stahl - Night (2016) [FLAC]', 300, { sealed: true })),
  evalCase(
    'one word off',
    'titles only',
    want(low),
    no('Low Country - The Long Road (2006) [FLAC]', 300, { sealed: true }),
    no('Low Country - The Long Way Home (2006) [FLAC]', 300, { sealed: true }),
  ),
  evalCase(
    'tribute',
    'with all the songs',
    want(low),
    no('Low Country - The Long Road Home - As Performed by The Studio Six (2012) [FLAC]', rip(recordedAnew(low, {}))),
    no(titled(eight), rip(eight)),
  ),
  evalCase(
    'cover',
    'of the whole album',
    want(low),
    no('Jonas Weir - The Long Road Home (Low Country Cover) (2015) [FLAC]', rip(recordedAnew(low, { artist: 'Jonas Weir' }))),
  ),
  evalCase(
    'cover',
    'a whole album by others, named alike',
    want(low),
    no('Jonas Weir - The Long Road Home (2015) [FLAC]', rip(recordedAnew(low, { artist: 'Jonas Weir', year: 2015 }))),
  ),
  evalCase('karaoke', 'titles only', want(low), no('Low Country - The Long Road Home (Karaoke) [MP3 320]', 110, { sealed: true })),
  evalCase(
    'compilation',
    'of the same artist',
    want(low),
    no('Low Country - The Essential Low Country (2016) [FLAC]', rip(selected(low, [1, 3, 5], { title: 'The Essential Low Country' }))),
  ),
  evalCase(
    'other media',
    'the film, the book, the concert',
    want(low),
    no('The Long Road Home 2006 1080p BluRay x264-GRP', 8_000, { sealed: true }),
    no('The Long Road Home - Laura Low (2006) [epub, mobi]', 3, { sealed: true }),
    no('Low Country - The Long Road Home Live 2006 DVDRip XviD', 1400, { sealed: true }),
  ),
  evalCase(
    'other media',
    'the audio book',
    want(home),
    no('The Ardent Home (Unabridged Audiobook) (2011) MP3 64kbps', 280, { sealed: true }),
  ),
  evalCase(
    'other media',
    'sheet music and stems',
    want(low),
    no('Low Country - The Long Road Home (Guitar Tabs PDF)', 12, { sealed: true }),
    no('Low Country - The Long Road Home (Multitracks Stems) WAV', 2400, { sealed: true }),
  ),
  evalCase(
    'mix',
    'by a DJ who has its name',
    want(home),
    no('DJ Senn - The Ardent Home Mix (2011) [MP3 320]', rip(invented('DJ Senn', 'Home Mix', 2011, 1), { as: 'mp3' })),
  ),
  evalCase(
    'generic',
    'Greatest Hits by others',
    want(invented('Ruby Coast', 'Greatest Hits', 1986, 14)),
    no('Ruby Valentine - Greatest Hits (1986) [FLAC]', 420, { sealed: true }),
    no('Coast - Greatest Hits (1986) [FLAC]', 420, { sealed: true }),
  ),
  evalCase(
    'generic',
    'Greatest Hits, another volume',
    want(invented('Ruby Coast', 'Greatest Hits', 1986, 14)),
    no('Ruby Coast - Greatest Hits Vol. 2 (1990) [FLAC]', 420, { sealed: true }),
  ),
  evalCase(
    'generic',
    'Live',
    want(invented('Ruby Coast', 'Live', 1979, 9)),
    yes('Ruby Coast - Live (1979) [FLAC]', rip(invented('Ruby Coast', 'Live', 1979, 9))),
    no('Ruby Coast - Live in Tokyo (1982) [FLAC]', rip(invented('Ruby Coast', 'Live in Tokyo', 1982, 9))),
  ),
  evalCase(
    'the album of another',
    'track names partly the same',
    want(home),
    no(
      'The Ardent - Home Again (2014) [FLAC]',
      rip({
        ...invented('The Ardent', 'Home Again', 2014),
        tracks: [...invented('The Ardent', 'Home Again', 2014).tracks.slice(0, 9), ...recordedAnew(selected(home, [1, 2]), {}).tracks],
      }),
    ),
  ),
]
