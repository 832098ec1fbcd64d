import type { TicketRequest, TorrentFile } from '@torrentino/domain'
import { readAudioFile } from '../files/read-audio-file.js'
import { inTurns, type Stepwise } from '../in-turns.js'
import { plainText, wordsOf } from '../text/plain-text.js'

const MAX_KEY = 200

/** A name as the catalog compares it: equal where only spelling, signs or the notation of numbers differ. */
export function nameKey(name: string): string {
  return [...wordsOf(name).join(' ')].slice(0, MAX_KEY).join('')
}

/** What a name is searched by. Numbers stay as they are written, since people search by beginnings. */
export function searchWords(name: string): string[] {
  return plainText(name).split(' ').filter(Boolean)
}

export interface WantedNames {
  id: string
  artistKey: string
  albumKey: string | null
  trackKey: string
  durationSecs: number | null
}

/** The requested tracks as the catalog is asked for them. */
export function wantedNames({ search, tracks }: Pick<TicketRequest, 'search' | 'tracks'>): WantedNames[] {
  const artistKey = nameKey(search.artist)
  const albumKey = search.album === undefined ? null : nameKey(search.album)
  return tracks
    .filter(({ requested }) => requested)
    .map(({ catalog_track_id, name, duration_secs }) => ({
      ...{ id: catalog_track_id, artistKey, albumKey, trackKey: nameKey(name) },
      durationSecs: duration_secs ?? null,
    }))
}

export interface ReadName {
  file: TorrentFile
  /** The title that the file's name tells, in words, without artist and album in front of it; absent for what is no audio or only numbered. */
  title?: string
}

/** In the order given, without keeping the event loop: there may be thousands of files. */
export function readTrackNames(
  files: readonly TorrentFile[],
  hints: { artist: string; album?: string },
  signal?: AbortSignal,
): Promise<ReadName[]> {
  return inTurns(readStepwise(files, [wordsOf(hints.artist), wordsOf(hints.album ?? '')]), signal)
}

function* readStepwise(files: readonly TorrentFile[], leads: string[][]): Stepwise<ReadName[]> {
  const read: ReadName[] = []
  for (const file of files) {
    yield
    const [words] = readAudioFile(file)?.titles ?? []
    read.push(words ? { file, title: leads.reduce(withoutLead, words).join(' ') } : { file })
  }
  return read
}

function withoutLead(words: string[], lead: string[]): string[] {
  return words.length > lead.length && lead.every((word, at) => word === words[at]) ? words.slice(lead.length) : words
}
