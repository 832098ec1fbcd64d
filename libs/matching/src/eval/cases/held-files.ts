import { album, invented, recordedAnew, renamed, selected } from '../album.js'
import { evalCase, no, want, yes } from '../eval-case.js'
import { type EvalFile, image, junk, rip, under } from '../files.js'
import { titled } from '../titles.js'

const fern = invented('Hugo Fern', 'Understory', 2007, 11)
const bell = invented('Ida Bell', 'Clapper', 1996, 9)
const wrongNames = renamed(fern, (_name) => 'Understory')
const uneven = album(
  'Lars Holm',
  'Tides',
  2004,
  'Ebb 6:31 | Flow 2:10 | Neap 3:55 | Spring 8:02 | Bore 1:20 | Slack 4:48 | Race 5:22 | Rip 3:07 | Set 2:35',
)
const deutsch = album('Jette Vogel', 'Vier Wände', 2013, 'Tür 3:30 | Fenster 5:22 | Boden 2:01 | Decke 6:18 | Wand 4:03 | Garten 7:10')
const english = renamed(deutsch, 'Door | Window | Floor | Ceiling | Wall | Garden')
const twins = album('Silo', 'Grain', 2016, 'Interlude 0:52 | Wheat 3:40 | Interlude 1:21 | Rye 4:32 | Interlude 1:48 | Oats 5:05')
const mojibake = (name: string) =>
  [...new TextEncoder().encode(name)]
    .map((byte) => String.fromCharCode(byte))
    .join('')
    .replace(/[\u0080-\u009f]/g, '_')
const volga = album('Волжанка', 'Плёс', 1998, 'Плёс 3:20 | Баржа 4:42 | Рассвет 5:35 | Огни 2:48 | Берег 3:13 | Ветер 6:40')

function withDecoys(files: EvalFile[]): EvalFile[] {
  const decoys = files.flatMap(({ path, size_bytes }) => {
    const cut = path.lastIndexOf('/')
    return [
      { path: `__MACOSX/${path.slice(0, cut)}/._${path.slice(cut + 1)}`, size_bytes: 4_096 },
      { path: `${path.slice(0, cut)}/Previews/${path.slice(cut + 1)}`, size_bytes: Math.round(size_bytes / 20) },
      { path: `${path}.sample.mp3`, size_bytes: 500_000 },
    ]
  })
  return [...files, ...decoys]
}

function reversedNumbers(files: EvalFile[]): EvalFile[] {
  return files.map((file, index) => ({ ...file, path: file.path.replace(/\/\d\d/, `/${String(files.length - index).padStart(2, '0')}`) }))
}

