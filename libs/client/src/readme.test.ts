import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { createTestDatabase, testServers } from '@torrentino/testkit'
import { openWorkers } from '../../../apps/gateway/src/test-support/steps-of-workers.js'
import { KEYS, openGateway } from '../../../apps/gateway/src/test-support/test-gateway.js'
import { createClient } from './index.js'

type Example = (create: typeof createClient, save: (body: unknown) => void, process: { env: object }) => Promise<void>

/** The first example of the README as a function of what it imports and leaves to the reader. */
function example(): Example {
  const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  const code = /```ts\n([\s\S]*?)```/.exec(readme)?.[1]?.replace(/^import .*\n/, '') ?? ''
  return new Function('createClient', 'save', 'process', `return (async () => {${code}})()`) as Example
}

test('the example of the README does what it says', async () => {
  const { redisUrl } = await testServers()
  const database = await createTestDatabase()
  const gateway = await openGateway({ databaseUrl: database.url, redisUrl, env: { REDIS_PREFIX: `readme-${randomUUID().slice(0, 8)}` } })
  const workers = openWorkers(gateway.config)
  const over = new AbortController()
  try {
    const here: typeof createClient = ({ baseUrl, ...options }) => {
      expect(baseUrl).toBe('http://localhost:8080')
      return createClient({ ...options, baseUrl: gateway.url, token: KEYS.ann })
    }
    const saved: unknown[] = []
    const running = example()(here, (body) => saved.push(body), { env: {} })
    const client = createClient({ baseUrl: gateway.url, token: KEYS.admin })
    const id = await new Promise<string>((resolve) => {
      void client.stream({
        since: 0,
        onMessage: (message) => 'ticket_id' in message && resolve(message.ticket_id),
        signal: over.signal,
      })
    })
    await workers.lead(id, 'needs_approval')
    await running
    expect(await client.getTicket(id)).toMatchObject({
      state: 'needs_approval',
      requested_by: 'ann',
      request: { search: { artist: 'The Example Band' } },
    })
    expect(saved).toEqual([])
  } finally {
    over.abort()
    await workers.close()
    await gateway.close()
    await database.drop()
  }
})
