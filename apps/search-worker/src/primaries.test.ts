import { expect, test } from '@jest/globals'
import { type BusEvent, STATES, type StateName, type TransitionName } from '@torrentino/domain'
import { sampleTicket, waitFor } from '@torrentino/testkit'
import { createPrimaries } from './primaries.js'

const PRIMARY = sampleTicket().id

function step(to: StateName, ticketId = PRIMARY, cause: TransitionName = 'fail'): BusEvent {
  const common = { requested_by: 'ann', from: null, reason: null, at: '', details: {} }
  return { kind: 'step', seq: 1, ticket_id: ticketId, version: 7, cause, to, ...common }
}

function open(count = 2) {
  const woken: string[] = []
  const over = new Set<string>()
  const primaries = createPrimaries(
    async (queue, id) => {
      woken.push(`${queue} ${id}`)
      return !over.has(`${queue} ${id}`)
    },
    () => {},
  )
  const tickets = Array.from({ length: count }, () => sampleTicket({ state: 'searching' }))
  for (const ticket of tickets) primaries.await(PRIMARY, ticket)
  primaries.await(PRIMARY, tickets[0] as never)
  return { primaries, tickets, over, woken, jobs: tickets.map(({ id }) => `search ${id}-search-1`) }
}

const TELLING = ['pending', 'search_failed', 'converting', 'completed', 'rejected', 'failed', 'cancelled']

test.each(STATES)('word that the ticket waited for is %s', (to) => {
  const { primaries, woken, jobs } = open()
  primaries.onEvent(step(to, sampleTicket().id))
  expect(woken).toEqual([])
  primaries.onEvent(step(to))
  expect(woken).toEqual(TELLING.includes(to) ? jobs : [])
})

test.each<[TransitionName, StateName]>([
  ['pause', 'downloading'],
  ['link', 'searching'],
])('word of its %s', (cause, state) => {
  const { primaries, woken, jobs } = open()
  primaries.onEvent(step(state, PRIMARY, cause))
  expect(woken).toEqual(jobs)
})

test('word that its torrent is in the catalog wakes each, and once more for a run that was just ending', async () => {
  const { primaries, woken, jobs } = open()
  primaries.onHint({ kind: 'torrent_registered', ticketId: PRIMARY })
  primaries.onHint({ kind: 'torrent_registered', ticketId: PRIMARY })
  expect(woken).toEqual(jobs)
  await waitFor('the second word', async () => woken.length > jobs.length)
  expect(woken).toEqual([...jobs, ...jobs])
})

test('who has looked since and waits again, or goes on, is not woken once more', async () => {
  const { primaries, tickets, over, woken, jobs } = open(3)
  over.add(jobs[1] ?? '')
  primaries.onEvent(step('converting'))
  primaries.await(PRIMARY, tickets[0] as never)
  await waitFor('the second word', async () => woken.length > jobs.length)
  expect(woken).toEqual([...jobs, jobs[2]])
})
