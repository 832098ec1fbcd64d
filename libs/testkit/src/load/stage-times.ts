import pg from 'pg'

export interface StageTime {
  from: string
  p50: number
  p99: number
}

/** How long tickets stood in each state, in milliseconds: waiting in the queue and the work together. */
export async function readStageTimes(databaseUrl: string): Promise<StageTime[]> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    const { rows } = await client.query<StageTime>(`
      select from_state as "from", percentile_cont(0.5) within group (order by ms) as p50, percentile_cont(0.99) within group (order by ms) as p99
      from (select from_state, version, extract(epoch from at - lag(at) over (partition by ticket_id order by version)) * 1000 as ms
            from ticket_transitions) as steps
      where ms is not null group by from_state order by min(version)`)
    return rows
  } finally {
    await client.end()
  }
}
