import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { DomainError, Problem } from '@torrentino/domain'
import { z } from 'zod'
import { route } from './route.js'
import { type OpenApp, openApp } from './test-support/open-app.js'

let app: OpenApp

const ROUTES = [
  route({
    name: 'getThing',
    method: 'GET',
    path: '/thing{s}/:nr',
    access: 'open',
    about: 'test',
    answer: z.unknown(),
    params: z.strictObject({ nr: z.string().regex(/^\d+$/) }),
    handle: ({ params }) => ({ json: params }),
  }),
  route({
    name: 'echo',
    method: 'POST',
    path: '/echo',
    access: 'user',
    about: 'test',
    answer: z.unknown(),
    body: z.strictObject({ a: z.number() }),
    handle: ({ body }) => ({ status: 201, headers: { Location: '/x' }, json: body }),
  }),
  route({
    name: 'broken',
    method: 'GET',
    path: '/broken',
    access: 'open',
    about: 'test',
    answer: z.unknown(),
    handle: () => fail(new Error('password=hunter2 at /srv/secret.ts')),
  }),
  route({
    name: 'thrownText',
    method: 'GET',
    path: '/thrown-text',
    access: 'open',
    about: 'test',
    answer: z.unknown(),
    handle: () => fail('just text'),
  }),
  route({
    name: 'away',
    method: 'GET',
    path: '/away',
    access: 'open',
    about: 'test',
    answer: z.unknown(),
    handle: () => fail(new Error('the database is away')),
  }),
  route({
    name: 'gone',
    method: 'GET',
    path: '/gone',
    access: 'open',
    about: 'test',
    answer: z.unknown(),
    handle: () => fail(new DomainError('not_found', 'no such thing', { hint: 'look elsewhere' })),
  }),
  route({
    name: 'half',
    method: 'GET',
    path: '/half',
    access: 'open',
    about: 'test',
    answer: z.unknown(),
    handle: async ({ response }) => {
      response.writeHead(200, { 'Content-Length': 100 })
      response.write('a beginning')
      throw new Error('in the middle')
    },
  }),
]

function fail(error: unknown): never {
  throw error
}

beforeAll(async () => {
  app = await openApp(ROUTES)
})

afterAll(() => app.http.close())

const problem = async (response: Response) => Problem.loose().parse(await response.json())

describe('the shell', () => {
  it('answers both words of a path', async () => {
    const both = await Promise.all(['/api/thing/7', '/api/things/7'].map(async (path) => (await app.fetch(path)).json()))
    expect(both).toEqual([{ nr: '7' }, { nr: '7' }])
  })

  it('sends the plain security headers and never its name', async () => {
    const { headers } = await app.fetch('/api/thing/7')
    expect(Object.fromEntries(headers)).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none';frame-ancestors 'none'",
    })
    expect(headers.get('x-powered-by')).toBeNull()
  })

  it('reads a body by its schema and answers with status and headers', async () => {
    const response = await app.fetch('/api/echo', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"a":1}' })
    expect([response.status, response.headers.get('location'), await response.json()]).toEqual([201, '/x', { a: 1 }])
  })

  it.each(['application/problem+json', 'APPLICATION/JSON; charset=utf-8'])('takes %s for JSON', async (type) => {
    expect((await app.fetch('/api/echo', { method: 'POST', headers: { 'content-type': type }, body: '{"a":1}' })).status).toBe(201)
  })

  it('answers HEAD without a body and OPTIONS with what is allowed', async () => {
    const head = await app.fetch('/api/thing/7', { method: 'HEAD' })
    const options = await app.fetch('/api/thing/7', { method: 'OPTIONS' })
    expect([head.status, head.headers.get('content-length'), await head.text()]).toEqual([200, '10', ''])
    expect([options.status, options.headers.get('allow')]).toEqual([204, 'GET, HEAD, OPTIONS'])
  })

  it('names the allowed methods where the method is wrong', async () => {
    const response = await app.fetch('/api/echo', { method: 'DELETE' })
    expect([response.status, response.headers.get('allow'), (await problem(response)).code]).toEqual([
      405,
      'POST, OPTIONS',
      'method_not_allowed',
    ])
  })

  it.each([
    ['/api/broken', 'hunter2'],
    ['/api/thrown-text', 'just text'],
  ])('tells nothing of what nobody foresaw at %s, and hands it on whole', async (path, secret) => {
    const response = await app.fetch(path)
    const text = await response.clone().text()
    expect(await problem(response)).toMatchObject({ status: 500, code: 'internal' })
    expect(text).not.toContain(secret)
    expect(String(app.faults.at(-1))).toContain(secret)
  })

  it('says 503 and when to come back while a server is away', async () => {
    const response = await app.fetch('/api/away')
    expect([response.status, response.headers.get('retry-after'), (await problem(response)).code]).toEqual([503, '5', 'unavailable'])
  })

  it('passes on what an error of ours has to add', async () => {
    expect(await problem(await app.fetch('/api/gone'))).toMatchObject({
      code: 'not_found',
      detail: 'no such thing',
      hint: 'look elsewhere',
      type: 'urn:torrentino:problem:not_found',
    })
  })

  it('cuts the connection when it fails in the middle of an answer', async () => {
    await expect(app.fetch('/api/half').then((response) => response.text())).rejects.toThrow()
  })

  it('counts by the pattern, not by the address', async () => {
    await app.fetch('/api/thing/4711')
    await app.fetch('/api/nowhere/4711')
    expect(app.ends.slice(-2).map(({ method, route, status }) => [method, route, status])).toEqual([
      ['GET', '/api/thing{s}/:nr', 200],
      ['GET', 'unknown', 404],
    ])
  })

  it('changes nothing for pages of other sites, but lets them look', async () => {
    const headers = { 'sec-fetch-site': 'cross-site', 'content-type': 'application/json' }
    const post = await app.fetch('/api/echo', { method: 'POST', headers, body: '{"a":1}' })
    const get = await app.fetch('/api/thing/7', { headers })
    expect([post.status, get.status]).toEqual([403, 200])
  })
})
