import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import {
  createTestDatabase,
  freePort,
  openSqlSession,
  type SqlSession,
  sayLacking,
  sharedRedisUrl,
  type TestDatabase,
  waitFor,
} from '@torrentino/testkit'
import { sampleTicket } from './test-support/sample-ticket.js'

/** More for the record: AUDIT_ROWS=1000000. */
const ROWS = Number(process.env.AUDIT_ROWS ?? 200_000)
const MAX_RSS_MB = 200
const MAX_GROWTH_MB = 120
const MAIN = fileURLToPath(new URL('../../../dist/gateway.js', import.meta.url))

let folder: string
let database: TestDatabase
let sql: SqlSession
let gateway: ChildProcess
let url: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-process-'))
  database = await createTestDatabase()
  sql = await openSqlSession(database.url)
  const port = await freePort()
  url = `http://127.0.0.1:${port}/api/v1`
  gateway = spawn(process.execPath, [MAIN], {
    env: {
      ...{
        PATH: process.env.PATH,
        SUPERVISED: '1',
        AUTH_METHOD: 'none',
        MEDIA_ROOTS: '/media/music',
        METRICS_PORT: '0',
        LOG_LEVEL: 'error',
      },
      ...{
        SERVER_PORT: String(port),
        DATABASE_URL: database.url,
        REDIS_URL: await sharedRedisUrl(),
        REDIS_PREFIX: database.url.slice(-16),
      },
      AUDIT_LOG_FILE: join(folder, 'audit.jsonl'),
    },
    // It ends with this process.
    stdio: ['pipe', 'inherit', 'inherit'],
  })
  const isUp = () =>
    fetch(`${url}/health`).then(
      ({ ok }) => ok,
      () => false,
    )
  await waitFor('the gateway', isUp, 120_000, 100)
})

afterAll(async () => {
  if (gateway?.exitCode === null) {
    const ended = new Promise((resolve) => gateway.once('exit', resolve))
    gateway.kill()
    await ended
  }
  await sql?.close()
  await database?.drop()
  await rm(folder, { recursive: true, force: true })
})

async function post(): Promise<string> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${url}/ticket`, { method: 'POST', headers, body: JSON.stringify(sampleTicket()) })
  expect(response.status).toBe(201)
  return ((await response.json()) as { ticket_id: string }).ticket_id
}

test('over rotations of the audit file by SIGHUP no line is lost or doubled', async () => {
  const path = join(folder, 'audit.jsonl')
  const posted: string[] = []
  for (let round = 0; round < 4; round += 1) {
    const posting = Promise.all(Array.from({ length: 5 }, async () => void posted.push(await post(), await post(), await post())))
    if (round > 0) {
      await rename(path, `${path}.${round}`)
      gateway.kill('SIGHUP')
    }
    await posting
    await waitFor('the new file', async () => (await readdir(folder)).includes('audit.jsonl'))
  }
  const lines = async () => {
    const files = (await readdir(folder)).filter((name) => name.startsWith('audit.jsonl'))
    const texts = await Promise.all(files.map((name) => readFile(join(folder, name), 'utf8')))
    return texts.flatMap((text) =>
      text
        .split('\n')
        .slice(0, -1)
        .map((line) => JSON.parse(line)),
    )
  }
  const told = async () => (await lines()).filter(({ event_type }) => event_type === 'TicketCreated').map(({ ticket_id }) => ticket_id)
  await waitFor('the last lines', async () => (await told()).length >= posted.length)
  expect((await told()).toSorted()).toEqual(posted.toSorted())
  expect((await readdir(folder)).filter((name) => name.startsWith('audit.jsonl'))).toHaveLength(4)
})

const seesMemory = sayLacking(
  process.platform === 'linux',
  'the test of the memory that an export takes, because only Linux tells it of another process (/proc)',
)

async function peakMb(): Promise<number> {
  return Number(/VmHWM:\s+(\d+) kB/.exec(await readFile(`/proc/${gateway.pid}/status`, 'utf8'))?.[1]) / 1024
}

;(seesMemory ? test : test.skip)(
  'an export of many rows takes no more memory than one of few',
  async () => {
    await sql.query(
      `insert into audit_events (ticket_id, event_type, actor, at, payload)
     select null, 'SearchExecuted', 'filler', '2024-01-01'::timestamptz + nr * interval '1 second', jsonb_build_object('query', repeat('x', 200))
     from generate_series(1, $1) nr`,
      [ROWS],
    )
    const before = await peakMb()
    for (const format of ['csv', 'jsonl']) {
      let newlines = 0
      const response = await fetch(`${url}/audit/export?format=${format}&actor=filler`)
      for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>)
        for (const byte of chunk) if (byte === 10) newlines += 1
      expect(newlines).toBe(ROWS + (format === 'csv' ? 1 : 0))
    }
    const peak = await peakMb()
    if (process.env.AUDIT_ROWS)
      process.stderr.write(`export of ${ROWS} rows: ${before.toFixed(0)} MB before, ${peak.toFixed(0)} MB at most\n`)
    expect(peak).toBeLessThan(MAX_RSS_MB)
    expect(peak - before).toBeLessThan(MAX_GROWTH_MB)
  },
  600_000,
)
