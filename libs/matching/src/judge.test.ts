import { describe, expect, test } from '@jest/globals'
import type { TorrentCandidate } from '@torrentino/domain'
import fc from 'fast-check'
import { decideMatch } from './decide-match.js'
import { judgeCandidates } from './judge.js'
import { scoreCandidate } from './score-candidate.js'
import { sampleFiles, sampleRequest } from './testing/sample-request.js'

const NOW = new Date('2026-01-01T00:00:00Z')
const TRACKS = ['Opening', 'Second Thoughts', 'Paper Planes', 'Quiet Water', 'Long Way Down']
const request = sampleRequest({ artist: 'Marlow Pike', album: 'Weather House', year: 2004, tracks: TRACKS, secs: 240 })

function offer(title: string, index: number, fields: Partial<TorrentCandidate> = {}): TorrentCandidate {
  const info_hash = index.toString(16).padStart(40, '0')
  return { title, indexer: 'i', info_hash, size_bytes: 130_000_000, seeders: 5, leechers: 0, ...fields }
}

const OFFERS = [
  'Marlow Pike - Weather House (2004) [FLAC]',
  'Marlow Pike - Weather House (2004) [MP3 320]',
  'Marlow Pike - Weather House - Live (2004) [FLAC]',
  'Marlow Pike - Discography [FLAC]',
  'Marlow Pike - House Weather (2001)',
  'Marlow Pike - Roof (2007) [FLAC]',
  'VA - Weather House Tribute',
  'Something else altogether',
].map((title, index) => offer(title, index))

const LISTS = new Map([
  [OFFERS[0]?.info_hash, sampleFiles(TRACKS.map((name) => `${name} (live)`))],
  [OFFERS[3]?.info_hash, sampleFiles(TRACKS, 'Marlow Pike/2004 Weather House')],
])

async function judge(offers: TorrentCandidate[]) {
  const asked: string[] = []
  const scored = await judgeCandidates(request, offers, {
    async withFiles(candidate) {
      asked.push(candidate.title)
      const files = LISTS.get(candidate.info_hash)
      return files ? { ...candidate, files } : candidate
    },
  })
  return { scored, asked }
}

test('the five most promising are asked for their files, which may turn the order over', async () => {
  const { scored, asked } = await judge(OFFERS)
  expect(asked).toHaveLength(5)
  expect(asked).not.toContain('Something else altogether')
  expect(scored.map(({ torrent }) => torrent.title)).toEqual(OFFERS.map(({ title }) => title))
  const { recommendedIdx } = decideMatch(request, scored, { autoApproveThreshold: 0.85, now: NOW })
  expect(scored[recommendedIdx]?.torrent.title).toBe('Marlow Pike - Discography [FLAC]')
})

test('whatever the order of the candidates, the same one is recommended with the same score', async () => {
  const decide = async (offers: TorrentCandidate[]) => {
    const { scored } = await judge(offers)
    const { recommendedIdx, ...decision } = decideMatch(request, scored, { autoApproveThreshold: 0.85, now: NOW })
    return { ...decision, title: scored[recommendedIdx]?.torrent.title }
  }
  const expected = await decide(OFFERS)
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(OFFERS, { minLength: OFFERS.length }), async (shuffled) => {
      expect(await decide(shuffled)).toEqual(expected)
    }),
    { numRuns: 30 },
  )
})

describe('scores', () => {
  const title = fc.oneof(
    fc.string({ maxLength: 120, unit: 'grapheme' }),
    fc
      .array(fc.constantFrom('Marlow Pike', 'Weather House', '-', '(2004)', '[FLAC]', 'Live', 'CD1', 'EP', '320', 'karaoke', 'Группа'), {
        maxLength: 9,
      })
      .map((parts) => parts.join(' ')),
  )
  const files = fc.option(
    fc.array(
      fc.record({
        path: fc
          .tuple(fc.constantFrom(...TRACKS, 'x', 'sample', '01'), fc.constantFrom('.flac', '.mp3', '.cue', '.jpg'))
          .map((parts) => `A/${parts.join('')}`),
        size_bytes: fc.nat(400_000_000),
      }),
      { maxLength: 12 },
    ),
    { nil: undefined },
  )
  const fields = fc.record({ size_bytes: fc.nat(2_000_000_000), seeders: fc.nat(100), files })

  test('are shares, and the points that they are made of are told', () => {
    fc.assert(
      fc.property(title, fields, (name, rest) => {
        const { score, reasons, reasoning, track_mapping } = scoreCandidate(request, offer(name, 1, rest))
        expect(score).toBeGreaterThanOrEqual(0)
        expect(score).toBeLessThanOrEqual(1)
        const sum = reasons.reduce((total, { points }) => total + points, 0)
        if (!reasoning.startsWith('Rejected')) expect(score).toBeCloseTo(Math.min(1, Math.max(0, sum)), 2)
        for (const { confidence } of track_mapping) expect(confidence).toBeLessThanOrEqual(1)
      }),
    )
  })
})
