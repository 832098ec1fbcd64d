import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Problem } from '@torrentino/domain'
import { createTestDatabase, sharedRedisUrl, type TestDatabase, waitFor } from '@torrentino/testkit'
import pg from 'pg'
import { sampleTicket } from './test-support/sample-ticket.js'
import { type CallOptions, openGateway, type TestGateway } from './test-support/test-gateway.js'

let database: TestDatabase
let gateway: TestGateway
let pool: pg.Pool
let known: string

beforeAll(async () => {
  database = await createTestDatabase()
  gateway = await openGateway({ databaseUrl: database.url, redisUrl: await sharedRedisUrl(), env: { SERVER_BODY_LIMIT_KB: '64' } })
  pool = new pg.Pool({ connectionString: database.url, max: 1 })
  known = (await gateway.call('POST', '/api/v1/ticket', { body: sampleTicket() })).json.ticket_id
  await waitFor('the telling of the first ticket', async () => (await counts()).outbox === 0)
})

afterAll(async () => {
  await gateway?.close()
  await pool?.end()
  await database?.drop()
})

type Row = [what: string, method: string, path: string, options: CallOptions, status: number, code: string, field?: string]

const POST = ['POST', '/api/v1/ticket'] as const
const body = (value: unknown): CallOptions => ({ body: value })
const raw = (text: string, headers: Record<string, string> = {}): CallOptions => ({ raw: text, headers })
const ticket = (change: Record<string, unknown>): CallOptions => ({ body: { ...sampleTicket(), ...change } })
const track = (change: Record<string, unknown>): CallOptions => {
  const [first, ...others] = sampleTicket().tracks
  return ticket({ tracks: [{ ...first, ...change }, ...others] })
}
const withBytes = (bytes: number[]): CallOptions => ({ raw: Uint8Array.from(bytes) })

const BODIES: Row[] = [
  ['no body', ...POST, {}, 400, 'invalid_request', ''],
  ['empty body', ...POST, raw(''), 400, 'invalid_request', ''],
  ['cut-off JSON', ...POST, raw('{"search": {'), 400, 'invalid_request', ''],
  ['broken JSON', ...POST, raw('{"search": secret-word}'), 400, 'invalid_request', ''],
  ['a trailing comma', ...POST, raw('{"a": 1,}'), 400, 'invalid_request', ''],
  ['a number as body', ...POST, raw('7'), 400, 'invalid_request', ''],
  ['null as body', ...POST, raw('null'), 400, 'invalid_request', ''],
  ['a list as body', ...POST, body([sampleTicket()]), 400, 'invalid_request', ''],
  ['an empty object', ...POST, body({}), 400, 'invalid_request', 'search'],
  ['deep nesting', ...POST, raw(`{"search": ${'['.repeat(20_000)}${']'.repeat(20_000)}}`), 400, 'invalid_request', 'search'],
  ['text as media type', ...POST, raw('{}', { 'content-type': 'text/plain' }), 415, 'unsupported_media_type', 'Content-Type'],
  ['a form', ...POST, raw('a=1', { 'content-type': 'application/x-www-form-urlencoded' }), 415, 'unsupported_media_type', 'Content-Type'],
  ['compressed', ...POST, raw('{}', { 'content-encoding': 'gzip' }), 415, 'unsupported_media_type', 'Content-Encoding'],
  [
    'an odd charset',
    ...POST,
    raw('{}', { 'content-type': 'application/json; charset=ebcdic' }),
    415,
    'unsupported_media_type',
    'Content-Type',
  ],
  ['too large', ...POST, raw(`{"a": "${'x'.repeat(70_000)}"}`), 413, 'payload_too_large', ''],
  ['bytes that are no text', ...POST, withBytes([0xff, 0xfe, 0x00]), 400, 'invalid_request', ''],
  ['an unknown key', ...POST, ticket({ colour: 'red' }), 400, 'invalid_request', 'colour'],
  ['an unknown key inside', ...POST, ticket({ search: { artist: 'A', mood: 'x' } }), 400, 'invalid_request', 'search.mood'],
  ['__proto__', ...POST, raw(`{"__proto__": {"a": 1}, ${JSON.stringify(sampleTicket()).slice(1)}`), 400, 'invalid_request', '__proto__'],
]

