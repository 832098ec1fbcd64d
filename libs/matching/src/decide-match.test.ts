import { describe, expect, test } from '@jest/globals'
import type { TorrentCandidate } from '@torrentino/domain'
import fc from 'fast-check'
import { decideMatch } from './decide-match.js'
import { orderCandidates, scoreCandidates } from './order-candidates.js'
import { sampleFiles, sampleRequest, type Wish } from './testing/sample-request.js'

const NOW = new Date('2026-01-01T00:00:00Z')
const TRACKS = [
  'Airbag',
  'Paranoid Android',
  'Subterranean Homesick Alien',
  'Exit Music (For a Film)',
  'Let Down',
  'Karma Police',
  'Fitter Happier',
  'Electioneering',
  'Climbing Up the Walls',
  'No Surprises',
  'Lucky',
  'The Tourist',
]
const OK_COMPUTER: Wish = { artist: 'Radiohead', album: 'OK Computer', year: 1997, tracks: TRACKS, secs: 267 }

let hashes = 0
function offer(title: string, fields: Partial<TorrentCandidate> = {}): TorrentCandidate {
  hashes += 1
  return {
    title,
    indexer: 'i',
    info_hash: hashes.toString(16).padStart(40, '0'),
    size_bytes: 350_000_000,
    seeders: 12,
    leechers: 0,
    ...fields,
  }
}

function decide(wish: Wish, offers: TorrentCandidate[], autoApproveThreshold = 0.85) {
  const request = sampleRequest(wish)
  const scored = scoreCandidates(request, offers)
  return { scored, ...decideMatch(request, scored, { autoApproveThreshold, now: NOW }) }
}

describe('sure by title', () => {
  test.each<[Wish, string]>([
    [OK_COMPUTER, 'Radiohead - OK Computer (1997) [FLAC]'],
    [OK_COMPUTER, 'Radiohead - 1997 - OK Computer [FLAC 16-44]'],
    [OK_COMPUTER, 'Radiohead-OK_Computer-CD-FLAC-1997-GRP'],
    [OK_COMPUTER, 'Radiohead - OK Computer (1997) (Remastered) [FLAC]'],
    [{ artist: 'Sigur Rós', album: 'Ágætis byrjun', year: 1999 }, 'Sigur Ros - Agaetis Byrjun (1999) [FLAC]'],
    [{ artist: 'Weezer', album: 'Weezer', year: 1994 }, 'Weezer - Weezer (1994) FLAC'],
    [{ artist: 'Taylor Swift', album: '1989', year: 2014 }, 'Taylor Swift - 1989 (2014) [FLAC]'],
    [{ artist: 'Live', album: 'Throwing Copper', year: 1994 }, 'Live - Throwing Copper (1994) [FLAC]'],
    [{ artist: 'Queen', album: 'Greatest Hits', year: 1981 }, 'Queen - Greatest Hits (1981) [FLAC]'],
    [{ artist: 'Nirvana', album: 'MTV Unplugged in New York', year: 1994 }, 'Nirvana - MTV Unplugged In New York (1994) [FLAC]'],
  ])('$artist: %#', (wish, title) => {
    expect(decide(wish, [offer(title)])).toMatchObject({ kind: 'sure', recommendedIdx: 0 })
  })
})

