import { describe, expect, test } from '@jest/globals'
import type { TorrentCandidate } from '@torrentino/domain'
import { decideMatch } from '../decide-match.js'
import type { MatchRequest } from '../match-request.js'
import type { MusicLimit } from '../quality/music.js'
import { scoreCandidate } from '../score-candidate.js'
import { sampleFiles, sampleRequest, type Wish } from '../testing/sample-request.js'

const TRACKS = ['Opening', 'Second Thoughts', 'Paper Planes', 'Quiet Water', 'Long Way Down', 'Lighthouse', 'Seven Doors']
const SECS = [180, 300, 242, 415, 201, 333, 268]
const WISH: Wish = { artist: 'Marlow Pike', album: 'Weather House', year: 2004, tracks: TRACKS }

function wanted(wish: Partial<Wish> = {}, constraints: Partial<MatchRequest['constraints']> = {}): MatchRequest {
  const request = sampleRequest({ ...WISH, ...wish })
  const tracks = request.tracks.map((track, index) => ({ ...track, duration_secs: SECS[index] }))
  return { ...request, tracks, constraints: { ...request.constraints, ...constraints } }
}

const deep = (bit_depth: 16 | 24) => wanted({ format: 'flac' }, { bit_depth })

/** Files of the wanted tracks at so many bytes per second. */
function files(rate: number, extension = 'flac', nameOf = (name: string) => name) {
  return sampleFiles(TRACKS.map(nameOf), 'Weather House', extension).map((file, index) => ({
    ...file,
    size_bytes: (SECS[index] ?? 0) * rate,
  }))
}

function judge(request: MatchRequest, title: string, fields: Partial<TorrentCandidate> = {}) {
  const list = fields.files?.reduce((sum, file) => sum + file.size_bytes, 0)
  const torrent = { title, indexer: 'i', info_hash: 'a'.repeat(40), size_bytes: list ?? 210_000_000, seeders: 5, leechers: 0, ...fields }
  const scored = scoreCandidate(request, torrent)
  const { kind, reason } = decideMatch(request, [scored], { autoApproveThreshold: 0.85, now: new Date('2026-01-01') })
  return { ...scored, kind, reason, points: Object.fromEntries(scored.reasons.map(({ code, points }) => [code, points])) }
}

const TITLE = 'Marlow Pike - Weather House (2004) [FLAC]'

describe('a rule speaks up', () => {
  const disc = [
    { path: 'Weather House.flac', size_bytes: 210_000_000 },
    { path: 'Weather House.cue', size_bytes: 1500 },
  ]
  const other = files(40_000, 'mp3').map((file, index) => ({ ...file, size_bytes: (SECS[(index + 3) % 7] ?? 0) * 40_000 }))
  const broken = files(110_000).map((file, index) => ({ ...file, size_bytes: index > 4 ? 90_000 : file.size_bytes }))
  test.each<[string, MatchRequest, string, Partial<TorrentCandidate>, RegExp]>([
    ['image', wanted(), TITLE, { files: disc }, /"Weather House.flac" holds whole discs .* split by their cue sheets/],
    ['image', wanted(), 'Marlow Pike - Weather House - 2004, FLAC (image+.cue), lossless', {}, /one file with a cue sheet/],
    ['track_count', wanted(), 'Marlow Pike - Weather House (2004) [2 tracks] FLAC', {}, /tells of 2 tracks, 7 were wanted/],
    ['incomplete', wanted(), 'Marlow Pike - Weather House (2004) FLAC (incomplete)', {}, /an incomplete set/],
    ['language', wanted(), 'Marlow Pike - Weather House [Spanish Version] (2004) FLAC', {}, /in another language/],
    ['live', wanted(), 'Marlow Pike - Weather House (en vivo) (2004) FLAC', {}, /a live recording/],
    ['lengths', wanted(), 'Marlow Pike - Weather House (2004) [MP3 320]', { files: other }, /do not go with the lengths/],
    ['broken_files', wanted(), TITLE, { files: broken }, /2 of its files are far too small/],
    ['part_of_set', wanted(), 'Marlow Pike - Weather House [Disc 2] (2004) [FLAC]', {}, /it is disc 2 alone/],
    ['other_recording', wanted({ album: 'Weather House Live' }), TITLE, {}, /nothing says that it is the "live"/],
    ['other_recording', wanted({ album: 'Weather House (Deluxe Edition)' }), TITLE, {}, /nothing says that it is the "deluxe"/],
    ['recorded_anew', wanted(), "Marlow Pike - Weather House (Marlow's Version) (2021) [FLAC]", {}, /a later recording/],
    ['ep', wanted(), 'Marlow Pike - Weather House EP (2004) [FLAC]', {}, /an EP/],
    ['live', wanted(), 'Marlow Pike - Weather House (BBC Sessions) [FLAC]', {}, /a live recording/],
    ['altered', wanted(), 'Marlow Pike - Weather House (slowed + reverb)', {}, /altered music/],
    ['format', wanted({ format: 'flac' }), 'Marlow Pike - Weather House (2004) [FLAC] transcode', {}, /made from lossy files/],
    ['format', deep(24), 'Marlow Pike - Weather House (2004) [FLAC 16-44]', { files: files(110_000) }, /at 16 bit, 24 were wanted/],
    ['format', deep(24), TITLE, { files: files(110_000) }, /FLAC is lossless, but does not tell of the 24 bit that are wanted/],
    ['format', deep(24), TITLE, {}, /does not tell of the 24 bit/],
    [
      'format',
      wanted({}, { bitrate_kbps: 320 }),
      'Marlow Pike - Weather House [MP3 320]',
      { files: files(16_000, 'mp3') },
      /MP3 at 128 kbit\/s is less/,
    ],
  ])('%s: %#', (code, request, title, fields, sentence) => {
    const { points, reasoning, kind } = judge(request, title, fields)
    expect(points[code]).toBeLessThan(0)
    expect(reasoning).toMatch(sentence)
    expect(kind).toBe('unsure')
  })
})

