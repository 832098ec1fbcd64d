import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type Actor, type Ticket, type TorrentCandidate, TrainingDecision } from '@torrentino/domain'
import { scoreCandidate } from '@torrentino/matching'
import { approveTicket, cancelTicket, forceMagnet, forceSearch, rejectTicket } from '@torrentino/pipeline'
import { Secret } from '@torrentino/runtime'
import {
  COMPLETION_TOKENS,
  openTestPipeline,
  type PastDecision,
  PROMPT_TOKENS,
  pastTickets,
  sampleCandidate,
  startLlmServer,
  type TestPipeline,
} from '@torrentino/testkit'
import { exportTraining } from './export-training.js'
import { replayDecisions } from './replay-decisions.js'

const ADMIN: Actor = { kind: 'user', id: 'root', role: 'admin' }
const HASH = 'c'.repeat(40)
const FILES = [1, 2].map((track) => ({ path: `First Steps/0${track} - Track ${track}.flac`, size_bytes: 30_000_000 }))
const LINKS = { download_url: 'https://indexer.test/dl?apikey=s3cret', magnet_uri: `magnet:?xt=urn:btih:${HASH}&tr=https://tr.test/s3cret` }
const SOURCES = [{ indexer: 'example', seeders: 3, leechers: 0, download_url: LINKS.download_url }]

const right = sampleCandidate({ size_bytes: 60_000_000, files: FILES, ...LINKS, sources: SOURCES })
const wrong = sampleCandidate({ title: 'Another Band - Last Things (2001) MP3', info_hash: 'b'.repeat(40), size_bytes: 90_000_000 })
const vague = sampleCandidate({ title: 'The Example Band - First Steps', info_hash: 'd'.repeat(40), size_bytes: 60_000_000 })

const RULES = { matcher: { auto_approve_threshold: 0.85, llm: {} } } as never

let it: TestPipeline
let tickets: ReturnType<typeof pastTickets>
/** Each test looks at what was decided since it began. */
let since: string
let config = RULES

beforeAll(async () => {
  it = await openTestPipeline()
  tickets = pastTickets(it)
})
afterAll(() => it?.drop())
beforeEach(() => {
  config = RULES
  it.pass(60_000)
  since = it.deps.now().toISOString()
})

async function decided(candidates: TorrentCandidate[], past: PastDecision, body: object = {}): Promise<Ticket> {
  const matching = await tickets.searched(await it.post({ ...body }), candidates)
  return tickets.decided(
    matching,
    candidates.map((candidate) => scoreCandidate(matching.request, candidate)),
    past,
  )
}

async function replayed(...args: string[]): Promise<{ rows: Record<string, never>[]; summary: Record<string, never>; lines: string[] }> {
  const lines: string[] = []
  const output = { line: (line: string) => lines.push(line), complain: (line: string) => lines.push(`complaint: ${line}`) }
  await replayDecisions(it.store, config, ['--since', since, ...args], output)
  const rows = args.includes('--json') ? lines.map((line) => JSON.parse(line)) : []
  return { rows: rows.slice(0, -1), summary: rows.at(-1) ?? {}, lines }
}

async function exported(...args: string[]): Promise<TrainingDecision[]> {
  const out = new PassThrough()
  const [lines] = await Promise.all([text(out), exportTraining(it.store, ['--since', since, ...args], out).then(() => out.end())])
  expect(lines).not.toMatch(/s3cret|dest_path|\/media/)
  return lines
    .split('\n')
    .slice(0, -1)
    .map((line) => TrainingDecision.strict().parse(JSON.parse(line)))
}

