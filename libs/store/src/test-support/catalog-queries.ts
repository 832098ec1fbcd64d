import { CLEANUP_CANDIDATES, CLEANUP_PAGE } from '../catalog/cleanup.js'
import { COVERAGE, coverageValues, type WantedTrack } from '../catalog/coverage.js'
import { catalogListing } from '../catalog/listing.js'
import { encodeKey } from '../keyset.js'

interface Query {
  text: string
  values: unknown[]
}

const limit = 50
const after = encodeKey(new Date('2024-01-20T00:00:00.000Z'), 'f'.repeat(40))

/** What 20 tracks of one torrent are asked for as, and other things that its ids or names have in common with many. */
function wanted(artistKey: string, album: number, first: number): WantedTrack[] {
  return Array.from({ length: 20 }, (_, at) => ({
    ...{ id: `t${(at + 1) * 5}`, artistKey, albumKey: `album ${album}`, trackKey: `song ${first + at}`, durationSecs: 200 },
  }))
}

const coverage = (tracks: WantedTrack[]): Query => ({ text: COVERAGE, values: coverageValues(tracks, []) })
const cleanup = (seen: [string, string]): Query => ({ text: CLEANUP_CANDIDATES, values: [...seen, CLEANUP_PAGE] })

/** Each question to the catalog, with how many rows it may look at. */
export const CATALOG_QUERIES: [string, number, Query][] = [
  ['coverage of 20 tracks', 1000, coverage(wanted('artist 7', 7, 218))],
  ['coverage of 20 tracks of an artist who is in very many torrents', 2500, coverage(wanted('artist 0', 20, 621))],
  ['coverage of 20 tracks that nobody has', 200, coverage(wanted('nobody', 7, 218))],
  ['coverage of 20 tracks by ids that very many have', 1500, coverage(wanted('nobody', 20, 625))],
  ['list', 700, catalogListing({ limit })],
  ['list, deep page by key', 700, catalogListing({ limit, after })],
  ['list of a status', 300, catalogListing({ limit, statuses: ['downloading'] })],
  ['list of what is pinned', 400, catalogListing({ limit, pinned: true })],
  ['list of what is not pinned', 700, catalogListing({ limit, pinned: false, after })],
  ['search for a rare word', 200, catalogListing({ limit, words: ['album1234'] })],
  ['search for beginnings of two words', 1200, catalogListing({ limit, words: ['artist12', 'song1'] })],
  ['search for what nobody has', 50, catalogListing({ limit, words: ['nothing'] })],
  ['clean-up', 2000, cleanup(['-infinity', ''])],
  ['clean-up, further on', 2000, cleanup(['2025-01-01T01:00:00Z', ''])],
]