export const files = [
  evalCase('numbers only', 'lengths agree', want(uneven), yes(titled(uneven), rip(uneven, { style: 'Track nn' }))),
  evalCase('numbers only', 'at one bitrate', want(uneven), yes(titled(uneven, 'usual', 'mp3'), rip(uneven, { style: 'nn', as: 'mp3' }))),
  evalCase(
    'numbers only',
    'of another album',
    want(uneven),
    no('Lars Holm - Tides (2004) [MP3 320]', rip(invented('Lars Holm', 'Storms', 2008, 9), { style: 'Track nn', as: 'mp3', folder: 'LH' })),
  ),
  evalCase(
    'numbers only',
    'one file too many',
    want(uneven),
    yes('Lars Holm - Tides (2004) [FLAC]', [...rip(uneven, { style: 'nn', folder: 'LH' }), { path: 'LH/10.flac', size_bytes: 9_000_000 }]),
  ),
  evalCase(
    'numbers only',
    'no lengths in the ticket',
    want(uneven, { noLengths: true }),
    yes('Lars Holm - Tides (2004) [MP3 320]', rip(uneven, { style: 'AudioTrack nn', as: 'mp3' })),
  ),
  evalCase(
    'names useless',
    'all files named like the album',
    want(fern),
    yes(titled(fern), rip(wrongNames, { style: 'artist - nn - title' })),
  ),
  evalCase('names useless', 'translated', want(english), yes('Jette Vogel - Vier Wände (2013) [MP3 320]', rip(deutsch, { as: 'mp3' }))),
  evalCase(
    'names useless',
    'translated, without numbers',
    want(english),
    yes('Jette Vogel - Vier Wände (2013) [MP3 320]', rip(deutsch, { as: 'mp3', style: 'artist - title' })),
  ),
  evalCase(
    'names useless',
    'broken letters',
    want(volga),
    yes('Volzhanka - Plyos (1998) [MP3 320]', rip(renamed(volga, mojibake), { as: 'mp3' })),
  ),
  evalCase('names useless', 'cut short', want(fern), yes(titled(fern), rip(fern, { style: 'short' }))),
  evalCase('numbers wrong', 'all reversed', want(fern), yes(titled(fern), reversedNumbers(rip(fern)))),
  evalCase(
    'numbers wrong',
    'begin with ten',
    want(fern),
    yes(titled(fern), rip({ ...fern, tracks: fern.tracks.map((track) => ({ ...track, number: track.number + 9 })) })),
  ),
  evalCase('equal names', 'told apart by numbers', want(twins), yes(titled(twins), rip(twins, { style: 'artist - nn - title' }))),
  evalCase(
    'equal names',
    'told apart by length only',
    want(twins),
    yes(
      titled(twins, 'usual', 'mp3'),
      rip(twins, { style: 'n title', as: 'mp3' }).map((file, index) => ({
        ...file,
        path: file.path.replace(/\/\d+ /, `/${'fedcba'[index]} `),
      })),
    ),
  ),
  evalCase(
    'junk',
    'leavings and previews',
    want(fern),
    yes(titled(fern), withDecoys([...rip(fern), ...junk('Hugo Fern - Understory (2007)')])),
  ),
  evalCase(
    'junk',
    'a video of each song',
    want(fern),
    yes(titled(fern), [
      ...rip(fern),
      ...rip(fern, { folder: 'Clips' }).map((file) => ({ path: file.path.replace('.flac', '.mkv'), size_bytes: 80_000_000 })),
    ]),
  ),
  evalCase(
    'two formats',
    'FLAC and MP3',
    want(fern),
    yes('Hugo Fern - Understory (2007) [MP3+FLAC]', [
      ...rip(fern, { folder: 'Understory [320]', as: 'mp3' }),
      ...rip(fern, { folder: 'Understory [FLAC]' }),
    ]),
  ),
  evalCase(
    'two formats',
    'copies',
    want(bell),
    yes(titled(bell), [...rip(bell), ...rip(bell).map((file) => ({ ...file, path: file.path.replace('.flac', ' - Copy.flac') }))]),
  ),
  evalCase('image', 'one file with its sheet', want(fern), no('Hugo Fern - Understory 2007 FLAC (image+.cue)', image(fern))),
  evalCase('image', 'one file without a sheet', want(fern), no('Hugo Fern - Understory (2007) [WAV]', image(fern, 'wav', false))),
  evalCase(
    'image',
    'WavPack with its sheet',
    want(fern),
    no('Hugo Fern - Understory (2007) [WavPack]', [...image(fern, 'wv'), ...junk('Hugo Fern - Understory (2007)')]),
  ),
  evalCase(
    'image',
    'beside the tracks elsewhere',
    want(fern),
    no('Hugo Fern - Understory (2007) [FLAC] image+cue', image(fern), { seeders: 90 }),
    yes(titled(fern, 'year first'), rip(fern)),
  ),
  evalCase(
    'image',
    'sheets beside single tracks',
    want(fern),
    yes(titled(fern), [
      ...rip(fern),
      { path: 'Hugo Fern - Understory (2007)/Understory.cue', size_bytes: 2_000 },
      { path: 'Hugo Fern - Understory (2007)/Understory (range).cue', size_bytes: 2_000 },
    ]),
  ),
  evalCase(
    'image',
    'named like a wanted track',
    want({ ...fern, title: fern.tracks[1]?.name ?? '' }, { only: [2] }),
    no(`Hugo Fern - ${fern.tracks[1]?.name} (2007) [FLAC]`, image({ ...fern, title: fern.tracks[1]?.name ?? '' })),
  ),
  evalCase(
    'image',
    'a mix of one hour',
    want(fern),
    no('Hugo Fern - Understory (2007) [M4A] full album stream', [{ path: 'Understory [Full Album].m4a', size_bytes: 95_000_000 }]),
  ),
  evalCase('packed', 'in archives', want(fern), no(titled(fern), [{ path: 'u/hugo_fern.zip', size_bytes: 330_000_000 }])),
  evalCase('packed', 'an image of the disc', want(fern), no(titled(fern), [{ path: 'u/understory.nrg', size_bytes: 700_000_000 }])),
  evalCase(
    'other recordings',
    'named without a hint, lengths differ',
    want(uneven),
    no(
      'Lars Holm - Tides (2004) [MP3 320]',
      rip(
        recordedAnew(uneven, {
          tracks: uneven.tracks.map((track, index) => ({
            ...track,
            id: `${track.id}/other`,
            secs: track.secs + ([-90, 160, 75, -150, 110, -95, 130, 85, 190][index % 9] ?? 0),
          })),
        }),
        { as: 'mp3', folder: 'LH - Tides' },
      ),
    ),
  ),
  evalCase(
    'deep folders',
    'one for each song',
    want(bell),
    yes(
      titled(bell),
      rip(bell, { style: 'title' }).map((file, index) => ({ ...file, path: `Clapper/Track ${index + 1}/${file.path.split('/')[1]}` })),
    ),
  ),
  evalCase(
    'deep folders',
    'artist and album',
    want(bell),
    yes('Ida Bell - Clapper 1996 FLAC', under('flac/B/Bell, Ida', rip(bell, { folder: 'Clapper' }))),
  ),
  evalCase(
    'bonus',
    'hidden track and intro',
    want(bell),
    yes(titled(bell), [
      { path: 'Ida Bell - Clapper (1996)/00 - Pregap.flac', size_bytes: 6_000_000 },
      ...rip(bell),
      { path: 'Ida Bell - Clapper (1996)/10 - Untitled.flac', size_bytes: 31_000_000 },
    ]),
  ),
  evalCase(
    'remarks',
    'in the names of the ticket',
    want(renamed(bell, (name) => `${name} (feat. Mina Sol) [Album Version]`)),
    yes(titled(bell), rip(bell, { style: 'nn. title' })),
  ),
  evalCase(
    'same song name',
    'by two artists of a pack',
    want(bell, { title: null, only: [4] }),
    yes('VA - Bells of the North (2001) [FLAC]', [
      ...rip({ ...recordedAnew(selected(bell, [4]), {}), artist: 'Ned Fry' }, { style: 'artist - title', folder: 'VA' }),
      ...rip(selected(bell, [4, 6]), { style: 'artist - title', folder: 'VA' }),
    ]),
  ),
]
