import { afterAll, describe, expect, test } from '@jest/globals'
import { inspectRedis } from '@torrentino/bus'
import { inspectDatabase, migrate } from '@torrentino/store'
import { sayLacking } from '@torrentino/testkit'
import type { StartedTestContainer } from 'testcontainers'
import { parse } from 'yaml'
import { readText } from './files.js'
import { whyNoContainers } from './test-support/docker-engine.js'

interface Service {
  image: string
  command: string[]
  environment?: Record<string, string>
}

const { postgres, redis } = (parse(readText('docker-compose.yml')) as { services: Record<'postgres' | 'redis', Service> }).services
const why = await whyNoContainers([postgres.image, redis.image])
const describeWithDocker = sayLacking(why === undefined, `the test of the servers of docker-compose.yml, since ${why}`)
  ? describe
  : describe.skip

const PASSWORD = 'torrentino'
const LIMIT_MS = 10_000
const started: StartedTestContainer[] = []

/** What testcontainers would clean up with is an image that may not be here; each container is stopped below. */
process.env.TESTCONTAINERS_RYUK_DISABLED = 'true'

async function start({ image, command, environment = {} }: Service, port: number, ready: RegExp): Promise<string> {
  const { GenericContainer, Wait } = await import('testcontainers')
  const container = await new GenericContainer(image)
    .withCommand(command)
    .withEnvironment({ ...environment, POSTGRES_PASSWORD: PASSWORD })
    .withExposedPorts(port)
    .withWaitStrategy(Wait.forLogMessage(ready))
    .withStartupTimeout(30_000)
    .start()
  started.push(container)
  return `${container.getHost()}:${container.getMappedPort(port)}`
}

afterAll(async () => {
  for (const container of started) await container.stop()
})

describeWithDocker('the servers of docker-compose.yml', () => {
  test('PostgreSQL takes all migrations, and has room for the connections of many processes', async () => {
    // The image starts its server twice; only the last one listens to others.
    const address = await start(postgres, 5432, /listening on IPv4 address/)
    const url = `postgres://torrentino:${PASSWORD}@${address}/torrentino`
    expect((await migrate(url)).length).toBeGreaterThan(10)
    expect(await inspectDatabase(url, LIMIT_MS)).toMatchObject({ pending: [], unfinished: [], unknown: [] })
    expect(postgres.command.join(' ')).toContain('max_connections=400')
  })

  test('Redis keeps what it is told, and drops nothing', async () => {
    const address = await start(redis, 6379, /Ready to accept connections/)
    const { fault, warning } = await inspectRedis({ url: `redis://${address}/0`, prefix: 'torrentino' }, LIMIT_MS)
    expect({ fault, warning }).toEqual({ fault: undefined, warning: undefined })
  })
})
