import { openSqlSession, type SqlSession, waitFor } from '@torrentino/testkit'

/** Holds up one write of one ticket inside its transaction. */
export interface Barrier {
  /** The database's processes that wait at it, each of them for one worker. */
  waiting(): Promise<number[]>
  reached(): Promise<number>
  lift(): Promise<void>
}

const TRIGGERS = `
create function test_barrier() returns trigger language plpgsql as $$
begin
  perform pg_advisory_xact_lock_shared(hashtextextended(new.ticket_id || ' ' || tg_table_name || ' ' || (to_jsonb(new) ->> tg_argv[0]), 0));
  return new;
end $$;
create trigger test_barrier before insert on ticket_transitions for each row execute function test_barrier('to_state');
create trigger test_barrier before insert or update on placement_files for each row execute function test_barrier('status')`

/** The test's database alone gets them: while nobody raises a barrier they change nothing. */
export async function installBarriers(sql: Pick<SqlSession, 'query'>): Promise<void> {
  await sql.query(TRIGGERS)
}

interface Place {
  postgres: { url: string }
  onStop(close: () => Promise<unknown>): void
}

/** At the step of the ticket that leads into the state. What the worker writes in the same statement waits with it. */
export function barrierAtStep(place: Place, ticketId: string, toState: string): Promise<Barrier> {
  return raise(place, `${ticketId} ticket_transitions ${toState}`)
}

/** Where the journal of the ticket's placement is to say that a file has come so far. */
export function barrierAtJournal(place: Place, ticketId: string, status: string): Promise<Barrier> {
  return raise(place, `${ticketId} placement_files ${status}`)
}

async function raise({ postgres, onStop }: Place, key: string): Promise<Barrier> {
  const holder = await openSqlSession(postgres.url)
  onStop(() => holder.close())
  await holder.query('select pg_advisory_lock(hashtextextended($1, 0))', [key])
  const waiting = async () => {
    const rows = await holder.query<{ pid: number }>('select pid from pg_stat_activity where $1 = any(pg_blocking_pids(pid))', [holder.pid])
    return rows.map((row) => row.pid)
  }
  return {
    waiting,
    async reached() {
      let found: number | undefined
      await waitFor(
        `somebody to wait at ${key}`,
        async () => {
          found = (await waiting())[0]
          return found !== undefined
        },
        30_000,
      )
      return found ?? 0
    },
    // The end of the session ends the lock.
    lift: () => holder.close(),
  }
}
