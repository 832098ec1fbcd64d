import { album, invented, recordedAnew, renamed, selected } from '../album.js'
import { evalCase, no, want, yes } from '../eval-case.js'
import { type EvalFile, image, junk, rip, under } from '../files.js'
import { titled } from '../titles.js'

const moss = invented('Agnes Moss', 'Quarry', 2002, 12)
const heap = invented('Otto Heap', 'Slag', 2005, 9)
const wrongNames = renamed(moss, (_name) => 'Agnes Moss - Quarry')
const lengths = 'One 2:01 | Two 5:40 | Three 3:15 | Four 7:22 | Five 1:30 | Six 4:18 | Seven 6:02 | Eight 3:47'
const uneven = album('Ferris Gray', 'Uneven', 1998, lengths)
const translated = renamed(
  album('Marisol Quint', 'Piedra', 1989, 'Piedra 3:10 | Agua 4:22 | Fuego 2:41 | Aire 5:58 | Tierra 3:33 | Madera 6:40'),
  'Stone | Water | Fire | Air | Earth | Wood',
)
const piedra = renamed(translated, 'Piedra | Agua | Fuego | Aire | Tierra | Madera')
const twins = album('Cleo Dart', 'Loops', 2019, 'Loop 1:02 | Morning 3:40 | Loop 1:31 | Noon 4:02 | Loop 0:48 | Night 5:15')
const mojibake = (name: string) =>
  [...new TextEncoder().encode(name)]
    .map((byte) => String.fromCharCode(byte))
    .join('')
    .replace(/[\u0080-\u009f]/g, '?')
const neva = album('Нева', 'Лёд', 2001, 'Лёд 3:40 | Мосты 4:12 | Белые ночи 5:05 | Гранит 2:58 | Фонари 3:33 | Туман 6:10')

/** Bits of songs and leavings of a Mac beside the true files, with names as good as theirs. */
function withDecoys(files: EvalFile[]): EvalFile[] {
  const decoys = files.flatMap(({ path }) => {
    const cut = path.lastIndexOf('/')
    return [
      { path: `${path.slice(0, cut)}/._${path.slice(cut + 1)}`, size_bytes: 4_096 },
      { path: `${path.slice(0, cut)}/Preview/${path.slice(cut + 1)}`, size_bytes: 700_000 },
      { path: `${path.slice(0, cut)}/Samples/sample-${path.slice(cut + 1)}`, size_bytes: 900_000 },
    ]
  })
  return [...files, ...decoys]
}

function shuffledNumbers(files: EvalFile[]): EvalFile[] {
  return files.map((file, index) => ({
    ...file,
    path: file.path.replace(/\/\d\d/, `/${String(((index * 5) % files.length) + 1).padStart(2, '0')}`),
  }))
}

