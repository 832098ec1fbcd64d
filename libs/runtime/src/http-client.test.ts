import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Server as TcpServer } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { createHttpClient, type HttpCall } from './http-client.js'
import { retryAfterMs } from './retry-after.js'

type Handler = (request: IncomingMessage, response: ServerResponse) => void

const handlers: Record<string, Handler> = {
  '/ok': (_, response) => response.writeHead(200, { 'X-One': ['a', 'b'] }).end('body'),
  '/echo': (request, response) => response.end(JSON.stringify({ url: request.url, headers: request.headers })),
  '/body': (request, response) => void request.pipe(response.writeHead(200, { 'x-type': request.headers['content-type'] })),
  '/moved': (_, response) => response.writeHead(302, { location: 'magnet:?xt=urn:btih:abc' }).end(),
  '/busy': (_, response) => response.writeHead(429, { 'retry-after': '120' }).end(),
  '/broken': (_, response) => response.writeHead(500).end('no'),
  '/missing': (_, response) => response.writeHead(404).end(),
  '/large': (_, response) => response.end(Buffer.alloc(200_000)),
  '/bomb': (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(5_000_000))),
  '/endless': (_, response) => {
    const more = () => {
      while (!response.destroyed && response.write(Buffer.alloc(10_000)));
    }
    response.on('drain', more)
    more()
  },
  '/silent': () => {},
  '/half': (_, response) => response.write('half'),
  '/cut': (_, response) => {
    response.writeHead(200, { 'content-length': 100 }).write('x', () => response.destroy())
  },
  '/garbage': (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('not gzip'),
}

let server: Server
let base: string
let arrived: (path: string) => void = () => {}

