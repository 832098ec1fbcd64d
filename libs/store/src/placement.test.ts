import { afterAll, describe, expect, test } from '@jest/globals'
import { creationOf, openTestStore, sampleTicket } from '@torrentino/testkit'
import type { PlacementRow, PlacementTurn } from './placement.js'

const store = await openTestStore()
afterAll(() => store.drop())

async function turnOf(stage: 'place' | 'cleanup' = 'place'): Promise<PlacementTurn> {
  const ticket = sampleTicket({ stage })
  await store.door.write(creationOf(ticket))
  return { ticketId: ticket.id, stageVersion: ticket.stageVersion }
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
    expect(await store.placement.load(next)).toEqual([row('a')])
  })

  test('is closed for good when the clean-up has ended', async () => {
    const turn = await turnOf('cleanup')
    await store.tickets.endCleanup(turn.ticketId, turn.stageVersion)
    await expect(store.placement.save(turn, [row('a')])).rejects.toMatchObject({ code: 'turn_over' })
    expect(await store.rows('select * from placement_files where ticket_id = $1', [turn.ticketId])).toEqual([])
  })
})
