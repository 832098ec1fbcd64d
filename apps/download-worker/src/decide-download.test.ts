import { describe, expect, test } from '@jest/globals'
import { NewTicket, type Ticket, type Work } from '@torrentino/domain'
import { albumBody, sampleTicket } from '@torrentino/testkit'
import type { Choice } from './choose-files.js'
import { type DownloadFacts, decideDownload, needsEyes } from './decide-download.js'

const HASH = 'a'.repeat(40)
const NOW = new Date('2026-01-01T00:01:00.000Z')
const AT = NOW.toISOString()
const DOWNLOAD = { info_hash: HASH, started_at: '2026-01-01T00:00:00.000Z' }

function ticket(work: Partial<Work> = {}, { images = 0, partial = false } = {}): Ticket {
  const { ticket_id: _id, ...request } = NewTicket.parse(albumBody({ tracks: 2, images, constraints: { allow_partial: partial } }))
  return sampleTicket({ state: 'downloading', version: 7, request, work: { download: DOWNLOAD, ...work } })
}

function choice(tracks: number[], { confidence = 1, cover }: { confidence?: number; cover?: string } = {}): Choice {
  const mapping = tracks.map((track) => ({ catalog_track_id: `t${track}`, torrent_file_path: `Album/${track}.flac`, confidence }))
  const missing = [1, 2].filter((track) => !tracks.includes(track)).map((track) => `t${track}`)
  return {
    files: mapping.map((entry) => ({ item_id: entry.catalog_track_id, torrent_file_path: entry.torrent_file_path })),
    mapping,
    confidence,
    ...{ missing, unagreed: missing },
    cover,
  }
}

const FILES = [1, 2].map((track) => ({ path: `Album/${track}.flac`, size_bytes: 500 }))

const decide = (ticket: Ticket, facts: DownloadFacts) => decideDownload(ticket, facts, NOW, 0.85)

test('waiting is no step', () => {
  const wait = { kind: 'wait' as const, ms: 5, reason: 'full' }
  expect(decide(ticket(), wait)).toEqual(wait)
})

test('found: the download begins, by the hash that is really there', () => {
  expect(decide(ticket(), { kind: 'found', infoHash: HASH, name: 'An Album' })).toEqual({
    kind: 'step',
    type: 'start_download',
    state: { name: 'downloading', torrent_hash: HASH, started_at: AT },
    work: { download: { info_hash: HASH, started_at: AT } },
    audit: [{ type: 'DownloadStarted', payload: { info_hash: HASH, torrent_name: 'An Album' } }],
  })
})

describe('with tracks that another torrent has', () => {
  const held = [{ info_hash: 'b'.repeat(40), folder: '/d/y', files: [{ item_id: 't1', torrent_file_path: 'Other/1.flac', size_bytes: 5 }] }]

  test('each is made of the file where it lies, in the order of the ticket', () => {
    const facts = { kind: 'loaded' as const, choice: choice([2]), folder: '/d/x', bytes: 1000 }
    expect(decide(ticket({ held }), facts)).toMatchObject({
      work: { download: { folder: '/d/x', files: [{ item_id: 't2' }, { item_id: 't1' }] } },
      items: [
        { itemId: 't1', idx: 0, sourcePath: '/d/y/Other/1.flac' },
        { itemId: 't2', idx: 1, sourcePath: '/d/x/Album/2.flac' },
      ],
    })
  })

  test('that are gone: the ticket searches anew, without that torrent', () => {
    expect(decide(ticket({ held }), { kind: 'lost_held', infoHash: held[0]?.info_hash ?? '' })).toMatchObject({
      type: 'candidate_failed',
      state: { name: 'pending' },
      work: {
        download: undefined,
        selected_idx: undefined,
        blocklist: [{ info_hash: 'b'.repeat(40), code: 'held_files_missing', at: AT }],
      },
      audit: [{ type: 'CandidateBlocked', payload: { code: 'held_files_missing', next_idx: null } }],
    })
  })

  test('a human who is asked about the rest is told of the rest', () => {
    const facts = { kind: 'unsure' as const, choice: { ...choice([]), missing: ['t2'] }, files: FILES }
    expect(decide(ticket({ held }), facts)).toMatchObject({ state: { reason: { type: 'track_count_mismatch', expected: 1, found: 0 } } })
  })
})

