import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import net from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createTestDatabase, type TestDatabase, testServers } from '@torrentino/testkit'
import fc from 'fast-check'
import { openWorkers, type Workers } from '../../../apps/gateway/src/test-support/steps-of-workers.js'
import { KEYS, openGateway, type TestGateway } from '../../../apps/gateway/src/test-support/test-gateway.js'
import { type Client, createClient, type StreamState } from './index.js'
import { openInBrowser } from './open-socket.js'

let database: TestDatabase
let gateways: TestGateway[]
let workers: Workers
let line: Line
let client: Client

beforeAll(async () => {
  const { redisUrl } = await testServers()
  database = await createTestDatabase()
  const env = { REDIS_PREFIX: `client-${randomUUID().slice(0, 8)}` }
  gateways = [
    await openGateway({ databaseUrl: database.url, redisUrl, env }),
    await openGateway({ databaseUrl: database.url, redisUrl, env }),
  ]
  workers = openWorkers((gateways[0] as TestGateway).config)
  line = await openLine(gateways.map(({ url }) => Number(new URL(url).port)))
  client = createClient({ baseUrl: line.url, token: KEYS.admin, reconnectMs: 1 })
})
afterAll(async () => {
  line.close()
  await workers.close()
  await Promise.all(gateways.map((gateway) => gateway.close()))
  await database.drop()
})

interface Line {
  url: string
  /** Breaks what is connected; bytes may be cut anywhere. */
  cut(): void
  close(): void
}

