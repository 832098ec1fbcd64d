import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createClient } from '@torrentino/client'
import { waitFor } from '@torrentino/testkit'
import { arriveOnce } from './support/arrive-once.js'
import { holdInside } from './support/holds.js'
import { processesOf } from './support/processes.js'
import type { PostableTicket, Scene } from './support/scenes.js'
import { startTestSystem, type TestSystem } from './support/test-system.js'

let it: TestSystem

beforeAll(async () => {
  const slow = { tracks: 3, durationSecs: 5, uploadLimit: 200_000 }
  it = await startTestSystem({ scenes: [{ tracks: 3 }, slow, {}, {}], replicas: { gateway: 2, 'search-worker': 2 } })
})
afterAll(async () => {
  await it?.stop()
  expect(await processesOf(it.folders.root)).toEqual([])
})

function ticketFor(scene: Scene, numbers: number[], change: Partial<PostableTicket> = {}): PostableTicket {
  const ticket = scene.ticket(it.folders.media)
  const tracks = ticket.tracks.filter(({ track_number }) => numbers.includes(track_number))
  return { ...ticket, tracks, request_scope: 'individual_tracks', ...change }
}

const entriesOf = async (id: string, ...eventTypes: ('SearchExecuted' | 'TicketLinked' | 'TicketReleased' | 'DownloadStarted')[]) =>
  (await it.store.audit.list({ ticketId: id, eventTypes, limit: 50 })).entries

async function isLinked(id: string, to: string): Promise<void> {
  await waitFor(`${id} to be linked`, async () => (await it.client.getTicket(id)).linked_to === to)
}

test('an album in two formats for two destinations: searched and loaded once, converted and placed for each', async () => {
  const scene = it.scenes[0] as Scene
  const first = ticketFor(scene, [1, 2, 3])
  const hold = await holdInside(it, 'search', scene, first.ticket_id)
  await it.post(first)
  await waitFor('the search', async () => (await hold.arrivals()) > 0)
  const second = ticketFor(scene, [1, 2, 3], { constraints: { format: 'mp3' } })
  await it.post(second)
  await isLinked(second.ticket_id, first.ticket_id)
  expect(await it.client.getTicket(second.ticket_id)).toMatchObject({
    state: 'searching',
    details: { linked_to: first.ticket_id },
    linked_state: 'searching',
  })
  await waitFor('word of why it waits', async () => (await it.client.getTicket(second.ticket_id)).wait !== null)
  expect((await it.client.getTicket(second.ticket_id)).wait?.reason).toBe(`ticket ${first.ticket_id} (searching) sees to the same`)
  expect((await it.client.getTicket(first.ticket_id)).linked_tickets).toEqual([second.ticket_id])
  await hold.release()

  await arriveOnce(it, [first.ticket_id, second.ticket_id])
  const asked = await entriesOf(second.ticket_id, 'SearchExecuted')
  expect(asked.map(({ payload }) => payload.searcher_name)).toEqual(['catalog'])
  const { history, linked_to, items } = await it.client.getTicket(second.ticket_id)
  expect(history.map(({ cause }) => cause).slice(0, 4)).toEqual(['create', 'start_search', 'link', 'candidates_found'])
  expect(linked_to).toBe(first.ticket_id)
  expect(items.map(({ info }) => info?.codec)).toEqual(['mp3', 'mp3', 'mp3'])
  expect((await it.store.torrents.find(scene.infoHash))?.wanted.filter((path) => path.endsWith('.flac'))).toHaveLength(3)
})

test('tracks 1 to 2 and 2 to 3: while the first are loaded the third is loaded with them, from the same torrent', async () => {
  const scene = it.scenes[1] as Scene
  const [first, second] = [ticketFor(scene, [1, 2]), ticketFor(scene, [2, 3])]
  await it.post(first)
  await it.until(first.ticket_id, ['searching'])
  await it.post(second)
  await arriveOnce(it, [first.ticket_id, second.ticket_id])
  const asked = await entriesOf(second.ticket_id, 'SearchExecuted')
  expect(asked.map(({ payload }) => payload.searcher_name)).toEqual(['catalog'])
  expect((await it.store.torrents.find(scene.infoHash))?.wanted.filter((path) => path.endsWith('.flac'))).toHaveLength(3)
})

test('when the one that searches is cancelled, one that was linked searches in its place, and the others wait for that one', async () => {
  const scene = it.scenes[2] as Scene
  const [first, second, third] = [ticketFor(scene, [1]), ticketFor(scene, [1]), ticketFor(scene, [1])]
  const hold = await holdInside(it, 'search', scene, first.ticket_id)
  await it.post(first)
  await waitFor('the search', async () => (await hold.arrivals()) > 0)
  for (const one of [second, third]) {
    await it.post(one)
    await isLinked(one.ticket_id, first.ticket_id)
  }
  await it.client.cancel(first.ticket_id)
  await waitFor('the work to be taken over', async () => {
    const [{ linked_to: one }, { linked_to: other }] = [
      await it.client.getTicket(second.ticket_id),
      await it.client.getTicket(third.ticket_id),
    ]
    return (one === null && other === second.ticket_id) || (other === null && one === third.ticket_id)
  })
  await hold.release()
  await arriveOnce(it, [second.ticket_id, third.ticket_id])
  const released = [...(await entriesOf(second.ticket_id, 'TicketReleased')), ...(await entriesOf(third.ticket_id, 'TicketReleased'))]
  expect(released.map(({ payload }) => payload)).toEqual([{ linked_to: first.ticket_id, reason: 'it is cancelled' }])
})

test('50 posts of the same at once through two gateways: one of them searches, one download', async () => {
  const scene = it.scenes[3] as Scene
  const plain = { images: [], constraints: { format: 'ogg_vorbis' as const, embed_cover: false } }
  const tickets = Array.from({ length: 50 }, () => ticketFor(scene, [1], plain))
  const clients = it.system.urls.gateways.map((url) => createClient({ baseUrl: new URL(url).origin, reconnectMs: 50 }))
  expect(clients).toHaveLength(2)
  await Promise.all(tickets.map((ticket, at) => clients[at % 2]?.createTicket(ticket)))
  const ids = tickets.map(({ ticket_id }) => ticket_id)
  await Promise.all(ids.map((id) => it.until(id, ['converting'], 120_000)))

  const asked = (await Promise.all(ids.map((id) => entriesOf(id, 'SearchExecuted')))).flat()
  const searched = asked.filter(({ payload }) => payload.searcher_name !== 'catalog')
  expect(new Set(searched.map(({ ticket_id }) => ticket_id)).size).toBe(1)
  // Once to look into it, once to load it.
  expect(scene.gate.requests.filter((path) => path.startsWith('/dl/')).length).toBeLessThanOrEqual(2)
  expect((await it.store.torrents.find(scene.infoHash))?.wanted).toHaveLength(1)
})