const TICKETS: Row[] = [
  ['a ticket id that is none', ...POST, ticket({ ticket_id: 'abc' }), 400, 'invalid_request', 'ticket_id'],
  ['another content type', ...POST, ticket({ content_type: 'movie' }), 400, 'invalid_request', 'content_type'],
  ['dry_run as text', ...POST, ticket({ dry_run: 'yes' }), 400, 'invalid_request', 'dry_run'],
  ['an unknown priority', ...POST, ticket({ priority: 9 }), 400, 'invalid_request', 'priority'],
  ['an unknown scope', ...POST, ticket({ request_scope: 'half' }), 400, 'invalid_request', 'request_scope'],
  ['linked to no id', ...POST, ticket({ linked_tickets: ['x'] }), 400, 'invalid_request', 'linked_tickets[0]'],
  ['no artist', ...POST, ticket({ search: { album: 'x' } }), 400, 'invalid_request', 'search.artist'],
  ['a blank artist', ...POST, ticket({ search: { artist: '   ' } }), 400, 'invalid_request', 'search.artist'],
  ['NUL in the artist', ...POST, ticket({ search: { artist: 'a\0b' } }), 400, 'invalid_request', 'search.artist'],
  [
    'half a surrogate pair',
    ...POST,
    raw(JSON.stringify({ ...sampleTicket(), search: { artist: 'a\ud800' } })),
    400,
    'invalid_request',
    'search.artist',
  ],
  ['a very long artist', ...POST, ticket({ search: { artist: 'a'.repeat(501) } }), 400, 'invalid_request', 'search.artist'],
  ['an impossible year', ...POST, ticket({ search: { artist: 'a', year: 19 } }), 400, 'invalid_request', 'search.year'],
  ['a broken year', ...POST, ticket({ search: { artist: 'a', year: 2001.5 } }), 400, 'invalid_request', 'search.year'],
  ['no tracks', ...POST, ticket({ tracks: [] }), 400, 'invalid_request', 'tracks'],
  ['tracks as object', ...POST, ticket({ tracks: {} }), 400, 'invalid_request', 'tracks'],
  ['no track wanted', ...POST, ticket({ tracks: [{ ...sampleTicket().tracks[0], requested: false }] }), 400, 'invalid_request', 'tracks'],
  ['track number 0', ...POST, track({ track_number: 0 }), 400, 'invalid_request', 'tracks[0].track_number'],
  ['a negative duration', ...POST, track({ duration_secs: -1 }), 400, 'invalid_request', 'tracks[0].duration_secs'],
  [
    'an endless duration',
    ...POST,
    raw(JSON.stringify(sampleTicket()).replace('61', '1e999')),
    400,
    'invalid_request',
    'tracks[0].duration_secs',
  ],
  ['a track id with a slash', ...POST, track({ catalog_track_id: '../x' }), 400, 'invalid_request', 'tracks[0].catalog_track_id'],
  ['a track id twice', ...POST, track({ catalog_track_id: 't2' }), 400, 'invalid_request', 'tracks[1].catalog_track_id'],
  [
    'an image with the id of a track',
    ...POST,
    ticket({ images: [{ catalog_image_id: 't1', dest_path: '/media/music/c.jpg' }] }),
    400,
    'invalid_request',
    'images[0].catalog_image_id',
  ],
  ['a relative destination', ...POST, track({ dest_path: 'music/a.ogg' }), 400, 'invalid_request', 'tracks[0].dest_path'],
  ['a destination with ..', ...POST, track({ dest_path: '/media/music/../x.ogg' }), 400, 'invalid_request', 'tracks[0].dest_path'],
  ['NUL in a destination', ...POST, track({ dest_path: '/media/music/a\0.ogg' }), 400, 'invalid_request', 'tracks[0].dest_path'],
  ['a folder as destination', ...POST, track({ dest_path: '/media/music/a/' }), 400, 'invalid_request', 'tracks[0].dest_path'],
  [
    'a name too long for a disk',
    ...POST,
    track({ dest_path: `/media/music/${'ä'.repeat(128)}` }),
    400,
    'invalid_request',
    'tracks[0].dest_path',
  ],
  ['a destination outside the roots', ...POST, track({ dest_path: '/etc/passwd' }), 400, 'path_outside_roots', 'tracks[0].dest_path'],
  ['a neighbour of a root', ...POST, track({ dest_path: '/media/music2/a.ogg' }), 400, 'path_outside_roots', 'tracks[0].dest_path'],
  [
    'an image outside the roots',
    ...POST,
    ticket({ images: [{ catalog_image_id: 'c', dest_path: '/tmp/c.jpg' }] }),
    400,
    'path_outside_roots',
    'images[0].dest_path',
  ],
  ['one destination twice', ...POST, track({ dest_path: '/media/music//first/./02.ogg' }), 400, 'invalid_request', 'tracks[1].dest_path'],
  [
    'a destination inside another',
    ...POST,
    track({ dest_path: '/media/music/first/02.ogg/x.ogg' }),
    400,
    'invalid_request',
    'tracks[1].dest_path',
  ],
  ['an unknown format', ...POST, ticket({ constraints: { format: 'midi' } }), 400, 'invalid_request', 'constraints.format'],
  ['a bitrate of 1', ...POST, ticket({ constraints: { bitrate_kbps: 1 } }), 400, 'invalid_request', 'constraints.bitrate_kbps'],
  ['an odd sample rate', ...POST, ticket({ constraints: { sample_rate_hz: 12345 } }), 400, 'invalid_request', 'constraints.sample_rate_hz'],
  ['a genre as number', ...POST, ticket({ metadata_to_embed: { genre: 7 } }), 400, 'invalid_request', 'metadata_to_embed.genre'],
  [
    'an image type of its own',
    ...POST,
    ticket({ images: [{ catalog_image_id: 'c', type: 'x', dest_path: '/media/music/c.jpg' }] }),
    400,
    'invalid_request',
    'images[0].type',
  ],
]

