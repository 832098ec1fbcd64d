import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { hasOpenssl, makeTlsFiles, type RedisNode, startRedisNode, type TlsFiles, waitFor } from '@torrentino/testkit'
import { inspectRedis } from './inspect-redis.js'
import { DONE, searchJob, useBus } from './test-support/test-bus.js'

const withOpenssl = hasOpenssl() ? describe : describe.skip

const buses = useBus()
let files: TlsFiles
let others: TlsFiles
let server: RedisNode | undefined

withOpenssl('Redis with TLS', () => {
  beforeAll(async () => {
    ;[files, others] = await Promise.all([makeTlsFiles(), makeTlsFiles()])
    server = await startRedisNode({
      lines: (port) => ['port 0', `tls-port ${port}`, ...files.redisLines, 'requirepass word'],
      login: { tls: files.client, password: 'word' },
    })
  })
  afterAll(async () => {
    await Promise.all([server?.drop(), files.drop(), others.drop()])
  })

  const url = () => `rediss://:word@127.0.0.1:${server?.port}/0`

  test('jobs go through where the authority is known and our certificate is shown', async () => {
    const bus = await buses.open(url(), 'safe', { tls: files.client })
    const { runs } = buses.work(bus, { auto: () => DONE })
    await bus.jobs.add([searchJob()])
    await waitFor('the run', () => runs.length === 1)
  })

  test.each([
    ['an authority that nobody named', () => ({}), /certificate/],
    ['another authority', () => ({ ...files.client, ca: others.client.ca }), /certificate/],
    ['no certificate of ours', () => ({ ca: files.client.ca }), /./],
  ])('%s ends the look', async (_what, tls, reason) => {
    await expect(inspectRedis({ url: url(), prefix: 'any', tls: tls() }, 3000)).rejects.toThrow(reason)
  })

  test('without TLS nobody gets in', async () => {
    await expect(inspectRedis({ url: url().replace('rediss', 'redis'), prefix: 'any' }, 3000)).rejects.toThrow()
  })
})
