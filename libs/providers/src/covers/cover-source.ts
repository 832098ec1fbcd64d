import type { HttpClient } from '@torrentino/runtime'

/** The record whose cover is looked for. */
export interface CoverWish {
  side: 'front' | 'back'
  artist: string
  album?: string
  musicBrainzRelease?: string
  musicBrainzReleaseGroup?: string
}

/** Bytes that begin like a JPEG or PNG; whether they are one is for the caller to find out. */
export interface FoundImage {
  source: string
  bytes: Buffer
}

/** Somebody outside who has pictures of records. */
export interface CoverSource {
  readonly name: string
  /** Null where there is none. Throws StageError `cover_source_failed` when that cannot be said at present. */
  find(wish: CoverWish, signal: AbortSignal): Promise<FoundImage | null>
}

/** Pictures that were found before, by a key of letters and digits. Never fails. */
export interface ImageCache {
  get(key: string): Promise<Buffer | null>
  put(key: string, bytes: Buffer): Promise<void>
}

/** A place within what the other side allows, by all processes together; it is held for the time of a request. */
export type Polite = <T>(name: string, signal: AbortSignal, request: () => Promise<T>) => Promise<T>

export interface CoverSourceDeps {
  http: HttpClient
  polite: Polite
  /** Name, version and whom to write to: a condition of MusicBrainz and Discogs. */
  userAgent: string
}

export const MAX_IMAGE_BYTES = 10 * 1024 * 1024
