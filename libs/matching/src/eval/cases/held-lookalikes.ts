import { invented, recordedAnew, selected } from '../album.js'
import { evalCase, no, want, yes } from '../eval-case.js'
import { rip } from '../files.js'
import { titled } from '../titles.js'

const comet = invented('Comet', 'Long Tail', 2012, 10)
const cometUs = invented('Comet', 'Comet Rock', 1974, 9)
const sameNames = invented('Comet', 'Long Tail', 1976, 11)
const sea = invented('Ada Winter', 'Sea', 2010, 10)
const seaGlass = invented('Ada Winter', 'Sea Glass', 2013, 10)
const winter = invented('Winter', 'Sea', 2010, 10)
const gone = invented('The Hollow Men', 'Gone', 2008, 11)
const goneByOther = invented('Hollow Kids', 'Gone', 2008, 11)
const train = invented('Union Pacific', 'The Last Train Out of Town', 2002, 10)
const strings = recordedAnew(train, { artist: 'Strung Out Quartet', title: 'The String Quartet Tribute to Union Pacific' })

export const lookalikes = [
  evalCase(
    'same name',
    'another band, the files tell',
    want(comet),
    no('Comet - Long Tail (1976) [FLAC]', rip(sameNames), { seeders: 60 }),
    yes('Comet - Long Tail (2012) [FLAC]', rip(comet), { seeders: 4 }),
  ),
  evalCase('same name', 'another band, the year tells', want(comet), no('Comet - Long Tail (1976) [FLAC]', 330, { sealed: true })),
  evalCase(
    'same name',
    'another band with its land',
    want(comet),
    no('Comet (US) - Long Tail (1976) [FLAC]', rip(sameNames)),
    no('Comet (US) - Comet Rock (1974) [FLAC]', rip(cometUs)),
  ),
  evalCase(
    'same album name',
    'by a shorter name',
    want(sea),
    no('Winter - Sea (2010) [FLAC]', 300, { sealed: true }),
    yes(titled(sea), 300, { sealed: true }),
  ),
  evalCase('same album name', 'by a longer name only', want(winter), no('Ada Winter - Sea (2010) [FLAC]', 300, { sealed: true })),
  evalCase('same album name', 'by a shorter name only', want(sea), no('Winter - Sea (2010) [FLAC]', 300, { sealed: true })),
  evalCase(
    'covers',
    'of the album by others',
    want(sea),
    no('Ada Winter - Sea - The Cover Album (2010) [FLAC]', 300, { sealed: true, seeders: 70 }),
    no('Various Artists - Sea: Covers of Ada Winter (2010) [FLAC]', rip(recordedAnew(sea, { artist: 'Various Artists' }))),
  ),
  evalCase('covers', 'their pictures', want(sea), yes('Ada Winter - Sea (2010) FLAC [Scans, Cover]', 300, { sealed: true })),
  evalCase('same album name', 'credited to its artist', want(sea), yes('Sea by Ada Winter [2010] [FLAC]', 300, { sealed: true })),
  evalCase(
    'same album name',
    'by one that shares a word',
    want(gone),
    no('Hollow Kids - Gone (2008) [FLAC]', 310, { sealed: true }),
    no('Hollow Kids - Gone (2008) [MP3 320]', rip(goneByOther, { as: 'mp3' })),
  ),
  evalCase('longer album name', 'titles only', want(sea), no('Ada Winter - Sea Glass (2013) [FLAC]', 300, { sealed: true })),
  evalCase(
    'longer album name',
    'titles only, the year fits',
    want(sea),
    no('Ada Winter - Sea of Stars (2010) [FLAC]', 300, { sealed: true }),
  ),
  evalCase('shorter album name', 'titles only', want(seaGlass), no('Ada Winter - Sea (2013) [FLAC]', 300, { sealed: true })),
  evalCase(
    'one word off',
    'titles only',
    want(train),
    no('Union Pacific - The Last Train (2002) [FLAC]', 300, { sealed: true }),
    no('Union Pacific - The First Train Out of Town (2002) [FLAC]', 300, { sealed: true }),
  ),
  evalCase(
    'tribute',
    'with all the songs',
    want(train),
    no('Union Pacific - The Last Train Out of Town (Made Famous By) [FLAC]', rip(recordedAnew(train, {}))),
    no(titled(strings), rip(strings)),
  ),
  evalCase(
    'cover',
    'of the whole album',
    want(train),
    no('Mara Lund covers Union Pacific - The Last Train Out of Town (2018) [FLAC]', rip(recordedAnew(train, { artist: 'Mara Lund' }))),
  ),
  evalCase(
    'cover',
    'a whole album by others, named alike',
    want(train),
    no('Mara Lund - The Last Train Out of Town (2018) [FLAC]', rip(recordedAnew(train, { artist: 'Mara Lund', year: 2018 }))),
  ),
  evalCase(
    'karaoke',
    'titles only',
    want(train),
    no('Union Pacific - The Last Train Out of Town - Karaoke Version (2002) [MP3 320]', 110, { sealed: true }),
  ),
  evalCase(
    'compilation',
    'of the same artist',
    want(train),
    no('Union Pacific - Anthology (2015) [FLAC]', rip(selected(train, [2, 4, 6], { title: 'Anthology' }))),
  ),
  evalCase(
    'other media',
    'the film, the book, the concert',
    want(train),
    no('The Last Train Out of Town 2002 720p WEB-DL x265', 3_000, { sealed: true }),
    no('Union Pacific The Last Train Out of Town (2002) azw3', 2, { sealed: true }),
    no('Union Pacific - Last Train Out of Town Tour 2002 DVDRip XviD', 1400, { sealed: true }),
  ),
  evalCase('other media', 'the audio book', want(gone), no('Hollow Men - Gone (Audiobook, Unabridged) 2008 MP3', 290, { sealed: true })),
  evalCase(
    'other media',
    'sheet music and a video course',
    want(train),
    no('Union Pacific - The Last Train Out of Town songbook PDF', 15, { sealed: true }),
    no('Union Pacific - The Last Train Out of Town Guitar Lesson 1080p', 1900, { sealed: true }),
  ),
  evalCase(
    'mix',
    'by a DJ who has its name',
    want(gone),
    no('DJ Orlo - The Hollow Men Gone Mixtape (2008) [MP3 320]', rip(invented('DJ Orlo', 'Gone Mix', 2008, 1), { as: 'mp3' })),
  ),
  evalCase(
    'generic',
    'Greatest Hits by others',
    want(invented('Amber Pine', 'The Best Of', 1991, 14)),
    no('Amber Vane - The Best Of (1991) [FLAC]', 420, { sealed: true }),
    no('Pine - The Best Of (1991) [FLAC]', 420, { sealed: true }),
  ),
  evalCase(
    'generic',
    'Greatest Hits, another volume',
    want(invented('Amber Pine', 'The Best Of', 1991, 14)),
    no('Amber Pine - The Best Of Volume Two (1991) [FLAC]', 420, { sealed: true }),
  ),
  evalCase(
    'generic',
    'Demo',
    want(invented('Amber Pine', 'Demo', 1985, 8)),
    yes('Amber Pine - Demo (1985) [FLAC]', rip(invented('Amber Pine', 'Demo', 1985, 8))),
    no('Amber Pine - Demo 2 (1986) [FLAC]', rip(invented('Amber Pine', 'Demo 2', 1986, 9))),
  ),
  evalCase(
    'the album of another',
    'track names partly the same',
    want(gone),
    no(
      'The Hollow Men - Gone Again (2014) [FLAC]',
      rip({
        ...invented('The Hollow Men', 'Gone Again', 2014),
        tracks: [
          ...invented('The Hollow Men', 'Gone Again', 2014).tracks.slice(0, 9),
          ...recordedAnew(selected(gone, [1, 2, 3]), {}).tracks,
        ],
      }),
    ),
  ),
]
