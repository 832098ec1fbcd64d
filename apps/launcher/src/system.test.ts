import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { commandLineOf, removePostgresFolder, waitFor } from '@torrentino/testkit'
import { Redis } from 'ioredis'
import { APP_NAMES } from './apps.js'
import type { LogLine } from './log-lines.js'
import { type System, type SystemOptions, startSystem } from './system.js'

const FIXTURES = new URL('./__fixtures__/', import.meta.url)
const ENV = { AUTH_METHOD: 'none', MEDIA_ROOTS: '/tmp/torrentino-media', SERVER_PORT: '0', METRICS_PORT: '0' }

let dataFolder: string
let system: System | undefined
let lines: LogLine[]

// One for all tests: each finds what the one before left, however that ended.
beforeAll(async () => {
  dataFolder = await mkdtemp(join(tmpdir(), 'torrentino-launcher-'))
})
beforeEach(() => {
  lines = []
})

afterEach(async () => {
  await system?.stop()
  system = undefined
})
afterAll(async () => {
  await removePostgresFolder(join(dataFolder, 'postgres'))
  await rm(dataFolder, { recursive: true, force: true })
})

function fixture(name: string): string {
  return fileURLToPath(new URL(name, FIXTURES))
}

async function start(options: Partial<SystemOptions> = {}): Promise<System> {
  system = await startSystem({
    dataFolder,
    embedded: true,
    mainOf: () => fixture('worker.mjs'),
    pauses: { initialPauseMs: 1 },
    onLog: (line) => lines.push(line),
    ...options,
    env: { ...ENV, ...options.env },
  })
  return system
}

/** The ids of the far children that the processes told of. */
function children(): number[] {
  return lines.filter(({ msg }) => msg === 'started').map(({ fields }) => Number(fields.child))
}

async function areGone(pids: readonly number[]): Promise<boolean> {
  const running = await Promise.all(pids.map(commandLineOf))
  return running.every((line) => line === undefined)
}

describe('a system', () => {
  test('runs all processes in their replicas, on servers of its own, and leaves nothing', async () => {
    const it = await start({ replicas: { 'convert-worker': 2 } })
    const names = it.processes().map(({ name }) => name)
    expect(names.sort()).toEqual([...APP_NAMES, 'convert-worker-2', 'postgres', 'redis'].sort())
    const pids = it.processes().map(({ pid }) => pid as number)
    expect(children()).toHaveLength(8)
    await it.stop()
    await it.stop()
    expect(await areGone([...pids, ...children()])).toBe(true)
  })

  test('stops what takes work in first', async () => {
    const it = await start()
    await it.stop()
    const stopped = lines.filter(({ msg }) => msg === 'stopped').map((line) => line.process)
    expect([stopped.at(0), stopped.at(-1), stopped.length]).toEqual(['gateway', 'scheduler', 7])
  })

  test.each(['match-worker', 'postgres', 'redis'])('brings back %s after a kill, on the same address', async (name) => {
    const it = await start()
    const victim = it.kill(name)
    await waitFor(`another ${name}`, () => ![undefined, victim].includes(it.pid(name)))
    await it.ready()
    expect(it.processes().find((entry) => entry.name === name)?.restarts).toBe(1)
    const redis = new Redis(it.urls.redis)
    expect(await redis.ping()).toBe('PONG')
    redis.disconnect()
  })

  test('keeps what Redis holds from one life to the next', async () => {
    const first = await start()
    const { redis } = first.urls
    const before = new Redis(redis)
    await before.set('key', 'value')
    before.disconnect()
    await first.stop()
    expect((await start()).urls.redis).toBe(redis)
    const after = new Redis(redis)
    expect(await after.get('key')).toBe('value')
    after.disconnect()
  })

  test('has its data folder to itself', async () => {
    const it = await start()
    const another = startSystem({ dataFolder, embedded: true, env: ENV, mainOf: () => fixture('worker.mjs') })
    await expect(another).rejects.toThrow(/already running/)
    expect(it.pid('redis')).toBeDefined()
  })

  test('gives up at once when a process refuses its configuration, which is heard', async () => {
    const starting = start({ mainOf: (app) => fixture(app === 'scheduler' ? 'refuses.mjs' : 'worker.mjs') })
    await expect(starting).rejects.toThrow(/scheduler refuses its configuration/)
    expect(lines).toContainEqual(expect.objectContaining({ process: 'scheduler', msg: expect.stringContaining('THE_SETTING is required') }))
    expect(await areGone(children())).toBe(true)
  })

  test('does not start half: an end while it starts leaves nothing', async () => {
    const abort = new AbortController()
    const starting = start({ signal: abort.signal, onEvent: ({ name }) => name === 'scheduler' && abort.abort() })
    await expect(starting).rejects.toThrow()
    expect(await areGone(children())).toBe(true)
  })
})

describe('before anything is started it is said that', () => {
  test('a port is taken', async () => {
    const server = createServer().listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    await expect(start({ env: { SERVER_PORT: String(port) } })).rejects.toThrow(`Port ${port} on 127.0.0.1 is taken: set SERVER_PORT`)
    server.close()
  })

  test('settings are missing, all at once', async () => {
    await expect(start({ env: { AUTH_METHOD: '', MEDIA_ROOTS: '' } })).rejects.toThrow(/AUTH_METHOD[\s\S]*MEDIA_ROOTS/)
  })
})

test('a launcher that is killed takes everything with it, and the next one starts', async () => {
  const script = `
    import { startSystem } from ${JSON.stringify(new URL('../dist/system.js', import.meta.url).href)}
    const system = await startSystem({
      dataFolder: ${JSON.stringify(dataFolder)}, embedded: true, env: ${JSON.stringify(ENV)},
      mainOf: () => ${JSON.stringify(fixture('worker.mjs'))},
      onLog: ({ msg, fields }) => { if (msg === 'started') process.send(fields.child) },
    })
    for (const { pid } of system.processes()) process.send(pid)
    process.send('ready')`
  const launcher = spawn(process.execPath, ['--input-type=module', '-e', script], { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const pids: number[] = []
  await new Promise<void>((resolve) => {
    launcher.on('message', (message) => (message === 'ready' ? resolve() : pids.push(Number(message))))
  })
  expect(pids).toHaveLength(7 + 7 + 2)
  launcher.kill('SIGKILL')
  await waitFor('the end of all processes', () => areGone(pids))
  const it = await start()
  expect(it.processes()).toHaveLength(9)
})
