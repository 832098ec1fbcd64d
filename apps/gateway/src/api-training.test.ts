import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { type Ticket, TrainingDecision } from '@torrentino/domain'
import { scoreCandidate } from '@torrentino/matching'
import { approveTicket, rejectTicket } from '@torrentino/pipeline'
import { readTraining } from '@torrentino/store'
import { openTestPipeline, pastTickets, sampleCandidate, sharedRedisUrl, type TestPipeline } from '@torrentino/testkit'
import { openGateway, type TestGateway } from './test-support/test-gateway.js'

const EXPORT = '/api/v1/audit/export?format=training'
const ADMIN = { kind: 'user', id: 'root', role: 'admin' } as const
const LINKS = {
  download_url: 'https://indexer.test/dl?apikey=s3cret',
  magnet_uri: `magnet:?xt=urn:btih:${'c'.repeat(40)}&tr=https://tr.test/s3cret`,
}

let pipeline: TestPipeline
let gateway: TestGateway
let anns: Ticket
let bens: Ticket

beforeAll(async () => {
  pipeline = await openTestPipeline()
  gateway = await openGateway({ databaseUrl: pipeline.store.url, redisUrl: await sharedRedisUrl(), parts: { store: pipeline.store } })
  pipeline.pass(-60_000)
  anns = await unsure('ann')
  await approveTicket(pipeline.deps, anns.id, ADMIN, undefined)
  pipeline.pass(60_000)
  bens = await unsure('ben')
  await rejectTicket(pipeline.deps, bens.id, ADMIN, 'a fake')
})

afterAll(async () => {
  await gateway?.close()
  await pipeline?.drop()
})

async function unsure(requestedBy: string): Promise<Ticket> {
  const tickets = pastTickets(pipeline)
  const candidates = [sampleCandidate(LINKS), sampleCandidate({ title: 'Another Band - Last Things', info_hash: 'b'.repeat(40) })]
  const matching = await tickets.searched(await pipeline.post({}, requestedBy), candidates)
  const scored = candidates.map((candidate) => scoreCandidate(matching.request, candidate))
  return tickets.decided(matching, scored, { kind: 'match_unsure', selected: 0, confidence: 0.7 })
}

const lines = (text: string) =>
  text
    .split('\n')
    .slice(0, -1)
    .map((line) => TrainingDecision.strict().parse(JSON.parse(line)))

describe('the export as training data', () => {
  it('is a line for each decision, with all that belongs to it, as the command makes it', async () => {
    const { status, headers, text } = await gateway.call('GET', EXPORT)
    expect([status, headers.get('content-disposition')]).toEqual([200, 'attachment; filename="training.jsonl"'])
    expect(lines(text)).toMatchObject([
      {
        ticket_id: anns.id,
        request: { requested_by: 'ann', search: { artist: 'The Example Band' } },
        candidates: [{ idx: 0, score: expect.any(Number), reasons: expect.any(Array), track_mapping: expect.any(Array) }, { idx: 1 }],
        choice: { kind: 'unsure', selected_idx: 0, confidence: 0.7 },
        verdict: { type: 'approved', idx: 0 },
        outcome: { state: 'approved' },
      },
      { ticket_id: bens.id, verdict: { type: 'rejected', reason: 'a fake' }, outcome: { state: 'rejected' } },
    ])
    expect(text).not.toMatch(/s3cret|dest_path/)
    const made = []
    for await (const line of readTraining(pipeline.store, {}, () => {})) made.push(line)
    expect(lines(text)).toEqual(made)
  })

  it('keeps to a ticket and a time', async () => {
    const of = async (filter: string) => lines((await gateway.call('GET', `${EXPORT}&${filter}`)).text).map(({ ticket_id }) => ticket_id)
    const [, second] = lines((await gateway.call('GET', EXPORT)).text)
    expect(await of(`ticket_id=${anns.id}`)).toEqual([anns.id])
    expect(await of(`from=${second?.decided_at}`)).toEqual([bens.id])
    expect(await of(`to=${second?.decided_at}`)).toEqual([anns.id])
    expect(await of(`to=2020-01-01`)).toEqual([])
  })

  it('is for admins; others see the decisions about a ticket of theirs', async () => {
    expect((await gateway.call('GET', EXPORT, { as: 'ann' })).status).toBe(403)
    expect((await gateway.call('GET', `${EXPORT}&ticket_id=${bens.id}`, { as: 'ann' })).status).toBe(404)
    expect(lines((await gateway.call('GET', `${EXPORT}&ticket_id=${anns.id}`, { as: 'ann' })).text)).toHaveLength(1)
  })

  it('leaves out what cannot be read', async () => {
    await pipeline.store.rows(`update candidates set torrent = '{"title": 1}' where ticket_id = $1`, [anns.id])
    expect(lines((await gateway.call('GET', EXPORT)).text).map(({ ticket_id }) => ticket_id)).toEqual([bens.id])
  })
})
