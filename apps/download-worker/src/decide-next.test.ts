import { describe, expect, test } from '@jest/globals'
import { type BlockedCandidate, NewTicket, type StateName, type Work } from '@torrentino/domain'
import { scoreCandidate } from '@torrentino/matching'
import { albumBody, sampleCandidate, sampleTicket } from '@torrentino/testkit'
import { decideNext } from './decide-next.js'

const NOW = new Date('2026-01-01T00:10:00.000Z')
const AT = NOW.toISOString()
const FAULT = { code: 'download_stalled', reason: 'No data came for 1800 s.' }
const OPTIONS = { now: NOW, autoApproveThreshold: 0.85 }
const { ticket_id: _id, ...request } = NewTicket.parse(albumBody({ tracks: 2 }))

const hash = (letter: string) => letter.repeat(40)
const files = [1, 2].map((track) => ({ path: `First Steps/0${track} Track ${track}.flac`, size_bytes: 30_000_000 }))
const good = { size_bytes: 60_000_000, files }
const OFFERS = {
  first: sampleCandidate({ ...good, info_hash: hash('a') }),
  second: sampleCandidate({ ...good, info_hash: hash('b'), title: 'The Example Band - First Steps (2019) [FLAC] [CD]' }),
  copy: sampleCandidate({ ...good, info_hash: hash('c'), indexer: 'another' }),
  vague: sampleCandidate({ size_bytes: good.size_bytes, title: 'The Example Band - First Steps', info_hash: hash('d') }),
  other: sampleCandidate({ title: 'Somebody Else - Last Things (2001) MP3', info_hash: hash('e') }),
}
type Offer = keyof typeof OFFERS

function after(offers: Offer[], change: { state?: StateName; work?: Work; llm?: number } = {}) {
  const candidates = offers.map((name, idx) => {
    const { torrent, score, track_mapping: trackMapping, reasons } = scoreCandidate(request, OFFERS[name])
    const said = change.llm === undefined ? [] : [{ code: 'llm', points: change.llm, text: 'the model says' }]
    return { idx, torrent, score: score + (change.llm ?? 0), trackMapping, reasons: [...reasons, ...said] }
  })
  const work = { selected_idx: 0, candidates_count: offers.length, strategies_tried: ['album'], ...change.work }
  const ticket = sampleTicket({
    state: change.state ?? 'downloading',
    request,
    work: { download: { info_hash: hash('a'), started_at: AT }, ...work },
  })
  return decideNext(ticket, { fault: FAULT, candidates }, OPTIONS)
}

const BLOCKED: BlockedCandidate = {
  info_hash: hash('b'),
  title: OFFERS.second.title,
  size_bytes: good.size_bytes,
  code: 'x',
  reason: 'x',
  at: AT,
}

describe('the next', () => {
  test.each<[string, Offer[], Parameters<typeof after>[1], object]>([
    ['is loaded where nobody had to approve it', ['first', 'second'], {}, { name: 'auto_approved', selected_idx: 1 }],
    [
      'is loaded, too, after one that a human chose',
      ['first', 'second'],
      { work: { human_approved: true } },
      { name: 'auto_approved', selected_idx: 1 },
    ],
    [
      'is asked about where it is not sure',
      ['first', 'vague', 'other'],
      {},
      { name: 'needs_approval', recommended_idx: 1, candidates_count: 3 },
    ],
    ['is not the same release from another indexer', ['first', 'copy', 'other'], {}, { name: 'needs_approval', recommended_idx: 2 }],
    [
      'is none that failed earlier',
      ['first', 'second', 'vague'],
      { work: { blocklist: [BLOCKED] } },
      { name: 'needs_approval', recommended_idx: 2 },
    ],
    ['is not there: a new search is needed', ['first', 'copy'], {}, { name: 'search_failed', strategies_tried: ['album'], failed_at: AT }],
    ['is looked for by a search where none was made yet', ['first'], { work: { from_catalog: true } }, { name: 'pending' }],
    ["is not taken on a model's word", ['first', 'vague'], { llm: 0.2 }, { name: 'needs_approval', recommended_idx: 1 }],
    [
      'comes also when the download had not begun',
      ['first', 'second'],
      { state: 'auto_approved' },
      { name: 'auto_approved', selected_idx: 1 },
    ],
  ])('%s', (_name, offers, change, state) => {
    expect(after(offers, change)).toMatchObject({ kind: 'step', type: 'candidate_failed', reason: FAULT.reason, state })
  })
})

test('what failed is blocked and told of, and nothing of it stays with the ticket', () => {
  const { work, audit, details } = after(['first', 'second'], { work: { human_approved: true } }) as never as Record<
    string,
    Record<string, unknown>
  >
  const told = { info_hash: hash('a'), title: OFFERS.first.title, size_bytes: good.size_bytes, ...FAULT }
  expect(work).toEqual({
    blocklist: [{ ...told, at: AT }],
    selected_idx: 1,
    human_approved: undefined,
    magnet_uri: undefined,
    download: undefined,
  })
  expect(details).toEqual({ failed_candidate: told })
  expect(audit).toEqual([
    { type: 'DownloadFailed', payload: { info_hash: hash('a'), error: FAULT.reason, will_retry: false } },
    { type: 'CandidateBlocked', payload: { ...told, next_idx: 1 } },
  ])
})

test('a human is told which are left', () => {
  const outcome = after(['first', 'vague', 'other']) as never as { audit: unknown[]; details: { candidates: { idx: number }[] } }
  expect(outcome.details.candidates.map(({ idx }) => idx)).toEqual([1, 2])
  expect(outcome.audit[2]).toMatchObject({ type: 'ApprovalRequested', payload: { candidates: [{ idx: 1 }, { idx: 2 }] } })
})

test('a forced magnet is blocked by its hash alone; what the search found remains', () => {
  const outcome = after(['first', 'second'], { work: { magnet_uri: 'magnet:?', download: { info_hash: hash('f'), started_at: AT } } })
  expect(outcome).toMatchObject({
    work: { blocklist: [{ info_hash: hash('f'), title: '', size_bytes: 0 }] },
    state: { name: 'auto_approved' },
  })
})
