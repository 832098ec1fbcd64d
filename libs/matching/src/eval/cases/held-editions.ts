import { album, extended, invented, recordedAnew, selected } from '../album.js'
import { evalCase, no, want, yes } from '../eval-case.js'
import { rip, under } from '../files.js'
import { titled } from '../titles.js'

const orbit = invented('Field Mouse Orchestra', 'Orbit', 1985, 10)
const concert = recordedAnew(orbit, { title: 'Orbit in Concert', suffix: '' })
const outtakes = recordedAnew(orbit, { title: 'Orbit Outtakes', suffix: ' (Outtake)' })
const remixed = recordedAnew(orbit, { title: 'Orbit: The Remixes', suffix: ' (Club Mix)' })
const acoustic = recordedAnew(orbit, { title: 'Orbit (Acoustic)', suffix: ' (Acoustic)' })
const box = extended(extended(orbit, concert, { ownDisc: true }), outtakes, { ownDisc: true })
const expanded = extended(orbit, invented('Field Mouse Orchestra', 'Extras', 1986, 6), { title: 'Orbit (Expanded Edition)', year: 2008 })
const anew = recordedAnew(orbit, { title: 'Orbit (2015 Re-Recording)', year: 2015, suffix: ' (Re-Recorded)' })
const single = selected(orbit, [2, 7], { title: 'Orbit' })
const ep = invented('Field Mouse Orchestra', 'Orbit EP', 1984, 5)
const moved = {
  ...orbit,
  tracks: [...orbit.tracks.slice(5), ...orbit.tracks.slice(0, 5)].map((track, index) => ({ ...track, number: index + 1 })),
}
const suite = album('Harrowgate', 'Water Suite', 1974, 'Water Suite I 12:20 | Water Suite II 9:44 | Water Suite III 14:05 | Ebb 3:10')

