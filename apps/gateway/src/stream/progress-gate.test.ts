import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import type { ProgressEvent } from '@torrentino/domain'
import fc from 'fast-check'
import { createProgressGate } from './progress-gate.js'

beforeEach(() => void jest.useFakeTimers())
afterEach(() => void jest.useRealTimers())

const event = (ticket: string, pct: number): ProgressEvent =>
  ({ kind: 'progress', ticket_id: ticket, requested_by: 'ann', stage: 'download', progress_pct: pct }) as ProgressEvent

test('of each ticket one event passes in a second, the first at once, and the last word always comes', () => {
  const offers = fc.array(fc.record({ afterMs: fc.nat(700), ticket: fc.constantFrom('one', 'two') }), { minLength: 1, maxLength: 80 })
  fc.assert(
    fc.property(offers, (list) => {
      const passed: { at: number; ticket: string; pct: number }[] = []
      let at = 0
      const gate = createProgressGate(1000, ({ ticket_id, progress_pct }) => passed.push({ at, ticket: ticket_id, pct: progress_pct }))
      const run = (ms: number) => {
        for (let tick = 0; tick < ms; tick++) {
          at += 1
          jest.advanceTimersByTime(1)
        }
      }
      for (const [pct, { afterMs, ticket }] of list.entries()) {
        run(afterMs)
        gate.offer(event(ticket, pct))
      }
      run(2000)
      gate.close()
      for (const ticket of ['one', 'two']) {
        const own = passed.filter((it) => it.ticket === ticket)
        const offered = list.flatMap((it, pct) => (it.ticket === ticket ? [pct] : []))
        expect([own[0]?.pct, own.at(-1)?.pct]).toEqual([offered[0], offered.at(-1)])
        const gaps = own.slice(1).map((it, index) => it.at - (own[index]?.at ?? 0))
        expect(gaps.filter((gap) => gap < 1000)).toEqual([])
      }
    }),
    { numRuns: 20 },
  )
})