const HEADERS: Row[] = [
  [
    'an empty Idempotency-Key',
    ...POST,
    { body: sampleTicket(), headers: { 'idempotency-key': '' } },
    400,
    'invalid_request',
    'Idempotency-Key',
  ],
  [
    'a blank in the Idempotency-Key',
    ...POST,
    { body: sampleTicket(), headers: { 'idempotency-key': 'a b' } },
    400,
    'invalid_request',
    'Idempotency-Key',
  ],
  [
    'a long Idempotency-Key',
    ...POST,
    { body: sampleTicket(), headers: { 'idempotency-key': 'k'.repeat(256) } },
    400,
    'invalid_request',
    'Idempotency-Key',
  ],
  ['a page of another site', ...POST, { body: sampleTicket(), headers: { 'sec-fetch-site': 'cross-site' } }, 403, 'forbidden'],
]

const LISTS: Row[] = [
  ['an unknown filter', 'GET', '/api/v1/tickets?sate=pending', {}, 400, 'invalid_request', 'sate'],
  ['an unknown state', 'GET', '/api/v1/tickets?state=asleep', {}, 400, 'invalid_request', 'state'],
  ['an empty state', 'GET', '/api/v1/tickets?state=', {}, 400, 'invalid_request', 'state'],
  ['one unknown state of two', 'GET', '/tickets?state=pending,asleep', {}, 400, 'invalid_request', 'state'],
  ['limit 0', 'GET', '/api/v1/tickets?limit=0', {}, 400, 'invalid_request', 'limit'],
  ['limit 201', 'GET', '/api/v1/tickets?limit=201', {}, 400, 'invalid_request', 'limit'],
  ['limit as text', 'GET', '/api/v1/tickets?limit=ten', {}, 400, 'invalid_request', 'limit'],
  ['limit in hex', 'GET', '/api/v1/tickets?limit=0x10', {}, 400, 'invalid_request', 'limit'],
  ['limit twice', 'GET', '/api/v1/tickets?limit=1&limit=2', {}, 400, 'invalid_request', 'limit'],
  ['a negative offset', 'GET', '/api/v1/tickets?offset=-1', {}, 400, 'invalid_request', 'offset'],
  ['an offset too deep', 'GET', '/api/v1/tickets?offset=10001', {}, 400, 'invalid_request', 'offset'],
  [
    'offset and after',
    'GET',
    `/api/v1/tickets?offset=1&after=${cursor('2024-01-01T00:00:00.000Z', '0'.repeat(8))}`,
    {},
    400,
    'invalid_request',
    'offset',
  ],
  ['a cursor of nothing', 'GET', '/api/v1/tickets?after=', {}, 400, 'invalid_request', 'after'],
  ['a cursor of noise', 'GET', '/api/v1/tickets?after=AAAA', {}, 400, 'invalid_request', 'after'],
  ['a cursor with SQL', 'GET', `/api/v1/tickets?after=${cursor("2024-01-01' or 1=1", 'x')}`, {}, 400, 'invalid_request', 'after'],
  [
    'a cursor of another list',
    'GET',
    `/api/v1/tickets?after=${cursor('2024-01-01T00:00:00.000Z', '12')}`,
    {},
    400,
    'invalid_request',
    'after',
  ],
  [
    'a cursor with an impossible day',
    'GET',
    `/api/v1/audit?after=${cursor('2024-02-31T00:00:00.000Z', '12')}`,
    {},
    400,
    'invalid_request',
    'after',
  ],
  [
    'a cursor with a huge number',
    'GET',
    `/api/v1/audit?after=${cursor('2024-01-01T00:00:00.000Z', '9'.repeat(40))}`,
    {},
    400,
    'invalid_request',
    'after',
  ],
  ['NUL as requester', 'GET', '/api/v1/tickets?requested_by=%00', {}, 400, 'invalid_request', 'requested_by'],
  ['an unknown event', 'GET', '/api/v1/audit?event_type=Nothing', {}, 400, 'invalid_request', 'event_type'],
  ['a day that is none', 'GET', '/api/v1/audit?from=2024-02-31', {}, 400, 'invalid_request', 'from'],
  ['a year 0', 'GET', '/api/v1/audit?from=0000-01-01', {}, 400, 'invalid_request', 'from'],
  ['a day in words', 'GET', '/api/v1/audit?to=yesterday', {}, 400, 'invalid_request', 'to'],
  ['an actor with NUL', 'GET', '/api/v1/audit?actor=a%00b', {}, 400, 'invalid_request', 'actor'],
  ['an audit of no ticket', 'GET', '/api/v1/audit?ticket_id=1', {}, 400, 'invalid_request', 'ticket_id'],
  ['an unknown export', 'GET', '/api/v1/audit/export?format=xml', {}, 400, 'invalid_request', 'format'],
  [
    'single entries as training data',
    'GET',
    '/api/v1/audit/export?format=training&event_type=TicketCreated',
    {},
    400,
    'invalid_request',
    'event_type',
  ],
  ['an actor of training data', 'GET', '/api/v1/audit/export?format=training&actor=ann', {}, 400, 'invalid_request', 'actor'],
  ['a limit on the export', 'GET', '/api/v1/audit/export?limit=5', {}, 400, 'invalid_request', 'limit'],
  ['a query where none is known', 'GET', '/api/v1/stats?x=1', {}, 400, 'invalid_request', 'x'],
]