describe('never sure', () => {
  test.each<[Wish, string, Partial<TorrentCandidate>]>([
    [OK_COMPUTER, 'Radiohead - Kid A (2000) [FLAC]', {}],
    [OK_COMPUTER, 'Radiohead - OK Computer Live at Glastonbury (1997) [FLAC]', {}],
    [OK_COMPUTER, 'Radiohead - OK Computer (Live) (1997) [FLAC]', {}],
    [OK_COMPUTER, 'Radiohead - OK Computer Demos (1997) [FLAC]', {}],
    [OK_COMPUTER, 'VA - OK Computer: A Tribute to Radiohead (2006) [FLAC]', {}],
    [OK_COMPUTER, 'Radiohead - OK Computer - Karaoke (1997) [FLAC]', {}],
    [OK_COMPUTER, 'Vitamin String Quartet - OK Computer (String Quartet Tribute) [FLAC]', {}],
    [OK_COMPUTER, 'Radiohead - OK Computer (1997) [Instrumental] FLAC', {}],
    [OK_COMPUTER, 'Radiohead - The Best Of (2008) [FLAC]', {}],
    [OK_COMPUTER, 'Radiohead - Discography (1993-2016) [FLAC]', { size_bytes: 5e9 }],
    [OK_COMPUTER, 'Radiohead - OK Computer (1997) [FLAC]', { seeders: 0 }],
    [OK_COMPUTER, 'Radiohead - OK Computer (1997) [FLAC]', { size_bytes: 20_000_000 }],
    [OK_COMPUTER, 'Radiohead - OK Computer (1997) [MP3 320]', { size_bytes: 60_000_000 }],
    [OK_COMPUTER, 'Radiohead - OK Computer 1997 1080p BluRay x264', { size_bytes: 5e9 }],
    [OK_COMPUTER, 'OK Computer', {}],
    [OK_COMPUTER, 'Radiohead', {}],
    [OK_COMPUTER, 'Muse - OK Computer (1997) [FLAC]', {}],
    [{ ...OK_COMPUTER, format: 'flac' }, 'Radiohead - OK Computer (1997) [MP3 320]', { size_bytes: 130_000_000 }],
    [{ artist: 'Led Zeppelin', album: 'Led Zeppelin II', year: 1969 }, 'Led Zeppelin - Led Zeppelin III (1970) [FLAC]', {}],
    [{ artist: 'Queen', album: 'Greatest Hits', year: 1981 }, 'Queen - Greatest Hits II (1991) [FLAC]', {}],
    [{ artist: 'Weezer', album: 'Weezer (Blue Album)', year: 1994 }, 'Weezer - Weezer (Green Album) (2001) [FLAC]', {}],
    [{ artist: 'Metallica', album: 'Metallica', year: 1991 }, 'Metallica - Discography [FLAC]', { size_bytes: 5e9 }],
    [{ artist: 'Adele', album: '21', year: 2011 }, 'Adele - 25 (2015) [FLAC]', {}],
    [{ artist: 'Pink Floyd', album: 'The Wall', year: 1979 }, 'Roger Waters - The Wall Live in Berlin (1990) [FLAC]', {}],
    [{ artist: 'Nirvana', album: 'Nevermind', year: 1991 }, 'Nirvana UK - Nevermind (1968) [FLAC]', {}],
    [{ artist: 'Lantern', album: 'Harbour Songs', year: 1968 }, 'Lantern (UK) - Harbour Songs (1968) [FLAC]', {}],
    [{ artist: 'The XX', album: 'xx', year: 2009 }, 'The xx - Coexist (2012) [FLAC]', {}],
    [{ ...OK_COMPUTER, year: 2031 }, 'Radiohead - OK Computer (2031) [FLAC]', {}],
  ])('$artist: %#', (wish, title, fields) => {
    expect(decide(wish, [offer(title, fields)]).kind).toBe('unsure')
  })
})

describe('with a file list', () => {
  test('a plain title is enough when all tracks are there', () => {
    expect(decide(OK_COMPUTER, [offer('Radiohead - OK Computer', { files: sampleFiles(TRACKS) })])).toMatchObject({ kind: 'sure' })
  })

  test('the bar is lower than without one', () => {
    const wish = { ...OK_COMPUTER, year: undefined }
    const title = 'Radiohead - OK Computer'
    expect(decide(wish, [offer(title)]).kind).toBe('unsure')
    expect(decide(wish, [offer(title, { files: sampleFiles(TRACKS) })]).kind).toBe('sure')
  })

  test('an album inside a discography is found', () => {
    const files = [
      ...sampleFiles(['Planet Telex', 'The Bends', 'High and Dry'], 'Radiohead/1995 - The Bends'),
      ...sampleFiles(TRACKS, 'Radiohead/1997 - OK Computer'),
      ...sampleFiles(['Lucky (live)', 'Airbag (live)'], 'Radiohead/2001 - I Might Be Wrong (Live)'),
    ]
    const { scored, kind } = decide(OK_COMPUTER, [offer('Radiohead - Discography (1993-2016) [FLAC]', { files, size_bytes: 5e9 })])
    expect(kind).toBe('sure')
    expect(scored[0]?.track_mapping).toHaveLength(12)
    expect(scored[0]?.track_mapping.every((entry) => entry.torrent_file_path.startsWith('Radiohead/1997'))).toBe(true)
  })

  test('another album by its files, whatever the title says', () => {
    const files = sampleFiles(['Everything in Its Right Place', 'Kid A', 'The National Anthem', 'How to Disappear'])
    expect(decide(OK_COMPUTER, [offer('Radiohead - OK Computer (1997) [FLAC]', { files })])).toMatchObject({
      kind: 'unsure',
      reason: { type: 'no_exact_match' },
    })
  })

  test('live recordings of the same songs', () => {
    const files = sampleFiles(TRACKS.map((name) => `${name} (live)`))
    expect(decide(OK_COMPUTER, [offer('Radiohead - OK Computer (1997) [FLAC]', { files })]).kind).toBe('unsure')
  })

  test('single tracks of a ticket without an album', () => {
    const wish: Wish = { artist: 'Radiohead', tracks: TRACKS, only: [10, 11], scope: 'individual_tracks' }
    const found = decide(wish, [offer('Radiohead - OK Computer (1997) [FLAC]', { files: sampleFiles(TRACKS) })])
    expect(found).toMatchObject({ kind: 'sure' })
    expect(found.scored[0]?.track_mapping.map((entry) => entry.torrent_file_path)).toEqual([
      'Album/10 - No Surprises.flac',
      'Album/11 - Lucky.flac',
    ])
  })
})

