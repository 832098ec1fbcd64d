import type { Album } from './album.js'

const LABELS: Record<string, string> = {
  flac: 'FLAC',
  flac24: 'FLAC 24-96',
  mp3: 'MP3 320kbps',
  mp3v0: 'MP3 V0',
  mp3x128: 'MP3 128kbps',
  ogg: 'OGG',
  m4a: 'AAC 256',
}

const dotted = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '.').replace(/^\.|\.$/g, '')
const scene = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '_').replace(/^_|_$/g, '')

/** Names of releases as their makers write them; `f` is the format. */
const TITLES = {
  usual: (a, f) => `${a.artist} - ${a.title} (${a.year}) [${f}]`,
  bare: (a, f) => `${a.artist} - ${a.title} ${a.year} ${f}`,
  'year first': (a, f) => `${a.artist} - ${a.year} - ${a.title} [${f}]`,
  'year in brackets first': (a, f) => `${a.artist} - (${a.year}) ${a.title} [${f}]`,
  'square years': (a, f) => `${a.artist} - ${a.title} [${a.year}] (${f})`,
  'no separator': (a, f) => `${a.artist} ${a.title} ${a.year} ${f}`,
  dots: (a, f) => `${dotted(a.artist)}-${dotted(a.title)}-${a.year}-${f.split(' ')[0]}-GRP`,
  'all dots': (a, f) => `${dotted(a.artist)}.${dotted(a.title)}.${a.year}.${f.replace(/ /g, '.')}-CRX`,
  scene: (a, f) => `${scene(a.artist)}-${scene(a.title)}-${f.includes('FLAC') ? 'CD-FLAC-' : ''}${a.year}-GRP`,
  'scene web': (a, f) => `${scene(a.artist)}-${scene(a.title)}-(LBL0${a.year % 89})-WEB-${f.includes('FLAC') ? 'FLAC-' : ''}${a.year}-BRX`,
  'genre first': (a, f) =>
    `(Indie Rock) [WEB] ${a.artist} - ${a.title} - ${a.year}, ${f} (tracks), ${f.includes('FLAC') ? 'lossless' : '320 kbps'}`,
  'format first': (a, f) => `[${f}] ${a.artist} - ${a.title} (${a.year})`,
  'with its source': (a, f) => `${a.artist} – ${a.title} (${a.year}) {CD, LBL ${a.year % 97}} [EAC ${f}]`,
  'with kind': (a, f) => `${a.artist} - ${a.title} (${a.year}) [Album] [${f} / CD / Log (100%) / Cue]`,
  'with genre': (a, f) => `${a.artist} - ${a.title} (${a.year} Rock) [${f} 16-44]`,
  'with a name of the poster': (a, f) => `${a.artist} - ${a.title} (${a.year}) ${f} [GHOSTBOX] ⭐`,
  'album first': (a, f) => `${a.title} - ${a.artist} (${a.year}) ${f}`,
  slashes: (a, f) => `${a.artist} - ${a.title} [${a.year}/${f}/Lossless/Log]`,
  plus: (a, f) => `${a.artist}+-+${a.title}+(${a.year})+[${f}]`.replace(/ /g, '+'),
  'no year': (a, f) => `${a.artist} - ${a.title} [${f}]`,
  'names only': (a, _f) => `${a.artist} - ${a.title}`,
} satisfies Record<string, (album: Album, format: string) => string>

export type TitleStyle = keyof typeof TITLES
export const EXPLICIT = (Object.keys(TITLES) as TitleStyle[]).filter((style) => style !== 'no year' && style !== 'names only')

export function titled(album: Album, style: TitleStyle = 'usual', format = 'flac'): string {
  return TITLES[style](album, LABELS[format] ?? format)
}
