import { randomUUID } from 'node:crypto'
import type { StepEvent } from '@torrentino/domain'

export interface StepInput {
  ticketId?: string
  user?: string
  to?: StepEvent['to']
  details?: Record<string, unknown>
}

export interface OpenStep {
  step: StepEvent
  commit(): Promise<void>
  rollback(): Promise<void>
}

export interface StepWriter {
  /** Draws a number as the door does, in a transaction that stays open. */
  open(input?: StepInput): Promise<OpenStep>
  write(input?: StepInput): Promise<StepEvent>
  /** Many at once, numbers in order. */
  writeMany(count: number, input?: StepInput): Promise<StepEvent[]>
}

type SqlQuery = (text: string, values?: unknown[]) => Promise<{ rows: { seq?: string; version?: number }[] }>

/** The part of a pg.Pool that is used here. */
export interface SqlPool {
  query: SqlQuery
  connect(): Promise<{ query: SqlQuery; release(): void }>
  end(): Promise<void>
}

/** Writes steps as transactions that can be finished in any order. */
export function createStepWriter(pool: SqlPool): StepWriter {
  async function open(input: StepInput = {}): Promise<OpenStep> {
    const client = await pool.connect()
    const step = stepOf(input)
    await client.query('begin')
    await client.query('select pg_current_xact_id()')
    const { rows } = await client.query(
      `insert into ticket_transitions (ticket_id, version, cause, from_state, to_state, actor, requested_by, reason, details, at)
       values ($1, $2, $3, $4, $5, 'test', $6, null, $7, $8) returning seq`,
      [step.ticket_id, step.version, step.cause, step.from, step.to, step.requested_by, JSON.stringify(step.details), step.at],
    )
    async function end(how: 'commit' | 'rollback'): Promise<void> {
      await client.query(how)
      client.release()
    }
    return { step: { ...step, seq: Number(rows[0]?.seq) }, commit: () => end('commit'), rollback: () => end('rollback') }
  }

  return {
    open,
    async write(input) {
      const { step, commit } = await open(input)
      await commit()
      return step
    },
    async writeMany(count, input = {}) {
      const step = stepOf(input)
      const { rows } = await pool.query(
        `insert into ticket_transitions (ticket_id, version, cause, from_state, to_state, actor, requested_by, details, at)
         select $1, $2 + nr, $3, $4, $5, 'test', $6, $7, $8 from generate_series(1, $9::int) as nr returning seq, version`,
        [step.ticket_id, step.version, step.cause, step.from, step.to, step.requested_by, JSON.stringify(step.details), step.at, count],
      )
      return rows.map((row) => ({ ...step, seq: Number(row.seq), version: Number(row.version) }))
    },
  }
}

let version = 0

function stepOf({ ticketId = randomUUID(), user = 'alice', to = 'searching', details = {} }: StepInput): StepEvent {
  version += 10_000
  return {
    kind: 'step',
    seq: 0,
    ticket_id: ticketId,
    requested_by: user,
    version,
    cause: 'start_search',
    from: 'pending',
    to,
    reason: null,
    at: new Date(1_700_000_000_000 + version).toISOString(),
    details,
  }
}
