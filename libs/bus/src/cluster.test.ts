import { afterAll, describe, expect, test } from '@jest/globals'
import { createRedisCluster, runOn, sharedRedisUrl, waitFor } from '@torrentino/testkit'
import { inspectRedis } from './inspect-redis.js'
import { DONE, searchJob, useBus } from './test-support/test-bus.js'

const buses = useBus()
const alone = await sharedRedisUrl()
const cluster = await createRedisCluster()

// The suites of all parts again, on this cluster.
runOn(cluster)
for (const part of ['callers', 'events', 'jobs', 'ladders', 'leases', 'tallies', 'limits/limits', 'places/places']) {
  await import(`./${part}.test.js`)
}

const works = (work: Promise<unknown>) =>
  work.then(
    () => true,
    () => false,
  )

describe('a cluster', () => {
  test('is looked at where the keys are', async () => {
    expect(await inspectRedis({ url: cluster.url, prefix: 'any' }, 5000)).toMatchObject({ version: expect.stringMatching(/^\d/) })
  })

  test('one Redis alone is none, and says so', async () => {
    const url = alone.replace('redis:', 'redis+cluster:').replace('/0', '')
    await expect(inspectRedis({ url, prefix: 'any' }, 5000)).rejects.toThrow(/cluster support disabled/)
  })

  test('the keys of many systems are spread over the nodes, those of each are together', async () => {
    const used = new Set<number>()
    for (let nr = 0; nr < 30; nr += 1) used.add((await cluster.ownerOf(`{system${nr}}`)).port)
    expect(used.size).toBe(3)
    const { keys, ...bus } = await buses.open(cluster.url)
    await bus.jobs.add([searchJob(), searchJob()])
    const owner = await cluster.ownerOf(keys)
    for (const node of cluster.nodes) expect((await node.ask((redis) => redis.keys(`${keys}*`))).length > 0).toBe(node.port === owner.port)
  })

  test('when the node with our keys is lost, its heir goes on with the jobs, the word and the places', async () => {
    const bus = await buses.open(cluster.url, 'inherited')
    await cluster.addHeir(bus.keys)
    const { runs } = buses.work(bus, { lockMs: 1000, stalledCheckMs: 500, auto: () => DONE })
    const heard: string[] = []
    await bus.subscribe({ onHint: (hint) => heard.push(hint.kind), onError: () => {} })
    const before = searchJob()
    await bus.jobs.add([before])
    await waitFor('a run', () => runs.some((run) => run.id === before.id))
    const owner = await cluster.ownerOf(bus.keys)
    await owner.kill()
    const after = searchJob()
    const tell = () => bus.publish.hint({ kind: 'review_torrent', infoHash: 'x' })
    await waitFor('a queue that takes jobs', () => works(bus.jobs.add([after])), 60_000)
    await waitFor('a run at the heir', () => runs.some((run) => run.id === after.id), 60_000)
    await waitFor('word', async () => (await works(tell())) && heard.length > 0, 60_000)
    expect(
      await bus.places.enter('p', { owner: 'a', member: 'a', requester: 'a', priority: 1 }, { places: 1, ttlMs: 1000, patienceMs: 1000 }),
    ).toBe(0)
    await owner.start()
  }, 150_000)

  test('after an orderly change of roles, the workers follow', async () => {
    const bus = await buses.open(cluster.url, 'inherited')
    const { runs } = buses.work(bus, { lockMs: 1000, stalledCheckMs: 500, auto: () => DONE })
    const owner = await cluster.ownerOf(bus.keys)
    const isReplica = (node: (typeof cluster.nodes)[number]) =>
      node.ask(async (redis) => /role:slave[\s\S]*link_status:up/.test(await redis.info('replication')))
    await waitFor('the old owner as a replica', async () => (await Promise.all(cluster.nodes.map(isReplica))).some(Boolean), 60_000)
    for (const node of cluster.nodes) if (await isReplica(node)) await node.ask((redis) => redis.call('CLUSTER', 'FAILOVER'))
    await waitFor('another owner', async () => (await cluster.ownerOf(bus.keys).catch(() => owner)).port !== owner.port, 60_000)
    const job = searchJob()
    await waitFor('a queue that takes jobs', () => works(bus.jobs.add([job])), 60_000)
    await waitFor('a run', () => runs.some((run) => run.id === job.id), 60_000)
  }, 150_000)
})

afterAll(() => cluster.drop())
