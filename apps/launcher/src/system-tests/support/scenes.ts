import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { NewTicketInput } from '@torrentino/client'
import { type Album, albumTicket, makeAlbum, offerAlbum, type TorznabFault } from '@torrentino/testkit'
import { type Gate, openGate } from './gate.js'

/** An album that only one indexer offers, with a gate before that. */
export interface Scene {
  album: Album
  gate: Gate
  infoHash: string
  /** The setting of its indexer. */
  indexer: { name: string; url: string; api_key: string; timeout_secs: number; requests_per_minute?: number }
  /** Makes every search in its indexer fail in this way, until it is set to undefined. */
  setFault(fault: TorznabFault | undefined): void
  /** Each call a ticket and a destination of its own. */
  ticket(mediaRoot: string, change?: Partial<NewTicketInput>): PostableTicket
  close(): Promise<void>
}

export type PostableTicket = NewTicketInput & { ticket_id: string }

export interface SceneOptions {
  artist: string
  /** Where its files are made. */
  parent: string
  ffmpeg: string
  tracks?: number
  /** What its tracks are called; `tracks` of some known ones by default. */
  names?: string[]
  /** Where more than one scene has the artist. */
  indexer?: string
  durationSecs?: number
  /** Bytes per second of the seeding peer. */
  uploadLimit?: number
  /** How its indexer is set up where it matters. */
  asked?: { timeout_secs?: number; requests_per_minute?: number }
}

const NAMES = ['First Light', 'Paper Boats', 'The Long Way Round', 'Salt and Copper', 'Leaving the Harbour']

export async function makeScene(options: SceneOptions): Promise<Scene> {
  const { artist, parent, ffmpeg, tracks = 2, names = NAMES.slice(0, tracks), indexer = artist, durationSecs = 1, uploadLimit } = options
  const album = await makeAlbum({ parent: join(parent, indexer), ffmpeg, artist, album: 'Tides', names, durationSecs })
  const offer = await offerAlbum(album, { uploadLimit })
  const gate = await openGate(offer.feedUrl)
  return {
    album,
    gate,
    infoHash: offer.infoHash,
    indexer: { name: indexer.replaceAll(' ', '-').toLowerCase(), url: gate.url, api_key: offer.apiKey, timeout_secs: 60, ...options.asked },
    setFault: offer.setFault,
    ticket(mediaRoot, change = {}) {
      const id = randomUUID()
      return { ticket_id: id, ...albumTicket(album, join(mediaRoot, artist, id)), ...change }
    },
    async close() {
      await gate.close()
      await offer.close()
    },
  }
}
