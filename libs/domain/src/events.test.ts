import { describe, expect, test } from '@jest/globals'
import { SAMPLE_STATES } from '@torrentino/testkit'
import fc from 'fast-check'
import { BusEvent, detailsOf, messagesOfStep, type StepEvent } from './events.js'
import { STATES, type StateName } from './ticket/state.js'

function step(to: StateName, seq = 21, details: Record<string, unknown> = detailsOf(SAMPLE_STATES[to])): StepEvent {
  return {
    kind: 'step',
    seq,
    ticket_id: 'x',
    requested_by: 'ann',
    version: 2,
    cause: 'fail',
    from: 'pending',
    to,
    reason: null,
    at: 'now',
    details,
  }
}

describe('what clients get for a step', () => {
  test.each(STATES)('to %s: the change, and a second message where it asks for attention', (state) => {
    const messages = messagesOfStep(step(state))
    expect(messages[0]).toMatchObject({ type: 'state_change', id: 42, ticket_id: 'x', old_state: 'pending', new_state: state, at: 'now' })
    const second = ['needs_approval', 'completed', 'failed'].includes(state) ? [{ type: state, id: 43, ticket_id: 'x' }] : []
    expect(messages.slice(1)).toMatchObject(second)
  })

  test('a failure says what and whether a retry may help; a completion its numbers', () => {
    expect(messagesOfStep(step('failed'))[1]).toMatchObject({ error: 'it broke', retryable: true })
    expect(messagesOfStep(step('failed', 1, {}))[1]).toMatchObject({ error: '', retryable: false })
    expect(messagesOfStep(step('completed'))[1]).toMatchObject({ stats: SAMPLE_STATES.completed.stats })
  })

  test('ids rise without a double over any run of steps', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(1e9)), fc.infiniteStream(fc.constantFrom(...STATES)), (seqs, states) => {
        const ids = seqs
          .toSorted((a, b) => a - b)
          .flatMap((seq) => messagesOfStep(step(states.next().value ?? 'pending', seq)).map((message) => message.id))
        expect(ids).toEqual([...new Set(ids)].toSorted((a, b) => a - b))
      }),
    )
  })

  test('the data of a state is its details, without its name', () => {
    expect(detailsOf(SAMPLE_STATES.rejected)).toEqual({ rejected_by: 'admin', reason: null, rejected_at: expect.any(String) })
  })
})

describe('events on the bus', () => {
  test('a step survives being sent', () => {
    for (const state of STATES) expect(BusEvent.parse(JSON.parse(JSON.stringify(step(state))))).toEqual(step(state))
  })

  test.each([
    ['an unknown state', { ...step('pending'), to: 'lost' }],
    ['an unknown cause', { ...step('pending'), cause: 'magic' }],
    ['a number that is none', { ...step('pending'), seq: -1 }],
    ['too much progress', { kind: 'progress', ticket_id: 'x', requested_by: 'ann', stage: 'download', progress_pct: 101 }],
    ['no kind', {}],
  ])('%s is refused', (_what, event) => {
    expect(BusEvent.safeParse(event).success).toBe(false)
  })
})
