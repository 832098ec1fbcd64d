import { album, extended, invented, recordedAnew, selected } from '../album.js'
import { evalCase, no, want, yes } from '../eval-case.js'
import { image, junk, rip, under } from '../files.js'
import { titled } from '../titles.js'

const band = 'Harbour Lights Trio'
const pier = invented(band, 'Pier', 1982, 9)
const more = [
  invented(band, 'Quay', 1984, 10),
  invented(band, 'Jetty', 1986, 12),
  invented(band, 'Mole', 1990, 8),
  invented(band, 'Peer', 1995, 10),
  invented(band, 'Dock', 1979, 11),
]
const best = selected(pier, [1, 3, 4, 8], { title: 'The Singles', year: 1999 })
const livePier = recordedAnew(pier, { title: 'Pier in Concert', year: 1983 })
const reissue = extended(pier, recordedAnew(selected(pier, [2, 5]), { suffix: ' (Alternate Take)' }), {
  title: 'Pier [Expanded]',
  year: 2009,
})
const double = album(
  'Ruth Amsel',
  'Day and Night',
  1981,
  'Prelude 1:10 | Morning 4:20 | Noon 3:51 | Market 5:02 | Siesta 2:59 // Prelude 0:58 | Dusk 4:44 | Candles 3:30 | Owls 6:13 | Dawn 1:40',
)
const folder = (a: { year: number; title: string }) => `(${a.year}) ${a.title}`
const rips = [pier, ...more].map((a) => rip(a, { folder: folder(a), style: 'nn. title' }))
const split = invented('Moth Season', 'Split EP', 2014, 3)
const splitOther = invented('Candle Wax', 'Split EP', 2014, 3)
const second = invented('Ruth Amsel', 'Between', 1983, 9)
const various = invented('Various Artists', 'Northern Lights Sampler', 2011, 12)
const variousNamed = {
  ...various,
  tracks: various.tracks.map((track, index) => ({
    ...track,
    name: `${['Skua', 'Kittiwake', 'The Auks', 'Gannet Boy'][index % 4]} - ${track.name}`,
  })),
}
const through = { ...double, tracks: double.tracks.map((track, index) => ({ ...track, disc: 1, number: index + 1 })) }

