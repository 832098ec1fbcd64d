import type { TorrentFile } from '@torrentino/domain'
import type { Album, Recording } from './album.js'
import { randomFrom } from './random.js'

export interface EvalFile extends TorrentFile {
  /** The recording that the file truly is. */
  is?: string
}

const pad = (number: number) => String(number).padStart(2, '0')
const scene = (text: string) => text.replace(/[^\p{L}\p{N}]+/gu, '_').replace(/^_|_$/g, '')

/** Names as rippers give them, by what they look like. */
const STYLES = {
  'nn - title': (t, _a) => `${pad(t.number)} - ${t.name}`,
  'nn. title': (t, _a) => `${pad(t.number)}. ${t.name}`,
  'nn title': (t, _a) => `${pad(t.number)} ${t.name}`,
  'n title': (t, _a) => `${t.number} ${t.name}`,
  'nn.title': (t, _a) => `${pad(t.number)}.${t.name.replace(/ /g, '.')}`,
  'nn-title': (t, _a) => `${pad(t.number)}-${t.name}`,
  'artist - nn - title': (t, a) => `${a.artist} - ${pad(t.number)} - ${t.name}`,
  'artist - album - nn - title': (t, a) => `${a.artist} - ${a.title} - ${pad(t.number)} - ${t.name}`,
  'nn - artist - title': (t, a) => `${pad(t.number)} - ${a.artist} - ${t.name}`,
  'artist - title': (t, a) => `${a.artist} - ${t.name}`,
  'title - artist': (t, a) => `${pad(t.number)} ${t.name} - ${a.artist}`,
  scene: (t, a) => `${pad(t.number)}-${scene(a.artist)}-${scene(t.name)}`.toLowerCase(),
  'scene group': (t, a) => `${pad(t.number)}-${scene(a.artist)}-${scene(t.name)}-grp`.toLowerCase(),
  title: (t, _a) => t.name,
  nn: (t, _a) => pad(t.number),
  'Track nn': (t, _a) => `Track ${pad(t.number)}`,
  'AudioTrack nn': (t, _a) => `AudioTrack ${pad(t.number)}`,
  'd-nn title': (t, _a) => `${t.disc}-${pad(t.number)} ${t.name}`,
  'dnn title': (t, _a) => `${t.disc}${pad(t.number)} - ${t.name}`,
  'd.nn title': (t, _a) => `${t.disc}.${pad(t.number)}. ${t.name}`,
  'side title': (t, a) =>
    `${t.number * 2 > a.tracks.length + 1 ? 'B' : 'A'}${t.number * 2 > a.tracks.length + 1 ? t.number - Math.ceil(a.tracks.length / 2) : t.number} ${t.name}`,
  nn_title: (t, _a) => `${pad(t.number)}_${t.name.replace(/ /g, '_')}`,
  short: (t, _a) => `${pad(t.number)} - ${t.name}`.slice(0, 17).trim(),
  'title (remastered)': (t, _a) => `${pad(t.number)} - ${t.name} (2011 Remaster)`,
  youtube: (t, a) => `${a.artist} - ${t.name} (Official Audio)`,
} satisfies Record<string, (track: Recording, album: Album) => string>

export type Style = keyof typeof STYLES

/** Bytes per second of usual encodings and how far they vary from track to track. */
const RATES: Record<string, [number, number]> = {
  flac: [112_000, 0.2],
  flac24: [330_000, 0.15],
  ape: [105_000, 0.2],
  wav: [176_400, 0],
  mp3: [40_000, 0],
  mp3v0: [31_000, 0.1],
  mp3x128: [16_000, 0],
  mp3x192: [24_000, 0],
  m4a: [32_000, 0.03],
  ogg: [24_000, 0.1],
  opus: [18_000, 0.1],
  wma: [20_000, 0],
}

export interface RipOptions {
  style?: Style
  as?: keyof typeof RATES
  folder?: string
  /** Name of the folder of each disc; without it all discs share one. */
  discs?: (disc: number) => string
  /** Places, from 1 on, of the tracks that are missing. */
  without?: number[]
  /** Shares of the true size: of a fake, or of a download that broke off. */
  shrunk?: number
}

/** The files of a rip, with sizes that follow from the lengths as they do in the world. */
export function rip(album: Album, options: RipOptions = {}): EvalFile[] {
  const { style = 'nn - title', as = 'flac', discs } = options
  const folder = options.folder ?? `${album.artist} - ${album.title} (${album.year})`.replace(/[/:?*"|]/g, '_')
  const random = randomFrom(`${folder}${style}${as}`)
  const [rate, spread] = RATES[as] ?? [40_000, 0]
  const extension = as.replace(/(?<=mp3|flac).*/, '')
  return album.tracks.flatMap((track, index) => {
    if (options.without?.includes(index + 1)) return []
    const name = STYLES[style](track, album).replace(/[/:?*"|]/g, '_')
    const noise = 1 + spread * (2 * random() - 1)
    const size = Math.round(track.secs * rate * noise * (options.shrunk ?? 1) + (rate === 40_000 ? 90_000 : 0))
    const inside = discs ? `${folder}/${discs(track.disc)}` : folder
    return { path: `${inside}/${name}.${extension}`, size_bytes: size, is: track.id }
  })
}

export function under(folder: string, ...lists: EvalFile[][]): EvalFile[] {
  return lists.flat().map((file) => ({ ...file, path: `${folder}/${file.path}` }))
}

/** What lies about in torrents and is no music. */
export function junk(folder: string): EvalFile[] {
  const names: [string, number][] = [
    ['cover.jpg', 480_000],
    ['folder.jpg', 90_000],
    ['Scans/Booklet 01.png', 9_800_000],
    ['Scans/Booklet 02.png', 9_100_000],
    ['info.txt', 3_000],
    ['rip.log', 11_000],
    ['album.m3u', 900],
    ['.DS_Store', 6_148],
    ['Torrent downloaded from somewhere.nfo', 400],
  ]
  return names.map(([name, size_bytes]) => ({ path: `${folder}/${name}`, size_bytes }))
}

/** All of an album in one file, with or without the sheet that tells where to cut it. */
export function image(album: Album, extension = 'flac', cue = true): EvalFile[] {
  const name = `${album.artist} - ${album.title} (${album.year})/${album.artist} - ${album.title}`
  const secs = album.tracks.reduce((sum, track) => sum + track.secs, 0)
  const sheet = cue ? [{ path: `${name}.cue`, size_bytes: 2_400 }] : []
  return [{ path: `${name}.${extension}`, size_bytes: Math.round(secs * 108_000) }, ...sheet]
}

export function sizeOf(files: readonly TorrentFile[]): number {
  return files.reduce((sum, file) => sum + file.size_bytes, 0)
}
