import { describe, expect, test } from '@jest/globals'
import { albumBody } from '@torrentino/testkit'
import fc from 'fast-check'
import { fieldFaults } from '../fault-path.js'
import { requestedItems } from './items.js'
import { AUDIO_FORMATS, NewTicket } from './new-ticket.js'

const ID = '0b5dd3a0-7c1e-4d6a-9a58-1f1c3a8f6a11'

/** The example of the design document, with real ids where it says "uuid". */
const EXAMPLE = {
  ticket_id: ID,
  created_at: '2024-12-24T10:00:00Z',
  requested_by: 'user_id_from_auth',
  dry_run: false,
  linked_tickets: ['5f0b1c9e-3b0a-4a55-8d0e-6a6d2f6f0c02', '9c5f2f4e-1d2b-4c3a-b7a8-0d9e8f7a6b03'],
  request_scope: 'full_album',
  search: { artist: 'Radiohead', album: 'OK Computer', year: 1997, label: 'Parlophone', genres: ['alternative rock', 'art rock'] },
  tracks: [
    {
      catalog_track_id: 't1',
      disc_number: 1,
      track_number: 1,
      name: 'Airbag',
      duration_secs: 284,
      dest_path: '/media/albums/abc123/d1t01.ogg',
      requested: true,
    },
  ],
  images: [{ catalog_image_id: 'img1', type: 'cover_front', dest_path: '/media/albums/abc123/cover.jpg' }],
  constraints: { format: 'ogg_vorbis', bitrate_kbps: 320, sample_rate_hz: 44100, embed_metadata: true, embed_cover: true },
  metadata_to_embed: { artist: 'Radiohead', album: 'OK Computer', year: 1997, genre: 'Alternative Rock' },
}

function album(change: Record<string, unknown> = {}): Record<string, unknown> {
  return { ...albumBody({ images: 1 }), ...change }
}

function firstTrack(change: Record<string, unknown>): Record<string, unknown> {
  const [first, ...others] = album().tracks as object[]
  return album({ tracks: [{ ...first, ...change }, ...others] })
}

function image(change: Record<string, unknown>): Record<string, unknown> {
  const [first] = album().images as object[]
  return album({ images: [{ ...first, ...change }] })
}

function search(change: Record<string, unknown>): Record<string, unknown> {
  return album({ search: { ...(album().search as object), ...change } })
}

function without(body: Record<string, unknown>, key: string): Record<string, unknown> {
  const { [key]: _left, ...rest } = body
  return rest
}

