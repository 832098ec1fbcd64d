import { afterAll, describe, expect, test } from '@jest/globals'
import { createRedisCluster, hasOpenssl, makeTlsFiles, runOn, sharedRedisUrl, waitFor } from '@torrentino/testkit'
import { inspectRedis } from './inspect-redis.js'
import { DONE, searchJob, useBus } from './test-support/test-bus.js'

const buses = useBus()
const alone = await sharedRedisUrl()
const tls = hasOpenssl() ? await makeTlsFiles() : undefined
const cluster = await createRedisCluster({ tls })

// The suites of all parts again, on this cluster.
runOn(cluster)
for (const part of ['callers', 'events', 'jobs', 'ladders', 'leases', 'tallies', 'limits/limits', 'places/places']) {
  await import(`./${part}.test.js`)
}

// Plain connections are those of the suites above.
const open = (prefix: string) => buses.open(cluster.tlsUrl ?? cluster.url, prefix, { tls: tls?.client })

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

  test('while our slot is moved to another node, no job that was taken in is lost, and all goes on there', async () => {
    const bus = await open('moved')
    const { runs, worker } = buses.work(bus, { lockMs: 1000, stalledCheckMs: 500, auto: () => DONE })
    const heard: string[] = []
    await bus.subscribe({ onHint: (hint) => heard.push(hint.kind), onError: () => {} })
    await bus.mark()
    const before = await cluster.ownerOf(bus.keys)
    const taken: string[] = []
    const add = async () => {
      const job = searchJob()
      const isTaken = await works(bus.jobs.add([job]))
      if (isTaken) taken.push(job.id)
      return isTaken
    }
    for (let nr = 0; nr < 20; nr += 1) await add()
    await cluster.moveSlot(bus.keys, add)
    expect(await cluster.ownerOf(bus.keys)).not.toBe(before)
    await waitFor('a queue that takes jobs', add)
    await waitFor('all runs', () => taken.every((id) => runs.some((run) => run.id === id)))
    await waitFor('word', async () => (await works(bus.publish.hint({ kind: 'review_torrent', infoHash: 'x' }))) && heard.length > 0)
    expect(taken.length).toBeGreaterThan(20)
    expect(await bus.isMarked()).toBe(true)
    expect(worker.isAlive()).toBe(true)
  })

  test('when the node with our keys is lost, its heir goes on with the jobs, the word and the places', async () => {
    const bus = await open('inherited')
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
    await waitFor('a queue that takes jobs', () => works(bus.jobs.add([after])))
    await waitFor('a run at the heir', () => runs.some((run) => run.id === after.id))
    await waitFor('word', async () => (await works(tell())) && heard.length > 0)
    expect(
      await bus.places.enter('p', { owner: 'a', member: 'a', requester: 'a', priority: 1 }, { places: 1, ttlMs: 1000, patienceMs: 1000 }),
    ).toBe(0)
    await owner.start()
  })

  test('after an orderly change of roles, the workers follow', async () => {
    const bus = await open('inherited')
    const { runs } = buses.work(bus, { lockMs: 1000, stalledCheckMs: 500, auto: () => DONE })
    const owner = await cluster.ownerOf(bus.keys)
    const isReplica = (node: (typeof cluster.nodes)[number]) =>
      node.ask(async (redis) => /role:slave[\s\S]*link_status:up/.test(await redis.info('replication')))
    await waitFor('the old owner as a replica', async () => (await Promise.all(cluster.nodes.map(isReplica))).some(Boolean))
    for (const node of cluster.nodes) if (await isReplica(node)) await node.ask((redis) => redis.call('CLUSTER', 'FAILOVER'))
    await waitFor('another owner', async () => (await cluster.ownerOf(bus.keys).catch(() => owner)).port !== owner.port)
    const job = searchJob()
    await waitFor('a queue that takes jobs', () => works(bus.jobs.add([job])))
    await waitFor('a run', () => runs.some((run) => run.id === job.id))
  })
})

afterAll(async () => {
  await cluster.drop()
  await tls?.drop()
})
