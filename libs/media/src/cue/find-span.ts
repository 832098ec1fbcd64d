import { open } from 'node:fs/promises'
import { basename, parse } from 'node:path'
import { StageError } from '@torrentino/domain'
import { type DiscSpan, FRAMES_PER_SECOND } from '../convert/conversion.js'
import { fileStageError } from '../files/file-errors.js'
import { probeMedia } from '../probe/probe-media.js'
import type { ProbeOptions } from '../probe/run-ffprobe.js'
import { decodeText } from './decode-text.js'
import { bad, type CueFile, type CueTrack, parseCue } from './parse-cue.js'

/** The track that is wanted of a disc. */
export interface WantedPart {
  number: number
  title: string
  durationSecs?: number
}

const MAX_SHEET_BYTES = 512 * 1024
const FAR_OFF = { secs: 8, share: 0.06 }

/** The part of a disc's file that a cue sheet says the track is. The sheet may be the disc itself: then it stands in its tags. */
export async function findSpan(sheet: string, audioFile: string, wanted: WantedPart, options: ProbeOptions): Promise<DiscSpan> {
  const inside = sheet === audioFile
  const files = parseCue(inside ? await sheetInside(audioFile, options) : decodeText(await readSheet(sheet)))
  const { tracks } = fileOf(files, audioFile)
  const { start, end } = pickTrack(tracks, wanted)
  return { from: start, to: end }
}

async function sheetInside(audioFile: string, options: ProbeOptions): Promise<string> {
  const { tags } = await probeMedia(audioFile, options)
  const { cuesheet } = tags
  if (cuesheet === undefined) throw bad('there is none beside the disc, nor in its tags')
  return cuesheet
}

/** By its name where that tells it alone, else by its number; a length that says otherwise is believed. */
export function pickTrack(tracks: readonly CueTrack[], wanted: WantedPart): CueTrack {
  const likely = tracks.filter((track) => !isFarOff(track, wanted))
  const named = likely.filter(({ title }) => title !== undefined && plain(title) !== '' && plain(title) === plain(wanted.title))
  if (named.length === 1) return named[0] as CueTrack
  const numbered = likely.find(({ number }) => number === wanted.number)
  if (numbered) return numbered
  const what = `${wanted.number}. ${wanted.title}`.slice(0, 200)
  throw new StageError('permanent', 'cue_mismatch', `The cue sheet has no track that could be "${what}"`)
}

function isFarOff({ start, end }: CueTrack, { durationSecs }: WantedPart): boolean {
  if (end === undefined || durationSecs === undefined) return false
  return Math.abs((end - start) / FRAMES_PER_SECOND - durationSecs) > Math.max(FAR_OFF.secs, durationSecs * FAR_OFF.share)
}

/** Sheets name the file that was ripped, which has often been packed since: the ending says nothing. */
function fileOf(files: CueFile[], audioFile: string): CueFile {
  const stem = (path: string) => plain(parse(path.replaceAll('\\', '/')).name)
  const own = files.filter(({ name }) => stem(name) === stem(basename(audioFile)))
  const [file] = own.length > 0 ? own : files
  if (!file || (own.length !== 1 && files.length !== 1)) throw bad('it does not say which of its files this one is')
  return file
}

function plain(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, '')
}

async function readSheet(path: string): Promise<Buffer> {
  try {
    const handle = await open(path, 'r')
    try {
      const { size } = await handle.stat()
      if (size > MAX_SHEET_BYTES) throw bad('it is larger than any honest one')
      return await handle.readFile()
    } finally {
      await handle.close()
    }
  } catch (error) {
    throw fileStageError(error, path)
  }
}
