import { expect, test } from '@jest/globals'
import type { AuditEvent } from '@torrentino/domain'
import fc from 'fast-check'
import { reportProgress } from './progress.js'

test('whatever the pace: at most one event a second, the first at once, the end never late; the audit in steps of ten percent', () => {
  const pace = fc.array(fc.record({ afterMs: fc.nat(2500), pct: fc.integer({ min: 0, max: 20 }) }), { minLength: 1, maxLength: 60 })
  fc.assert(
    fc.property(pace, (steps) => {
      const told: { at: number; pct: number }[] = []
      const audited: number[] = []
      let at = 0
      let progressPct = 0
      const report = reportProgress(
        { id: 'ticket', requestedBy: 'ann' },
        {
          bus: {
            publish: {
              events: async ([event]) => void told.push({ at, pct: Number((event as { progress_pct: number }).progress_pct) }),
              hint: async () => {},
            },
          },
          audit: {
            append: async ({ event }: { event: AuditEvent }) => void audited.push((event.payload as { percent: number }).percent),
          } as never,
          actor: 'test',
          clock: () => at,
        },
      )
      const end = steps.map(({ afterMs, pct }) => {
        at += afterMs
        progressPct = Math.min(100, progressPct + pct)
        report({ infoHash: 'a', progressPct, downloadSpeedBps: 1, etaSecs: null, peers: 1 })
        return { at, progressPct }
      })
      expect(told[0]?.at).toBe(steps[0]?.afterMs)
      const running = told.filter(({ pct }, index) => pct < 100 || (told[index - 1]?.pct ?? 0) >= 100)
      for (const [index, { at: time }] of running.entries())
        if (index > 0) expect(time - (running[index - 1]?.at ?? 0)).toBeGreaterThanOrEqual(1000)
      const whole = end.find((step) => step.progressPct >= 100)
      if (whole) expect(told).toContainEqual({ at: whole.at, pct: 100 })
      expect(new Set(audited.map((pct) => Math.floor(pct / 10))).size).toBe(audited.length)
    }),
  )
})
