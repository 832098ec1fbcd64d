import { execFile } from 'node:child_process'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

export interface AlbumTrack {
  number: number
  name: string
  durationSecs: number
  fileName: string
}

export interface Album {
  artist: string
  album: string
  year: number
  genre: string
  /** Holds the tracks and cover.jpg; its name is that of a release. */
  folder: string
  tracks: AlbumTrack[]
}

export interface AlbumOptions {
  /** Where the album's folder is made. */
  parent: string
  ffmpeg: string
  artist?: string
  album?: string
  year?: number
  names?: string[]
  durationSecs?: number
  /** The files are there from an earlier time. */
  reuse?: boolean
}

const NAMES = ['First Light', 'Paper Boats', 'The Long Way Round', 'Salt and Copper', 'Leaving the Harbour']
// Degrees of a minor scale: each track walks through other chords.
const CHORDS = [
  [0, 3, 7],
  [5, 8, 12],
  [7, 10, 14],
  [3, 7, 10],
]

/** Synthesises an album as FLAC with tags and a picture: own material that may be shared freely. */
export async function makeAlbum(options: AlbumOptions): Promise<Album> {
  const { parent, ffmpeg, artist = 'The Loopback Quartet', album = 'Tides', year = 2024, names = NAMES, durationSecs = 20 } = options
  const folder = join(parent, `${artist} - ${album} (${year}) [FLAC]`)
  await mkdir(folder, { recursive: true })
  const tracks = names.map((name, index) => ({
    number: index + 1,
    name,
    durationSecs: durationSecs + index,
    fileName: `${String(index + 1).padStart(2, '0')} - ${name}.flac`,
  }))
  const description = { artist, album, year, genre: 'Ambient', folder, tracks }
  if (options.reuse) return description
  await Promise.all([
    makeCover(ffmpeg, join(folder, 'cover.jpg')),
    ...tracks.map((track) => makeTrack(ffmpeg, folder, track, { artist, album, year: String(year) }, names.length)),
  ])
  return description
}

async function makeTrack(ffmpeg: string, folder: string, track: AlbumTrack, tags: Record<string, string>, total: number): Promise<void> {
  const base = 110 * 2 ** (track.number / 12)
  const chord = CHORDS[track.number % CHORDS.length] ?? [0]
  const voices = chord.map((step) => `0.12*sin(2*PI*${(base * 2 ** (step / 12)).toFixed(3)}*t)*(0.6+0.4*sin(2*PI*t/${track.number + 2}))`)
  // A little noise, so that the files have the size of music.
  const left = `${voices.join('+')}+0.02*(random(0)-0.5)`
  const right = `${voices.join('+')}+0.02*(random(1)-0.5)`
  const metadata = Object.entries({ ...tags, title: track.name, track: `${track.number}/${total}`, date: tags.year ?? '' })
  await run(ffmpeg, [
    ...['-hide_banner', '-loglevel', 'error', '-nostdin', '-y', '-f', 'lavfi'],
    ...['-i', `aevalsrc='${left}|${right}':s=44100:d=${track.durationSecs}`],
    ...metadata.filter(([key]) => key !== 'year').flatMap(([key, value]) => ['-metadata', `${key}=${value}`]),
    ...['-c:a', 'flac', join(folder, track.fileName)],
  ])
}

async function makeCover(ffmpeg: string, path: string): Promise<void> {
  const source =
    'color=c=0x20304a:s=600x600,drawbox=x=60:y=360:w=480:h=12:color=0xd8b26a:t=fill,drawbox=x=240:y=140:w=120:h=120:color=0xd8b26a:t=fill'
  await run(ffmpeg, ['-hide_banner', '-loglevel', 'error', '-nostdin', '-y', '-f', 'lavfi', '-i', source, '-frames:v', '1', path])
}
