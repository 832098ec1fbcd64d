import { afterAll, expect, test } from '@jest/globals'
import { NewTicket, type StateName } from '@torrentino/domain'
import { albumBody, creationOf, openTestStore, sampleTicket } from '@torrentino/testkit'

const store = await openTestStore()
afterAll(() => store.drop())

async function ticketIn(folder: string, state: StateName, day: number): Promise<void> {
  const { ticket_id: _id, ...request } = NewTicket.parse(albumBody({ folder, tracks: 2 }))
  if (request.tracks[0]) request.tracks[0].requested = false
  const ticket = sampleTicket({ state, request, updatedAt: new Date(Date.UTC(2026, 0, day)) })
  await store.door.write(creationOf(ticket))
}

test('tells of the latest tickets that placed files below a folder', async () => {
  await ticketIn('/media/a/one', 'completed', 1)
  await ticketIn('/media/a/two', 'completed', 3)
  await ticketIn('/media/a/three', 'failed', 4)
  await ticketIn('/media/ab', 'completed', 5)
  await ticketIn('/media/a/100%_x', 'completed', 2)
  expect(await store.tickets.placedBelow('/media/a', 10)).toEqual(['/media/a/two/2.ogg', '/media/a/100%_x/2.ogg', '/media/a/one/2.ogg'])
  expect(await store.tickets.placedBelow('/media/a/', 1)).toEqual(['/media/a/two/2.ogg'])
  expect(await store.tickets.placedBelow('/media/b', 10)).toEqual([])
})
