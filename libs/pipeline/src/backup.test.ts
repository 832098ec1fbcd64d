import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, test } from '@jest/globals'
import { openSqlSession, openTestPipeline, sayLacking, sharedPostgresUrl, type TestPipeline, waitFor } from '@torrentino/testkit'
import { rescueTurns, sweepOutbox } from './rescue.js'

const run = promisify(execFile)

async function serverVersion(): Promise<number> {
  const session = await openSqlSession(await sharedPostgresUrl())
  const [row] = await session.query<{ server_version_num: string }>('show server_version_num')
  await session.close()
  return Math.floor(Number(row?.server_version_num) / 10_000)
}

/** 0: there are none. They refuse a server that is newer than they are. */
async function toolsVersion(): Promise<number> {
  const versions = await Promise.all(
    ['pg_dump', 'pg_restore'].map((program) =>
      run(program, ['--version']).then(
        ({ stdout }) => Number(/ (\d+)/.exec(stdout)?.[1]),
        () => 0,
      ),
    ),
  )
  return Math.min(...versions)
}

const [tools, server] = await Promise.all([toolsVersion(), serverVersion()])
const lacking = `the test of back-up and restore, since pg_dump is ${tools === 0 ? 'missing' : `of version ${tools}`} and the server of version ${server}`
const describeWithTools = sayLacking(tools >= server, lacking) ? describe : describe.skip

describeWithTools('a restored backup', () => {
  test('with an empty Redis brings every ticket to its end, and those after the backup are gone', async () => {
    const it = await openTestPipeline()
    const folder = await mkdtemp(join(tmpdir(), 'torrentino-backup-'))
    const file = join(folder, 'torrentino.dump')
    try {
      const ids = await ticketsAtEveryStage(it)
      const before = await allStates(it)
      await run('pg_dump', ['--format=custom', `--file=${file}`, `--dbname=${it.store.url}`])
      const late = await it.post()
      await it.deliverAll()
      await run('pg_restore', ['--clean', '--if-exists', '--no-owner', '--exit-on-error', `--dbname=${it.store.url}`, file])
      await it.flush()

      expect(await allStates(it)).toEqual(before)
      expect(await it.store.tickets.find(late.id)).toBeNull()
      it.startWorkers()
      await waitFor('all tickets', async () => {
        await sweepOutbox(it.deps, 0)
        await rescueTurns(it.deps, 0)
        const states = await allStates(it)
        return ids.every((id) => states[id] === 'completed')
      })
    } finally {
      await it.drop()
      await rm(folder, { recursive: true })
    }
  })
})

/** One ticket that nobody has begun, one that is a step further, and so on to the end. */
async function ticketsAtEveryStage(it: TestPipeline): Promise<string[]> {
  const ids: string[] = []
  for (let steps = 7; steps >= 0; steps -= 1) {
    const { id } = await it.post()
    ids.push(id)
    for (let step = 0; step < steps; step += 1) {
      const own = (await it.jobs()).filter((job) => job.id.startsWith(id))
      for (const job of own) await it.deliver(job)
    }
  }
  expect(new Set(Object.values(await allStates(it))).size).toBeGreaterThan(4)
  return ids
}

async function allStates(it: TestPipeline): Promise<Record<string, string>> {
  const rows = await it.store.rows<{ id: string; state: string }>('select id, state from tickets')
  return Object.fromEntries(rows.map(({ id, state }) => [id, state]))
}
