import { describe, expect, it } from '@jest/globals'
import type { StateName } from '@torrentino/domain'
import fc from 'fast-check'
import { historyOf, stageSeconds, stageTimes } from './history.js'

const entry = (version: number, to: StateName, secs: number) => ({
  version,
  cause: 'x',
  from: null,
  to,
  actor: 'a',
  reason: null,
  at: new Date(secs * 1000).toISOString(),
  details: {},
})
const at = (secs: number) => new Date(secs * 1000)

describe('the time per stage', () => {
  it('is counted up to now while the ticket is under way', () => {
    const history = historyOf(
      [entry(1, 'pending', 0), entry(2, 'searching', 1), entry(3, 'matching', 4), entry(4, 'needs_approval', 5)],
      at(65),
    )
    expect(history.map((step) => step.seconds)).toEqual([1, 3, 1, 60])
    expect(stageSeconds(history)).toEqual({ search: 4, match: 1, download: 0, convert: 0, place: 0, waiting: 60 })
  })

  it('ends with the ticket', () => {
    const history = historyOf([entry(1, 'downloading', 0), entry(2, 'failed', 10)], at(99))
    expect(history.map((step) => step.seconds)).toEqual([10, null])
    expect(stageSeconds(history)).toMatchObject({ download: 10, waiting: 0 })
  })

  it("adds up when a failed ticket was taken up again; what lay between is nobody's", () => {
    const history = historyOf(
      [entry(1, 'downloading', 0), entry(2, 'failed', 10), entry(3, 'downloading', 100), entry(4, 'converting', 105)],
      at(106),
    )
    expect(stageSeconds(history)).toMatchObject({ download: 15, convert: 1, waiting: 0 })
  })

  it('is told in parts: queued, waiting for somebody or something, at work', () => {
    const step = (version: number, to: StateName, secs: number, cause: string) => ({ ...entry(version, to, secs), cause })
    const history = historyOf(
      [
        entry(1, 'pending', 0),
        entry(2, 'searching', 1),
        step(3, 'searching', 3, 'link'),
        step(4, 'searching', 10, 'release'),
        entry(5, 'matching', 11),
        entry(6, 'needs_approval', 12),
        entry(7, 'approved', 20),
        entry(8, 'downloading', 22),
        step(9, 'downloading', 30, 'pause'),
        step(10, 'downloading', 50, 'resume'),
        entry(11, 'converting', 60),
        entry(12, 'placing', 70),
        entry(13, 'completed', 71),
      ],
      at(99),
    )
    expect(stageTimes(history)).toEqual({
      search: { queued_secs: 1, waited_secs: 7, worked_secs: 3 },
      match: { queued_secs: 0, waited_secs: 8, worked_secs: 1 },
      download: { queued_secs: 2, waited_secs: 20, worked_secs: 18 },
      convert: { queued_secs: 0, waited_secs: 0, worked_secs: 10 },
      place: { queued_secs: 0, waited_secs: 0, worked_secs: 1 },
    })
  })

  it('is never negative, however clocks disagree', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 1000 })), fc.integer({ min: 0, max: 1000 }), (times, now) => {
        const history = historyOf(
          times.map((secs, index) => entry(index, 'searching', secs)),
          at(now),
        )
        expect(Math.min(0, ...Object.values(stageSeconds(history)))).toBe(0)
      }),
    )
  })
})
