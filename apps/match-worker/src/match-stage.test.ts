import { describe, expect, test } from '@jest/globals'
import { type ScoredCandidate, StageError, type TorrentCandidate } from '@torrentino/domain'
import type { FoundFiles, TorrentSearcher } from '@torrentino/providers'
import { sampleCandidate, sampleTicket } from '@torrentino/testkit'
import { createMatchStage, decideMatching } from './match-stage.js'

const NOW = new Date('2026-01-01T00:00:00.000Z')
const run = { signal: new AbortController().signal, now: () => NOW }
const HASH = 'a'.repeat(40)
const REAL = 'c'.repeat(40)
const FILES = [1, 2].map((track) => ({ path: `First Steps/0${track} Track ${track}.flac`, size_bytes: 30_000_000 }))

const matching = sampleTicket({ state: 'matching', work: { candidates_version: 3 } })
const good = sampleCandidate({ size_bytes: 60_000_000 })
const decoy = sampleCandidate({ title: 'The Other Band - Last Things (2001) MP3', info_hash: 'b'.repeat(40) })

function stage(candidates: TorrentCandidate[], getFiles: (candidate: TorrentCandidate) => Promise<FoundFiles | null> = async () => null) {
  const asked: string[] = []
  const searcher: TorrentSearcher = {
    name: 'example',
    search: async () => [],
    async getFiles(candidate) {
      asked.push(candidate.title)
      return getFiles(candidate)
    },
  }
  const stored = candidates.map((torrent, idx) => ({ idx, torrent, score: null, trackMapping: [], reasons: [] }))
  const made = createMatchStage({
    candidates: { of: async () => stored },
    searchers: [searcher],
    thresholds: { rules: 0.85, model: 0.85 },
    room: async () => 100_000_000,
  })
  return { ...made, asked }
}

describe('judging', () => {
  test('the best by their titles are judged once more by their files; the order stays as stored', async () => {
    const candidates = [decoy, good, ...Array.from({ length: 8 }, (_, index) => sampleCandidate({ title: `Nothing ${index}` }))]
    const { gather, asked } = stage(candidates, async () => ({ infoHash: HASH, files: FILES }))
    const { scored } = await gather(matching, run)
    expect(scored.map(({ torrent }) => torrent.title)).toEqual(candidates.map(({ title }) => title))
    expect(asked).toHaveLength(5)
    expect(asked).toContain(good.title)
    expect(scored[1]?.track_mapping).toHaveLength(2)
  })

  test('a list that cannot be had leaves the title; a fault of ours does not', async () => {
    const away = stage([good], () => Promise.reject(new StageError('retryable', 'indexer_unreachable', 'away')))
    expect((await away.gather(matching, run)).scored[0]).toMatchObject({ torrent: good, track_mapping: [] })
    const broken = stage([good], () => Promise.reject(new TypeError('x is not a function')))
    await expect(broken.gather(matching, run)).rejects.toThrow(TypeError)
  })

  test("a torrent written anew for its user goes by its own hash, without the other one's magnet", async () => {
    const announced = { ...good, magnet_uri: `magnet:?xt=urn:btih:${HASH}` }
    const { scored } = await stage([announced], async () => ({ infoHash: REAL, files: FILES })).gather(matching, run)
    expect(scored[0]?.torrent).toMatchObject({ info_hash: REAL, magnet_uri: undefined })
    const same = await stage([announced], async () => ({ infoHash: HASH, files: FILES })).gather(matching, run)
    expect(same.scored[0]?.torrent).toMatchObject({ info_hash: HASH, magnet_uri: announced.magnet_uri })
  })

  test('without candidates there is nothing to wait for', async () => {
    await expect(stage([]).gather(matching, run)).rejects.toMatchObject({ kind: 'permanent', code: 'no_candidates' })
  })

  test('stops with its turn', async () => {
    const stop = new AbortController()
    const { gather } = stage([good], async () => {
      stop.abort(new Error('turn over'))
      throw new StageError('retryable', 'indexer_unreachable', 'cut')
    })
    await expect(gather(matching, { ...run, signal: stop.signal })).rejects.toMatchObject({ code: 'indexer_unreachable' })
    expect(stop.signal.aborted).toBe(true)
  })
})

