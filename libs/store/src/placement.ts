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

/** A run of the turn of a ticket that works on its files. */
export interface PlacementRun {
  ticketId: string
  stageVersion: number
  /** Another one each time somebody begins. */
  run: string
}

/**
 * The journal of a ticket's placement. Saving comes before the file operation that the row announces. Once the turn is over, or a
 * later run has taken the journal, it can neither be read nor written: a process that slept meanwhile must not undo what others
 * did after it, nor write over what they wrote.
 */
export interface PlacementJournals {
  /** From now on it is this run's alone. */
  take(run: PlacementRun): Promise<PlacementRow[]>
  load(run: PlacementRun): Promise<PlacementRow[]>
  save(run: PlacementRun, rows: PlacementRow[]): Promise<void>
  clear(run: PlacementRun): Promise<void>
}

const TURN = 't.id = $1 and t.stage_version = $2 and t.stage is not null'

const COLUMNS = `p.item_id as "itemId", p.source, p.dest, p.staged_path as "stagedPath", p.backup_path as "backupPath", p.status,
  p.size::float8 as size, p.sha256, p.created_dirs as "createdDirs", p.had_backup as "hadBackup"`

export function createPlacementJournals(pool: pg.Pool): PlacementJournals {
  async function read(name: string, text: string, { ticketId, stageVersion, run }: PlacementRun): Promise<PlacementRow[]> {
    const { rows } = await pool.query<PlacementRow & { itemId: string | null; mine: boolean }>({
      name,
      text,
      values: [ticketId, stageVersion, run],
    })
    if (rows.length === 0 || rows.some(({ mine }) => !mine)) throw turnOver()
    return rows.filter(({ itemId }) => itemId !== null).map(({ mine: _mine, ...row }) => row)
  }

  return {
    take: (run) =>
      read(
        'placement-take',
        `with p as (update placement_files f set run = $3 from tickets t where f.ticket_id = t.id and ${TURN} returning f.*)
         select ${COLUMNS}, true as mine from tickets t left join p on p.ticket_id = t.id where ${TURN} order by p.item_id`,
        run,
      ),
    load: (run) =>
      read(
        'placement-load',
        `select ${COLUMNS}, p.item_id is null or p.run is not distinct from $3 as mine
         from tickets t left join placement_files p on p.ticket_id = t.id where ${TURN} order by p.item_id`,
        run,
      ),
    async save({ ticketId, stageVersion, run }, rows) {
      if (rows.length === 0) return
      const { rowCount } = await pool.query({
        name: 'placement-save',
        text: `insert into placement_files
                 (ticket_id, item_id, source, dest, staged_path, backup_path, status, size, sha256, created_dirs, had_backup, run)
               select t.id, r."itemId", r.source, r.dest, r."stagedPath", r."backupPath", r.status, r.size, r.sha256, r."createdDirs",
                 r."hadBackup", $4
               from tickets t cross join jsonb_to_recordset($3::jsonb) as r("itemId" text, source text, dest text, "stagedPath" text,
                 "backupPath" text, status text, size bigint, sha256 text, "createdDirs" jsonb, "hadBackup" boolean)
               where ${TURN}
               on conflict (ticket_id, item_id) do update set source = excluded.source, dest = excluded.dest,
                 staged_path = excluded.staged_path, backup_path = excluded.backup_path, status = excluded.status, size = excluded.size,
                 sha256 = excluded.sha256, created_dirs = excluded.created_dirs, had_backup = excluded.had_backup
               where placement_files.run = excluded.run`,
        values: [ticketId, stageVersion, toJson(rows), run],
      })
      if (rowCount !== rows.length) throw turnOver()
    },
    async clear({ ticketId, stageVersion, run }) {
      await pool.query({
        name: 'placement-clear',
        text: `delete from placement_files p using tickets t where p.ticket_id = t.id and p.run = $3 and ${TURN}`,
        values: [ticketId, stageVersion, run],
      })
    },
  }
}

function turnOver(): StageError {
  return new StageError('retryable', 'turn_over', 'the ticket has moved on; its files are for others to move now')
}
