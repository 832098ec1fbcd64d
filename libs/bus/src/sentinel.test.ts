import { afterAll, expect, test } from '@jest/globals'
import { createRedisSentinel, waitFor } from '@torrentino/testkit'
import { inspectRedis } from './inspect-redis.js'
import { DONE, searchJob, useBus } from './test-support/test-bus.js'

const buses = useBus()
const servers = await createRedisSentinel()
afterAll(() => servers.drop())

test('jobs and word go on at the server that took over', async () => {
  const bus = await buses.open(servers.url, 'watched', servers)
  const { runs, worker } = buses.work(bus, { lockMs: 1000, stalledCheckMs: 500, auto: () => DONE })
  const heard: string[] = []
  await bus.subscribe({ onHint: (hint) => heard.push(hint.kind), onError: () => {} })
  const before = searchJob()
  await bus.jobs.add([before])
  await waitFor('a run', () => runs.some((run) => run.id === before.id))

  const lost = await servers.master()
  await lost.kill()
  const after = searchJob()
  const works = (work: Promise<unknown>) =>
    work.then(
      () => true,
      () => false,
    )
  await waitFor('a queue that takes jobs', () => works(bus.jobs.add([after])))
  expect((await servers.master()).port).not.toBe(lost.port)
  await waitFor('a run at the heir', () => runs.some((run) => run.id === after.id))
  await waitFor('word', async () => (await works(bus.publish.hint({ kind: 'review_torrent', infoHash: 'x' }))) && heard.length > 0)
  expect(worker.isAlive()).toBe(true)
  // Sentinels that were kept from running hold still for half a minute.
})

test('a wrong word for the sentinels, or a name they do not know, ends the look with the reason', async () => {
  const target = { url: servers.url, prefix: 'any' }
  await expect(inspectRedis({ ...target, sentinelPassword: 'wrong' }, 2000)).rejects.toThrow(/sentinels are unreachable/)
  await expect(inspectRedis({ ...target, ...servers, url: servers.url.replace('/ours', '/theirs') }, 2000)).rejects.toThrow(/sentinels/)
})
