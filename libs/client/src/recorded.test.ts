import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { describe, expect, test } from '@jest/globals'
import { WebSocketServer } from 'ws'
import { createClient } from './index.js'

// A client may be older or newer than the gateway that it talks to.

interface Message {
  type: string
  id: number
}

const FOLDER = new URL('./__fixtures__/recorded/', import.meta.url)
const versions = readdirSync(FOLDER).map((file) => {
  const { messages } = JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as { messages: Message[] }
  return [file, messages] as const
})
/** Not for those who read messages: they keep the connection. */
const OF_THE_LINE = ['hello', 'heartbeat']

async function readAll(messages: readonly Message[], count: number): Promise<unknown[]> {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' })
  server.on('connection', (socket) => {
    for (const message of messages) socket.send(JSON.stringify(message))
  })
  await once(server, 'listening')
  const got: unknown[] = []
  const end = new AbortController()
  const client = createClient({ baseUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}` })
  const onMessage = (message: unknown) => {
    got.push(message)
    if (got.length === count) end.abort()
  }
  await client.stream({ since: 0, onMessage, signal: end.signal })
  for (const socket of server.clients) socket.terminate()
  await new Promise((resolve) => server.close(resolve))
  return got
}

describe.each(versions)('recorded in %s', (_, messages) => {
  const wanted = messages.filter(({ type }) => !OF_THE_LINE.includes(type))

  test('messages of a gateway are handed on as they came', async () => {
    expect(await readAll(messages, wanted.length)).toEqual(wanted)
  })

  test('and so is what a later gateway adds', async () => {
    const added = messages.map((message) => ({ ...message, what_a_later_version_adds: { list: [1] } }))
    const later = { type: 'of_a_later_version', id: Math.max(...messages.map(({ id }) => id)) + 1 }
    const kept = added.filter(({ type }) => !OF_THE_LINE.includes(type))
    expect(await readAll([...added, later], kept.length + 1)).toEqual([...kept, later])
  })
})

test('there is a recording of each kind of message', () => {
  const types = new Set(versions.flatMap(([, messages]) => messages.map(({ type }) => type)))
  expect(types).toEqual(new Set([...OF_THE_LINE, 'state_change', 'needs_approval', 'completed', 'failed', 'progress']))
})