describe('a good ticket', () => {
  test('is the example of the design, as it stands there, less what is decided here', () => {
    const { created_at: _at, requested_by: _by, ...rest } = EXAMPLE
    const parsed = NewTicket.parse(EXAMPLE)
    expect(parsed).toEqual({ ...rest, content_type: 'music', priority: 2, constraints: { ...EXAMPLE.constraints, allow_partial: false } })
    expect(parsed).not.toHaveProperty('requested_by')
  })

  test('needs little: all else has its default', () => {
    const tracks = [{ catalog_track_id: 't1', track_number: 1, name: 'One', dest_path: '/m/1.ogg' }]
    expect(NewTicket.parse({ search: { artist: 'A' }, tracks })).toEqual({
      content_type: 'music',
      dry_run: false,
      priority: 2,
      linked_tickets: [],
      request_scope: 'full_album',
      search: { artist: 'A', genres: [] },
      tracks: [{ ...tracks[0], disc_number: 1, requested: true }],
      images: [],
      constraints: { format: 'ogg_vorbis', embed_metadata: true, embed_cover: true, allow_partial: false },
      metadata_to_embed: {},
    })
  })

  test.each([
    ['the alias of a scope', { request_scope: 'tracks' }, { request_scope: 'individual_tracks' }],
    ['the scope of the alias', { request_scope: 'individual_tracks' }, { request_scope: 'individual_tracks' }],
    ['a priority by name', { priority: 'urgent' }, { priority: 1 }],
    ['another by name', { priority: 'background' }, { priority: 3 }],
    ['a priority by number', { priority: 3 }, { priority: 3 }],
    ['an id in capitals', { ticket_id: ID.toUpperCase() }, { ticket_id: ID }],
    ['spaces around text', { search: { artist: '  A  ' } }, { search: { artist: 'A', genres: [] } }],
    ['a dry run', { dry_run: true }, { dry_run: true }],
    ['any script', { search: { artist: '椎名林檎 & Sigur Rós' } }, { search: { artist: '椎名林檎 & Sigur Rós', genres: [] } }],
  ])('may have %s', (_what, change, expected) => {
    expect(NewTicket.parse(album(change))).toMatchObject(expected)
  })

  test.each(AUDIO_FORMATS)('may want %s', (format) => {
    expect(NewTicket.parse(album({ constraints: { format } })).constraints.format).toBe(format)
  })

  test('may say how its MP3 varies, but only of MP3 and not beside a bitrate', () => {
    expect(NewTicket.parse(album({ constraints: { format: 'mp3', vbr: 'v0' } })).constraints.vbr).toBe('v0')
    for (const constraints of [{ vbr: 'v0' }, { format: 'mp3', vbr: 'v2', bitrate_kbps: 192 }, { format: 'mp3', vbr: 'v1' }])
      expect(NewTicket.safeParse(album({ constraints })).error?.issues[0]?.path).toEqual(['constraints', 'vbr'])
  })

  test('makes items of the requested tracks, then of the images, numbered in this order', () => {
    const body = albumBody({ tracks: 3, images: 2 })
    const tracks = (body.tracks as object[]).map((track, index) => ({ ...track, requested: index !== 1 }))
    const items = requestedItems(NewTicket.parse({ ...body, tracks }))
    expect(items.map(({ id, index, kind }) => [id, index, kind])).toEqual([
      ['t1', 0, 'track'],
      ['t3', 1, 'track'],
      ['i1', 2, 'image'],
      ['i2', 3, 'image'],
    ])
  })
})

