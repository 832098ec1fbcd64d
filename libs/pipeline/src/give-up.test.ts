import { afterAll, expect, test } from '@jest/globals'
import { CACHE_WARMER, NewTicket } from '@torrentino/domain'
import { albumBody, openTestPipeline, SAMPLE_STATES, sampleTicket, type Way, waitFor } from '@torrentino/testkit'
import { createTicket } from './commands/create-ticket.js'
import { askingNobody } from './give-up.js'
import type { Outcome } from './stage.js'

const it = await openTestPipeline()
afterAll(() => it.drop())

/** Without a destination, as nothing is placed. */
const wish = { ...NewTicket.parse(albumBody()), keep_only: true as const }
for (const track of wish.tracks) track.dest_path = ''

test.each<[string, Way[], string[], string]>([
  ['nothing is found', ['ok', 'none'], ['pending', 'searching', 'cancelled'], 'nothing was found'],
  [
    'nobody is sure of what was found',
    ['ok', 'ok', 'unsure'],
    ['pending', 'searching', 'matching', 'cancelled'],
    'nothing is sure enough to be taken unasked: no_exact_match',
  ],
])('where %s, a ticket that only keeps ends, and no human is asked', async (_what, ways, states, reason) => {
  it.plan(ways)
  const { id } = await createTicket(it.deps, { ticket: wish, requestedBy: CACHE_WARMER, mediaRoots: ['/media'] })
  await waitFor('its job', async () => (await it.jobs()).some((job) => job.id.startsWith(id)))
  await it.deliverAll()
  expect((await it.store.steps.history(id)).map(({ to }) => to)).toEqual(states)
  expect(await it.ticket(id)).toMatchObject({ state: { name: 'cancelled', cancelled_by: CACHE_WARMER, reason }, stage: null })
  const { entries } = await it.store.audit.list({ ticketId: id, limit: 20 })
  const types = entries.map(({ event_type }) => event_type)
  expect(types).toEqual(expect.arrayContaining(['TicketCancelled']))
  expect(types).not.toContain('ApprovalRequested')
})

test('what goes on by itself, and what other tickets do, is left as it is', () => {
  const now = new Date()
  const toHuman: Outcome = { kind: 'step', type: 'match_unsure', state: SAMPLE_STATES.needs_approval }
  const on: Outcome = { kind: 'step', type: 'match_sure', state: SAMPLE_STATES.auto_approved }
  const wait: Outcome = { kind: 'wait', ms: 1, reason: 'so it is' }
  const keeping = sampleTicket({ state: 'matching', request: wish })
  for (const outcome of [on, wait]) expect(askingNobody(keeping, outcome, now)).toBe(outcome)
  expect(askingNobody(sampleTicket({ state: 'matching' }), toHuman, now)).toBe(toHuman)
})