const COMMANDS: Row[] = [
  ['an id that is none', 'GET', '/api/v1/ticket/17', {}, 400, 'invalid_request', 'ticket_id'],
  ['an id with a slash', 'GET', '/api/v1/ticket/a%2Fb', {}, 400, 'invalid_request', 'ticket_id'],
  ['broken percent-encoding', 'GET', '/api/v1/ticket/%E0%A4%A', {}, 400, 'invalid_request'],
  ['an unknown ticket', 'GET', '/api/v1/ticket/00000000-0000-4000-8000-000000000000', {}, 404, 'not_found'],
  ['an unknown address', 'GET', '/api/v1/nothing', {}, 404, 'not_found'],
  ['an unknown command', 'POST', '/api/v1/ticket/KNOWN/explode', {}, 404, 'not_found'],
  ['PUT', 'PUT', '/api/v1/ticket/KNOWN', {}, 405, 'method_not_allowed'],
  ['PATCH of the list', 'PATCH', '/tickets', {}, 405, 'method_not_allowed'],
  ['GET of a command', 'GET', '/api/v1/ticket/KNOWN/retry', {}, 405, 'method_not_allowed'],
  ['a negative candidate', 'POST', '/api/v1/ticket/KNOWN/approve', body({ candidate_idx: -1 }), 400, 'invalid_request', 'candidate_idx'],
  ['a candidate as text', 'POST', '/api/v1/ticket/KNOWN/approve', body({ candidate_idx: '0' }), 400, 'invalid_request', 'candidate_idx'],
  ['approve before its time', 'POST', '/api/v1/ticket/KNOWN/approve', {}, 409, 'illegal_transition'],
  ['reject before its time', 'POST', '/api/v1/ticket/KNOWN/reject', body({ reason: 'x' }), 409, 'illegal_transition'],
  ['retry of what did not fail', 'POST', '/api/v1/ticket/KNOWN/retry', {}, 409, 'illegal_transition'],
  ['retry with a body', 'POST', '/api/v1/ticket/KNOWN/retry', body({ now: true }), 400, 'invalid_request', 'now'],
  ['a reason as list', 'POST', '/api/v1/ticket/KNOWN/reject', body({ reason: [] }), 400, 'invalid_request', 'reason'],
  ['a very long reason', 'DELETE', `/api/v1/ticket/KNOWN?reason=${'r'.repeat(2001)}`, {}, 400, 'invalid_request', 'reason'],
  ['an unknown key of a cancel', 'DELETE', '/api/v1/ticket/KNOWN', body({ why: 'x' }), 400, 'invalid_request', 'why'],
  ['a search without words', 'POST', '/api/v1/ticket/KNOWN/force-search', body({ query: ' ' }), 400, 'invalid_request', 'query'],
  ['a search without a body', 'POST', '/api/v1/ticket/KNOWN/force-search', {}, 400, 'invalid_request', ''],
  [
    'a magnet that is none',
    'POST',
    '/api/v1/ticket/KNOWN/force-magnet',
    body({ magnet_uri: 'http://x' }),
    400,
    'invalid_request',
    'magnet_uri',
  ],
  [
    'a magnet without hash',
    'POST',
    '/api/v1/ticket/KNOWN/force-magnet',
    body({ magnet_uri: 'magnet:?dn=x' }),
    400,
    'invalid_request',
    'magnet_uri',
  ],
  [
    'a magnet with a short hash',
    'POST',
    '/api/v1/ticket/KNOWN/force-magnet',
    body({ magnet_uri: 'magnet:?xt=urn:btih:abc' }),
    400,
    'invalid_request',
    'magnet_uri',
  ],
  [
    'a magnet with two hashes',
    'POST',
    '/api/v1/ticket/KNOWN/force-magnet',
    body({ magnet_uri: `magnet:?xt=urn:btih:${'a'.repeat(40)}&xt.1=urn:btih:${'b'.repeat(40)}` }),
    400,
    'invalid_request',
    'magnet_uri',
  ],
  [
    'a magnet too long',
    'POST',
    '/api/v1/ticket/KNOWN/force-magnet',
    body({ magnet_uri: `magnet:?xt=urn:btih:${'a'.repeat(40)}&dn=${'x'.repeat(8192)}` }),
    400,
    'invalid_request',
    'magnet_uri',
  ],
  ['a file id with dots', 'GET', '/api/v1/ticket/KNOWN/files/..%2F..%2Fetc%2Fpasswd', {}, 400, 'invalid_request', 'item_id'],
  ['a file before there is one', 'GET', '/api/v1/ticket/KNOWN/files/t1', {}, 404, 'not_found'],
]