describe('red flags: what was not asked for is told and asked about, what was asked for is none', () => {
  test.each<[string, string, string, RegExp]>([
    ['cover', 'Weather House (Covers)', 'Weather House Covers', /looks like cover versions/],
    ['cover', 'Weather House (Jonas Weir Cover)', 'Weather House Jonas Weir Cover', /looks like cover versions/],
    ['cover', 'Weather House - Cover Versions', 'Weather House Cover Versions', /looks like cover versions/],
    ['compilation', 'Weather House: Greatest Hits', 'Weather House Greatest Hits', /looks like a compilation/],
    ['compilation', 'The Best of Weather House', 'The Best of Weather House', /looks like a compilation/],
    ['compilation', 'Weather House (сборник)', 'Weather House сборник', /looks like a compilation/],
    ['live', 'Weather House (Live in Oslo)', 'Weather House Live in Oslo', /looks like a live recording/],
    ['live', 'Weather House (MTV Unplugged)', 'Weather House MTV Unplugged', /looks like a live recording/],
    ['karaoke', 'Weather House (Karaoke)', 'Weather House Karaoke', /looks like karaoke/],
    ['karaoke', 'Weather House - Backing Tracks', 'Weather House Backing Tracks', /looks like karaoke/],
    ['tribute', 'A Tribute to Weather House', 'A Tribute to Weather House', /looks like a tribute by others/],
    ['tribute', 'Weather House (Lullaby Renditions)', 'Weather House Lullaby Renditions', /looks like a tribute by others/],
  ])('%s: %s', (code, offered, album, sentence) => {
    const title = `Marlow Pike - ${offered} (2004) [FLAC]`
    const unasked = judge(wanted(), title)
    expect(unasked.points[code]).toBeLessThanOrEqual(-0.25)
    expect(unasked.reasoning).toMatch(sentence)
    expect(unasked.kind).toBe('unsure')
    expect(judge(wanted({ album }), title).points).not.toHaveProperty(code)
  })

  test.each<[string, string, RegExp]>([
    ['remaster', 'Weather House (Remastered)', /looks like a remaster/],
    ['remaster', 'Weather House [2011 Remaster]', /looks like a remaster/],
    ['deluxe', 'Weather House (Deluxe Edition)', /looks like an extended edition/],
    ['deluxe', 'Weather House (25th Anniversary Edition)', /looks like an extended edition/],
  ])('%s: %s costs little, so the plain one comes first', (code, offered, sentence) => {
    const title = `Marlow Pike - ${offered} (2004) [FLAC]`
    const edition = judge(wanted(), title)
    expect(edition.points[code]).toBeLessThan(0)
    expect(edition.reasoning).toMatch(sentence)
    expect(edition.score).toBeLessThan(judge(wanted(), TITLE).score)
    expect(edition.score).toBeGreaterThan(0.8)
    expect(judge(wanted({ album: offered }), title).points).not.toHaveProperty(code)
  })

  test.each<[string, string]>([
    ['cover', 'Marlow Pike - Weather House (2004) [FLAC] + Covers'],
    ['cover', 'Marlow Pike - Weather House (2004) FLAC [Cover Scans]'],
    ['cover', 'Marlow Pike - Weather House (Cover Art) (2004) [FLAC]'],
    ['cover', 'Marlow Pike - Weather House + cover (2004) [FLAC]'],
    ['live', 'Marlow Pike - Weather House (2004) [FLAC] {Alive Records}'],
  ])('%s keeps quiet: %s', (code, title) => {
    expect(judge(wanted(), title).points).not.toHaveProperty(code)
  })
})