describe('the reason to ask', () => {
  const partial = offer('Radiohead - OK Computer (1997) [FLAC]', { files: sampleFiles(TRACKS.slice(0, 10)) })
  test.each<[string, Wish, TorrentCandidate[], object]>([
    ['tracks are missing', OK_COMPUTER, [partial], { type: 'track_count_mismatch', expected: 12, found: 10 }],
    [
      'the size belies the length',
      OK_COMPUTER,
      [offer('Radiohead - OK Computer (1997) [MP3 320kbps]', { size_bytes: 70_000_000 })],
      { type: 'duration_mismatch', expected_secs: 3204, found_secs: 1750 },
    ],
    ['the names differ', OK_COMPUTER, [offer('Radiohead - Kid A (2000) [FLAC]')], { type: 'name_similarity_low' }],
    ['nothing speaks for it', OK_COMPUTER, [offer('Ubuntu 24.04 desktop amd64')], { type: 'no_exact_match' }],
    [
      'no seeders',
      OK_COMPUTER,
      [offer('Radiohead - OK Computer (1997) [FLAC]', { seeders: 0 })],
      { type: 'low_confidence', threshold: 0.88 },
    ],
    ['no candidates', OK_COMPUTER, [], { type: 'no_exact_match' }],
  ])('%s', (_name, wish, offers, reason) => {
    expect(decide(wish, offers)).toMatchObject({ kind: 'unsure', reason })
  })
})

describe('two that are as good', () => {
  const weezer: Wish = { artist: 'Weezer', album: 'Weezer' }

  test('different albums of one name', () => {
    const offers = [offer('Weezer - Weezer (1994) [FLAC]'), offer('Weezer - Weezer (2001) [FLAC]')]
    expect(decide(weezer, offers, 0.8)).toMatchObject({
      kind: 'unsure',
      reason: { type: 'multiple_good_matches', top_scores: [0.85, 0.85] },
    })
  })

  test('the same album twice is no dilemma: the better seeded is taken', () => {
    const offers = [
      offer('Radiohead - OK Computer (1997) [FLAC]', { seeders: 2 }),
      offer('Radiohead - 1997 - OK Computer [FLAC]', { seeders: 30 }),
    ]
    const { kind, scored, recommendedIdx } = decide(OK_COMPUTER, offers)
    expect(kind).toBe('sure')
    expect(scored[recommendedIdx]?.torrent.seeders).toBe(30)
  })
})

