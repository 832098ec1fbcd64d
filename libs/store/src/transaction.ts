import type pg from 'pg'

/** All or nothing. The connection is held for as long as the work lasts. A lock may travel with the beginning. */
export async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>, lock = ''): Promise<T> {
  const client = await pool.connect()
  // Between two questions nobody else hears that the connection is lost, and an unheard error ends the process.
  client.on('error', ignore)
  try {
    await client.query(`begin; ${lock}`)
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
