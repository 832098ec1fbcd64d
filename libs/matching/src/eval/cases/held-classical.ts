import { album, recordedAnew, renamed } from '../album.js'
import { evalCase, no, want, yes } from '../eval-case.js'
import { rip } from '../files.js'

const quartets = album(
  'Franz Schubert',
  'String Quartets Nos. 13 & 14',
  1999,
  'String Quartet No. 13 in A minor, D. 804 "Rosamunde": I. Allegro ma non troppo 13:20 | String Quartet No. 13 in A minor, D. 804 "Rosamunde": II. Andante 7:10 | String Quartet No. 13 in A minor, D. 804 "Rosamunde": III. Menuetto 7:40 | String Quartet No. 13 in A minor, D. 804 "Rosamunde": IV. Allegro moderato 7:00 | String Quartet No. 14 in D minor, D. 810: I. Allegro 11:40 | String Quartet No. 14 in D minor, D. 810: II. Andante con moto 14:10 | String Quartet No. 14 in D minor, D. 810: III. Scherzo 3:50 | String Quartet No. 14 in D minor, D. 810: IV. Presto 9:11',
)
const shortNames = renamed(
  quartets,
  'Quartet 13 Rosamunde - 1 Allegro ma non troppo | Quartet 13 Rosamunde - 2 Andante | Quartet 13 Rosamunde - 3 Menuetto | Quartet 13 Rosamunde - 4 Allegro moderato | Quartet 14 - 1 Allegro | Quartet 14 - 2 Andante con moto | Quartet 14 - 3 Scherzo | Quartet 14 - 4 Presto',
)
const byAnother = recordedAnew(quartets, { year: 1971 })
const symphony = album(
  'Bruckner',
  'Symphony No. 7',
  1989,
  'I. Allegro moderato 19:50 | II. Adagio 23:20 | III. Scherzo 10:30 | IV. Finale 12:02',
)
const eighth = album(
  'Bruckner',
  'Symphony No. 8',
  1991,
  'I. Allegro moderato 15:50 | II. Scherzo 14:20 | III. Adagio 26:30 | IV. Finale 23:02',
)
const score = album(
  'Paul Renner',
  'Winter Palace: Original Soundtrack',
  2016,
  'Overture 2:40 | The Ballroom 3:13 | Snowfall 2:52 | Letters 4:10 | Duel 5:25 | Farewell 3:31 | Credits 5:12',
)
const songsOf = album(
  'Various Artists',
  'Winter Palace (Songs From the Series)',
  2016,
  'Northern Star 3:13 | Waltz of Ice 2:57 | Goodbye Petersburg 4:22 | Fur Coat 3:30',
)

export const classical = [
  evalCase(
    'classical',
    'composer and performer',
    want(quartets),
    yes('Schubert - String Quartets Nos. 13 & 14 - Adler Quartet (1999) [FLAC]', rip(quartets)),
  ),
  evalCase(
    'classical',
    'performer first',
    want(quartets),
    yes('Adler Quartet - Schubert: String Quartets 13 & 14 (1999) FLAC', rip(shortNames)),
  ),
  evalCase(
    'classical',
    'the same works by another, as the year tells',
    want(quartets),
    no('Schubert - String Quartets Nos. 13 & 14 - Lindt Quartet (1971) [FLAC]', 320, { sealed: true }),
  ),
  evalCase(
    'classical',
    'the same works by another, as lengths tell',
    want(quartets),
    no('Schubert - String Quartets 13 14 - Lindt Quartet (1971) [MP3 320]', rip(byAnother, { as: 'mp3' })),
  ),
  evalCase(
    'classical',
    'another symphony',
    want(symphony),
    no('Bruckner - Symphony No. 8 (1991) [FLAC]', rip(eighth)),
    no('Bruckner - Symphony No. 8 - Philharmonic of the West (1989) [FLAC]', 400, { sealed: true }),
  ),
  evalCase(
    'classical',
    'all symphonies',
    want(symphony),
    yes('Bruckner - Complete Symphonies [9CD] (1989) FLAC', [
      ...rip(symphony, { folder: 'Bruckner/CD7 Symphony No. 7' }),
      ...rip(eighth, { folder: 'Bruckner/CD8 Symphony No. 8' }),
    ]),
  ),
  evalCase(
    'classical',
    'movements with the work',
    want(symphony),
    yes(
      'Bruckner - Symphony No.7 (1989) [MP3 320]',
      rip(
        renamed(
          symphony,
          'Symphony No. 7 in E - I. Allegro moderato | Symphony No. 7 in E - II. Adagio | Symphony No. 7 in E - III. Scherzo | Symphony No. 7 in E - IV. Finale',
        ),
        { as: 'mp3' },
      ),
    ),
  ),
  evalCase('soundtrack', 'OST', want(score), yes('Paul Renner - Winter Palace [OST] (2016) FLAC', rip(score))),
  evalCase(
    'soundtrack',
    'series first',
    want(score),
    yes('Winter Palace (Music from the Original Series) - Paul Renner (2016) [FLAC]', rip(score)),
  ),
  evalCase(
    'soundtrack',
    'the songs instead of the score',
    want(score),
    no('VA - Winter Palace (Songs From The Series) (2016) [FLAC]', rip(songsOf)),
  ),
  evalCase(
    'soundtrack',
    'the series itself',
    want(score),
    no('Winter Palace S01 2016 720p WEB-DL x264-GRP', 6_000, { sealed: true }),
    no('Winter.Palace.2016.DVDRip.XviD', 700, { sealed: true }),
  ),
]
