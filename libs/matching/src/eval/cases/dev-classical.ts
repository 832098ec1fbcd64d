import { album, recordedAnew, renamed } from '../album.js'
import { evalCase, no, want, yes } from '../eval-case.js'
import { rip } from '../files.js'

const sonatas = album(
  'Ludwig van Beethoven',
  'Piano Sonatas Nos. 8, 14 & 23',
  1988,
  'Piano Sonata No. 8 in C minor, Op. 13: I. Grave - Allegro 8:52 | Piano Sonata No. 8 in C minor, Op. 13: II. Adagio cantabile 5:10 | Piano Sonata No. 8 in C minor, Op. 13: III. Rondo. Allegro 4:30 | Piano Sonata No. 14 in C-sharp minor, Op. 27/2: I. Adagio sostenuto 6:02 | Piano Sonata No. 14 in C-sharp minor, Op. 27/2: II. Allegretto 2:10 | Piano Sonata No. 14 in C-sharp minor, Op. 27/2: III. Presto agitato 7:11 | Piano Sonata No. 23 in F minor, Op. 57: I. Allegro assai 9:40 | Piano Sonata No. 23 in F minor, Op. 57: II. Andante con moto 6:50 | Piano Sonata No. 23 in F minor, Op. 57: III. Allegro ma non troppo 7:45',
)
const byAnother = recordedAnew(sonatas, { title: 'Piano Sonatas Nos. 8, 14 & 23', year: 1963 })
const shortNames = renamed(
  sonatas,
  'Sonata No.8 Pathetique - 1. Grave | Sonata No.8 Pathetique - 2. Adagio cantabile | Sonata No.8 Pathetique - 3. Rondo | Sonata No.14 Moonlight - 1. Adagio sostenuto | Sonata No.14 Moonlight - 2. Allegretto | Sonata No.14 Moonlight - 3. Presto agitato | Sonata No.23 Appassionata - 1. Allegro assai | Sonata No.23 Appassionata - 2. Andante con moto | Sonata No.23 Appassionata - 3. Allegro ma non troppo',
)
const symphony = album(
  'Mahler',
  'Symphony No. 5',
  1993,
  'I. Trauermarsch 12:50 | II. Stürmisch bewegt 14:20 | III. Scherzo 17:30 | IV. Adagietto 10:02 | V. Rondo-Finale 15:10',
)
const sixth = album('Mahler', 'Symphony No. 6', 1995, 'I. Allegro 23:50 | II. Scherzo 13:20 | III. Andante 16:30 | IV. Finale 30:02')
const score = album(
  'Ines Falk',
  'The Salt Road (Original Motion Picture Soundtrack)',
  2013,
  'Main Title 2:10 | The Caravan 3:33 | Night Camp 2:22 | Betrayal 4:40 | Sandstorm 5:55 | Home 3:01 | End Credits 6:12',
)
const songsOf = album(
  'Various Artists',
  'The Salt Road (Music From the Film)',
  2013,
  'Walking Song 3:33 | Blue Bus 2:50 | Caravan Blues 4:02 | Long Night 3:30',
)

export const classical = [
  evalCase(
    'classical',
    'composer and performer',
    want(sonatas),
    yes('Beethoven - Piano Sonatas Nos. 8, 14 & 23 - Marek Dolan (1988) [FLAC]', rip(sonatas)),
  ),
  evalCase(
    'classical',
    'performer first',
    want(sonatas),
    yes('Marek Dolan - Beethoven: Piano Sonatas 8, 14, 23 (1988) FLAC', rip(shortNames)),
  ),
  evalCase(
    'classical',
    'the same works by another, as the year tells',
    want(sonatas),
    no('Beethoven - Piano Sonatas Nos. 8, 14 & 23 - Ilse Brandt (1963) [FLAC]', 290, { sealed: true }),
  ),
  evalCase(
    'classical',
    'the same works by another, as lengths tell',
    want(sonatas),
    no('Beethoven - Piano Sonatas 8 14 23 - Ilse Brandt (1963) [MP3 320]', rip(byAnother, { as: 'mp3' })),
  ),
  evalCase(
    'classical',
    'another symphony',
    want(symphony),
    no('Mahler - Symphony No. 6 (1995) [FLAC]', rip(sixth)),
    no('Mahler - Symphony No. 6 - Orchestra of the North (1993) [FLAC]', 400, { sealed: true }),
  ),
  evalCase(
    'classical',
    'all symphonies',
    want(symphony),
    yes('Mahler - The Complete Symphonies (1993) [FLAC]', [
      ...rip(symphony, { folder: 'Mahler/Symphony No. 5' }),
      ...rip(sixth, { folder: 'Mahler/Symphony No. 6' }),
    ]),
  ),
  evalCase(
    'classical',
    'movements in Roman numerals',
    want(symphony),
    yes(
      'Mahler - Symphony No.5 (1993) FLAC',
      rip(
        renamed(
          symphony,
          'Symphony No. 5 - I. Trauermarsch | Symphony No. 5 - II. Sturmisch bewegt | Symphony No. 5 - III. Scherzo | Symphony No. 5 - IV. Adagietto | Symphony No. 5 - V. Rondo-Finale',
        ),
      ),
    ),
  ),
  evalCase('soundtrack', 'OST', want(score), yes('Ines Falk - The Salt Road OST (2013) [FLAC]', rip(score))),
  evalCase(
    'soundtrack',
    'film first',
    want(score),
    yes('The Salt Road (Original Soundtrack) - Ines Falk (2013) MP3 320', rip(score, { as: 'mp3' })),
  ),
  evalCase(
    'soundtrack',
    'the songs instead of the score',
    want(score),
    no('VA - The Salt Road (Music From The Film) (2013) [FLAC]', rip(songsOf)),
  ),
  evalCase(
    'soundtrack',
    'the film itself',
    want(score),
    no('The Salt Road 2013 720p BluRay x264-GRP', 6_000, { sealed: true }),
    no('The.Salt.Road.2013.DVDRip.XviD', 700, { sealed: true }),
  ),
]
