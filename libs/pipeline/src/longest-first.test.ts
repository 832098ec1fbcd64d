import { expect, test } from '@jest/globals'
import { NewTicket } from '@torrentino/domain'
import { albumBody, sampleTicket } from '@torrentino/testkit'
import { itemJobs } from './next-jobs.js'

type Lengths = (number | undefined)[]

/** The order in which the items get their jobs: tracks t1 to t3 and a picture. */
function orderOf(durations: Lengths, sizes: Lengths, wanted = ['t1', 't2', 't3', 'i1']): string[] {
  const { ticket_id: _id, ...request } = NewTicket.parse(albumBody({ tracks: 3, images: 1 }))
  for (const [index, track] of request.tracks.entries()) track.duration_secs = durations[index]
  const files = sizes.map((size_bytes, index) => ({ item_id: `t${index + 1}`, torrent_file_path: 'x', size_bytes }))
  const work = { download: { info_hash: 'a'.repeat(40), files, started_at: '2026-01-01T00:00:00.000Z' } }
  const ticket = sampleTicket({ state: 'converting', request, work })
  const jobs = itemJobs(
    ticket,
    wanted.map((itemId, idx) => ({ itemId, idx })),
  )
  expect(jobs.map((job) => job.round)).toEqual(wanted.map((_id, index) => index))
  return jobs.map((job) => String(job.data.itemId))
}

test.each<[string, Lengths, Lengths, string[]]>([
  ['by their lengths', [100, 300, 200], [900, 1, 2], ['t2', 't3', 't1', 'i1']],
  ['by the sizes of their files where a length is not known', [100, undefined, 200], [1, 2, 3], ['t3', 't2', 't1', 'i1']],
  ['in their order where nothing is known', [undefined, 5, 6], [undefined, undefined, undefined], ['t1', 't2', 't3', 'i1']],
  ['in their order where they are alike', [60, 60, 60], [], ['t1', 't2', 't3', 'i1']],
])('the longest first: %s', (_name, durations, sizes, order) => {
  expect(orderOf(durations, sizes)).toEqual(order)
})

test('the unknown length of a track that is made already does not count', () => {
  expect(orderOf([undefined, 10, 20], [3, 2, 1], ['t2', 't3'])).toEqual(['t3', 't2'])
})