describe('replay', () => {
  test('tells which decisions would be others, and how they agree with what people said', async () => {
    const same = await decided([wrong, right], { kind: 'match_sure', selected: 1, confidence: 0.9 })
    const worse = await decided([right, wrong], { kind: 'match_sure', selected: 1, confidence: 0.9 })
    const asked = await decided([vague, right], { kind: 'match_unsure', selected: 0, confidence: 0.6 })
    await approveTicket(it.deps, asked.id, ADMIN, 1)
    const refused = await decided([wrong], { kind: 'match_unsure', selected: 0, confidence: 0.2 })
    await rejectTicket(it.deps, refused.id, ADMIN, 'not that band')

    const { rows, summary } = await replayed('--json')
    expect(rows.map(({ ticket_id }) => ticket_id)).toEqual([same.id, worse.id, asked.id, refused.id])
    expect(rows).toMatchObject([
      { changed: false, was: { kind: 'sure', idx: 1 }, now: { kind: 'sure', idx: 1 }, verdict: { type: 'none' }, is_right: null },
      { changed: true, was: { kind: 'sure', idx: 1 }, now: { kind: 'sure', idx: 0, title: right.title } },
      { changed: true, was: { kind: 'unsure', idx: 0 }, now: { kind: 'sure', idx: 1 }, was_right: false, is_right: true },
      { changed: false, was: { kind: 'unsure' }, now: { kind: 'unsure', reason: 'no_exact_match' }, was_right: true, is_right: true },
    ])
    expect(summary).toMatchObject({ tickets: 4, decisions: 4, changed: 2, human_verdicts: 2, was_right: 1, is_right: 2, unreadable: 0 })

    const { lines } = await replayed()
    expect(lines).toHaveLength(3)
    expect(lines[0]).toContain(`was: sure, 0.90, #1 "${wrong.title}"`)
    expect(lines.at(-1)).toContain('4 tickets, 4 decisions, 2 would change')
  })

  test('keeps to the settings that a collection is preferred by', async () => {
    const files = [1, 2, 3, 4, 5].map((nr) => ({ path: `First Steps (2019)/0${nr} - Track ${nr}.flac`, size_bytes: 30_000_000 }))
    const album = { ...right, files, size_bytes: 150_000_000 }
    const all = { ...album, title: 'The Example Band - Discography (2011-2022) [FLAC]', info_hash: 'e'.repeat(40) }
    await decided([album, all], { kind: 'match_sure', selected: 1, confidence: 0.9 }, { tracks: 5 })
    config = { matcher: { auto_approve_threshold: 0.85, prefer_discographies: true, llm: {} } } as never
    expect((await replayed('--json')).rows).toMatchObject([{ changed: false, now: { idx: 1 } }])
    config = RULES
    expect((await replayed('--json')).rows).toMatchObject([{ changed: true, now: { idx: 0 } }])
  })

  test('of one ticket, of a span of time; a second search has candidates of its own', async () => {
    const first = await decided([wrong], { kind: 'match_unsure', selected: 0, confidence: 0.1 })
    it.pass(60_000)
    const between = it.deps.now().toISOString()
    const again = await forceSearch(it.deps, first.id, ADMIN, 'other words')
    const matching = await tickets.found(again, [right, wrong])
    await tickets.decided(
      matching,
      [right, wrong].map((candidate) => scoreCandidate(matching.request, candidate)),
      { kind: 'match_sure', selected: 0, confidence: 0.95 },
    )
    await decided([right], { kind: 'match_previewed', selected: 0, confidence: 0.95 }, { dry_run: true })

    const { rows, summary } = await replayed('--json', '--ticket', first.id.toUpperCase())
    expect(rows).toMatchObject([
      { now: { kind: 'unsure', title: wrong.title }, verdict: { type: 'forced_search', query: 'other words' }, is_right: true },
      { now: { kind: 'sure', idx: 0, title: right.title }, verdict: { type: 'none' }, changed: false },
    ])
    expect(summary).toMatchObject({ tickets: 1, decisions: 2 })
    expect((await replayed('--json', '--until', between)).rows).toHaveLength(1)
    expect((await replayed('--json')).rows[2]).toMatchObject({ was: { kind: 'dry_run' }, now: { kind: 'dry_run', idx: 0 }, changed: false })
  })

  test('with a model, which is asked where the rules are not sure', async () => {
    await expect(replayed('--matcher', 'llm')).rejects.toMatchObject({
      name: 'UserError',
      message: expect.stringContaining('MATCHER_LLM_PROVIDER'),
    })
    const server = await startLlmServer('openai_compatible', { apiKey: 'key' })
    const llm = {
      provider: 'openai_compatible',
      model: 'model-1',
      api_key: new Secret('key'),
      api_base: new Secret(server.url),
      timeout_secs: 5,
      max_secs_per_ticket: 20,
      max_tokens_per_ticket: 50_000,
      requests_per_minute: 60_000,
    }
    config = { matcher: { type: 'dumb', auto_approve_threshold: 0.85, llm } } as never
    const said = { reasoning: 'It is the album.', scores: [{ id: 'c1', score: 0.95, why: 'artist and album' }], mapping: [], queries: [] }
    server.replies.push({ kind: 'text', text: JSON.stringify(said) })
    await decided([right], { kind: 'match_sure', selected: 0, confidence: 0.9 })
    await decided([vague, wrong], { kind: 'match_unsure', selected: 0, confidence: 0.6 })
    const { rows, summary } = await replayed('--json', '--matcher', 'llm')
    await server.close()
    expect(rows).toMatchObject([{ now: { kind: 'sure' } }, { now: { idx: 0 }, model: { error: null } }])
    expect(rows[0]).not.toHaveProperty('model')
    expect(server.calls.at(-1)?.body).toMatchObject({ model: 'model-1' })
    expect(summary).toMatchObject({ model_asked: 1, model_errors: 0, model_tokens: PROMPT_TOKENS + COMPLETION_TOKENS })
  })

  test('writes nothing', async () => {
    await decided([right, wrong], { kind: 'match_sure', selected: 1, confidence: 0.9 })
    const state = () =>
      it.store.rows(
        `select (select md5(string_agg(t::text, '' order by id)) from tickets t) as tickets, (select count(*) from audit_events) as audit,
         (select md5(string_agg(c::text, '' order by ticket_id, search_version, idx)) from candidates c) as candidates, (select count(*) from outbox) as outbox`,
      )
    const before = await state()
    await replayed('--json')
    expect(await state()).toEqual(before)
  })

  test('what cannot be read is told and passed over', async () => {
    const broken = await decided([right], { kind: 'match_sure', selected: 0, confidence: 0.9 })
    await decided([right], { kind: 'match_sure', selected: 0, confidence: 0.9 })
    await it.store.rows(`update candidates set torrent = '{"title": 1}' where ticket_id = $1`, [broken.id])
    const { lines } = await replayed()
    expect(lines[0]).toContain(`complaint: a decision of ticket ${broken.id} cannot be read`)
    expect(lines.at(-1)).toContain('1 could not be read')
    expect(await exported()).toHaveLength(1)
  })

  test.each([
    [[], 'since'],
    [['--since', 'yesterday'], 'since'],
    [['--since', '2026-01-01', '--ticket', 'x'], 'ticket'],
    [['--since', '2026-01-01', '--matcher', 'oracle'], 'matcher'],
    [['--since', '2026-01-01', '--nonsense'], 'nonsense'],
  ])('%j is refused, with how it is used', async (args, named) => {
    const output = { line: () => {}, complain: () => {} }
    const refused = replayDecisions(it.store, RULES, args, output)
    await expect(refused).rejects.toMatchObject({ name: 'UserError', message: expect.stringMatching(`${named}[^]*npm run match:replay`) })
  })
})

