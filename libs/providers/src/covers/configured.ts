import type { Config, HttpClient } from '@torrentino/runtime'
import type { SharedState } from '../indexers/shared-state.js'
import { createCoverArtArchive } from './cover-art-archive/index.js'
import { type CoverFinder, createCoverFinder } from './cover-finder.js'
import type { CoverSource, CoverSourceDeps, ImageCache } from './cover-source.js'
import { createDiscogs } from './discogs/index.js'
import { createPolite } from './polite.js'

type Covers = Config['covers']

/** The sources that the settings name, in their order; Discogs needs its token. */
export const COVER_SOURCES: Record<Covers['sources'][number], (covers: Covers, deps: CoverSourceDeps) => CoverSource | undefined> = {
  cover_art_archive: ({ archive_url, musicbrainz_url }, deps) =>
    createCoverArtArchive({ archiveUrl: bare(archive_url), musicBrainzUrl: bare(musicbrainz_url) }, deps),
  discogs: ({ discogs_url, discogs_token: token }, deps) => token && createDiscogs({ url: bare(discogs_url), token }, deps),
}

export function configuredCovers(
  covers: Covers,
  http: HttpClient,
  shared: Pick<SharedState, 'limits' | 'memory'>,
  images: ImageCache,
  version: string,
): CoverFinder {
  const timeoutMs = covers.timeout_secs * 1000
  const userAgent = `QuentinTorrentino/${version}${covers.contact === '' ? '' : ` ( ${covers.contact} )`}`
  const deps = { http, polite: createPolite(shared.limits, timeoutMs), userAgent }
  const sources = covers.sources.flatMap((name) => COVER_SOURCES[name](covers, deps) ?? [])
  return createCoverFinder({ sources, memory: shared.memory, images, timeoutMs })
}

function bare(url: string): string {
  return url.replace(/\/+$/, '')
}
