export type PlacementStatus =
  /** The staged file may be there in part; the destination is untouched. */
  | 'planned'
  /** The staged file is complete; backup and rename may have happened. */
  | 'staged'
  /** The file stands at its destination. */
  | 'placed'
  /** Nothing of it is left. */
  | 'rolled_back'
  /** The ticket is committed: no way back, the backup may be gone. */
  | 'done'

export interface PlacementRow {
  itemId: string
  source: string
  dest: string
  /** Both lie in the destination's folder, so that a rename is all it takes. */
  stagedPath: string
  backupPath: string
  status: PlacementStatus
  size: number
  sha256: string
  /** Outermost first. */
  createdDirs: string[]
  hadBackup: boolean
}

/** A table of the caller's. A row is saved before the file operation that it announces. */
export interface PlacementJournal {
  load(): Promise<PlacementRow[]>
  save(rows: PlacementRow[]): Promise<void>
}

export interface PlacementItem {
  itemId: string
  source: string
  dest: string
  size: number
  sha256: string
}

export interface PlacementPlan {
  /** The ticket's id: the same each time, so that the temporary names are. */
  token: string
  /** Folders that exist and below which all destinations must lie. */
  roots: readonly string[]
  items: PlacementItem[]
}