describe('training data', () => {
  test('a line for each decision: what was wanted, offered, chosen, said and what came of it', async () => {
    const llm = { llm_provider: 'ollama', llm_model: 'model-1', prompt_tokens: 900, completion_tokens: 80 }
    const reason = { type: 'low_confidence' as const, score: 0.8, threshold: 0.85 }
    const asked = await decided([wrong, right], { kind: 'match_unsure', selected: 1, confidence: 0.8, reason, llm })
    await approveTicket(it.deps, asked.id, ADMIN, undefined)
    const [line] = await exported()
    expect(line).toMatchObject({
      ticket_id: asked.id,
      request: { requested_by: 'ann', search: { artist: 'The Example Band', album: 'First Steps' }, tracks: [{ name: 'Track 1' }, {}] },
      candidates: [
        {
          idx: 0,
          title: wrong.title,
          score: 0,
          reasons: expect.arrayContaining([expect.objectContaining({ code: 'year', points: -0.1 })]),
        },
        { idx: 1, title: right.title, seeders: 3, files: FILES, track_mapping: [{ catalog_track_id: 't1' }, { catalog_track_id: 't2' }] },
      ],
      matcher: { matcher_type: 'llm', ...llm },
      choice: { kind: 'unsure', selected_idx: 1, confidence: 0.8, reasoning: 'as it was', reason },
      verdict: { type: 'approved', idx: 1 },
      outcome: { state: 'approved', failure: null, missing_items: 0 },
    })
  })

  test('into a file that its owner alone may read, also where it was there before', async () => {
    await decided([vague], { kind: 'match_unsure', selected: 0, confidence: 0.5 })
    const folder = await mkdtemp(join(tmpdir(), 'torrentino-training-'))
    const [fresh, old] = [join(folder, 'fresh.jsonl'), join(folder, 'old.jsonl')]
    await writeFile(old, 'what was there before\n'.repeat(10_000), { mode: 0o644 })
    for (const out of [fresh, old]) await exportTraining(it.store, ['--since', since, '--out', out])
    const modes = await Promise.all([fresh, old].map(async (out) => (await stat(out)).mode & 0o777))
    const [left, right] = await Promise.all([fresh, old].map((out) => readFile(out, 'utf8')))
    await rm(folder, { recursive: true })
    expect(modes).toEqual([0o600, 0o600])
    expect(left).toBe(`${JSON.stringify((await exported())[0])}\n`)
    expect(right).toBe(left)
  })

  test('what people said', async () => {
    const unsure: PastDecision = { kind: 'match_unsure', selected: 0, confidence: 0.5 }
    const ids = async (say: (id: string) => Promise<unknown>) => {
      const { id } = await decided([vague], unsure)
      await say(id)
    }
    await ids((id) => rejectTicket(it.deps, id, ADMIN, 'a fake'))
    await ids((id) => forceMagnet(it.deps, id, ADMIN, LINKS.magnet_uri, HASH))
    await ids((id) => forceSearch(it.deps, id, ADMIN, 'other words'))
    await ids((id) => cancelTicket(it.deps, id, ADMIN, 'of no use'))
    const lines = await exported()
    expect(lines.map(({ verdict, outcome }) => [verdict, outcome.state])).toEqual([
      [{ type: 'rejected', reason: 'a fake' }, 'rejected'],
      [{ type: 'forced_magnet', info_hash: HASH }, 'downloading'],
      [{ type: 'forced_search', query: 'other words' }, 'searching'],
      [{ type: 'none' }, 'cancelled'],
    ])
    expect(JSON.stringify(lines)).not.toContain('root')
  })

  test('more decisions than are read at a time', async () => {
    for (let nr = 0; nr < 25; nr += 1) await decided([vague], { kind: 'match_unsure', selected: 0, confidence: 0.5 })
    expect(new Set((await exported()).map((line) => line.ticket_id)).size).toBe(25)
    expect(await exported('--until', since)).toEqual([])
  })
})
