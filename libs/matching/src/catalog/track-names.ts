import type { TicketRequest, TorrentFile } from '@torrentino/domain'
import { readAudioFile } from '../files/read-audio-file.js'
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

/**
 * The title that a file's name tells, in words, without the artist and album in front of it; undefined for what is no audio or has
 * only a number.
 */
export function readTrackName(file: TorrentFile, { artist, album }: { artist: string; album?: string }): string | undefined {
  const [title] = readAudioFile(file)?.titles ?? []
  if (!title) return undefined
  return withoutLead(withoutLead(title, wordsOf(artist)), wordsOf(album ?? '')).join(' ')
}

function withoutLead(words: string[], lead: string[]): string[] {
  return words.length > lead.length && lead.every((word, at) => word === words[at]) ? words.slice(lead.length) : words
}