const BAD: [what: string, body: unknown, path: string][] = [
  ['nothing', undefined, ''],
  ['null', null, ''],
  ['a list', [], ''],
  ['text', 'ticket', ''],
  ['no search', without(album(), 'search'), 'search'],
  ['no tracks', without(album(), 'tracks'), 'tracks'],
  ['an empty list of tracks', album({ tracks: [] }), 'tracks'],
  ['tracks that are no list', album({ tracks: {} }), 'tracks'],
  ['too many tracks', album({ tracks: albumBody({ tracks: 1001 }).tracks }), 'tracks'],
  ['no requested track', album({ tracks: (album().tracks as object[]).map((track) => ({ ...track, requested: false })) }), 'tracks'],
  ['an unknown key', album({ colour: 'red' }), 'colour'],
  ['an unknown key of prototype', JSON.parse(JSON.stringify(album()).replace(/^\{/, '{"__proto__":{},')), '__proto__'],
  ['another content', album({ content_type: 'movie' }), 'content_type'],
  ['a dry run that is text', album({ dry_run: 'yes' }), 'dry_run'],
  ['an id that is none', album({ ticket_id: 'uuid' }), 'ticket_id'],
  ['an id with a tail', album({ ticket_id: `${ID}0` }), 'ticket_id'],
  ['an id that is a number', album({ ticket_id: 7 }), 'ticket_id'],
  ['a priority beyond', album({ priority: 4 }), 'priority'],
  ['a priority that is text of a number', album({ priority: '1' }), 'priority'],
  ['a priority of no name', album({ priority: 'high' }), 'priority'],
  ['a scope that is none', album({ request_scope: 'everything' }), 'request_scope'],
  ['a linked ticket that is none', album({ linked_tickets: [ID, 'x'] }), 'linked_tickets[1]'],
  ['too many linked tickets', album({ linked_tickets: Array.from({ length: 1001 }, () => ID) }), 'linked_tickets'],
  ['a moment that is too long', album({ created_at: 'x'.repeat(65) }), 'created_at'],
  ['a requester that is too long', album({ requested_by: 'x'.repeat(257) }), 'requested_by'],
  ['no artist', search({ artist: undefined }), 'search.artist'],
  ['an empty artist', search({ artist: '' }), 'search.artist'],
  ['an artist of spaces', search({ artist: '   ' }), 'search.artist'],
  ['an artist that is too long', search({ artist: 'x'.repeat(501) }), 'search.artist'],
  ['an artist with NUL', search({ artist: 'a\0b' }), 'search.artist'],
  ['an artist with a line break', search({ artist: 'a\nb' }), 'search.artist'],
  ['an artist with half a surrogate pair', search({ artist: 'a\ud800' }), 'search.artist'],
  ['an artist that is a list', search({ artist: ['a'] }), 'search.artist'],
  ['an empty album', search({ album: '' }), 'search.album'],
  ['null for an album', search({ album: null }), 'search.album'],
  ['a year as text', search({ year: '1997' }), 'search.year'],
  ['a year of three digits', search({ year: 997 }), 'search.year'],
  ['a broken year', search({ year: 1997.5 }), 'search.year'],
  ['a label that is too long', search({ label: 'x'.repeat(201) }), 'search.label'],
  ['too many genres', search({ genres: Array.from({ length: 51 }, () => 'rock') }), 'search.genres'],
  ['an empty genre', search({ genres: ['rock', ''] }), 'search.genres[1]'],
  ['an unknown key in the search', search({ query: 'x' }), 'search.query'],
  ['a track without id', firstTrack({ catalog_track_id: undefined }), 'tracks[0].catalog_track_id'],
  ['a track id with a slash', firstTrack({ catalog_track_id: 'a/b' }), 'tracks[0].catalog_track_id'],
  ['a track id that leads upwards', firstTrack({ catalog_track_id: '..' }), 'tracks[0].catalog_track_id'],
  ['a track id with a line break at its end', firstTrack({ catalog_track_id: 't1\n' }), 'tracks[0].catalog_track_id'],
  ['a track id that is too long', firstTrack({ catalog_track_id: 'x'.repeat(129) }), 'tracks[0].catalog_track_id'],
  ['a track id twice', firstTrack({ catalog_track_id: 't2' }), 'tracks[1].catalog_track_id'],
  ['an image id that a track has', image({ catalog_image_id: 't1' }), 'images[0].catalog_image_id'],
  ['track number zero', firstTrack({ track_number: 0 }), 'tracks[0].track_number'],
  ['a track number as text', firstTrack({ track_number: '1' }), 'tracks[0].track_number'],
  ['disc number zero', firstTrack({ disc_number: 0 }), 'tracks[0].disc_number'],
  ['no name', firstTrack({ name: undefined }), 'tracks[0].name'],
  ['a length of nothing', firstTrack({ duration_secs: 0 }), 'tracks[0].duration_secs'],
  ['a length without end', firstTrack({ duration_secs: Number.POSITIVE_INFINITY }), 'tracks[0].duration_secs'],
  ['a length of days', firstTrack({ duration_secs: 172_801 }), 'tracks[0].duration_secs'],
  ['no destination', firstTrack({ dest_path: undefined }), 'tracks[0].dest_path'],
  ['a relative destination', firstTrack({ dest_path: 'a.ogg' }), 'tracks[0].dest_path'],
  ['a destination upwards', firstTrack({ dest_path: '/media/../etc/a' }), 'tracks[0].dest_path'],
  ['a destination that is a folder', firstTrack({ dest_path: '/media/' }), 'tracks[0].dest_path'],
  ['a destination with NUL', firstTrack({ dest_path: '/media/a\0' }), 'tracks[0].dest_path'],
  ['the same destination twice', firstTrack({ dest_path: '/media/music/album/2.ogg' }), 'tracks[1].dest_path'],
  ['the same destination in other words', firstTrack({ dest_path: '/media//music/./album/2.ogg' }), 'tracks[1].dest_path'],
  ['a destination below another', firstTrack({ dest_path: '/media/music/album/2.ogg/1.ogg' }), 'tracks[1].dest_path'],
  ['an image over a track', image({ dest_path: '/media/music/album/1.ogg' }), 'images[0].dest_path'],
  ['a track that is no object', album({ tracks: ['t1'] }), 'tracks[0]'],
  ['an unknown key in a track', firstTrack({ title: 'x' }), 'tracks[0].title'],
  ['whether it is requested as text', firstTrack({ requested: 'true' }), 'tracks[0].requested'],
  ['an image of a type that is none', image({ type: 'poster' }), 'images[0].type'],
  ['too many images', album({ images: albumBody({ images: 21 }).images }), 'images'],
  ['a format that is none', album({ constraints: { format: 'mp4' } }), 'constraints.format'],
  ['a bitrate as text', album({ constraints: { bitrate_kbps: '320' } }), 'constraints.bitrate_kbps'],
  ['a bitrate beyond', album({ constraints: { bitrate_kbps: 100_000 } }), 'constraints.bitrate_kbps'],
  ['a bitrate below', album({ constraints: { bitrate_kbps: 8 } }), 'constraints.bitrate_kbps'],
  ['a sample rate that nobody has', album({ constraints: { sample_rate_hz: 44_000 } }), 'constraints.sample_rate_hz'],
  ['an unknown constraint', album({ constraints: { codec: 'x' } }), 'constraints.codec'],
  ['null for the constraints', album({ constraints: null }), 'constraints'],
  ['tags with a control character', album({ metadata_to_embed: { genre: 'a\u0007' } }), 'metadata_to_embed.genre'],
  ['an unknown tag', album({ metadata_to_embed: { composer: 'x' } }), 'metadata_to_embed.composer'],
]

describe('a bad ticket', () => {
  test.each(BAD)('%s: refused, with the place of the fault', (_what, body, path) => {
    const result = NewTicket.safeParse(body)
    expect(result.success).toBe(false)
    const faults = fieldFaults(result.error as never)
    expect(faults.map((fault) => fault.path)).toContain(path)
    expect(faults.every((fault) => fault.message.length > 0 && fault.message.length < 500)).toBe(true)
  })

  test('with many faults names them all, up to a bound', () => {
    const tracks = Array.from({ length: 200 }, () => ({}))
    const result = NewTicket.safeParse({ ...album({ tracks }), one: 1, two: 2 })
    const faults = fieldFaults(result.error as never)
    expect(faults).toHaveLength(50)
    expect(faults.slice(0, 2).map((fault) => fault.path)).toEqual(['tracks[0].catalog_track_id', 'tracks[0].track_number'])
  })

  test('of any shape at all is refused without an exception', () => {
    fc.assert(
      fc.property(fc.anything({ withBigInt: true, withDate: true, withNullPrototype: true }), (anything) => {
        const result = NewTicket.safeParse(anything)
        if (!result.success) fieldFaults(result.error)
      }),
    )
  })

  test('in any one field is refused, or taken and means the same when it is posted again', () => {
    const keys = fc.constantFrom('search', 'tracks', 'images', 'constraints', 'metadata_to_embed', 'priority', 'request_scope', 'ticket_id')
    fc.assert(
      fc.property(keys, fc.jsonValue(), (key, value) => {
        const result = NewTicket.safeParse(album({ [key]: value }))
        if (result.success) expect(NewTicket.parse(JSON.parse(JSON.stringify(result.data)))).toEqual(result.data)
      }),
    )
  })
})