describe('what follows', () => {
  const judged = async (...candidates: TorrentCandidate[]) => (await stage(candidates).gather(matching, run)).scored
  const withFiles = { ...good, files: FILES }
  const vague = { ...good, title: 'The Example Band - First Steps' }
  const decide = (scored: ScoredCandidate[], dry_run = false, threshold = 0.85) =>
    decideMatching({ ...matching, request: { ...matching.request, dry_run } }, { scored }, { rules: threshold, model: threshold }, NOW)

  test('sure: the best is taken, everything is written down', async () => {
    const scored = await judged(decoy, withFiles)
    expect(decide(scored)).toMatchObject({
      type: 'match_sure',
      state: { name: 'auto_approved', selected_idx: 1 },
      work: { selected_idx: 1 },
      scores: [{ idx: 0 }, { idx: 1, trackMapping: [{ catalog_track_id: 't1' }, { catalog_track_id: 't2' }] }],
      audit: [
        { type: 'MatchingStarted', payload: { candidates_count: 2 } },
        { type: 'MatchingCompleted', payload: { selected_idx: 1, candidates_scored: [{ idx: 0 }, { idx: 1 }] } },
      ],
    })
  })

  test('unsure: a human is asked, with a reason and the candidates, best first', async () => {
    const outcome = decide(await judged(decoy, vague))
    expect(outcome).toMatchObject({
      type: 'match_unsure',
      state: { name: 'needs_approval', candidates_count: 2, recommended_idx: 1, reason: { type: 'low_confidence' } },
      details: { candidates: [{ idx: 1 }, { idx: 0 }] },
      audit: [{}, {}, { type: 'ApprovalRequested', payload: { candidates: [{ idx: 1 }, { idx: 0 }] } }],
    })
    expect(outcome).not.toHaveProperty('work')
  })

  describe('of what failed this ticket before', () => {
    const better = { ...withFiles, seeders: 90 }
    const elsewhere = { ...withFiles, info_hash: REAL, title: 'The Example Band - First Steps (2019) [FLAC] [24bit]', seeders: 2 }
    const blocked = {
      info_hash: HASH,
      title: better.title,
      size_bytes: better.size_bytes,
      code: 'download_stalled',
      reason: 'no seeders',
      at: '',
    }
    const decideAgain = (scored: ScoredCandidate[]) =>
      decideMatching({ ...matching, work: { ...matching.work, blocklist: [blocked] } }, { scored }, { rules: 0.85, model: 0.85 }, NOW)

    test('another is taken', async () => {
      expect(decide(await judged(better, elsewhere))).toMatchObject({ state: { name: 'auto_approved', selected_idx: 0 } })
      expect(decideAgain(await judged(better, elsewhere))).toMatchObject({ state: { name: 'auto_approved', selected_idx: 1 } })
    })

    test('nothing is taken without a human, who sees why: not by its hash, and not from another indexer', async () => {
      for (const offered of [better, { ...better, info_hash: REAL, indexer: 'another' }])
        expect(decideAgain(await judged(decoy, offered))).toMatchObject({
          state: { name: 'needs_approval', recommended_idx: 0 },
          details: { candidates: [{ idx: 1, blocked: 'no seeders' }, { idx: 0 }] },
        })
      expect(decideAgain(await judged(better))).toMatchObject({
        state: { name: 'needs_approval', recommended_idx: 0, reason: { type: 'no_exact_match' } },
      })
    })
  })

  describe('for a ticket that only keeps', () => {
    const keeping = { ...matching, request: { ...matching.request, keep_only: true as const } }
    const decideKept = async (room: number, ...candidates: TorrentCandidate[]) => {
      const { scored } = await stage(candidates).gather(keeping, run)
      return decideMatching(keeping, { scored, room }, { rules: 0.85, model: 0.85 }, NOW)
    }
    const small = { ...withFiles, info_hash: REAL, title: 'The Example Band - First Steps (2019) MP3', size_bytes: 20_000_000, seeders: 1 }
    const unsized = { ...withFiles, size_bytes: 0 }

    test.each<[string, number, TorrentCandidate[], number | string]>([
      ['the best that fits is taken', 60_000_000, [withFiles, small], 0],
      ['what does not fit is left to another', 59_999_999, [withFiles, small], 1],
      ['what does not tell its size does not fit', 60_000_000, [unsized, small], 1],
      ['nothing is taken where nothing fits', 10_000_000, [withFiles, small], '2 of 2 candidates do not fit'],
    ])('%s', async (_what, room, candidates, expected) => {
      const outcome = await decideKept(room, ...candidates)
      if (typeof expected === 'number') expect(outcome).toMatchObject({ state: { name: 'auto_approved', selected_idx: expected } })
      else expect(outcome).toMatchObject({ type: 'match_unsure', reason: expect.stringContaining(expected) })
    })

    test('a collection that holds it all comes before the album', async () => {
      const collection = {
        ...{ ...withFiles, title: 'The Example Band - Discography (2001-2021) [FLAC]', info_hash: REAL, seeders: 1 },
        files: FILES.map(({ path, size_bytes }) => ({ path: `The Example Band/2019 - ${path}`, size_bytes })),
      }
      const { scored, room } = await stage([withFiles, collection]).gather(keeping, run)
      expect(room).toBe(100_000_000)
      expect(scored[1]?.reasons).toContainEqual(expect.objectContaining({ code: 'discography' }))
    })
  })

  test('a dry run ends here, sure or not', async () => {
    for (const scored of [await judged(withFiles), await judged(decoy)])
      expect(decide(scored, true)).toMatchObject({ type: 'match_previewed', state: { name: 'dry_run_complete', recommended_idx: 0 } })
  })

  test('no link of an indexer is told to anybody', async () => {
    const secret = { ...vague, download_url: 'https://tracker.test/dl?passkey=s3cret', magnet_uri: 'magnet:?xt=urn:btih:x&tr=s3cret' }
    const { audit, details, state } = decide(await judged(secret)) as never
    expect(JSON.stringify({ audit, details, state })).not.toContain('s3cret')
  })
})
