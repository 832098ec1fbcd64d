import { describe, expect, test } from '@jest/globals'
import type { TorrentClientSettings } from '@torrentino/runtime'
import { waitFor } from '@torrentino/testkit'
import { createFakeTorrentClient } from '../test-support/fake-torrent-client.js'
import { type Opened, openPool } from './pool.js'
import { poolHealth } from './pool-health.js'

const space: Opened['space'] = { take: async () => null, note() {}, giveBack() {}, left: async () => 1 }
const life = new AbortController()

function settings(name: string): TorrentClientSettings {
  const common = { engine: 'aria2' as const, url: undefined, username: '', password: undefined, category: 'x', pathMap: [] }
  return { ...common, name, downloadPath: '/d', interface: undefined, listenPort: '0', minFreeBytes: 0, maxDownloads: 1 }
}

/** A pool of clients that cannot be started as long as they are named here. */
async function open(names: string[], broken: Set<string>) {
  const faults: string[] = []
  const pool = await openPool(names.map(settings), {
    async open({ name }) {
      if (broken.has(name)) throw new Error(`${name} is broken`)
      return { client: createFakeTorrentClient(), space }
    },
    againMs: 20,
    signal: life.signal,
    onFault: (name) => faults.push(name),
  })
  return { pool, faults }
}

describe('a pool of clients', () => {
  test('works with those that start; another is tried until it does', async () => {
    const broken = new Set(['two'])
    const { pool, faults } = await open(['one', 'two'], broken)
    const known: string[] = []
    pool.onClient(({ name }) => known.push(name))
    expect(known).toEqual(['one'])
    expect(await poolHealth(pool)).toEqual({ ok: true, message: 'two: two is broken' })
    expect(() => pool.find('two')?.client).toThrow(expect.objectContaining({ kind: 'retryable', code: 'engine_unavailable' }))
    await waitFor('a second try', () => faults.length > 1)
    broken.clear()
    await waitFor('the start', () => known.length === 2)
    expect(await poolHealth(pool)).toEqual({ ok: true })
    await pool.close()
  })

  test('without any that works is not well; an only one that cannot be started ends the start', async () => {
    const { pool } = await open(['one', 'two'], new Set(['one', 'two']))
    expect(await poolHealth(pool)).toEqual({ ok: false, message: 'one: one is broken two: two is broken' })
    await pool.close()
    await expect(open(['one'], new Set(['one']))).rejects.toThrow('one is broken')
  })

  test('knows no client of another name', async () => {
    const { pool } = await open(['one'], new Set())
    expect([pool.find('one')?.name, pool.find('two'), pool.find(null)]).toEqual(['one', null, null])
    await pool.close()
  })
})
