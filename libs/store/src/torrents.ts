import type { PrismaClient } from './generated/client.js'

export type TorrentStatus = 'downloading' | 'seeding' | 'goal_met' | 'removed'

export interface StoredTorrent {
  infoHash: string
  name: string
  folder: string
  status: TorrentStatus
  sizeBytes: number
  magnetUri: string | null
  torrentFile: Uint8Array | null
  /** Paths of the files that are wanted, and complete while it is seeding or has met its goal. */
  wanted: string[]
  ratio: number
  /** When it was complete for the first time; a ticket may have wanted more of it since. */
  completedAt: Date | null
  goalMetAt: Date | null
  /** Kept whatever it has given back. */
  pinned: boolean
  /** What the indexer demands. */
  minRatio: number | null
  minSeedTimeSecs: number | null
}

export interface Torrents {
  find(infoHash: string): Promise<StoredTorrent | null>
  /** Notes that the ticket needs the torrent, making the row when it is new. */
  use(torrent: Pick<StoredTorrent, 'infoHash' | 'name' | 'folder' | 'magnetUri' | 'torrentFile'>, ticketId: string): Promise<void>
  update(infoHash: string, change: Partial<Omit<StoredTorrent, 'infoHash'>>): Promise<void>
  releaseUses(ticketId: string): Promise<string[]>
  isUsed(infoHash: string): Promise<boolean>
  withStatus(status: TorrentStatus): Promise<string[]>
  remove(infoHash: string): Promise<void>
}

export function createTorrents(prisma: PrismaClient): Torrents {
  return {
    async find(infoHash) {
      const row = await prisma.torrent.findUnique({ where: { infoHash } })
      return row ? toStored(row) : null
    },
    async use({ infoHash, name, folder, magnetUri, torrentFile }, ticketId) {
      const sources = { magnetUri: magnetUri ?? undefined, torrentFile: torrentFile ? new Uint8Array(torrentFile) : undefined }
      await prisma.$transaction([
        prisma.torrent.upsert({
          where: { infoHash },
          create: { infoHash, name, folder, status: 'downloading', sizeBytes: 0, wanted: [], ...sources },
          update: sources,
        }),
        prisma.torrentUse.upsert({ where: { infoHash_ticketId: { infoHash, ticketId } }, create: { infoHash, ticketId }, update: {} }),
      ])
    },
    async update(infoHash, { torrentFile, ...change }) {
      const bytes = torrentFile ? { torrentFile: new Uint8Array(torrentFile) } : {}
      await prisma.torrent.updateMany({ where: { infoHash }, data: { ...change, ...bytes } })
    },
    async releaseUses(ticketId) {
      const uses = await prisma.torrentUse.findMany({ where: { ticketId } })
      await prisma.torrentUse.deleteMany({ where: { ticketId } })
      return uses.map((use) => use.infoHash)
    },
    async isUsed(infoHash) {
      return (await prisma.torrentUse.findFirst({ where: { infoHash } })) !== null
    },
    async withStatus(status) {
      const rows = await prisma.torrent.findMany({ where: { status }, select: { infoHash: true } })
      return rows.map(({ infoHash }) => infoHash)
    },
    async remove(infoHash) {
      await prisma.$transaction([
        prisma.torrentContent.deleteMany({ where: { infoHash } }),
        prisma.torrent.deleteMany({ where: { infoHash } }),
      ])
    },
  }
}

type Row = Omit<StoredTorrent, 'status' | 'sizeBytes' | 'wanted'> & { status: string; sizeBytes: bigint; wanted: unknown }

function toStored(row: Row): StoredTorrent {
  return { ...row, status: row.status as TorrentStatus, sizeBytes: Number(row.sizeBytes), wanted: row.wanted as string[] }
}