describe('loaded', () => {
  const loaded = (choice: Choice) => ({ kind: 'loaded' as const, choice, folder: '/d/x', bytes: 1000 })

  test('an item for each track and picture, with the file it is made of', () => {
    const outcome = decide(ticket({}, { images: 1 }), loaded(choice([1, 2], { cover: 'Album/cover.jpg' })))
    expect(outcome).toMatchObject({
      type: 'download_done',
      state: { name: 'converting', total_tracks: 3 },
      work: {
        download: { ...DOWNLOAD, folder: '/d/x', bytes: 1000, completed_at: AT, cover: '/d/x/Album/cover.jpg' },
        conversion: { started_at: AT },
      },
      items: [
        { itemId: 't1', idx: 0, kind: 'track', sourcePath: '/d/x/Album/1.flac' },
        { itemId: 't2', idx: 1, kind: 'track', sourcePath: '/d/x/Album/2.flac' },
        { itemId: 'i1', idx: 2, kind: 'image', sourcePath: '/d/x/Album/cover.jpg' },
      ],
      audit: [{ type: 'DownloadCompleted', payload: { info_hash: HASH, size_bytes: 1000, duration_secs: 60 } }],
    })
  })

  test('without a picture in the torrent, it is taken from the first track', () => {
    const outcome = decide(ticket({}, { images: 1 }), loaded(choice([2])))
    expect(outcome).toMatchObject({
      items: [
        { itemId: 't2', sourcePath: '/d/x/Album/2.flac' },
        { itemId: 'i1', sourcePath: '/d/x/Album/2.flac' },
      ],
    })
    expect(outcome).not.toHaveProperty('work.download.cover')
  })
})

describe('a human is asked', () => {
  test.each<[string, Choice, Partial<Work>, boolean, boolean]>([
    ['all found, surely', choice([1, 2]), {}, false, false],
    ['all found, poorly', choice([1, 2], { confidence: 0.59 }), {}, false, true],
    ['all found, poorly, but a human said yes', choice([1, 2], { confidence: 0.1 }), { human_approved: true }, false, false],
    ['one missing', choice([1]), {}, false, true],
    ['one missing, said yes', choice([1]), { human_approved: true }, false, true],
    ['one missing, as it was approved', { ...choice([1]), unagreed: [] }, { human_approved: true }, false, false],
    ['one missing, which is allowed', choice([1]), {}, true, false],
    ['one missing, which is allowed, and the rest poor', choice([1], { confidence: 0.5 }), {}, true, true],
    ['nothing found', choice([]), { human_approved: true }, true, true],
  ])('%s', (_name, chosen, work, partial, expected) => {
    expect(needsEyes(ticket(work, { partial }), chosen)).toBe(expected)
  })

  test('about missing tracks', () => {
    const outcome = decide(ticket({ selected_idx: 3, candidates_count: 5 }), { kind: 'unsure', choice: choice([1]), files: FILES })
    const reason = { type: 'track_count_mismatch', expected: 2, found: 1 }
    expect(outcome).toMatchObject({
      type: 'mapping_unsure',
      state: { name: 'needs_approval', candidates_count: 5, recommended_idx: 3, reason, waiting_since: AT },
      details: { missing: ['t2'], track_mapping: [{ catalog_track_id: 't1' }] },
      audit: [{ type: 'ApprovalRequested', payload: { reason, candidates: [{ idx: 3 }] } }],
    })
    expect(outcome).not.toHaveProperty('candidates')
  })

  test('about a poor mapping', () => {
    const facts = { kind: 'unsure' as const, choice: choice([1, 2], { confidence: 0.4 }), files: FILES }
    expect(decide(ticket(), facts)).toMatchObject({
      state: { confidence: 0.4, reason: { type: 'low_confidence', score: 0.4, threshold: 0.6 } },
    })
  })

  test('about a forced magnet, which becomes a candidate', () => {
    const magnet = `magnet:?xt=urn:btih:${HASH}`
    const outcome = decide(ticket({ magnet_uri: magnet, candidates_count: 9 }), { kind: 'unsure', choice: choice([1]), files: FILES })
    expect(outcome).toMatchObject({
      state: { candidates_count: 1, recommended_idx: 0 },
      work: { candidates_version: 8, candidates_count: 1, selected_idx: 0 },
      candidates: [{ title: 'Album', info_hash: HASH, magnet_uri: magnet, size_bytes: 1000, files: FILES }],
      scores: [{ idx: 0, score: choice([1]).confidence, trackMapping: [{ catalog_track_id: 't1' }], reasons: [{ code: 'forced_magnet' }] }],
    })
  })
})