beforeAll(async () => {
  server = createServer((request, response) => {
    const path = (request.url ?? '').split('?')[0] ?? ''
    arrived(path)
    handlers[path]?.(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const calls: HttpCall[] = []
const client = createHttpClient({ onCall: (call) => calls.push(call), connectTimeoutMs: 300 })
afterAll(() => client.close())

function lastCall(): HttpCall | undefined {
  return calls.at(-1)
}

describe('answers', () => {
  test.each([
    ['/ok', 200, 'ok'],
    ['/moved', 302, 'ok'],
    ['/missing', 404, 'client_error'],
    ['/busy', 429, 'rate_limited'],
    ['/broken', 500, 'server_error'],
  ])('%s is given back with status %i and counted as %s', async (path, status, outcome) => {
    const answer = await client.get(base + path, { provider: 'test' })
    expect(answer.status).toBe(status)
    expect(lastCall()).toMatchObject({ provider: 'test', host: new URL(base).host, outcome, status })
  })

  test('carry body, headers and what Retry-After asks for', async () => {
    expect(await client.get(`${base}/ok`)).toMatchObject({
      body: Buffer.from('body'),
      headers: { 'x-one': 'a, b' },
      retryAfterMs: undefined,
    })
    expect((await client.get(`${base}/busy`)).retryAfterMs).toBe(120_000)
  })

  test('redirects are not followed', async () => {
    expect((await client.get(`${base}/moved`)).headers.location).toBe('magnet:?xt=urn:btih:abc')
  })

  test('JSON can be posted, and any status is an answer', async () => {
    const answer = await client.postJson(`${base}/body`, { a: 'ü', b: [1] }, { provider: 'test' })
    expect(answer).toMatchObject({ status: 200, headers: { 'x-type': 'application/json' }, body: Buffer.from('{"a":"ü","b":[1]}') })
    expect(lastCall()).toMatchObject({ provider: 'test', outcome: 'ok' })
    expect((await client.postJson(`${base}/busy`, {})).retryAfterMs).toBe(120_000)
    await expect(client.postJson(`${base}/silent`, {}, { timeoutMs: 50 })).rejects.toMatchObject({ failure: 'timeout' })
    await expect(client.postJson(`${base}/large`, {}, { maxBytes: 100_000 })).rejects.toMatchObject({ failure: 'too_large' })
  })

  test('query, headers and login arrive', async () => {
    const url = new URL(`${base}/echo?q=a%20b&apikey=k`)
    url.username = 'me'
    url.password = 'p%40ss'
    const { body } = await client.get(url.href, { headers: { 'x-mine': '1' } })
    expect(JSON.parse(body.toString())).toMatchObject({
      url: '/echo?q=a%20b&apikey=k',
      headers: { 'x-mine': '1', authorization: `Basic ${Buffer.from('me:p@ss').toString('base64')}` },
    })
  })
})

describe('bounds', () => {
  test.each([['/large'], ['/bomb'], ['/endless']])('%s is cut at maxBytes', async (path) => {
    await expect(client.get(base + path, { maxBytes: 100_000 })).rejects.toMatchObject({ failure: 'too_large' })
    expect(lastCall()?.outcome).toBe('too_large')
  })

  test.each([['/silent'], ['/half']])('%s ends at the time-out', async (path) => {
    await expect(client.get(base + path, { timeoutMs: 50 })).rejects.toMatchObject({
      failure: 'timeout',
      message: expect.stringContaining('within 0.05 s'),
    })
    expect(lastCall()?.outcome).toBe('timeout')
  })

  test.each([['/silent'], ['/half']])('%s ends with the signal', async (path) => {
    const stop = new AbortController()
    const reason = new Error('stopping')
    arrived = () => setImmediate(() => stop.abort(reason))
    await expect(client.get(base + path, { signal: stop.signal })).rejects.toBe(reason)
    arrived = () => {}
    expect(lastCall()?.outcome).toBe('aborted')
    await expect(client.get(base + path, { signal: stop.signal })).rejects.toBe(reason)
  })

  test('a TLS connection that is not made in time is given up', async () => {
    const sockets = new Set<{ destroy(): void }>()
    const mute: TcpServer = createTcpServer((socket) => void sockets.add(socket.on('error', () => {})))
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
    try {
      const url = `https://127.0.0.1:${(mute.address() as AddressInfo).port}/`
      await expect(client.get(url)).rejects.toMatchObject({ failure: 'timeout', message: expect.stringContaining('no connection in time') })
    } finally {
      for (const socket of sockets) socket.destroy()
      await new Promise((resolve) => mute.close(resolve))
    }
  })

  test('one that hangs does not hold up another at the same host', async () => {
    const narrow = createHttpClient({ maxPerHost: 1 })
    const stop = new AbortController()
    handlers['/hangs'] = () => {}
    handlers['/well'] = (_, response) => response.end('well')
    const hanging = narrow.get(`${base}/hangs`, { provider: 'one', signal: stop.signal })
    expect((await narrow.get(`${base}/well`, { provider: 'two' })).status).toBe(200)
    stop.abort(new Error('enough'))
    await expect(hanging).rejects.toThrow('enough')
    narrow.close()
  })

  test('at most so many requests go to one host at a time, and all get their turn', async () => {
    const narrow = createHttpClient({ maxPerHost: 2 })
    let now = 0
    let most = 0
    const held: ServerResponse[] = []
    handlers['/held'] = (_, response) => {
      most = Math.max(most, ++now)
      held.push(response)
      response.on('close', () => now--)
      if (held.length >= 2) held.shift()?.end()
    }
    const stop = new AbortController()
    const answers = Array.from({ length: 5 }, () => narrow.get(`${base}/held`))
    const waiting = narrow.get(`${base}/held`, { signal: stop.signal })
    stop.abort(new Error('no longer needed'))
    await expect(waiting).rejects.toThrow('no longer needed')
    await Promise.all(answers.slice(0, 4))
    held.shift()?.end()
    expect((await Promise.all(answers)).map((answer) => answer.status)).toEqual([200, 200, 200, 200, 200])
    expect(most).toBe(2)
    narrow.close()
    narrow.close()
  })
})

describe('errors', () => {
  test.each([
    ['file:///etc/passwd', 'refused', 'only http and https are spoken, not file:'],
    ['magnet:?xt=urn:btih:abc', 'refused', 'not magnet:'],
    ['not a url', 'refused', 'not an address'],
    [`http://h/${'x'.repeat(20_000)}`, 'refused', 'not an address'],
    ['http://127.0.0.1:1/', 'unreachable', '127.0.0.1:1: nothing listens at its address'],
    ['http://localhost:1/', 'unreachable', 'localhost:1: nothing listens at its address'],
    ['http://name.invalid/', 'unreachable', 'its host name'],
    ['/cut', 'unreachable', 'the connection was cut'],
    ['/garbage', 'unreachable', 'the request failed (Z_DATA_ERROR)'],
  ])('%s', async (url, failure, message) => {
    await expect(client.get(url.startsWith('/') ? base + url : url)).rejects.toMatchObject({
      name: 'HttpError',
      failure,
      message: expect.stringContaining(message),
    })
  })

  test.each([['http://u:s3cr3t@127.0.0.1:1/s3cr3t?apikey=s3cr3t'], ['ftp://u:s3cr3t@h/s3cr3t'], ['s3cr3t']])(
    '%s: the error quotes nothing of it',
    async (url) => {
      const error: Error = await client.get(url, { headers: { authorization: 's3cr3t' } }).then(
        () => new Error('it answered'),
        (thrown) => thrown,
      )
      expect(JSON.stringify([error.name, error.message, error.stack, error.cause, { ...error }])).not.toContain('s3cr3t')
      expect(error.name).toBe('HttpError')
    },
  )
})

describe('Retry-After', () => {
  const now = Date.UTC(2026, 0, 1)
  test.each([
    ['5', 5000],
    ['0', 0],
    [' 1.5 ', 1500],
    ['99999999', 86_400_000],
    ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
    ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
    ['-5', undefined],
    ['soon', undefined],
    ['', undefined],
    [undefined, undefined],
  ])('%j', (header, ms) => expect(retryAfterMs(header, now)).toBe(ms))
})