export const editions = [
  evalCase(
    'remaster',
    'nothing else',
    want(orbit),
    yes('Field Mouse Orchestra - Orbit (1985/2005 Remaster) [FLAC]', rip(orbit, { style: 'title (remastered)' })),
  ),
  evalCase(
    'remaster',
    'beside the original',
    want(orbit),
    yes('Field Mouse Orchestra - Orbit [1985] (Remastered) FLAC', 300, { sealed: true }),
    yes('Field Mouse Orchestra - Orbit [1985] FLAC', 300, { sealed: true }),
  ),
  evalCase(
    'remaster',
    'titles only, the year of the reissue',
    want(orbit),
    yes('Field Mouse Orchestra - Orbit (2005 Remaster) [FLAC]', 300, { sealed: true }),
  ),
  evalCase('deluxe', 'wanted, the plain one offered', want(expanded), no('Field Mouse Orchestra - Orbit (1985) [FLAC]', rip(orbit))),
  evalCase(
    'deluxe',
    'wanted and offered',
    want(expanded),
    yes('Field Mouse Orchestra - Orbit (Expanded) (2008) FLAC', rip(expanded)),
    no(titled(orbit), rip(orbit), { seeders: 70 }),
  ),
  evalCase(
    'deluxe',
    'wanted, plain title only offered',
    want(expanded),
    no('Field Mouse Orchestra - Orbit (1985) [FLAC]', 300, { sealed: true }),
  ),
  evalCase(
    'deluxe',
    'three discs, the songs three times',
    want(orbit),
    yes('Field Mouse Orchestra - Orbit (40th Anniversary Box) [3CD] FLAC', rip(box, { discs: (disc) => `CD${disc}`, style: 'nn. title' })),
  ),
  evalCase(
    'deluxe',
    'three discs with names',
    want(orbit),
    yes('Field Mouse Orchestra - Orbit (Super Deluxe Edition) 2020 FLAC', [
      ...rip(orbit, { folder: 'Orbit SDE/Disc 1 (Original Album)' }),
      ...rip(concert, { folder: 'Orbit SDE/Disc 2 (Live at the Paradiso)' }),
      ...rip(outtakes, { folder: 'Orbit SDE/Disc 3 (Outtakes)' }),
    ]),
  ),
  evalCase(
    'live',
    'the title hides it, the files tell',
    want(orbit),
    no('Field Mouse Orchestra - Orbit (1985) [FLAC]', rip(recordedAnew(orbit, { suffix: ' - Live' })), { seeders: 50 }),
    yes('Field Mouse Orchestra - Orbit 1985 FLAC', rip(orbit), { seeders: 2 }),
  ),
  evalCase(
    'live',
    'a folder tells',
    want(orbit),
    no('Field Mouse Orchestra - Orbit (1985) [FLAC]', rip(concert, { folder: 'FMO 1985-11-02 Live at Hammersmith (Soundboard)' })),
  ),
  evalCase(
    'live',
    'wanted live, the studio album offered',
    want(concert),
    no('Field Mouse Orchestra - Orbit (1985) [FLAC]', rip(orbit)),
    yes('Field Mouse Orchestra - Orbit in Concert (1985) [FLAC]', rip(concert)),
  ),
  evalCase('live', 'wanted live, only the studio album', want(concert), no('Field Mouse Orchestra - Orbit (1985) [FLAC]', rip(orbit))),
  evalCase(
    'live',
    'wanted live, only the studio title',
    want(concert),
    no('Field Mouse Orchestra - Orbit (1985) [FLAC]', 300, { sealed: true }),
  ),
  evalCase(
    'demos',
    'only them',
    want(orbit),
    no(titled(outtakes), rip(outtakes)),
    no('Field Mouse Orchestra - Orbit Sessions (1984) FLAC', 280, { sealed: true }),
  ),
  evalCase(
    'remixes',
    'only them',
    want(orbit),
    no(titled(remixed), rip(remixed)),
    no('Field Mouse Orchestra - Orbit Remixed (1986) [MP3 320]', 130, { sealed: true }),
  ),
  evalCase('acoustic', 'only them', want(orbit), no(titled(acoustic), rip(acoustic))),
  evalCase(
    'recorded anew',
    'by themselves years later',
    want(orbit),
    no('Field Mouse Orchestra - Orbit (2015 Re-Recording) [FLAC]', rip(anew)),
    no('Field Mouse Orchestra - Orbit (Re-Recorded) (2015) [FLAC]', 300, { sealed: true }),
  ),
  evalCase(
    'single',
    'of the same name only',
    want(orbit),
    no('Field Mouse Orchestra - Orbit [Single] (1985) [FLAC]', rip(single)),
    no('Field_Mouse_Orchestra-Orbit-CDM-1985-GRP', rip(single, { as: 'mp3' })),
  ),
  evalCase(
    'single',
    'of the same name, not said, title only',
    want(orbit),
    no('Field Mouse Orchestra - Orbit (1985) [FLAC]', 52, { sealed: true }),
  ),
  evalCase('single', 'wanted, the album offered', want(single), yes('Field Mouse Orchestra - Orbit (1985) [FLAC]', rip(orbit))),
  evalCase(
    'ep',
    'of the same name only',
    want(orbit),
    no('Field Mouse Orchestra - Orbit EP (1984) [FLAC]', rip(ep)),
    no('Field Mouse Orchestra - Orbit E.P. (1984) [FLAC]', 130, { sealed: true }),
  ),
  evalCase(
    'ep',
    'wanted, the album offered',
    want(ep),
    no('Field Mouse Orchestra - Orbit (1985) [FLAC]', rip(orbit)),
    yes('Field Mouse Orchestra - Orbit (EP) (1984) FLAC', rip(ep)),
  ),
  evalCase(
    'mono and stereo',
    'both in it',
    want(orbit),
    yes(
      'Field Mouse Orchestra - Orbit (1985) [Stereo + Demos] FLAC',
      under('Orbit', rip(orbit, { folder: 'Album' }), rip(outtakes, { folder: 'Demos' })),
    ),
  ),
  evalCase('regional', 'in another order', want(orbit), yes('Field Mouse Orchestra - Orbit (1985) [US Edition] FLAC', rip(moved))),
  evalCase(
    'vinyl',
    'by its sides',
    want(orbit),
    yes('Field Mouse Orchestra - Orbit (1985) {Vinyl Rip} [24/96 FLAC]', rip(orbit, { style: 'side title', as: 'flac24' })),
  ),
  evalCase('vinyl', 'title only', want(orbit), yes('Field Mouse Orchestra - Orbit (1985) [FLAC 24-192 Vinyl]', 1900, { sealed: true })),
  evalCase(
    'sampler',
    'of the album',
    want(orbit),
    no('Field Mouse Orchestra - Orbit (Promo Sampler) (1985) [MP3 320]', rip(selected(orbit, [1, 2, 3, 4]), { as: 'mp3' })),
  ),
  evalCase(
    'parts',
    'a suite in parts',
    want(suite),
    yes('Harrowgate - Water Suite (1974) [FLAC]', [
      { path: 'WS/01 - Water Suite, Pt. 1.flac', size_bytes: 83_000_000, is: suite.tracks[0]?.id },
      { path: 'WS/02 - Water Suite, Pt. 2.flac', size_bytes: 66_000_000, is: suite.tracks[1]?.id },
      { path: 'WS/03 - Water Suite, Pt. 3.flac', size_bytes: 95_000_000, is: suite.tracks[2]?.id },
      { path: 'WS/04 - Ebb.flac', size_bytes: 20_000_000, is: suite.tracks[3]?.id },
    ]),
  ),
]
