import { type ExecFileException, execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Ticket, TrainingDecision } from '@torrentino/domain'
import { scoreCandidate } from '@torrentino/matching'
import { rejectTicket } from '@torrentino/pipeline'
import { openTestPipeline, pastTickets, sampleCandidate, type TestPipeline } from '@torrentino/testkit'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const right = sampleCandidate({ size_bytes: 60_000_000 })
const wrong = sampleCandidate({ title: 'Another Band - Last Things (2001) MP3', info_hash: 'b'.repeat(40), size_bytes: 90_000_000 })

let it: TestPipeline
let folder: string
let ticket: Ticket

beforeAll(async () => {
  it = await openTestPipeline()
  folder = await mkdtemp(join(tmpdir(), 'torrentino-commands-'))
  const tickets = pastTickets(it)
  const matching = await tickets.searched(await it.post(), [wrong, right])
  const scored = [wrong, right].map((candidate) => scoreCandidate(matching.request, candidate))
  ticket = await tickets.decided(matching, scored, { kind: 'match_unsure', selected: 0, confidence: 0.6 })
  await rejectTicket(it.deps, ticket.id, { kind: 'user', id: 'root', role: 'admin' }, 'not that band')
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
  await it?.drop()
})

interface Ended {
  code: number
  out: string
  err: string
}

/** As a person types it, with no server at hand but the database. */
function npmRun(...command: string[]): Promise<Ended> {
  const settings = { DATABASE_URL: it.store.url, REDIS_URL: 'redis://127.0.0.1:1', AUTH_METHOD: 'none', MEDIA_ROOTS: '/media' }
  const env = { ...process.env, NODE_OPTIONS: '', ...settings }
  return new Promise((resolve) => {
    execFile('npm', ['run', '--silent', ...command], { cwd: ROOT, env }, (error: ExecFileException | null, out, err) =>
      resolve({ code: error ? Number(error.code) : 0, out, err }),
    )
  })
}

const linesOf = (text: string) => text.split('\n').slice(0, -1)

test('npm run export:training writes a line for each decision into a file that only its owner may read', async () => {
  const out = join(folder, 'decisions.jsonl')
  expect(await npmRun('export:training', '--', '--since', '2020-01-01', '--out', out)).toMatchObject({ code: 0, out: '' })
  const lines = linesOf(await readFile(out, 'utf8')).map((line) => TrainingDecision.strict().parse(JSON.parse(line)))
  expect(lines).toMatchObject([
    {
      ticket_id: ticket.id,
      request: { search: { artist: 'The Example Band' } },
      candidates: [{ title: wrong.title }, { title: right.title }],
      choice: { kind: 'unsure', selected_idx: 0 },
      verdict: { type: 'rejected', reason: 'not that band' },
    },
  ])
  expect((await stat(out)).mode & 0o777).toBe(0o600)
})

test('npm run match:replay prints what would change, or how it is used', async () => {
  const [{ code, out }, refused] = await Promise.all([
    npmRun('match:replay', '--', '--since', '2020-01-01', '--json'),
    npmRun('match:replay'),
  ])
  expect(code).toBe(0)
  expect(linesOf(out).map((line) => JSON.parse(line))).toMatchObject([
    { type: 'decision', ticket_id: ticket.id, changed: true, was: { kind: 'unsure', idx: 0 }, now: { idx: 1, title: right.title } },
    { type: 'summary', tickets: 1, decisions: 1, changed: 1, human_verdicts: 1 },
  ])
  expect([refused.code, refused.out]).toEqual([1, ''])
  expect(refused.err).toMatch(/^--since: .*\nnpm run match:replay -- --since <date>/m)
})