describe('the confidence that is told', () => {
  const plain = offer('Radiohead - OK Computer [FLAC]')
  const whole = offer('Radiohead - OK Computer (1997) [FLAC]', { files: sampleFiles(TRACKS) })
  const weezers = [1994, 2001].map((year) => offer(`Weezer - Weezer (${year}) [FLAC]`))
  const toCome = offer('Radiohead - OK Computer (2027) [FLAC]')
  test.each<[string, Wish, TorrentCandidate[], number, number]>([
    ['of two that fit alike one is right', { artist: 'Weezer', album: 'Weezer' }, weezers, 0.8, 0.5],
    ['what is not out yet cannot be', { ...OK_COMPUTER, year: 2027 }, [toCome], 0.85, 0],
    ['good, but nothing shows what is in it', OK_COMPUTER, [plain], 0.85, 0.84],
    ['nobody is asked', OK_COMPUTER, [whole], 0.85, 1],
  ])('%s, whatever the score', (_name, wish, offers, threshold, told) => {
    const { kind, confidence, scored, recommendedIdx } = decide(wish, offers, threshold)
    expect(confidence).toBeCloseTo(told, 5)
    expect(kind).toBe(told === 1 ? 'sure' : 'unsure')
    expect(scored[recommendedIdx]?.score).toBeGreaterThanOrEqual(0.85)
  })

  test('reaches the threshold where nobody is asked, and nowhere else', () => {
    const offers = [
      plain,
      whole,
      ...weezers,
      toCome,
      offer('Radiohead - OK Computer [MP3]'),
      offer('Kid A'),
      offer('Radiohead', { seeders: 0 }),
    ]
    const wishes = [OK_COMPUTER, { artist: 'Weezer', album: 'Weezer' }, { ...OK_COMPUTER, year: 2027 }, { ...OK_COMPUTER, year: undefined }]
    const judged = wishes.map((wish) => [sampleRequest(wish), scoreCandidates(sampleRequest(wish), offers)] as const)
    const choice = fc
      .constantFrom(...judged)
      .chain(([request, scored]) => fc.tuple(fc.constant(request), fc.subarray(scored, { minLength: 1 })))
    fc.assert(
      fc.property(choice, fc.double({ min: 0.05, max: 1, noNaN: true }), ([request, scored], autoApproveThreshold) => {
        const { kind, confidence } = decideMatch(request, scored, { autoApproveThreshold, now: NOW })
        expect(confidence >= autoApproveThreshold).toBe(kind === 'sure')
      }),
    )
  })
})

describe('of equals the better quality is taken, whoever seeds it', () => {
  const chosen = (format: Wish['format'], ...tags: string[]) => {
    const offers = tags.map((tag, index) => offer(`Radiohead - OK Computer (1997) [${tag}]`, { seeders: 10 * index + 1 }))
    const { scored, recommendedIdx } = decide(format ? { ...OK_COMPUTER, format } : OK_COMPUTER, offers)
    return scored[recommendedIdx]?.torrent.title
  }
  test.each<[Wish['format'], string, string[]]>([
    [undefined, 'FLAC', ['FLAC', 'ALAC', 'WAV', 'APE']],
    [undefined, 'ALAC', ['ALAC', 'WAV']],
    [undefined, 'MP3 320', ['MP3 320', 'MP3 256', 'V0']],
    [undefined, 'V0', ['V0', 'MP3 256']],
    ['flac', 'FLAC 24-96', ['FLAC', 'FLAC 24-96', 'FLAC 24-48', 'FLAC 16-44']],
    ['ogg_vorbis', 'FLAC 16-44', ['FLAC 24-96', 'FLAC 16-44']],
  ])('%s: %s', (format, best, tags) => {
    expect(chosen(format, ...tags)).toContain(`[${best}]`)
  })
})

test('partial albums are taken without asking where the ticket allows it', () => {
  const files = sampleFiles(TRACKS.slice(0, 11))
  const found = decide({ ...OK_COMPUTER, allowPartial: true }, [offer('Radiohead - OK Computer (1997) [FLAC]', { files })])
  expect(found).toMatchObject({ kind: 'sure' })
})

test('the order in which candidates come changes nothing, and each has its reasons', () => {
  const titles = [
    'Radiohead - OK Computer (1997) [FLAC]',
    'Radiohead - OK Computer [MP3]',
    'Radiohead - Kid A',
    'Radiohead - Discography',
    'x',
    'Radiohead - OK Computer (1997) [FLAC]',
  ]
  const offers = titles.map((title, index) => offer(title, { seeders: index % 3 }))
  const request = sampleRequest(OK_COMPUTER)
  const expected = scoreCandidates(request, offers)
  for (const { score, reasons, reasoning } of expected) {
    expect(score).toBeGreaterThanOrEqual(0)
    expect(score).toBeLessThanOrEqual(1)
    expect(reasons.length).toBeGreaterThan(0)
    expect(reasoning).toMatch(/^(Score|Rejected).*\.$/)
  }
  fc.assert(
    fc.property(fc.shuffledSubarray(offers, { minLength: offers.length }), (shuffled) => {
      expect(scoreCandidates(request, shuffled)).toEqual(expected)
      const unordered = shuffled.map((candidate) => expected.find(({ torrent }) => torrent === candidate) as (typeof expected)[number])
      const decision = decideMatch(request, unordered, { autoApproveThreshold: 0.85, now: NOW })
      expect(unordered[decision.recommendedIdx]).toBe(expected[0])
      expect(orderCandidates(unordered)).toEqual(expected)
    }),
  )
})