export const packs = [
  evalCase(
    'discography',
    'with live and best of',
    want(pier),
    yes(
      `${band} - Full Discography 1979-1999 (MP3 320)`,
      under(band, ...rips, rip(best, { folder: '(1999) The Singles' }), rip(livePier, { folder: '(1983) Pier in Concert' })),
    ),
    no(`${band} - The Singles (1999) [FLAC]`, rip(best)),
  ),
  evalCase(
    'discography',
    'the album twice',
    want(pier),
    yes(`${band} - All Albums [FLAC]`, under(band, ...rips, rip(reissue, { folder: '(2009) Pier [Expanded]' }))),
  ),
  evalCase('discography', 'list not to be had', want(pier), no(`${band} - Discography [FLAC]`, 3900, { sealed: true })),
  evalCase(
    'discography',
    'before the album',
    want(invented(band, 'Breakwater', 2004, 10)),
    no(`${band} - Discography (1979-1999) [FLAC]`, under(band, ...rips)),
  ),
  evalCase(
    'discography',
    'of another',
    want(pier),
    no(
      'Harbour Trio - Discography (1961-1972) [FLAC]',
      under('HT', rip(invented('Harbour Trio', 'Swing', 1961)), rip(invented('Harbour Trio', 'Bop', 1964))),
    ),
  ),
  evalCase(
    'discography',
    'as images with sheets',
    want(pier),
    no(
      `(Jazz) [CD] ${band} - Дискография (6 релизов), 1979-1995, FLAC (image+.cue), lossless`,
      under(band, ...[pier, ...more].map((a) => image(a))),
    ),
  ),
  evalCase(
    'discography',
    'mixed with numbers only',
    want(pier),
    yes(`${band} Collection MP3`, under(band, ...[pier, ...more].map((a) => rip(a, { as: 'mp3', folder: folder(a), style: 'Track nn' })))),
  ),
  evalCase(
    'discography',
    'a single track of it',
    want(pier, { only: [6] }),
    yes(`${band} - Discography [FLAC]`, under(band, ...rips, rip(livePier, { folder: '(1983) Pier in Concert' }))),
  ),
  evalCase(
    'discography',
    'beside the album alone',
    want(pier),
    yes(`${band} - Discography [FLAC]`, under(band, ...rips), { seeders: 90 }),
    yes(titled(pier), rip(pier), { seeders: 3 }),
  ),
  evalCase(
    'pack',
    'three albums in one',
    want(pier),
    yes(
      `${band} - Original Album Series [3CD] (2010) FLAC`,
      under(
        'box',
        ...[...more.slice(0, 1), pier, ...more.slice(1, 2)].map((a, index) => rip(a, { folder: `Disc ${index + 1} - ${a.title}` })),
      ),
    ),
  ),
  evalCase(
    'pack',
    'by a label, several artists',
    want(pier),
    yes(
      'Lighthouse Records Complete 1979-1986 FLAC',
      under(
        'LHR',
        rip(invented('Sal Vetch', 'Pier', 1982)),
        rip(pier),
        rip(invented('Oona Gray', 'Keel', 1984)),
        ...[1, 2, 3].map((at) => rip(invented(`Group ${at}`, `Album ${at}`, 1980))),
      ),
    ),
  ),
  evalCase(
    'two in one',
    'with a folder each',
    want(double),
    yes('Ruth Amsel - Day and Night / Between (1981, 1983) FLAC', under('RA', rip(double, { discs: (disc) => `CD ${disc}` }), rip(second))),
  ),
  evalCase(
    'two in one',
    'numbered through',
    want(second),
    yes(
      'Ruth Amsel - Day and Night & Between [2in1] FLAC',
      under(
        '2in1',
        rip({ ...second, tracks: second.tracks.map((track) => ({ ...track, number: track.number + 10 })) }, { folder: 'a' }),
        rip(through, { folder: 'a' }),
      ),
    ),
  ),
  evalCase(
    'multi-disc',
    'folders CD1 and CD2',
    want(double),
    yes('Ruth Amsel - Day and Night (1981) (2 CD) FLAC', rip(double, { discs: (disc) => `CD0${disc}` })),
  ),
  evalCase(
    'multi-disc',
    'folders Disc One and Two with junk',
    want(double),
    yes('Ruth Amsel - Day and Night (1981) FLAC', [
      ...rip(double, { discs: (disc) => `Disc ${disc === 1 ? 'One' : 'Two'}`, style: 'nn title' }),
      ...junk('Ruth Amsel'),
    ]),
  ),
  evalCase(
    'multi-disc',
    '1.01',
    want(double),
    yes('Ruth Amsel - Day and Night (1981) [MP3 320]', rip(double, { style: 'd.nn title', as: 'mp3' })),
  ),
  evalCase('multi-disc', '101', want(double), yes('Ruth Amsel - Day and Night (1981) [FLAC]', rip(double, { style: 'dnn title' }))),
  evalCase(
    'multi-disc',
    'scene',
    want(double),
    yes('Ruth_Amsel-Day_and_Night-2CD-1981-GRP', rip(double, { style: 'scene group', as: 'mp3', discs: (disc) => `CD${disc}` })),
  ),
  evalCase(
    'multi-disc',
    'only the second disc',
    want(double),
    no('Ruth Amsel - Day and Night CD2 (1981) [FLAC]', rip({ ...double, tracks: double.tracks.slice(5) })),
  ),
  evalCase(
    'multi-disc',
    'only the second disc, title only',
    want(double),
    no('Ruth Amsel - Day and Night (Disc 2) (1981) [FLAC]', 115, { sealed: true }),
  ),
  evalCase(
    'multi-disc',
    'numbered through, the ticket by discs',
    want(double),
    yes('Ruth Amsel - Day & Night (1981) [WEB] FLAC', rip(through, { style: 'nn title' })),
  ),
  evalCase(
    'split',
    'both named',
    want(split),
    yes('Moth Season / Candle Wax - Split EP (2014) [FLAC]', [
      ...rip(split, { style: 'nn - artist - title', folder: 'Split' }),
      ...rip(
        { ...splitOther, tracks: splitOther.tracks.map((track) => ({ ...track, number: track.number + 3 })) },
        { style: 'nn - artist - title', folder: 'Split' },
      ),
    ]),
  ),
  evalCase(
    'split',
    'with a slash, title only',
    want(split),
    yes('Moth Season & Candle Wax - Split EP (2014) [FLAC]', 130, { sealed: true }),
  ),
  evalCase(
    'split',
    'with others',
    want(split),
    no('Moth Season / Husk - Split EP (2016) [FLAC]', rip(invented('Husk', 'Split EP', 2016, 6))),
  ),
  evalCase('various', 'VA', want(various), yes('VA-Northern_Lights_Sampler-CD-FLAC-2011-GRP', rip(variousNamed))),
  evalCase(
    'various',
    'no artist in the title',
    want(various),
    yes('Northern Lights Sampler 2011 [MP3 320]', rip(variousNamed, { as: 'mp3' })),
  ),
  evalCase(
    'various',
    'another of the series',
    want({ ...various, title: 'Northern Lights Vol. 4' }),
    no('VA - Northern Lights Vol. 5 (2011) [FLAC]', 500, { sealed: true }),
  ),
  evalCase(
    'various',
    'a single track of a compilation',
    want(pier, { title: null, only: [3] }),
    yes('Various - Seaside Sounds (1989) [FLAC]', [
      ...rip(selected(pier, [3]), { style: 'artist - nn - title', folder: 'VA' }),
      ...rip(variousNamed, { folder: 'VA' }),
    ]),
  ),
]
