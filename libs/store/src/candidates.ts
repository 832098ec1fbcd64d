import { ScoreReason, TorrentCandidate, TrackMapping } from '@torrentino/domain'
import type { PrismaClient } from './generated/client.js'

export interface StoredCandidate {
  idx: number
  torrent: TorrentCandidate
  score: number | null
  trackMapping: TrackMapping[]
  reasons: ScoreReason[]
}

export interface Candidates {
  of(ticketId: string, searchVersion: number): Promise<StoredCandidate[]>
  find(ticketId: string, searchVersion: number, idx: number): Promise<StoredCandidate | null>
}

export function createCandidates(prisma: PrismaClient): Candidates {
  return {
    async of(ticketId, searchVersion) {
      const rows = await prisma.candidate.findMany({ where: { ticketId, searchVersion }, orderBy: { idx: 'asc' } })
      return rows.map(toStored)
    },
    async find(ticketId, searchVersion, idx) {
      const row = await prisma.candidate.findUnique({ where: { ticketId_searchVersion_idx: { ticketId, searchVersion, idx } } })
      return row ? toStored(row) : null
    },
  }
}

function toStored(row: { idx: number; torrent: unknown; score: number | null; trackMapping: unknown; reasons: unknown }): StoredCandidate {
  return {
    idx: row.idx,
    torrent: TorrentCandidate.parse(row.torrent),
    score: row.score,
    trackMapping: TrackMapping.array().parse(row.trackMapping ?? []),
    reasons: ScoreReason.array().parse(row.reasons ?? []),
  }
}
