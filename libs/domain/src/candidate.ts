import { z } from 'zod'
import { publicMagnet } from './magnet.js'

export const TorrentFile = z.object({
  path: z.string().min(1).max(4096),
  size_bytes: z.number().int().nonnegative(),
})
export type TorrentFile = z.infer<typeof TorrentFile>

/** One indexer's offer of a torrent that several offer. Its link is opened with that indexer's key only. */
export const CandidateSource = z.object({
  indexer: z.string().max(200),
  seeders: z.number().int().nonnegative(),
  leechers: z.number().int().nonnegative(),
  /** May carry a key of the indexer: stored, never shown, logged or audited. */
  download_url: z.string().max(8192).optional(),
})
export type CandidateSource = z.infer<typeof CandidateSource>

/** A torrent that an indexer offers. Magnet and hash are often absent; then `download_url` leads to the .torrent. */
export const TorrentCandidate = z.object({
  title: z.string().max(2000),
  indexer: z.string().max(200),
  magnet_uri: z.string().max(8192).optional(),
  info_hash: z
    .string()
    .regex(/^[0-9a-f]{40}$/)
    .optional(),
  /** SHA-256 hash of a torrent of version 2, or of the second face of a hybrid one. */
  info_hash_v2: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
  /** May carry a key of the indexer: stored, never shown, logged or audited. */
  download_url: z.string().max(8192).optional(),
  /** Everybody who offers it, best seeded first, where more than one does. */
  sources: z.array(CandidateSource).max(50).optional(),
  size_bytes: z.number().nonnegative(),
  seeders: z.number().int().nonnegative(),
  leechers: z.number().int().nonnegative(),
  files: z.array(TorrentFile).max(20_000).optional(),
  publish_date: z.string().optional(),
  /** What the indexer demands of those who load it from there. */
  min_ratio: z.number().nonnegative().optional(),
  min_seed_time_secs: z.number().int().nonnegative().optional(),
})
export type TorrentCandidate = z.infer<typeof TorrentCandidate>

export const TrackMapping = z.object({
  catalog_track_id: z.string(),
  torrent_file_path: z.string(),
  confidence: z.number().min(0).max(1),
})
export type TrackMapping = z.infer<typeof TrackMapping>

/** One rule's say about one candidate; all of them are kept for the human who decides. */
export const ScoreReason = z.object({
  code: z.string(),
  points: z.number(),
  text: z.string(),
})
export type ScoreReason = z.infer<typeof ScoreReason>

export const ScoredCandidate = z.object({
  torrent: TorrentCandidate,
  score: z.number().min(0).max(1),
  track_mapping: z.array(TrackMapping),
  reasons: z.array(ScoreReason),
  reasoning: z.string(),
})
export type ScoredCandidate = z.infer<typeof ScoredCandidate>

export const ApprovalReason = z.discriminatedUnion('type', [
  z.object({ type: z.literal('low_confidence'), score: z.number(), threshold: z.number() }),
  z.object({ type: z.literal('track_count_mismatch'), expected: z.number(), found: z.number() }),
  z.object({ type: z.literal('duration_mismatch'), expected_secs: z.number(), found_secs: z.number() }),
  z.object({ type: z.literal('name_similarity_low'), similarity: z.number() }),
  z.object({ type: z.literal('multiple_good_matches'), top_scores: z.array(z.number()) }),
  z.object({ type: z.literal('no_exact_match') }),
])
export type ApprovalReason = z.infer<typeof ApprovalReason>

/** What callers may see of a candidate: everything but the links and trackers that may carry a key. */
export function publicCandidate<T extends { torrent: TorrentCandidate }>(candidate: T) {
  const { download_url: _hidden, magnet_uri, sources, ...rest } = candidate.torrent
  const shown = magnet_uri === undefined ? undefined : publicMagnet(magnet_uri)
  const torrent = {
    ...rest,
    ...(shown !== undefined && { magnet_uri: shown }),
    ...(sources && { sources: sources.map(({ download_url: _link, ...source }) => source) }),
  }
  return { ...candidate, torrent }
}
