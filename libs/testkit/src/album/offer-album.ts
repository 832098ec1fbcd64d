import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import type { NewTicket } from '@torrentino/domain'
import { createTorrentFile } from '../torrent/create-torrent-file.js'
import { startSeeder } from '../torrent/seeder.js'
import { startTracker } from '../torrent/tracker.js'
import { startTorznab, type TorznabFault } from '../torznab/index.js'
import type { Album } from './make-album.js'

export interface Offer {
  /** Address of the Torznab feed. */
  feedUrl: string
  apiKey: string
  infoHash: string
  /** Searches that the feed answered. */
  searches(): number
  /** Makes every search fail in this way, until it is set to undefined. */
  setFault(fault: TorznabFault | undefined): void
  close(): Promise<void>
}

export interface OfferOptions {
  /** Bytes per second that the seeding peer gives. */
  uploadLimit?: number
  aria2?: string
  /** Nobody has seen this torrent before, though its content is as ever. */
  fresh?: boolean
}

const API_KEY = 'loopback-feed-key'

/** The whole world around an album, on loopback: a torrent of it, a tracker, a peer that has it, and a feed that offers it among others. */
export async function offerAlbum(album: Album, options: OfferOptions = {}): Promise<Offer> {
  const tracker = await startTracker()
  const torrent = await createTorrentFile(album.folder, {
    trackers: [tracker.announceUrl],
    ...(options.fresh && { source: randomUUID() }),
  })
  const seeder = await startSeeder({
    torrent,
    folder: join(album.folder, '..'),
    tracker,
    ...(options.uploadLimit !== undefined && { uploadLimit: options.uploadLimit }),
    ...(options.aria2 !== undefined && { program: options.aria2 }),
  })
  const size = torrent.files.reduce((sum, file) => sum + file.size_bytes, 0)
  const title = `${album.artist} - ${album.album} (${album.year}) [FLAC]`
  const decoy = (name: string, seeders: number) => ({
    title: name,
    sizeBytes: size,
    seeders,
    leechers: 1,
    infoHash: hashOf(name),
    magnetUri: `magnet:?xt=urn:btih:${hashOf(name)}`,
  })
  const torznab = await startTorznab({
    apiKey: API_KEY,
    items: [
      decoy(`Karaoke Hits: A Tribute to ${album.artist} - ${album.album} [MP3]`, 40),
      decoy(`${album.artist} - ${album.album} Live (${album.year + 1}) [128kbps]`, 12),
      { title, sizeBytes: size, seeders: 5, leechers: 1, torrentFile: torrent.bytes, infoHash: torrent.infoHash },
      decoy(`Various Artists - ${album.album} Compilation [MP3 128]`, 90),
      decoy(`${album.artist} - Rarities (1999) [MP3 V0]`, 7),
    ],
  })
  return {
    feedUrl: torznab.url,
    apiKey: API_KEY,
    infoHash: torrent.infoHash,
    searches: () => torznab.requests.length,
    setFault: torznab.setFault,
    close: async () => {
      await Promise.all([seeder.close(), torznab.close()])
      await tracker.close()
    },
  }
}

/** The ticket that a catalog would post for the album. */
export function albumTicket(album: Album, destination: string, more: Partial<NewTicket['constraints']> = {}) {
  return {
    search: { artist: album.artist, album: album.album, year: album.year },
    tracks: album.tracks.map((track) => ({
      catalog_track_id: `${album.artist.replaceAll(/\W+/g, '-')}-${track.number}`,
      track_number: track.number,
      name: track.name,
      duration_secs: track.durationSecs,
      dest_path: join(destination, `${String(track.number).padStart(2, '0')} ${track.name}.ogg`),
    })),
    images: [{ catalog_image_id: 'cover', type: 'cover_front' as const, dest_path: join(destination, 'cover.jpg') }],
    constraints: { format: 'ogg_vorbis' as const, bitrate_kbps: 192, sample_rate_hz: 44100 as const, ...more },
    metadata_to_embed: { artist: album.artist, album: album.album, year: album.year, genre: album.genre },
  }
}

/** A made-up hash: nobody has these torrents. */
function hashOf(name: string): string {
  return Buffer.from(name.padEnd(20, '.')).toString('hex').slice(0, 40)
}
