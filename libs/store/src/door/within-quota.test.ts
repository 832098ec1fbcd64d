import { afterAll, beforeEach, expect, test } from '@jest/globals'
import type { Ticket } from '@torrentino/domain'
import { creationOf, openTestStore, sampleTicket } from '@torrentino/testkit'
import { openStore } from '../store.js'
import type { StepWrite } from './step-write.js'
import type { TicketCounts } from './within-quota.js'

const MOST = 7
const store = await openTestStore()
const other = openStore({ url: store.url, poolSize: 5 })
afterAll(async () => {
  await other.close()
  await store.drop()
})
beforeEach(() => store.rows('delete from tickets'))

function within(ticket: Ticket, idempotencyKey: string | null = null): StepWrite {
  const check = ({ open, filed }: TicketCounts) => {
    if (open >= MOST || filed >= MOST + 2) throw new Error('too many')
  }
  return creationOf(ticket, { create: { requestHash: 'h', idempotencyKey, quota: { since: new Date('2026-01-01'), check } } })
}
const byAnn = () => sampleTicket({ requestedBy: 'ann', createdAt: new Date('2026-02-01'), updatedAt: new Date('2026-02-01') })

test('of many that come at once through two stores exactly as many are filed as may be', async () => {
  const tickets = Array.from({ length: 30 }, byAnn)
  const answers = await Promise.allSettled(tickets.map((ticket, nr) => (nr % 2 === 0 ? store : other).door.write(within(ticket))))
  const filed = tickets.filter((_, nr) => answers[nr]?.status === 'fulfilled').map(({ id }) => id)
  expect(filed).toHaveLength(MOST)
  for (const table of ['tickets', 'ticket_transitions', 'audit_events', 'outbox']) {
    const column = table === 'tickets' ? 'id' : 'ticket_id'
    const rows = await store.rows<{ id: string }>(`select ${column} as id from ${table} where ${column} = any($1)`, [
      tickets.map(({ id }) => id),
    ])
    expect(rows.map(({ id }) => id).toSorted()).toEqual(filed.toSorted())
  }
})

test('what is over makes room, until too many were filed; what others have does not count', async () => {
  const write = () => store.door.write(within(byAnn()))
  await Promise.all(Array.from({ length: 9 }, () => store.door.write(creationOf(sampleTicket({ requestedBy: 'ben' })))))
  for (let nr = 0; nr < MOST; nr += 1) await write()
  await expect(write()).rejects.toThrow('too many')
  await store.rows(`update tickets set state = 'completed'`)
  expect([await write(), await write()]).not.toContain(null)
  await expect(write()).rejects.toThrow('too many')
  await store.rows(`update tickets set created_at = '2025-12-31'`)
  expect(await write()).not.toBeNull()
})

test('what was filed before is no new one, also where no more may be filed', async () => {
  const first = byAnn()
  const twice = await Promise.all([store, other].map(({ door }) => door.write(within(first, 'key'))))
  expect(twice.filter((one) => one === null)).toHaveLength(1)
  for (let nr = 1; nr < MOST; nr += 1) await store.door.write(within(byAnn()))
  expect(await other.door.write(within(first))).toBeNull()
  expect(await store.door.write(within(byAnn(), 'key'))).toBeNull()
  await expect(store.door.write(within(byAnn()))).rejects.toThrow('too many')
})