describe('malformed requests are refused, named and change nothing', () => {
  it.each([...BODIES, ...TICKETS, ...HEADERS, ...LISTS, ...COMMANDS])('%s', async (...row) => {
    const [, method, path, options, status, code, field] = row
    const before = await counts()
    const answer = await gateway.call(method, path.replace('KNOWN', known), options)
    expect([answer.status, answer.json?.code]).toEqual([status, code])
    expect(answer.headers.get('content-type')).toBe('application/problem+json')
    const problem = Problem.parse(answer.json)
    expect(problem).toMatchObject({ status, request_id: answer.headers.get('x-request-id') })
    if (field !== undefined) expect(problem.errors?.map((error) => error.path)).toContain(field)
    expect(await counts()).toEqual(before)
  })

  it('quotes nothing of a body that is not JSON, but says where it breaks', async () => {
    const { text, json } = await gateway.call('POST', '/api/v1/ticket', raw('{\n  "search": secret-word}'))
    expect(text).not.toContain('secret')
    expect(json.errors).toEqual([{ path: '', message: 'not valid JSON at position 14 (line 2, column 13)' }])
  })

  it('lists what is known where a filter is not', async () => {
    const { json } = await gateway.call('GET', '/api/v1/tickets?sate=pending')
    expect(json.errors[0].message).toBe('unknown key; known are: state, requested_by, limit, offset, after')
  })

  it('names every fault at once', async () => {
    const { json } = await gateway.call('POST', '/api/v1/ticket', body({ search: {}, tracks: [{}], priority: 'soon' }))
    const paths = json.errors.map((error: { path: string }) => error.path)
    expect(paths).toEqual(expect.arrayContaining(['search.artist', 'priority', 'tracks[0].catalog_track_id', 'tracks[0].dest_path']))
  })
})

async function counts(): Promise<Record<string, number>> {
  const { rows } = await pool.query(
    `select (select count(*)::int from tickets) as tickets, (select count(*)::int from ticket_transitions) as steps,
       (select count(*)::int from audit_events where event_type <> 'ServiceStarted') as audit, (select coalesce(sum(version), 0)::int from tickets) as versions,
       (select count(*)::int from outbox) as outbox`,
  )
  return rows[0]
}

function cursor(at: string, id: string): string {
  return Buffer.from(`${at} ${id}`).toString('base64url')
}
