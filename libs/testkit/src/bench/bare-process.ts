import { Queue, Worker } from 'bullmq'
import { Redis } from 'ioredis'
import pg from 'pg'
import { BARE_STAGES, type BareStage, bareStatement } from './bare-rows.js'

// One process of the bare chain: a BullMQ worker that writes the rows of its stage with pg and adds the next job.

const [name = '', databaseUrl = '', redisUrl = '', concurrency = '20'] = process.argv.slice(2)
const stage = name as BareStage
const next = BARE_STAGES[BARE_STAGES.indexOf(stage) + 1]
const pool = new pg.Pool({ connectionString: databaseUrl, max: 10 })
const connection = new Redis(redisUrl, { maxRetriesPerRequest: null })
const queue = next ? new Queue(next, { connection, prefix: 'bare' }) : null
const { steps, ...statement } = bareStatement(stage)
const stateData = JSON.stringify({ started_at: new Date().toISOString(), strategies_tried: ['artist_album'], candidates_count: 1 })
const payload = JSON.stringify({ from_state: 'a', to_state: 'b', version: 1, cause: 'step', reason: null })

new Worker<{ id: string; version: number }>(
  stage,
  async (job) => {
    const { id, version } = job.data
    const { rows } = await pool.query<{ id: string }>({ ...statement, values: [id, version, stateData, payload] })
    const outboxId = rows[0]?.id
    if (outboxId === undefined) return
    const opts = { jobId: `${id}-${next}`, removeOnComplete: true, removeOnFail: true }
    if (queue && next) await queue.add(next, { id, version: version + steps }, opts)
    else await connection.publish('bare:completed', id)
    await pool.query({ name: 'outbox-delete', text: 'delete from outbox where id = $1', values: [outboxId] })
  },
  { connection, prefix: 'bare', concurrency: Number(concurrency) },
)
await connection.ping()
process.send?.('ready')
process.on('disconnect', () => process.exit(0))
