import http from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Received {
  path: string
  headers: http.IncomingHttpHeaders
  body: string
}

/** A consumer with a web server of its own. */
export interface Consumer {
  url: string
  received: Received[]
  /** What it answers; null: never anything. */
  answer: (received: Received) => number | null
  /** Sent with each answer. */
  answerHeaders: Record<string, string>
  /** Event ids in the order in which they came. */
  ids(): string[]
  close(): Promise<void>
}

export async function openConsumer(): Promise<Consumer> {
  const consumer: Consumer = {
    url: '',
    received: [],
    answer: () => 204,
    answerHeaders: {},
    ids: () => consumer.received.map(({ headers }) => String(headers['x-torrentino-event-id'])),
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  const server = http.createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8')
    request.on('data', (part) => {
      body += part
    })
    request.on('end', () => {
      const received = { path: request.url ?? '', headers: request.headers, body }
      consumer.received.push(received)
      const status = consumer.answer(received)
      if (status !== null) response.writeHead(status, status === 302 ? { location: '/elsewhere' } : consumer.answerHeaders).end()
    })
  })
  // Every address of 127.0.0.0/8 reaches it, so that some may stand for public ones.
  await new Promise<void>((resolve) => server.listen(0, '0.0.0.0', resolve))
  consumer.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return consumer
}
