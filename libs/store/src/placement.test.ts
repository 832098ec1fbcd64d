import { randomUUID } from 'node:crypto'
import { afterAll, describe, expect, test } from '@jest/globals'
import { creationOf, openTestStore, sampleTicket } from '@torrentino/testkit'
import type { PlacementRow, PlacementRun } from './placement.js'

const store = await openTestStore()
afterAll(() => store.drop())

async function turnOf(stage: 'place' | 'cleanup' = 'place'): Promise<PlacementRun> {
  const ticket = sampleTicket({ stage })
  await store.door.write(creationOf(ticket))
  return { ticketId: ticket.id, stageVersion: ticket.stageVersion, run: randomUUID() }
}

function row(itemId: string, change: Partial<PlacementRow> = {}): PlacementRow {
  return {
    ...{
      itemId,
      source: `/made/${itemId}`,
      dest: `/media/${itemId}`,
      stagedPath: `/media/.${itemId}.part`,
      backupPath: `/media/.${itemId}.bak`,
    },
    ...{ status: 'planned', size: 5_000_000_000, sha256: 'ab', createdDirs: ['/media', '/media/a'], hadBackup: false },
    ...change,
  }
}

describe('the journal of a placement', () => {
  test('gives back what was saved last of each item', async () => {
    const turn = await turnOf()
    expect(await store.placement.load(turn)).toEqual([])
    await store.placement.save(turn, [row('b'), row('a')])
    await store.placement.save(turn, [])
    await store.placement.save(turn, [row('b', { status: 'placed', hadBackup: true, createdDirs: [] })])
    expect(await store.placement.load(turn)).toEqual([row('a'), row('b', { status: 'placed', hadBackup: true, createdDirs: [] })])
    await store.placement.clear(turn)
    expect(await store.placement.load(turn)).toEqual([])
  })

  test('passes from one turn of the ticket to the next, and is closed to the one before', async () => {
    const turn = await turnOf()
    await store.placement.save(turn, [row('a')])
    await store.rows(`update tickets set stage = 'cleanup', stage_version = stage_version + 1 where id = $1`, [turn.ticketId])
    const next = { ...turn, stageVersion: turn.stageVersion + 1 }
    await expect(store.placement.load(turn)).rejects.toMatchObject({ code: 'turn_over' })
    await expect(store.placement.save(turn, [row('a', { status: 'placed' }), row('b')])).rejects.toMatchObject({ code: 'turn_over' })
    await store.placement.clear(turn)
    expect(await store.placement.take(next)).toEqual([row('a')])
  })

  test('is closed to a run that another came after, which finds what was written before', async () => {
    const first = await turnOf()
    const second = { ...first, run: randomUUID() }
    expect(await store.placement.take(first)).toEqual([])
    await store.placement.save(first, [row('a', { status: 'staged' })])
    expect(await store.placement.take(second)).toEqual([row('a', { status: 'staged' })])
    await store.placement.save(second, [row('a', { status: 'placed' })])

    await expect(store.placement.save(first, [row('a', { status: 'staged' })])).rejects.toMatchObject({ code: 'turn_over' })
    await expect(store.placement.load(first)).rejects.toMatchObject({ code: 'turn_over' })
    await store.placement.clear(first)
    expect(await store.placement.load(second)).toEqual([row('a', { status: 'placed' })])
  })

  test('of two runs that found it empty one may begin', async () => {
    const first = await turnOf()
    const second = { ...first, run: randomUUID() }
    for (const run of [first, second]) expect(await store.placement.take(run)).toEqual([])
    await store.placement.save(first, [row('a'), row('b')])
    await expect(store.placement.save(second, [row('a'), row('b')])).rejects.toMatchObject({ code: 'turn_over' })
  })

  test('is closed for good when the clean-up has ended', async () => {
    const turn = await turnOf('cleanup')
    await store.tickets.endCleanup(turn.ticketId, turn.stageVersion)
    await expect(store.placement.save(turn, [row('a')])).rejects.toMatchObject({ code: 'turn_over' })
    expect(await store.rows('select * from placement_files where ticket_id = $1', [turn.ticketId])).toEqual([])
  })
})
