import { describe, expect, test } from '@jest/globals'
import { NewTicket, type Ticket } from '@torrentino/domain'
import type { TicketItemRow } from '@torrentino/store'
import { albumBody, sampleTicket } from '@torrentino/testkit'
import { decideConverted } from './decide-converted.js'

const NOW = new Date('2026-01-01T00:00:00.000Z')
const EARLIER = '2025-12-31T23:00:00.000Z'

function ticket(allow_partial: boolean): Ticket {
  const { ticket_id: _id, ...request } = NewTicket.parse(albumBody({ tracks: 2, images: 1, constraints: { allow_partial } }))
  return sampleTicket({ state: 'converting', request, work: { conversion: { started_at: EARLIER }, retry_count: 2 } })
}

function item(itemId: string, status: TicketItemRow['status'], error: string | null = null): TicketItemRow {
  const kind = itemId.startsWith('i') ? 'image' : 'track'
  return {
    itemId,
    idx: 0,
    kind,
    status,
    error,
    sourcePath: '/x',
    attempts: 1,
    dueAt: null,
    outputPath: null,
    size: null,
    sha256: null,
  } as TicketItemRow
}

const [one, two, picture] = [item('t1', 'done'), item('t2', 'done'), item('i1', 'done')]
const [noOne, noTwo, noPicture] = [
  item('t1', 'failed', 'it is cut off'),
  item('t2', 'failed', 'no audio in it'),
  item('i1', 'failed', 'no picture'),
]

describe('goes on to placing with what was made', () => {
  test.each<[string, boolean, TicketItemRow[], number]>([
    ['all', false, [one, two, picture], 3],
    ['all but a picture', false, [one, two, noPicture], 2],
    ['one track lost, a part is enough', true, [one, noTwo, picture], 2],
  ])('%s', (_name, partial, items, files) => {
    expect(decideConverted(ticket(partial), items, NOW)).toEqual({
      kind: 'step',
      type: 'conversion_done',
      state: { name: 'placing', total_files: files, started_at: NOW.toISOString() },
      work: { conversion: { started_at: EARLIER, completed_at: NOW.toISOString() } },
    })
  })
})

test('a picture that is required is missed like a track', () => {
  const lacking = (partial: boolean) => {
    const made = ticket(partial)
    for (const image of made.request.images) image.required = true
    return decideConverted(made, [one, two, noPicture], NOW)
  }
  expect(lacking(false)).toMatchObject({ type: 'fail', reason: 'i1: no picture' })
  expect(lacking(true)).toMatchObject({ type: 'conversion_done' })
})

describe('fails, to be tried again, and says which track it was', () => {
  test.each<[string, boolean, TicketItemRow[], string]>([
    ['one track lost', false, [one, noTwo, picture], 't2: no audio in it'],
    ['all tracks lost, where a part would do', true, [noOne, noTwo, picture], 't1: it is cut off'],
    ['a track lost without a word', false, [one, item('t2', 'failed')], 't2: could not be converted'],
  ])('%s', (_name, partial, items, error) => {
    expect(decideConverted(ticket(partial), items, NOW)).toMatchObject({
      type: 'fail',
      reason: error,
      state: { name: 'failed', failed_at_state: 'converting', code: 'items_failed', error, retryable: true, retry_count: 2 },
    })
  })
})
