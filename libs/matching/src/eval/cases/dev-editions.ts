import { album, extended, invented, recordedAnew, renamed, selected } from '../album.js'
import { evalCase, no, want, yes } from '../eval-case.js'
import { rip, under } from '../files.js'
import { titled } from '../titles.js'

const tin = invented('Orla Byrne', 'Tinderbox', 1997, 11)
const concert = recordedAnew(tin, { title: 'Tinderbox (Live)', suffix: '' })
const demos = recordedAnew(tin, { title: 'Tinderbox Demos', suffix: ' (Demo)' })
const remixed = recordedAnew(tin, { title: 'Tinderbox Remixed', suffix: ' (Remix)' })
const instrumentals = recordedAnew(tin, { title: 'Tinderbox (Instrumentals)', suffix: ' (Instrumental)' })
const super3 = extended(extended(tin, demos, { ownDisc: true }), concert, { ownDisc: true })
const deluxe = extended(tin, invented('Orla Byrne', 'B-Sides', 1998, 5), { title: 'Tinderbox (Deluxe Edition)', year: 2017 })
const anew = recordedAnew(tin, { title: "Tinderbox (Orla's Version)", year: 2021, suffix: " (Orla's Version)" })
const single = selected(tin, [1, 4], { title: 'Tinderbox' })
const ep = invented('Orla Byrne', 'Tinderbox EP', 1996, 4)
const stereo = renamed(tin, (name) => name)
const mono = recordedAnew(tin, { suffix: '/mono' })
const reordered = { ...tin, tracks: [...tin.tracks].reverse().map((track, index) => ({ ...track, number: index + 1 })) }
const suite = album('Fennimore', 'Long Suite', 1972, 'Long Suite, Part 1 18:20 | Long Suite, Part 2 19:44 | Coda 3:10')

