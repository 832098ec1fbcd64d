import { expect, test } from '@jest/globals'
import { type BusEvent, STATES, type StateName } from '@torrentino/domain'
import { sampleTicket, waitFor } from '@torrentino/testkit'
import { createPrimaries } from './primaries.js'

const PRIMARY = sampleTicket().id

function step(to: StateName, ticketId = PRIMARY): BusEvent {
  const common = { requested_by: 'ann', from: null, reason: null, at: '', details: {} }
  return { kind: 'step', seq: 1, ticket_id: ticketId, version: 7, cause: 'cancel', to, ...common }
}

function open() {
  const woken: string[] = []
  const primaries = createPrimaries(
    async (queue, id) => {
      woken.push(`${queue} ${id}`)
      return true
    },
    () => {},
  )
  const tickets = [sampleTicket({ state: 'searching' }), sampleTicket({ state: 'searching' })]
  for (const ticket of tickets) primaries.await(PRIMARY, ticket)
  primaries.await(PRIMARY, tickets[0] as never)
  return { primaries, woken, jobs: tickets.map(({ id }) => `search ${id}-search-1`) }
}

const TELLING = ['search_failed', 'converting', 'completed', 'rejected', 'failed', 'cancelled']

test.each(STATES)('word that the ticket waited for is %s', (to) => {
  const { primaries, woken, jobs } = open()
  primaries.onEvent(step(to, sampleTicket().id))
  expect(woken).toEqual([])
  primaries.onEvent(step(to))
  expect(woken).toEqual(TELLING.includes(to) ? jobs : [])
})

test('word that its torrent is in the catalog wakes each, and once more for a run that was just ending', async () => {
  const { primaries, woken, jobs } = open()
  primaries.onHint({ kind: 'torrent_registered', ticketId: PRIMARY })
  primaries.onHint({ kind: 'torrent_registered', ticketId: PRIMARY })
  expect(woken).toEqual(jobs)
  await waitFor('the second word', async () => woken.length > jobs.length)
  expect(woken).toEqual([...jobs, ...jobs])
})
