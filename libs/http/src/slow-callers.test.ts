import { once } from 'node:events'
import { connect } from 'node:net'
import { setInterval } from 'node:timers'
import { afterAll, beforeAll, expect, it } from '@jest/globals'
import { z } from 'zod'
import { route } from './route.js'
import { type OpenApp, openApp } from './test-support/open-app.js'

const TIMES = { headersTimeout: 200, requestTimeout: 400, keepAliveTimeout: 100, connectionsCheckingInterval: 20 }
const FOR_EVER = 3_600_000
const EVERY_MS = 20

const echo = route({
  ...{ name: 'echo', method: 'POST', path: '/echo', access: 'open', about: 'test', answer: z.unknown() },
  body: z.unknown(),
  handle: ({ body }) => ({ json: body }),
})

let app: OpenApp
beforeAll(async () => {
  app = await openApp([echo], {}, TIMES)
})
afterAll(() => app.http.close())

/** What comes until the server closes the connection, while a byte more is sent every now and then. */
async function untilClosed(port: number, text: string, drop = ''): Promise<string> {
  const socket = connect(port, '127.0.0.1')
  let answer = ''
  socket.on('data', (bytes) => {
    answer += bytes
  })
  // The server may be gone at any byte.
  socket.on('error', () => {})
  socket.write(text)
  const timer = setInterval(() => drop !== '' && socket.writable && socket.write(drop), EVERY_MS)
  await once(socket, 'close')
  clearInterval(timer)
  return answer
}

it.each([
  ['headers that never end', 'GET /api/echo HTTP/1.1\r\nHost: x\r\nX-Slow: ', 'a'],
  ['headers that stop', 'GET /api/echo HTTP/1.1\r\nHost: x\r\n', ''],
  [
    'a body that comes byte by byte',
    'POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n"',
    'a',
  ],
  ['a body that stops', 'POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 9000\r\n\r\n"', ''],
  [
    'chunks of a body without end',
    'POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n',
    '1\r\n \r\n',
  ],
])('%s are waited for a time, and told so', async (_what, text, drop) => {
  const answer = await untilClosed(app.port, text, drop)
  expect(answer).toMatch(/^HTTP\/1.1 408 Request Timeout\r\nContent-Type: application\/problem\+json/)
  expect(JSON.parse(answer.slice(answer.indexOf('{')))).toMatchObject({ status: 408, code: 'invalid_request' })
})

it('a connection that says nothing at all is closed', async () => {
  await untilClosed(app.port, '')
})

it('a connection that is kept for the next request is closed when none comes', async () => {
  const patient = await openApp([echo], {}, { ...TIMES, headersTimeout: FOR_EVER, requestTimeout: FOR_EVER })
  const body = 'POST /api/echo HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}'
  const answer = await untilClosed(patient.port, body)
  expect(answer).toMatch(/^HTTP\/1.1 200 OK\r\n[\s\S]*\r\nConnection: keep-alive/)
  await patient.http.close()
})