export const editions = [
  evalCase(
    'remaster',
    'nothing else',
    want(tin),
    yes('Orla Byrne - Tinderbox (1997) [2012 Remaster] [FLAC]', rip(tin, { style: 'title (remastered)' })),
  ),
  evalCase(
    'remaster',
    'beside the original',
    want(tin),
    yes('Orla Byrne - Tinderbox (Remastered) (1997) [FLAC]', 330, { sealed: true }),
    yes('Orla Byrne - Tinderbox (1997) [FLAC]', 320, { sealed: true }),
  ),
  evalCase(
    'remaster',
    'titles only, the year of the reissue',
    want(tin),
    yes('Orla Byrne - Tinderbox (Remastered 2012) [FLAC]', 330, { sealed: true }),
  ),
  evalCase('deluxe', 'wanted, the plain one offered', want(deluxe), no('Orla Byrne - Tinderbox (1997) [FLAC]', rip(tin))),
  evalCase(
    'deluxe',
    'wanted and offered',
    want(deluxe),
    yes('Orla Byrne - Tinderbox (Deluxe Edition) [2017] FLAC', rip(deluxe)),
    no(titled(tin), rip(tin), { seeders: 70 }),
  ),
  evalCase('deluxe', 'wanted, plain title only offered', want(deluxe), no('Orla Byrne - Tinderbox (1997) [FLAC]', 320, { sealed: true })),
  evalCase(
    'deluxe',
    'three discs, the songs three times',
    want(tin),
    yes('Orla Byrne - Tinderbox (Super Deluxe) (2017) [3CD] FLAC', rip(super3, { discs: (disc) => `Disc ${disc}` })),
  ),
  evalCase(
    'deluxe',
    'three discs with names',
    want(tin),
    yes('Orla Byrne - Tinderbox (25th Anniversary) [3CD] FLAC', [
      ...rip(tin, { folder: 'Tinderbox 25/CD 1 - The Album' }),
      ...rip(concert, { folder: 'Tinderbox 25/CD 2 - Live at the Olympia' }),
      ...rip(demos, { folder: 'Tinderbox 25/CD 3 - Demos' }),
    ]),
  ),
  evalCase(
    'live',
    'the title hides it, the files tell',
    want(tin),
    no('Orla Byrne - Tinderbox (1997) [FLAC]', rip(recordedAnew(tin, { suffix: ' (Live)' })), { seeders: 50 }),
    yes('Orla Byrne - Tinderbox [1997] FLAC', rip(tin), { seeders: 2 }),
  ),
  evalCase(
    'live',
    'a folder tells',
    want(tin),
    no('Orla Byrne - Tinderbox (1998) [FLAC]', rip(concert, { folder: 'Orla Byrne - 1998-05-12 - Live, Paradiso, Amsterdam' })),
  ),
  evalCase(
    'live',
    'wanted live, the studio album offered',
    want(concert),
    no('Orla Byrne - Tinderbox (1997) [FLAC]', rip(tin)),
    yes('Orla Byrne - Tinderbox Live (1997) [FLAC]', rip(concert)),
  ),
  evalCase('live', 'wanted live, only the studio album', want(concert), no('Orla Byrne - Tinderbox (1997) [FLAC]', rip(tin))),
  evalCase('live', 'wanted live, only the studio title', want(concert), no('Orla Byrne - Tinderbox (1997) [FLAC]', 320, { sealed: true })),
  evalCase(
    'demos',
    'only them',
    want(tin),
    no(titled(demos), rip(demos)),
    no('Orla Byrne - Tinderbox - The Demos 1996 FLAC', 280, { sealed: true }),
  ),
  evalCase(
    'remixes',
    'only them',
    want(tin),
    no(titled(remixed), rip(remixed)),
    no('Orla Byrne - Tinderbox (Remixes) (1998) [MP3 320]', 130, { sealed: true }),
  ),
  evalCase('instrumental', 'only them', want(tin), no(titled(instrumentals), rip(instrumentals))),
  evalCase(
    'recorded anew',
    'by herself years later',
    want(tin),
    no("Orla Byrne - Tinderbox (Orla's Version) (2021) [FLAC]", rip(anew)),
    no("Orla Byrne - Tinderbox (Orla's Version) (2021) [FLAC]", 340, { sealed: true }),
  ),
  evalCase(
    'single',
    'of the same name only',
    want(tin),
    no('Orla Byrne - Tinderbox (Single) (1997) [FLAC]', rip(single)),
    no('Orla_Byrne-Tinderbox-CDS-FLAC-1997-GRP', rip(single)),
  ),
  evalCase('single', 'of the same name, not said, title only', want(tin), no('Orla Byrne - Tinderbox (1997) [FLAC]', 58, { sealed: true })),
  evalCase('single', 'wanted, the album offered', want(single), yes('Orla Byrne - Tinderbox (1997) [FLAC]', rip(tin))),
  evalCase(
    'ep',
    'of the same name only',
    want(tin),
    no('Orla Byrne - Tinderbox EP (1996) [FLAC]', rip(ep)),
    no('Orla Byrne - Tinderbox EP (1996) [FLAC]', 110, { sealed: true }),
  ),
  evalCase(
    'ep',
    'wanted, the album offered',
    want(ep),
    no('Orla Byrne - Tinderbox (1997) [FLAC]', rip(tin)),
    yes('Orla Byrne - Tinderbox [EP] (1996) FLAC', rip(ep)),
  ),
  evalCase(
    'mono and stereo',
    'both in it',
    want(tin),
    yes(
      'Orla Byrne - Tinderbox (Mono & Stereo) (1997) [FLAC]',
      under(
        'Orla Byrne - Tinderbox',
        rip(stereo, { folder: 'Stereo' }),
        rip(
          { ...mono, tracks: mono.tracks.map((track, index) => ({ ...track, name: tin.tracks[index]?.name ?? '' })) },
          { folder: 'Mono (Live)' },
        ),
      ),
    ),
  ),
  evalCase('regional', 'in another order', want(tin), yes('Orla Byrne - Tinderbox (1997) [Japan] FLAC', rip(reordered))),
  evalCase(
    'vinyl',
    'by its sides',
    want(tin),
    yes('Orla Byrne - Tinderbox (1997) [Vinyl 24-96] FLAC', rip(tin, { style: 'side title', as: 'flac24' })),
  ),
  evalCase('vinyl', 'title only', want(tin), yes('Orla Byrne - Tinderbox (1997) LP [24bit-96kHz FLAC]', 1100, { sealed: true })),
  evalCase(
    'sampler',
    'of the album',
    want(tin),
    no('Orla Byrne - Tinderbox (Album Sampler) (1997) [MP3 320]', rip(selected(tin, [1, 2, 3]), { as: 'mp3' })),
  ),
  evalCase(
    'parts',
    'a suite in parts',
    want(suite),
    yes('Fennimore - Long Suite (1972) [FLAC]', [
      { path: 'LS/1 Long Suite (Part One).flac', size_bytes: 120_000_000, is: suite.tracks[0]?.id },
      { path: 'LS/2 Long Suite (Part Two).flac', size_bytes: 131_000_000, is: suite.tracks[1]?.id },
      { path: 'LS/3 Coda.flac', size_bytes: 20_000_000, is: suite.tracks[2]?.id },
    ]),
  ),
]