/** A bad connection, to another gateway each time. */
async function openLine(ports: number[]): Promise<Line> {
  const open = new Set<net.Socket>()
  let turn = 0
  const server = net.createServer((near) => {
    turn += 1
    const far = net.connect(ports[turn % ports.length] ?? 0, '127.0.0.1')
    for (const socket of [near, far]) {
      open.add(socket)
      socket.on('error', () => {})
      socket.on('close', () => {
        open.delete(socket)
        near.destroy()
        far.destroy()
      })
    }
    near.pipe(far)
    far.pipe(near)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const cut = () => {
    for (const socket of open) socket.destroy()
  }
  return {
    url: `http://127.0.0.1:${(server.address() as net.AddressInfo).port}`,
    cut,
    close() {
      cut()
      server.close()
    },
  }
}

async function post(): Promise<string> {
  const tracks = [{ catalog_track_id: 'a', track_number: 1, name: 'A', dest_path: '/media/music/a.ogg' }]
  const direct = createClient({ baseUrl: gateways[0]?.url ?? '', token: KEYS.ann })
  return (await direct.createTicket({ search: { artist: 'A' }, tracks })).ticket_id
}

test('whatever breaks, each durable message comes once and in order', async () => {
  const act = fc.constantFrom('step' as const, 'step' as const, 'step' as const, 'cut' as const)
  await fc.assert(
    fc.asyncProperty(fc.array(act, { minLength: 3, maxLength: 25 }), async (acts) => {
      const stop = new AbortController()
      const ids: number[] = []
      let opened = () => {}
      const ready = new Promise<void>((resolve) => {
        opened = resolve
      })
      const last = await post()
      let seenLast = () => {}
      const end = new Promise<void>((resolve) => {
        seenLast = resolve
      })
      const following = client.stream({
        signal: stop.signal,
        since: 0,
        onState: ({ state }) => state === 'open' && opened(),
        onMessage: (message) => {
          if (message.type !== 'progress') ids.push(message.id)
          if (message.type === 'completed' && message.ticket_id === last) seenLast()
        },
      })
      await ready
      for (const one of acts) {
        if (one === 'cut') line.cut()
        else await workers.lead(await post(), 'failed')
      }
      await workers.lead(last, 'completed')
      await end
      stop.abort()
      await following
      expect(ids).toEqual(await allIds())
    }),
    { numRuns: 8 },
  )
})

async function allIds(): Promise<number[]> {
  const steps = await workers.store.steps.between(0, Number.MAX_SAFE_INTEGER, 100_000)
  return steps.flatMap(({ seq, to }) => (to === 'failed' || to === 'completed' ? [seq * 2, seq * 2 + 1] : [seq * 2]))
}

test('follows only what was asked for, from where it was asked', async () => {
  const [mine, other] = [await post(), await post()]
  await workers.lead(other, 'failed')
  await workers.lead(mine, 'failed')
  const seen: string[] = []
  const stop = new AbortController()
  await client.stream({
    since: 0,
    ticketIds: [mine],
    signal: stop.signal,
    onMessage: (message) => {
      seen.push(`${message.type} ${message.ticket_id === mine}`)
      if (message.type === 'failed') stop.abort()
    },
  })
  expect(seen).toEqual(['state_change true', 'state_change true', 'state_change true', 'failed true'])
})

test('a refusal ends it, and so does what the listener throws', async () => {
  const unknown = createClient({ baseUrl: line.url, token: 'nobody' })
  await expect(unknown.stream({ onMessage: () => {} })).rejects.toMatchObject({ status: 401, code: 'unauthenticated' })
  await expect(client.stream({ ticketIds: ['no id'], onMessage: () => {} })).rejects.toMatchObject({
    code: 'invalid_request',
    errors: [expect.objectContaining({ path: 'ticket_id[0]' })],
  })
  await post()
  const fault = new Error('the listener is at fault')
  await expect(
    client.stream({
      since: 0,
      onMessage: () => {
        throw fault
      },
    }),
  ).rejects.toBe(fault)
})

test('nobody there: waits and tries again until it is told to stop', async () => {
  const states: StreamState['state'][] = []
  const stop = new AbortController()
  await createClient({ baseUrl: 'http://127.0.0.1:1', reconnectMs: 1 }).stream({
    signal: stop.signal,
    onMessage: () => {},
    onState: ({ state }) => {
      states.push(state)
      if (states.length === 6) stop.abort()
    },
  })
  expect(states).toEqual(['connecting', 'waiting', 'connecting', 'waiting', 'connecting', 'waiting'])
})

test('since ahead of the history is told as a reset', async () => {
  const stop = new AbortController()
  const states: StreamState[] = []
  await client.stream({
    since: 1e9,
    signal: stop.signal,
    onMessage: () => {},
    onState: (state) => {
      states.push(state)
      if (state.state === 'open') stop.abort()
    },
  })
  const [head] = (await allIds()).slice(-1)
  expect(states.at(-1)).toEqual({ state: 'open', reset: true, id: (head ?? 0) | 1 })
})

test('in a browser a pass goes as a subprotocol in place of the token, and only once', async () => {
  const { WebSocket } = await import('ws')
  class BrowserLike extends WebSocket {
    constructor(url: string, protocols: string[]) {
      super(url, protocols)
      // In a browser a failure without a listener is nothing.
      this.on('error', () => {})
    }
  }
  const original = (globalThis as { WebSocket?: unknown }).WebSocket
  Object.assign(globalThis, { WebSocket: BrowserLike })
  try {
    const url = `${line.url.replace('http', 'ws')}/api/v1/ws`
    const ends: string[] = []
    const { json } = await (gateways[0] as TestGateway).call('POST', '/api/v1/stream-pass', { as: 'ben' })
    const hello = await new Promise<string>((resolve) => {
      const socket = openInBrowser(url, json.pass, {
        onText: (text) => {
          resolve(text)
          socket.close()
        },
        onEnd: (reason) => ends.push(reason),
      })
    })
    expect(JSON.parse(hello)).toMatchObject({ type: 'hello', reset: false })
    expect(ends).toEqual(['closed'])
    const refused = await new Promise<string>((resolve) => void openInBrowser(url, json.pass, { onText: () => {}, onEnd: resolve }))
    expect(refused).toBe('closed with code 1006')
  } finally {
    Object.assign(globalThis, { WebSocket: original })
  }
})
