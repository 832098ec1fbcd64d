import { type Album, extended, invented, recordedAnew, selected } from './album.js'
import { type EvalCase, evalCase, no, want, yes } from './eval-case.js'
import { junk, rip, type Style, under } from './files.js'
import { pick, randomFrom } from './random.js'
import { EXPLICIT, titled } from './titles.js'

const FILE_STYLES: Style[] = [
  'nn - title',
  'nn. title',
  'nn title',
  'n title',
  'nn.title',
  'nn-title',
  'artist - nn - title',
  'artist - album - nn - title',
  'nn - artist - title',
  'artist - title',
  'title - artist',
  'scene',
  'scene group',
  'title',
  'side title',
  'nn_title',
  'title (remastered)',
]
const FORMATS = ['flac', 'flac', 'flac', 'mp3', 'mp3', 'mp3v0']

/** The same situations for every artist of a part, each in other clothes. */
export function generatedCases(artists: readonly [string, string, string, string][]): EvalCase[] {
  return artists.flatMap(([artist, first, second, third], index) => {
    const year = 1968 + ((index * 7) % 50)
    const albums = [
      invented(artist, first, year, 8 + (index % 7)),
      invented(artist, second, year + 2),
      invented(artist, third, year + 5, 10),
    ]
    return SITUATIONS.filter((_situation, at) => (at + index) % 3 !== 0).map(([kind, make]) =>
      make(kind, albums as [Album, Album, Album], randomFrom(`${kind}/${artist}`)),
    )
  })
}

type Situation = (kind: string, albums: [Album, Album, Album], random: () => number) => EvalCase

const SITUATIONS: [string, Situation][] = [
  ['plain', plain],
  ['title only', titleOnly],
  ['other albums only', otherAlbums],
  ['live', live],
  ['partial', partial],
  ['discography', discography],
  ['deluxe', deluxe],
  ['single track', singleTrack],
  ['fake', fake],
  ['several good', severalGood],
  ['vague title', vague],
  ['not the recordings', byOthers],
]

function dressed(album: Album, random: () => number): [string, ReturnType<typeof rip>] {
  const format = pick(random, FORMATS)
  return [titled(album, pick(random, EXPLICIT), format), rip(album, { style: pick(random, FILE_STYLES), as: format })]
}

function plain(kind: string, [album, ...others]: Album[], random: () => number): EvalCase {
  const [title, files] = dressed(album as Album, random)
  const rest = others.map((other) => no(...dressed(other, random), { seeders: 40 }))
  return evalCase(kind, title, want(album as Album), ...rest, yes(title, [...files, ...junk('x')]))
}

function titleOnly(kind: string, [album, ...others]: Album[], random: () => number): EvalCase {
  const [title, files] = dressed(album as Album, random)
  const rest = others.map((other) => no(...dressed(other, random), { seeders: 40, sealed: true }))
  return evalCase(kind, title, want(album as Album), ...rest, yes(title, files, { sealed: true }))
}

function otherAlbums(kind: string, [album, second, third]: [Album, Album, Album], random: () => number): EvalCase {
  const offers = [second, third].flatMap((other) => [no(...dressed(other, random)), no(...dressed(other, random), { sealed: true })])
  return evalCase(kind, album.title, want(album), ...offers)
}

function live(kind: string, [album]: [Album, Album, Album], random: () => number): EvalCase {
  const place = pick(random, ['Live at the Roxy', 'Live in Osaka', 'In Concert', 'Unplugged', 'BBC Sessions'])
  const concert = recordedAnew(album, { title: `${album.title} (${place})`, suffix: pick(random, ['', ' (Live)', ' [live]']) })
  const found = random() < 0.5 ? [yes(...dressed(album, random), { seeders: 2 })] : []
  return evalCase(kind, place, want(album), no(...dressed(concert, random), { seeders: 60, sealed: random() < 0.4 }), ...found)
}

function partial(kind: string, [album, second]: [Album, Album, Album], random: () => number): EvalCase {
  const without = [2, 5, 6].slice(0, 1 + Math.floor(random() * 3))
  const allowPartial = random() < 0.3
  const offer = allowPartial ? yes : no
  const files = rip(album, { style: pick(random, FILE_STYLES), without })
  return evalCase(
    kind,
    `without ${without.length}`,
    want(album, { allowPartial }),
    offer(titled(album), files),
    no(...dressed(second, random)),
  )
}

