import { StageError } from '@torrentino/domain'
import { FRAMES_PER_SECOND } from '../convert/conversion.js'

export interface CueTrack {
  number: number
  title?: string
  performer?: string
  /** Where it begins in its file, in frames. */
  start: number
  /** Where the next one begins; the last one of a file has no end. */
  end?: number
}

export interface CueFile {
  name: string
  tracks: CueTrack[]
}

const MAX_LINES = 20_000
const MAX_TRACKS = 999
const MAX_TEXT = 500

/** A cue sheet. A gap belongs to the track before it, as rippers do by default; what is no audio is left out. */
export function parseCue(text: string): CueFile[] {
  const sheet = new Sheet()
  const lines = text.split(/\r\n|\r|\n/)
  if (lines.length > MAX_LINES) throw bad('it has more lines than any honest one')
  for (const line of lines) {
    const [, command = '', rest = ''] = /^\s*(\S+)\s*(.*?)\s*$/.exec(line.slice(0, 4000)) ?? []
    sheet.read(command.toUpperCase(), rest)
  }
  return sheet.result()
}

interface OpenTrack extends Omit<CueTrack, 'start' | 'end'> {
  audio: boolean
  starts: Map<number, number>
}

class Sheet {
  private readonly files: { name: string; tracks: OpenTrack[] }[] = []
  private count = 0

  read(command: string, rest: string): void {
    const tracks = this.files.at(-1)?.tracks
    const track = tracks?.at(-1)
    if (command === 'FILE') this.files.push({ name: quoted(rest.replace(/\s+\S+$/, '') || rest), tracks: [] })
    else if (command === 'TRACK') this.open(rest, tracks)
    else if (command === 'INDEX' && track) this.index(rest, track)
    else if (command === 'TITLE' && track) track.title = quoted(rest)
    else if (command === 'PERFORMER' && track) track.performer = quoted(rest)
  }

  private open(rest: string, tracks: OpenTrack[] | undefined): void {
    const [, number, kind = ''] = /^(\d{1,3})\s+(\S+)/.exec(rest) ?? []
    if (!tracks || number === undefined) throw bad('a track of it has no file or no number')
    this.count += 1
    if (this.count > MAX_TRACKS) throw bad('it has more tracks than any disc')
    tracks.push({ number: Number(number), audio: kind.toUpperCase() === 'AUDIO', starts: new Map() })
  }

  private index(rest: string, { starts }: OpenTrack): void {
    const [, index, minutes, seconds, frames] = /^(\d{1,2})\s+(\d{1,4}):(\d{1,2}):(\d{1,2})$/.exec(rest) ?? []
    if (index === undefined) throw bad(`"${rest.slice(0, 40)}" is no place on a disc`)
    const [s, f] = [Number(seconds), Number(frames)]
    if (s >= 60 || f >= FRAMES_PER_SECOND) throw bad(`"${rest.slice(0, 40)}" is no time`)
    starts.set(Number(index), (Number(minutes) * 60 + s) * FRAMES_PER_SECOND + f)
  }

  result(): CueFile[] {
    const files = this.files.map(({ name, tracks }) => ({ name, tracks: closed(tracks) })).filter(({ tracks }) => tracks.length > 0)
    if (files.length === 0) throw bad('it names no track')
    return files
  }
}

function closed(tracks: OpenTrack[]): CueTrack[] {
  const starts = tracks.map((track) => startOf(track))
  return tracks.flatMap(({ audio, number, title, performer, starts: own }, index) => {
    const [start, next] = [starts[index] as number, starts[index + 1]]
    if (next !== undefined && next <= start) throw bad(`its track ${number} ends before it begins`)
    const gap = tracks[index + 1]?.audio === false ? tracks[index + 1]?.starts.get(0) : undefined
    return audio && own.size > 0 ? [{ number, title, performer, start, end: gap ?? next }] : []
  })
}

/** Of the second file of a gap that spans two, only the gap may be here. */
function startOf({ number, starts }: OpenTrack): number {
  const start = starts.get(1) ?? starts.get(0)
  if (start === undefined) throw bad(`its track ${number} begins nowhere`)
  return start
}

function quoted(text: string): string {
  const [, inner] = /^"(.*)"$/.exec(text) ?? []
  return (inner ?? text).slice(0, MAX_TEXT)
}

export function bad(why: string): StageError {
  return new StageError('permanent', 'cue_invalid', `The cue sheet cannot be used: ${why}`)
}
