import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { createMetrics } from '@torrentino/runtime'
import { watchDisks } from './watch-disks.js'

test('each folder has the room of its disk; one that is not there has none', async () => {
  const metrics = createMetrics('test', { processMetrics: false })
  watchDisks(metrics, [tmpdir(), tmpdir(), join(tmpdir(), 'not there')])
  const lines = (await metrics.registry.metrics()).split('\n').filter((line) => line.startsWith('torrentino_disk_'))
  const room = Object.fromEntries(lines.map((line) => [line.split('{')[0], Number(line.split(' ').at(-1))]))
  expect(lines).toHaveLength(2)
  expect(lines.every((line) => line.includes(`folder="${tmpdir()}"`))).toBe(true)
  expect(room.torrentino_disk_size_bytes).toBeGreaterThan(1e6)
  expect(room.torrentino_disk_free_bytes).toBeLessThanOrEqual(room.torrentino_disk_size_bytes as number)
})
