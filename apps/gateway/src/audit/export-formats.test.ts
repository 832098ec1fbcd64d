import { describe, expect, test } from '@jest/globals'
import type { AuditEntry } from '@torrentino/domain'
import fc from 'fast-check'
import { auditCsv } from './export-formats.js'

const entry = (actor: string, payload: Record<string, unknown> = {}): AuditEntry => ({
  ...{ id: '7', ticket_id: null, event_type: 'AdminRetry', actor, at: '2026-01-02T03:04:05.678Z', payload },
})
const { head, write } = auditCsv('audit.csv')

/** Reads as RFC 4180 writes. */
function cellsOf(line: string): string[] {
  expect(line.endsWith('\r\n')).toBe(true)
  const cells = line.slice(0, -2).matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^",\r\n]*))/g)
  return [...cells].map(([, quoted, plain]) => quoted?.replaceAll('""', '"') ?? plain ?? '')
}

describe('the audit as CSV', () => {
  test('has a head and the same number of cells in each row', () => {
    expect(head).toBe('id,at,ticket_id,event_type,actor,payload\r\n')
    expect(write(entry('ann', { admin_id: 'a"b,c\nd' }))).toBe(
      `7,2026-01-02T03:04:05.678Z,,AdminRetry,ann,"${'{"admin_id":"a\\"b,c\\nd"}'.replaceAll('"', '""')}"\r\n`,
    )
  })

  test.each(['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', ' =1', '\uff1d1', '=cmd|"/c calc"!A1'])('%j is no formula', (actor) => {
    expect(cellsOf(write(entry(actor)))[4]).toBe(`'${actor}`)
  })

  test('whatever the text, it comes back', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.dictionary(fc.string(), fc.string()), (actor, payload) => {
        const cells = cellsOf(write(entry(actor, payload)))
        expect(cells).toHaveLength(6)
        expect([actor, `'${actor}`]).toContain(cells[4])
        expect(JSON.parse(cells[5] ?? '')).toEqual(JSON.parse(JSON.stringify(payload)))
      }),
    )
  })
})
