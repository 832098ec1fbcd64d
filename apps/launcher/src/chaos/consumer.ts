import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { type Client, verifyWebhook } from '@torrentino/client'

/** Somebody who is told of everything by webhook. */
export interface Consumer {
  url: string
  /** While it is true he refuses what comes. */
  broken: boolean
  /** The ids of the messages he took, in the order in which they came. */
  taken: number[]
  faults: string[]
  subscribe(client: Client): Promise<void>
  close(): Promise<void>
}

export async function openConsumer(): Promise<Consumer> {
  let secret = ''
  const server = createServer((request, response) => {
    void take(request).then((status) => response.writeHead(status).end())
  })

  async function take(request: IncomingMessage): Promise<number> {
    const body = await bodyOf(request)
    if (consumer.broken) return 503
    try {
      const message = await verifyWebhook({ secret, signature: String(request.headers['x-torrentino-signature']), body })
      if (message.type !== 'test') consumer.taken.push(message.id)
      return 204
    } catch (error) {
      consumer.faults.push(`a message was not as it should be: ${error}`)
      return 400
    }
  }

  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const consumer: Consumer = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    broken: false,
    taken: [],
    faults: [],
    async subscribe(client) {
      const webhook = await client.createWebhook({ url: consumer.url, all_tickets: true })
      secret = webhook.secret
    },
    async close() {
      server.closeAllConnections()
      await new Promise<void>((resolve) => server.close(() => resolve()))
    },
  }
  return consumer
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const piece of request.setEncoding('utf8')) text += piece
  return text
}

/** He must have been told of everything, perhaps more than once. */
export function faultsOfConsumer({ taken, faults }: Consumer, expected: readonly number[]): string[] {
  const known = new Set(taken)
  const lacking = expected.filter((id) => !known.has(id))
  const foreign = [...known].filter((id) => !expected.includes(id))
  return [
    ...faults,
    ...(lacking.length > 0 ? [`was never told of ${lacking.length} messages: ${lacking.slice(0, 20)}`] : []),
    ...(foreign.length > 0 ? [`was told of what never happened: ${foreign.slice(0, 20)}`] : []),
  ].map((fault) => `webhook: ${fault}`)
}
