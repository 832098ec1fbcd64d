import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, rename, rm, symlink, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { FileList } from '@torrentino/domain'
import { createTestDatabase, sharedRedisUrl, type TestDatabase } from '@torrentino/testkit'
import { sampleTicket } from './test-support/sample-ticket.js'
import { openWorkers, type Workers } from './test-support/steps-of-workers.js'
import { type CallOptions, openGateway, type TestGateway } from './test-support/test-gateway.js'

const CONTENT = '0123456789'
const BEFORE = new Date('2024-01-01T00:00:00Z')

let database: TestDatabase
let gateway: TestGateway
let workers: Workers
let folder: string
let root: string
let id: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gateway-files-'))
  root = join(folder, 'music')
  await mkdir(root)
  database = await createTestDatabase()
  gateway = await openGateway({ databaseUrl: database.url, redisUrl: await sharedRedisUrl(), mediaRoots: [root] })
  workers = openWorkers(gateway.config)
})

afterAll(async () => {
  await workers?.close()
  await gateway?.close()
  await database?.drop()
  await rm(folder, { recursive: true, force: true })
})

beforeEach(async () => {
  await rm(root, { recursive: true, force: true })
  await mkdir(root)
  const tracks = sampleTicket().tracks.map((track, index) => ({ ...track, dest_path: join(root, `0${index + 1} Ünder "quotes".ogg`) }))
  const { json } = await gateway.call('POST', '/api/v1/ticket', { as: 'ann', body: sampleTicket({ tracks, images: [] }) })
  id = json.ticket_id
  for (const { dest_path } of tracks) await place(dest_path)
})

async function place(path: string): Promise<void> {
  await writeFile(path, CONTENT)
  await utimes(path, BEFORE, BEFORE)
}

const track = (nr: number) => join(root, `0${nr} Ünder "quotes".ogg`)
const get = (item: string, headers: Record<string, string> = {}, more: CallOptions = {}) =>
  gateway.call('GET', `/api/v1/ticket/${id}/files/${item}`, { as: 'ann', headers, ...more })

describe('the files of a ticket', () => {
  it('are none before it is completed', async () => {
    await workers.lead(id, 'placing')
    const { json } = await gateway.call('GET', `/api/v1/ticket/${id}/files`, { as: 'ann' })
    expect(FileList.parse(json)).toEqual({ ticket_id: id, state: 'placing', files: [] })
    expect((await get('t1')).json).toMatchObject({ code: 'not_found', detail: 'the ticket has no files yet, it is in state placing' })
  })

  it('are listed and sent once it is', async () => {
    await workers.lead(id, 'completed')
    const { files } = FileList.parse((await gateway.call('GET', `/api/v1/ticket/${id}/files`, { as: 'ann' })).json)
    expect(files.map(({ item_id, path, size, content_type }) => [item_id, path, size, content_type])).toEqual([
      ['t1', track(1), 10, 'audio/ogg'],
      ['t2', track(2), 10, 'audio/ogg'],
    ])
    const { status, text, headers } = await get('t1')
    expect([status, text]).toEqual([200, CONTENT])
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': 'audio/ogg',
      'content-length': '10',
      'accept-ranges': 'bytes',
      etag: `"${files[0]?.sha256}"`,
      'repr-digest': `sha-256=:${createHash('sha256').update('t1').digest('base64')}:`,
      'cache-control': 'private, no-cache',
      'x-content-type-options': 'nosniff',
      'content-disposition': `attachment; filename="01 ?nder \\"quotes\\".ogg"; filename*=UTF-8''01%20%C3%9Cnder%20%22quotes%22.ogg`,
    })
  })
})

