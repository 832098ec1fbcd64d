import type { PrismaClient } from './generated/client.js'

export interface PlacementRow {
  itemId: string
  source: string
  dest: string
  stagedPath: string
  backupPath: string
  status: 'planned' | 'staged' | 'placed' | 'rolled_back' | 'done'
  size: number
  sha256: string
  createdDirs: string[]
  hadBackup: boolean
}

/** The journal of a ticket's placement. Saving comes before the file operation that the row announces. */
export interface PlacementJournals {
  load(ticketId: string): Promise<PlacementRow[]>
  save(ticketId: string, rows: PlacementRow[]): Promise<void>
  clear(ticketId: string): Promise<void>
}

export function createPlacementJournals(prisma: PrismaClient): PlacementJournals {
  return {
    async load(ticketId) {
      const rows = await prisma.placementFile.findMany({ where: { ticketId }, orderBy: { itemId: 'asc' } })
      return rows.map(({ ticketId: _ticket, size, createdDirs, status, ...row }) => ({
        ...row,
        status: status as PlacementRow['status'],
        size: Number(size),
        createdDirs: createdDirs as string[],
      }))
    },
    async save(ticketId, rows) {
      await prisma.$transaction(
        rows.map(({ itemId, ...row }) =>
          prisma.placementFile.upsert({
            where: { ticketId_itemId: { ticketId, itemId } },
            create: { ticketId, itemId, ...row },
            update: row,
          }),
        ),
      )
    },
    async clear(ticketId) {
      await prisma.placementFile.deleteMany({ where: { ticketId } })
    },
  }
}
