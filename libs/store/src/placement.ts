import { StageError } from '@torrentino/domain'
import type pg from 'pg'
import { toJson } from './json.js'

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

/** The turn of a ticket that works on its files. */
export interface PlacementTurn {
  ticketId: string
  stageVersion: number
}

/**
 * The journal of a ticket's placement. Saving comes before the file operation that the row announces. Once the turn is over its
 * journal can neither be read nor written: a process that slept meanwhile must not undo what others did after it.
 */
export interface PlacementJournals {
  load(turn: PlacementTurn): Promise<PlacementRow[]>
  save(turn: PlacementTurn, rows: PlacementRow[]): Promise<void>
  clear(turn: PlacementTurn): Promise<void>
}

const TURN = 't.id = $1 and t.stage_version = $2 and t.stage is not null'

export function createPlacementJournals(pool: pg.Pool): PlacementJournals {
  return {
    async load({ ticketId, stageVersion }) {
      const { rows } = await pool.query<PlacementRow & { itemId: string | null }>({
        name: 'placement-load',
        text: `select p.item_id as "itemId", p.source, p.dest, p.staged_path as "stagedPath", p.backup_path as "backupPath", p.status,
                 p.size::float8 as size, p.sha256, p.created_dirs as "createdDirs", p.had_backup as "hadBackup"
               from tickets t left join placement_files p on p.ticket_id = t.id where ${TURN} order by p.item_id`,
        values: [ticketId, stageVersion],
      })
      if (rows.length === 0) throw turnOver()
      return rows.filter((row) => row.itemId !== null)
    },
    async save({ ticketId, stageVersion }, rows) {
      if (rows.length === 0) return
      const { rowCount } = await pool.query({
        name: 'placement-save',
        text: `insert into placement_files
                 (ticket_id, item_id, source, dest, staged_path, backup_path, status, size, sha256, created_dirs, had_backup)
               select t.id, r."itemId", r.source, r.dest, r."stagedPath", r."backupPath", r.status, r.size, r.sha256, r."createdDirs", r."hadBackup"
               from tickets t cross join jsonb_to_recordset($3::jsonb) as r("itemId" text, source text, dest text, "stagedPath" text,
                 "backupPath" text, status text, size bigint, sha256 text, "createdDirs" jsonb, "hadBackup" boolean)
               where ${TURN}
               on conflict (ticket_id, item_id) do update set source = excluded.source, dest = excluded.dest,
                 staged_path = excluded.staged_path, backup_path = excluded.backup_path, status = excluded.status, size = excluded.size,
                 sha256 = excluded.sha256, created_dirs = excluded.created_dirs, had_backup = excluded.had_backup`,
        values: [ticketId, stageVersion, toJson(rows)],
      })
      if (rowCount !== rows.length) throw turnOver()
    },
    async clear({ ticketId, stageVersion }) {
      await pool.query({
        name: 'placement-clear',
        text: `delete from placement_files p using tickets t where p.ticket_id = t.id and ${TURN}`,
        values: [ticketId, stageVersion],
      })
    },
  }
}

function turnOver(): StageError {
  return new StageError('retryable', 'turn_over', 'the ticket has moved on; its files are for others to move now')
}
