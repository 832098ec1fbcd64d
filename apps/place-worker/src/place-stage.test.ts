import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import { NewTicket, StageError, type Work } from '@torrentino/domain'
import { PlacementError } from '@torrentino/media'
import { isInfrastructure } from '@torrentino/pipeline'
import type { PlacementJournals, TicketItemRow } from '@torrentino/store'
import { albumBody, sampleTicket } from '@torrentino/testkit'
import { createPlaceStage, decidePlaced } from './place-stage.js'

const NOW = new Date('2026-01-01T00:00:00.000Z')
const WORK: Partial<Work> = {
  download: { info_hash: 'a'.repeat(40), bytes: 5000, started_at: '2026-01-01T00:00:00.000Z', completed_at: '2026-01-01T00:00:42.400Z' },
  conversion: { started_at: '2026-01-01T00:01:00.000Z', completed_at: '2026-01-01T00:01:07.000Z' },
}

function placing(work: Partial<Work> = WORK) {
  const { ticket_id: _id, ...request } = NewTicket.parse(albumBody({ tracks: 3, images: 1 }))
  for (const track of request.tracks) track.requested = track.track_number !== 3
  return sampleTicket({ state: 'placing', request, work })
}

const items = (...ids: string[]) => ids.map((itemId) => ({ itemId, size: 100 }) as TicketItemRow)

describe('placed', () => {
  test('all that was requested: complete, with what it took', () => {
    expect(decidePlaced(placing(), { kind: 'placed', items: items('t1', 't2', 'i1') }, NOW)).toEqual({
      kind: 'step',
      type: 'placement_done',
      state: {
        name: 'completed',
        completed_at: NOW.toISOString(),
        stats: { total_download_bytes: 5000, download_duration_secs: 42, conversion_duration_secs: 7, final_size_bytes: 300 },
      },
      audit: [{ type: 'PlacementCompleted', payload: { files_placed: 3 } }],
    })
  })

  test('a part: says what is missing', () => {
    expect(decidePlaced(placing(), { kind: 'placed', items: items('t2') }, NOW)).toMatchObject({
      state: { name: 'completed', missing_items: ['t1', 'i1'] },
    })
  })

  test('times that are not known, or that a clock turned back, are none', () => {
    const back = { ...WORK, conversion: { started_at: '2026-01-01T00:01:00.000Z', completed_at: '2025-01-01T00:00:00.000Z' } }
    const state = { stats: { conversion_duration_secs: 0 } }
    for (const work of [{}, back]) expect(decidePlaced(placing(work), { kind: 'placed', items: items('t1') }, NOW)).toMatchObject({ state })
  })
})

test('files that another process moves are waited for', () => {
  expect(decidePlaced(placing(), { kind: 'busy' }, NOW)).toMatchObject({ kind: 'wait' })
})

describe('a place that cannot be written to for now', () => {
  const full = new StageError('retryable', 'disk_full', 'No space left')
  const rows = [{ itemId: 't1', kind: 'track', status: 'done', outputPath: '/converted/1', size: 1, sha256: 'a' }]

  function gather(fault: Error) {
    const guard = () => Promise.reject(fault)
    const stage = createPlaceStage({ items: { of: async () => rows }, guard, log: { info: () => {} } } as never)
    return stage.gather(placing(), { signal: new AbortController().signal, now: () => NOW })
  }

  test.each([
    ['a full disk', full],
    ['a volume that went in the middle', new PlacementError(full, 'pending')],
  ])('%s is waited for, and costs no attempt', async (_what, fault) => {
    const facts = await gather(fault)
    expect(decidePlaced(placing(), facts, NOW)).toMatchObject({ kind: 'wait', reason: 'No space left' })
  })

  test('is no other fault', async () => {
    await expect(gather(new StageError('retryable', 'not_writable', 'no'))).rejects.toMatchObject({ code: 'not_writable' })
  })
})