export const files = [
  evalCase('numbers only', 'lengths agree', want(uneven), yes(titled(uneven), rip(uneven, { style: 'nn' }))),
  evalCase(
    'numbers only',
    'at one bitrate',
    want(uneven),
    yes(titled(uneven, 'usual', 'mp3'), rip(uneven, { style: 'Track nn', as: 'mp3' })),
  ),
  evalCase(
    'numbers only',
    'of another album',
    want(uneven),
    no('Ferris Gray - Uneven (1998) [MP3 320]', rip(invented('Ferris Gray', 'Even', 2001, 8), { style: 'nn', as: 'mp3', folder: 'FG' })),
  ),
  evalCase(
    'numbers only',
    'one file too many',
    want(uneven),
    yes('Ferris Gray - Uneven (1998) [FLAC]', [
      ...rip(uneven, { style: 'AudioTrack nn', folder: 'FG' }),
      { path: 'FG/AudioTrack 09.flac', size_bytes: 3_000_000 },
    ]),
  ),
  evalCase(
    'numbers only',
    'no lengths in the ticket',
    want(uneven, { noLengths: true }),
    yes('Ferris Gray - Uneven (1998) [FLAC]', rip(uneven, { style: 'nn' })),
  ),
  evalCase('names useless', 'all files named like the album', want(moss), yes(titled(moss), rip(wrongNames, { style: 'nn - title' }))),
  evalCase('names useless', 'translated', want(translated), yes('Marisol Quint - Piedra (1989) [MP3 320]', rip(piedra, { as: 'mp3' }))),
  evalCase(
    'names useless',
    'translated, without numbers',
    want(translated),
    yes('Marisol Quint - Piedra (1989) [MP3 320]', rip(piedra, { as: 'mp3', style: 'title' })),
  ),
  evalCase('names useless', 'broken letters', want(neva), yes('Neva - Lyod (2001) [MP3 320]', rip(renamed(neva, mojibake), { as: 'mp3' }))),
  evalCase('names useless', 'cut short', want(moss), yes(titled(moss), rip(moss, { style: 'short' }))),
  evalCase('numbers wrong', 'all shuffled', want(moss), yes(titled(moss), shuffledNumbers(rip(moss)))),
  evalCase(
    'numbers wrong',
    'begin with nothing',
    want(moss),
    yes(titled(moss), rip({ ...moss, tracks: moss.tracks.map((track) => ({ ...track, number: track.number - 1 })) })),
  ),
  evalCase('equal names', 'told apart by numbers', want(twins), yes(titled(twins), rip(twins))),
  evalCase(
    'equal names',
    'told apart by length only',
    want(twins),
    yes(
      titled(twins, 'usual', 'mp3'),
      rip(twins, { style: 'n title', as: 'mp3' }).map((file, index) => ({
        ...file,
        path: file.path.replace(/\/\d+ /, `/${'abcdef'[index]} `),
      })),
    ),
  ),
  evalCase(
    'junk',
    'leavings and previews',
    want(moss),
    yes(titled(moss), withDecoys([...rip(moss), ...junk('Agnes Moss - Quarry (2002)')])),
  ),
  evalCase(
    'junk',
    'a video of each song',
    want(moss),
    yes(titled(moss), [
      ...rip(moss),
      ...rip(moss, { folder: 'Videos' }).map((file) => ({ path: file.path.replace('.flac', '.mp4'), size_bytes: 60_000_000 })),
    ]),
  ),
  evalCase(
    'two formats',
    'FLAC and MP3',
    want(moss),
    yes('Agnes Moss - Quarry (2002) [FLAC+MP3]', [
      ...rip(moss, { folder: 'Quarry/FLAC' }),
      ...rip(moss, { folder: 'Quarry/MP3', as: 'mp3' }),
    ]),
  ),
  evalCase(
    'two formats',
    'copies with (1)',
    want(heap),
    yes(titled(heap), [...rip(heap), ...rip(heap).map((file) => ({ ...file, path: file.path.replace('.flac', ' (1).flac') }))]),
  ),
  evalCase('image', 'one file with its sheet', want(moss), no('Agnes Moss - Quarry (2002) [FLAC+CUE]', image(moss))),
  evalCase('image', 'one file without a sheet', want(moss), no('Agnes Moss - Quarry (2002) [FLAC]', image(moss, 'flac', false))),
  evalCase(
    'image',
    'APE with its sheet',
    want(moss),
    no('Agnes Moss - Quarry (2002) [APE] (image + .cue)', [...image(moss, 'ape'), ...junk('Agnes Moss - Quarry (2002)')]),
  ),
  evalCase(
    'image',
    'beside the tracks elsewhere',
    want(moss),
    no('Agnes Moss - Quarry (2002) [APE] (image + .cue)', image(moss, 'ape'), { seeders: 90 }),
    yes(titled(moss, 'year first'), rip(moss)),
  ),
  evalCase(
    'image',
    'sheets beside single tracks',
    want(moss),
    yes(titled(moss), [...rip(moss), { path: 'Agnes Moss - Quarry (2002)/Quarry.cue', size_bytes: 2_000 }]),
  ),
  evalCase(
    'image',
    'named like a wanted track',
    want({ ...moss, title: moss.tracks[0]?.name ?? '' }, { only: [1] }),
    no(`Agnes Moss - ${moss.tracks[0]?.name} (2002) [FLAC]`, image({ ...moss, title: moss.tracks[0]?.name ?? '' })),
  ),
  evalCase(
    'image',
    'a mix of one hour',
    want(moss),
    no('Agnes Moss - Quarry (2002) [MP3 320] full album', [{ path: 'Agnes Moss - Quarry (Full Album).mp3', size_bytes: 115_000_000 }]),
  ),
  evalCase(
    'packed',
    'in archives',
    want(moss),
    no(titled(moss), [
      { path: 'q/agnes_moss-quarry.rar', size_bytes: 330_000_000 },
      { path: 'q/agnes_moss-quarry.r00', size_bytes: 50_000_000 },
    ]),
  ),
  evalCase('packed', 'an image of the disc', want(moss), no(titled(moss), [{ path: 'q/quarry.iso', size_bytes: 700_000_000 }])),
  evalCase(
    'other recordings',
    'named without a hint, lengths differ',
    want(uneven),
    no(
      'Ferris Gray - Uneven (1998) [MP3 320]',
      rip(
        recordedAnew(uneven, {
          tracks: uneven.tracks.map((track, index) => ({
            ...track,
            id: `${track.id}/other`,
            secs: track.secs + ([95, -60, 140, -120, 180, -70, 90, 200][index % 8] ?? 0),
          })),
        }),
        { as: 'mp3', folder: 'FG - Uneven' },
      ),
    ),
  ),
  evalCase(
    'deep folders',
    'one for each song',
    want(heap),
    yes(
      titled(heap),
      rip(heap, { style: 'title' }).map((file, index) => ({
        ...file,
        path: `Slag/${String(index + 1).padStart(2, '0')}/${file.path.split('/')[1]}`,
      })),
    ),
  ),
  evalCase(
    'deep folders',
    'artist and album',
    want(heap),
    yes('Otto Heap - Slag 2005 FLAC', under('Music/O/Otto Heap', rip(heap, { folder: '2005 Slag' }))),
  ),
  evalCase(
    'bonus',
    'hidden track and intro',
    want(heap),
    yes(titled(heap), [
      { path: 'Otto Heap - Slag (2005)/00 - Intro.flac', size_bytes: 4_000_000 },
      ...rip(heap),
      { path: 'Otto Heap - Slag (2005)/10 - [hidden track].flac', size_bytes: 21_000_000 },
    ]),
  ),
  evalCase('remarks', 'in the names of the ticket', want(renamed(heap, (name) => `${name} - 2015 Remaster`)), yes(titled(heap), rip(heap))),
  evalCase(
    'same song name',
    'by two artists of a pack',
    want(heap, { title: null, only: [3] }),
    yes('VA - Roadside Sounds (1999) [FLAC]', [
      ...rip({ ...recordedAnew(selected(heap, [3]), {}), artist: 'Lou Vale' }, { style: 'nn - artist - title', folder: 'VA' }),
      ...rip(
        { ...heap, tracks: selected(heap, [3, 5]).tracks.map((track) => ({ ...track, number: track.number + 1 })) },
        { style: 'nn - artist - title', folder: 'VA' },
      ),
    ]),
  ),
]
