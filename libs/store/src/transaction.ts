import type pg from 'pg'

/**
 * Whoever falls asleep in a transaction, or is cut off, must not hold its rows against those who take over. Longer than it takes to
 * tell Redis of what the outbox holds.
 */
export const IDLE_TRANSACTION_MS = 10_000
const BEGIN = `begin; set local idle_in_transaction_session_timeout = ${IDLE_TRANSACTION_MS}`

/** All or nothing. The connection is held for as long as the work lasts. A lock may travel with the beginning. */
export async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>, lock = ''): Promise<T> {
  const client = await pool.connect()
  // Between two questions nobody else hears that the connection is lost, and an unheard error ends the process.
  client.on('error', ignore)
  try {
    await client.query(`${BEGIN}; ${lock}`)
    const result = await work(client)
    await client.query('commit')
    return result
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.off('error', ignore)
    client.release()
  }
}

function ignore(): void {}