describe('an outage of Postgres or Redis in the middle', () => {
  const folder = mkdtempSync(join(tmpdir(), 'torrentino-place-stage-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))

  async function gather(journals: Partial<PlacementJournals>) {
    const rows = [{ itemId: 't1', kind: 'image', status: 'done', outputPath: join(folder, 'made'), size: 4, sha256: 'a' }]
    const stage = createPlaceStage({
      ...{ items: { of: async () => rows }, guard: async () => {}, leases: { take: async () => true, release: async () => {} } },
      ...{
        placement: journals,
        audit: { append: async () => {} },
        leaseMs: 1000,
        roots: [folder],
        workFolder: folder,
        fileLimitMs: 60_000,
      },
      log: { info: () => {} },
    } as never)
    const ticket = placing()
    for (const track of ticket.request.tracks) track.dest_path = join(folder, `${track.catalog_track_id}.ogg`)
    return stage.gather(ticket, { signal: new AbortController().signal, now: () => NOW })
  }

  test.each(['Connection terminated unexpectedly', 'Connection is closed.'])('is no failed attempt: %s', async (message) => {
    const fault = await gather({ take: async () => [], load: async () => [], save: () => Promise.reject(new Error(message)) }).catch(
      (error) => error,
    )
    expect([fault, isInfrastructure(fault)]).toEqual([fault, true])
  })

  test('is not what a turn that is over is', async () => {
    const over = new StageError('retryable', 'turn_over', 'the ticket has moved on')
    const fault = await gather({ take: async () => [], load: () => Promise.reject(over), save: () => Promise.reject(over) }).catch(
      (error) => error,
    )
    expect(fault).toMatchObject({ code: 'turn_over', rollback: 'pending' })
  })
})

describe('what was made and is gone', () => {
  const folder = mkdtempSync(join(tmpdir(), 'torrentino-place-stage-'))
  afterAll(() => rmSync(folder, { recursive: true, force: true }))
  const rows = [
    { itemId: 't1', kind: 'track', status: 'done', outputPath: join(folder, 'gone'), size: 4, sha256: 'a' },
    { itemId: 't2', kind: 'track', status: 'failed' },
  ]

  function gather(work: Partial<Work>, journals: Partial<PlacementJournals> = {}) {
    const placement = { take: async () => [], load: async () => [], save: async () => {}, ...journals }
    const stage = createPlaceStage({
      ...{ items: { of: async () => rows }, guard: async () => {}, leases: { take: async () => true, release: async () => {} } },
      ...{ placement, audit: { append: async () => {} }, leaseMs: 1000, roots: [folder], workFolder: folder, fileLimitMs: 60_000 },
    } as never)
    const ticket = placing(work)
    for (const track of ticket.request.tracks) track.dest_path = join(folder, `${track.catalog_track_id}.ogg`)
    return stage.gather(ticket, { signal: new AbortController().signal, now: () => NOW })
  }

  test('is made again, all of it', async () => {
    expect(decidePlaced(placing(), await gather(WORK), NOW)).toEqual({
      kind: 'step',
      type: 'files_gone',
      state: { name: 'converting', total_tracks: 2, started_at: NOW.toISOString() },
      work: { made_again: true, conversion: { started_at: NOW.toISOString() } },
      reason: expect.stringContaining('must be converted again'),
      resetItems: 'all',
      jobItems: rows,
      audit: [{ type: 'PlacementFailed', payload: expect.objectContaining({ rollback_status: 'rolled_back', will_retry: true }) }],
    })
  })

  test('fails the ticket when it is gone once more, or while something stands to be taken back', async () => {
    await expect(gather({ ...WORK, made_again: true })).rejects.toMatchObject({ code: 'source_missing' })
    let loads = 0
    const load = async () => {
      loads += 1
      // The last one is that of the roll-back.
      if (loads > 3) throw new StageError('retryable', 'turn_over', 'the ticket has moved on')
      return []
    }
    await expect(gather(WORK, { take: load, load })).rejects.toMatchObject({ code: 'source_missing', rollback: 'pending' })
  })
})

describe('the audit of a failure says what became of the files', () => {
  const stage = createPlaceStage({} as never)
  const full = new StageError('retryable', 'disk_full', 'the disk is full')
  test.each([
    ['rolled back', new PlacementError(full, 'rolled_back'), 'rolled_back'],
    ['left to the next attempt', new PlacementError(full, 'pending'), 'pending'],
    ['nothing was begun', full, 'nothing_to_roll_back'],
    ['the process died', undefined, 'nothing_to_roll_back'],
  ])('%s', (_name, error, status) => {
    expect(stage.failureAudit?.(placing(), { message: 'it broke', willRetry: true, error })).toEqual([
      { type: 'PlacementFailed', payload: { error: 'it broke', rollback_status: status, will_retry: true } },
    ])
  })
})
