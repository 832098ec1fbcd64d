import { describe, expect, test } from '@jest/globals'
import { loadConfig } from './load.js'
import { publicConfig } from './public.js'
import { torrentClients } from './torrent-clients.js'

const REQUIRED = { AUTH_METHOD: 'none', DATABASE_URL: 'postgres://localhost/x', REDIS_URL: 'redis://localhost', MEDIA_ROOTS: '/media' }
const load = (env: Record<string, string>) => loadConfig({ ...REQUIRED, TORRENT_DOWNLOAD_PATH: '/downloads', ...env })

describe('torrent clients', () => {
  test('without a list there is the one of the short form', () => {
    const env = {
      TORRENT_ENGINE: 'qbittorrent',
      QBITTORRENT_URL: 'http://q:8080',
      QBITTORRENT_PATH_MAP: '/theirs=/ours',
      TORRENT_INTERFACE: 'tun0',
    }
    const [only, ...others] = torrentClients(load(env))
    expect(others).toEqual([])
    expect(only).toMatchObject({
      name: 'default',
      engine: 'qbittorrent',
      pathMap: [{ theirs: '/theirs', ours: '/ours' }],
      interface: 'tun0',
    })
    expect(only).toMatchObject({ downloadPath: '/downloads', minFreeBytes: 1e9, maxDownloads: Number.POSITIVE_INFINITY })
    expect(only?.url?.reveal()).toBe('http://q:8080')
    expect(torrentClients(load({}))).toMatchObject([{ name: 'default', engine: 'aria2', interface: undefined, listenPort: '6881-6999' }])
  })

  test('each of a list has its own, and else what holds for all', () => {
    const one = { name: 'one', engine: 'qbittorrent', url: 'http://one', username: 'ann', password: 'pw-0f-0ne', path_map: ['/d=/disk1'] }
    const two = { name: 'two', engine: 'aria2', interface: '', listen_port: 7000, min_free_gb: 5, max_downloads: 3 }
    const list = [{ ...one, download_path: '/disk1' }, two]
    const config = load({ TORRENT_CLIENTS: JSON.stringify(list), TORRENT_ENGINE: 'qbittorrent', TORRENT_INTERFACE: 'tun0' })
    expect(torrentClients(config)).toMatchObject([
      { name: 'one', downloadPath: '/disk1', interface: 'tun0', pathMap: [{ theirs: '/d', ours: '/disk1' }], minFreeBytes: 1e9 },
      { name: 'two', downloadPath: '/downloads', interface: undefined, listenPort: '7000', minFreeBytes: 5e9, maxDownloads: 3 },
    ])
    expect(torrentClients(config)[0]?.password?.reveal()).toBe('pw-0f-0ne')
    expect(JSON.stringify(publicConfig(config))).not.toContain('pw-0f-0ne')
  })

  test('what is wrong with one is said without its secrets', () => {
    const bad = JSON.stringify([
      { name: 'one', engine: 'qbittorrent', url: 'http://one', username: 'ann', password: 'pw-0f-0ne', path_map: ['x'] },
    ])
    const faults = () => load({ TORRENT_CLIENTS: bad })
    expect(faults).toThrow('torrent.clients[0].path_map')
    expect(faults).not.toThrow('pw-0f-0ne')
  })
})