function discography(kind: string, [album, second, third]: [Album, Album, Album], random: () => number): EvalCase {
  const style = pick(random, FILE_STYLES)
  const held = random() < 0.7
  const folder = (a: Album) => pick(random, [`${a.year} - ${a.title}`, `[${a.year}] ${a.title}`, `${a.title} (${a.year}) [FLAC]`, a.title])
  const files = (held ? [album, second, third] : [second, third]).map((a) => rip(a, { style, folder: folder(a) }))
  const span = `${album.year}-${third.year}`
  const name = pick(random, [
    `${album.artist} - Discography (${span}) [FLAC]`,
    `${album.artist} - Collection [3CD] ${span} FLAC`,
    `(Rock) ${album.artist} - Дискография (3 альбома) - ${span}, FLAC`,
  ])
  const offer = held ? yes : no
  return evalCase(
    kind,
    held ? 'holds it' : 'lacks it',
    want(album),
    offer(name, under(`${album.artist}`, ...files)),
    no(...dressed(second, random)),
  )
}

function deluxe(kind: string, [album, second]: [Album, Album, Album], random: () => number): EvalCase {
  const word = pick(random, ['Deluxe Edition', 'Expanded', '25th Anniversary Edition', 'Japanese Edition', 'Bonus Tracks'])
  const concert = recordedAnew(selected(album, [1, 3, 4]), { suffix: pick(random, [' (Live)', ' (Demo)', ' (Early Mix)']) })
  const more = random() < 0.5 ? concert : selected(second, [1, 2])
  const large = extended(album, more, { ownDisc: random() < 0.5 })
  const title = titled({ ...album, title: `${album.title} (${word})` }, pick(random, ['usual', 'square years', 'year first']))
  const discs = (disc: number) => `CD${disc}`
  return evalCase(
    kind,
    word,
    want(album),
    yes(title, rip(large, { style: pick(random, ['nn - title', 'nn title', 'artist - nn - title']), discs })),
  )
}

function singleTrack(kind: string, [album, second, third]: [Album, Album, Album], random: () => number): EvalCase {
  const only = [1 + Math.floor(random() * 8)]
  const track = selected(album, only)
  const offers = [
    no(`${album.artist} - ${track.tracks[0]?.name} (Live) [MP3 320]`, rip(recordedAnew(track, { suffix: ' (Live)' }), { as: 'mp3' })),
    no(...dressed(second, random)),
  ]
  const source = pick(random, ['album', 'discography', 'none'])
  if (source === 'album') offers.push(yes(...dressed(album, random)))
  if (source === 'discography') offers.push(yes(`${album.artist} - Discography [FLAC]`, under('d', rip(album), rip(second), rip(third))))
  return evalCase(kind, source, want(album, { only }), ...offers)
}

function fake(kind: string, [album, second]: [Album, Album, Album], random: () => number): EvalCase {
  const [title, files] = dressed(album, random)
  const name = titled(album, 'usual', 'flac')
  const offers = pick(random, [
    [no(name, 18, { seeders: 900 })],
    [no(name, rip(album, { shrunk: 0.1 }), { seeders: 400 })],
    [no(name, [{ path: `${album.title}/${album.title}.exe`, size_bytes: 310_000_000 }], { seeders: 400 })],
    [
      no(name, [
        { path: `${album.title}/${album.title}.part1.rar`, size_bytes: 310_000_000 },
        { path: 'x/password.txt', size_bytes: 90 },
      ]),
    ],
    [no(name, rip(second, { folder: `${album.artist} - ${album.title}` }), { seeders: 300 })],
  ])
  const found = random() < 0.6 ? [yes(title, files, { seeders: 3 })] : []
  return evalCase(kind, title, want(album), ...offers, ...found)
}

function severalGood(kind: string, [album, second]: [Album, Album, Album], random: () => number): EvalCase {
  const good = [1, 2, 3].map((seeders) => yes(...dressed(album, random), { seeders, sealed: random() < 0.3 }))
  return evalCase(kind, album.title, want(album), ...good, no(...dressed(second, random)))
}

function vague(kind: string, [album]: [Album, Album, Album], random: () => number): EvalCase {
  const title = titled(album, pick(random, ['no year', 'names only']), 'flac')
  return evalCase(kind, title, want(album), yes(title, rip(album, { style: pick(random, FILE_STYLES) }), { sealed: random() < 0.3 }))
}

function byOthers(kind: string, [album]: [Album, Album, Album], random: () => number): EvalCase {
  const others = pick(random, [
    { artist: 'Karaoke Allstars', title: `${album.title} (Karaoke Versions in the Style of ${album.artist})` },
    { artist: 'Various Artists', title: `${album.title}: A Tribute to ${album.artist}` },
    { artist: 'Lullaby Makers', title: `Lullaby Renditions of ${album.artist}: ${album.title}` },
    { artist: 'The Session Covers', title: `${album.title} (${album.artist} Cover)` },
    { artist: `${album.artist} Experience`, title: album.title },
  ])
  const anew = recordedAnew(album, { ...others, year: album.year + 9 })
  return evalCase(kind, anew.title, want(album), no(...dressed(anew, random), { seeders: 30, sealed: random() < 0.5 }))
}