describe('a part of a file', () => {
  beforeEach(async () => void (await workers.lead(id, 'completed')))

  it.each([
    ['bytes=0-3', 206, '0123', 'bytes 0-3/10'],
    ['bytes=7-', 206, '789', 'bytes 7-9/10'],
    ['bytes=-2', 206, '89', 'bytes 8-9/10'],
    ['bytes=9-100', 206, '9', 'bytes 9-9/10'],
    ['bytes=0-1,1-3', 206, '0123', 'bytes 0-3/10'],
    ['bytes=0-1,5-6', 200, CONTENT, null],
    ['bytes=x', 200, CONTENT, null],
    ['pages=1-2', 200, CONTENT, null],
  ])('%s', async (range, status, text, contentRange) => {
    const answer = await get('t1', { range })
    expect([answer.status, answer.text, answer.headers.get('content-range')]).toEqual([status, text, contentRange])
    expect(answer.headers.get('content-length')).toBe(String(text.length))
  })

  it('outside the file is refused with its size', async () => {
    const { status, json, headers } = await get('t1', { range: 'bytes=10-' })
    expect([status, json.code, headers.get('content-range'), headers.get('etag')]).toEqual([
      416,
      'range_not_satisfiable',
      'bytes */10',
      null,
    ])
  })

  it('is given only of the content that the caller has the beginning of', async () => {
    const etag = (await get('t1')).headers.get('etag') ?? ''
    const same = await get('t1', { range: 'bytes=5-', 'if-range': etag })
    const other = await get('t1', { range: 'bytes=5-', 'if-range': '"other"' })
    expect([same.status, other.status]).toEqual([206, 200])
  })

  it('is not sent again to whoever has it, and HEAD sends the head alone', async () => {
    const etag = (await get('t1')).headers.get('etag') ?? ''
    const known = await get('t1', { 'if-none-match': etag })
    const head = await gateway.call('HEAD', `/api/v1/ticket/${id}/files/t1`, { as: 'ann', headers: { range: 'bytes=2-4' } })
    expect([known.status, known.text, known.headers.get('etag')]).toEqual([304, '', etag])
    expect([head.status, head.text, head.headers.get('content-length')]).toEqual([206, '', '3'])
  })
})

describe('a file that is not what was placed', () => {
  beforeEach(async () => void (await workers.lead(id, 'completed')))

  it.each([
    ['is gone', async () => rm(track(1))],
    ['is a folder', () => rm(track(1)).then(() => mkdir(track(1)))],
    [
      'is a link out of the roots',
      async () => {
        await rm(track(1))
        await writeFile(join(folder, 'secret'), 'secret')
        await symlink(join(folder, 'secret'), track(1))
      },
    ],
    [
      'lies behind a folder that became such a link',
      async () => {
        const other = join(folder, 'elsewhere')
        await rename(root, other)
        await symlink('/', root)
      },
    ],
  ])('%s', async (_what, change) => {
    await change()
    const { status, json, text } = await get('t1')
    expect([status, json.code]).toEqual([404, 'not_found'])
    expect(text).not.toContain('secret')
  })

  it('is sent as it is now, but not under the tag of the placed one', async () => {
    const { etag } = Object.fromEntries((await get('t1')).headers)
    await writeFile(track(1), 'other text')
    await utimes(track(1), new Date('2999-01-01'), new Date('2999-01-01'))
    const changed = await get('t1')
    await writeFile(track(2), 'longer than before')
    const longer = await get('t2')
    expect([changed.text, longer.text]).toEqual(['other text', 'longer than before'])
    expect(changed.headers.get('etag')).not.toBe(etag)
    expect([changed.headers.get('repr-digest'), longer.headers.get('repr-digest')]).toEqual([null, null])
    expect(longer.headers.get('etag')).not.toBe(createHash('sha256').update('t2').digest('hex'))
    expect((await get('t1', { 'if-none-match': etag ?? '' })).status).toBe(200)
  })

  it('is not asked for by names that the ticket does not have', async () => {
    expect((await get('t9')).status).toBe(404)
    expect((await get('cover')).status).toBe(404)
  })
})

it('lets go of a file when the caller goes in the middle of it', async () => {
  await workers.lead(id, 'completed')
  await writeFile(track(1), Buffer.alloc(64 * 1024 * 1024))
  const controller = new AbortController()
  const response = await fetch(`${gateway.url}/api/v1/ticket/${id}/files/t1`, {
    headers: { authorization: 'Bearer key-of-ann-for-tests' },
    signal: controller.signal,
  })
  await response.body?.getReader().read()
  controller.abort()
  expect((await get('t2')).text).toBe(CONTENT)
})