describe('a rule keeps quiet', () => {
  test.each<[string, MatchRequest, string, Partial<TorrentCandidate>]>([
    ['part_of_set', wanted(), 'Marlow Pike - Weather House (2004) CD1+CD2 [FLAC]', {}],
    ['live', wanted({ album: 'Live at Home' }), 'Marlow Pike - Live at Home (2004) [FLAC]', {}],
    ['live', wanted(), 'Marlow Pike - Discography (Albums, Live, Demos) [FLAC]', { files: files(110_000) }],
    ['part_of_set', wanted(), 'Marlow Pike - Weather House (2004) [2CD] FLAC', {}],
    ['other_recording', wanted({ album: 'Weather House Live' }), 'Marlow Pike - Weather House (Live) 2004 FLAC', {}],
    ['other_recording', wanted({ album: 'Weather House (Deluxe Edition)' }), TITLE, { files: files(110_000) }],
    ['ep', wanted({ tracks: TRACKS.slice(0, 4) }), 'Marlow Pike - Weather House EP (2004) [FLAC]', {}],
    ['single', wanted(), 'Marlow Pike - Weather House (Single) [FLAC]', { files: files(110_000) }],
    ['recorded_anew', wanted(), 'Marlow Pike - Weather House (Bonus Version) [FLAC]', {}],
    ['lengths', sampleRequest(WISH), TITLE, { files: files(40_000, 'mp3') }],
    ['image', wanted(), TITLE, { files: [...files(110_000), { path: 'Weather House/x.cue', size_bytes: 900 }] }],
  ])('%s: %#', (code, request, title, fields) => {
    expect(judge(request, title, fields).points).not.toHaveProperty(code)
  })
})

describe('bits per sample are heeded where lossless is wanted', () => {
  test.each<[string, MatchRequest, string, Partial<TorrentCandidate>, number, RegExp]>([
    ['as wanted', deep(24), 'Marlow Pike - Weather House (2004) [24bit-96kHz] FLAC', {}, 0.1, /lossless at 24 bit, as wanted/],
    ['not told, but more than a CD holds', deep(24), TITLE, { files: files(330_000) }, 0.1, /at 24 bit, as wanted/],
    ['SACD', deep(24), 'Marlow Pike - Weather House (2004) [DSD64]', {}, 0.1, /at 24 bit, as wanted/],
    ['less is wanted', deep(16), 'Marlow Pike - Weather House (2004) [FLAC 24-96]', {}, 0.09, /24 bit, more than the 16 that are wanted/],
    ['16 as a CD has them', deep(16), TITLE, {}, 0.1, /FLAC is lossless \(/],
    ['nobody asked', wanted({ format: 'flac' }), 'Marlow Pike - Weather House (2004) [FLAC 16-44]', {}, 0.1, /FLAC is lossless \(/],
    [
      'lossy formats have none',
      wanted({}, { bit_depth: 24 }),
      'Marlow Pike - Weather House (2004) [FLAC 16-44]',
      {},
      0.1,
      /FLAC is lossless \(/,
    ],
  ])('%s', (_name, request, title, fields, points, sentence) => {
    const judged = judge(request, title, fields)
    expect(judged.points.format).toBe(points)
    expect(judged.reasoning).toMatch(sentence)
    expect(judged.kind).toBe('sure')
  })
})

describe('the ceiling of quality', () => {
  const under = (music_quality_limit: MusicLimit, request = wanted()): MatchRequest => ({ ...request, music_quality_limit })
  const mp3 = 'Marlow Pike - Weather House (2004) [MP3 320]'
  test.each<[MatchRequest, string, Partial<TorrentCandidate>, RegExp]>([
    [under('alac'), TITLE, {}, /FLAC is above the ceiling of alac/],
    [under('320'), 'Marlow Pike - Weather House (2004) [ALAC]', {}, /ALAC is above the ceiling of 320/],
    [under('320'), 'Marlow Pike - Weather House (2004)', { files: files(110_000) }, /FLAC is above the ceiling of 320/],
    [under('256'), mp3, {}, /MP3 320 is above the ceiling of 256/],
    [under('192'), 'Marlow Pike - Weather House (2004) [V0]', {}, /MP3 V0 is above the ceiling of 192/],
  ])('nothing better is loaded: %#', (request, title, fields, sentence) => {
    expect(judge(request, title, fields)).toMatchObject({ score: 0, reasoning: expect.stringMatching(sentence) })
  })

  test.each<[MatchRequest, string, Partial<TorrentCandidate>]>([
    [wanted(), TITLE, {}],
    [under('320'), mp3, {}],
    [under('320'), TITLE, { files: files(40_000, 'mp3') }],
    [under('128'), 'Marlow Pike - Weather House (2004)', {}],
    [under('320', wanted({ format: 'flac' })), TITLE, {}],
  ])('what is within, not told, or asked for by the ticket is: %#', (request, title, fields) => {
    expect(judge(request, title, fields).points).not.toHaveProperty('above_ceiling')
  })
})

describe('torrents of version 2', () => {
  const v2 = { info_hash: undefined, info_hash_v2: 'b'.repeat(64) }
  test('are out of the question where nothing leads to version 1', () => {
    const { score, reasoning, reason } = judge(wanted(), TITLE, v2)
    expect(score).toBe(0)
    expect(reasoning).toMatch(/version 2 only, which the engine cannot load/)
    expect(reason).toEqual({ type: 'no_exact_match' })
  })

  test.each<[string, Partial<TorrentCandidate>]>([
    ['a hash of version 1', { info_hash: 'a'.repeat(40) }],
    ['a link to the torrent', { download_url: 'https://indexer.test/1' }],
    ['a link of another indexer', { sources: [{ indexer: 'j', seeders: 1, leechers: 0, download_url: 'https://indexer.test/1' }] }],
    ['a magnet of both', { magnet_uri: `magnet:?xt=urn:btmh:1220${'b'.repeat(64)}&xt=urn:btih:${'a'.repeat(40)}` }],
  ])('%s saves them', (_name, fields) => {
    expect(judge(wanted(), TITLE, { ...v2, ...fields }).score).toBeGreaterThan(0.8)
  })
})

describe('evidence of files', () => {
  test('an artist whom only the files name, in a pack of several', () => {
    const list = files(110_000, 'flac', (name) => `Marlow Pike - ${name}`)
    expect(judge(wanted(), 'Harbour Records Collection 2001-2009 [FLAC]', { files: list })).toMatchObject({ kind: 'sure' })
    expect(judge(wanted(), 'Jonas Weir - Weather House (2004) [FLAC]', { files: list }).kind).toBe('unsure')
  })

  test('sizes that follow the lengths to the percent make up for what the title leaves open', () => {
    const request = wanted({ artist: 'Ludwig van Pike' })
    const title = 'Pike - Weather House (2004) [MP3 320]'
    expect(judge(request, title, { files: files(40_000, 'mp3') }).kind).toBe('sure')
    expect(judge(request, title, { files: files(40_000, 'mp3', (name) => `${name} (live)`) }).kind).toBe('unsure')
  })

  test('the length that files of one bitrate have is told where it is another', () => {
    const list = files(40_000, 'mp3').map((file, index) => ({ ...file, size_bytes: (SECS[(index + 3) % 7] ?? 0) * 44_000 }))
    expect(judge(wanted(), 'Marlow Pike - Weather House (2004) [MP3 320]', { files: list }).reason).toEqual({
      type: 'duration_mismatch',
      expected_secs: 1939,
      found_secs: 2133,
    })
  })
})

test('collections are preferred only by setting, and only where they hold everything', () => {
  const list = files(110_000).map((file) => ({ ...file, path: `Marlow Pike/2004 - ${file.path}` }))
  const album = { title: TITLE, files: files(110_000) }
  const whole = { title: 'Marlow Pike - Discography (2001-2010) [FLAC]', files: list }
  const choose = (prefer_discographies: boolean, ...offers: (typeof album)[]) => {
    const request = { ...wanted(), prefer_discographies }
    const scored = offers.map(({ title, files: held }) => judge(request, title, { files: held }))
    return decideMatch(request, scored, { autoApproveThreshold: 0.85, now: new Date('2026-01-01') })
  }
  expect(choose(false, album, whole)).toMatchObject({ kind: 'sure', recommendedIdx: 0 })
  expect(choose(true, album, whole)).toMatchObject({ kind: 'sure', recommendedIdx: 1 })
  expect(choose(true, album, { ...whole, files: list.slice(1) })).toMatchObject({ kind: 'sure', recommendedIdx: 0 })
})

test("a song's name asks for no concert", () => {
  const title = 'Marlow Pike - Weather House (Live) (2004) [FLAC]'
  expect(judge(wanted({ tracks: ['Live Forever', ...TRACKS.slice(1)] }), title).points).toHaveProperty('live')
  expect(judge(wanted({ tracks: TRACKS.map((name) => `${name} (Live)`) }), title).points).not.toHaveProperty('live')
})

test('label and genre tell two equal releases apart', () => {
  const request = wanted()
  const hinted = { ...request, search: { ...request.search, label: 'Harbour Records', genres: ['folk'] } }
  const other = judge(hinted, 'Marlow Pike - Weather House (2004) [FLAC] {Reissue Co}').score
  expect(judge(hinted, 'Marlow Pike - Weather House (2004) [FLAC] {Harbour Records}').score).toBeGreaterThan(other)
  expect(judge(request, 'Marlow Pike - Weather House (2004) [FLAC] {Harbour Records}').score).toBe(other)
})
