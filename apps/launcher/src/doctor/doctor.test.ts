import { type ExecFileException, execFile } from 'node:child_process'
import { chmod, mkdir, mkdtemp, readdir, realpath, rm, utimes, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals'
import {
  createTestDatabase,
  createTestRedis,
  hasQbittorrent,
  openSqlSession,
  type SqlSession,
  startQbittorrent,
  startTorznab,
  type TestDatabase,
  type TestRedis,
  type TorznabServer,
  withRedis,
} from '@torrentino/testkit'
import { diagnose } from './diagnose.js'
import type { Finding } from './finding.js'

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url))
const KEY = 'kq83-indexer-key-of-this-test'
const WORD = 'pw-of-a-client-71'

let folder: string
let database: TestDatabase
let sql: SqlSession
let redis: TestRedis
let indexer: TorznabServer
let foreign: Server
let foreignUrl: string
let good: Record<string, string>

beforeAll(async () => {
  folder = await realpath(await mkdtemp(join(tmpdir(), 'torrentino-doctor-test-')))
  database = await createTestDatabase()
  sql = await openSqlSession(database.url)
  await sql.query('create database doctor_empty')
  redis = await createTestRedis()
  indexer = await startTorznab({ items: [], apiKey: KEY })
  // A qBittorrent that refuses the login, a model server with its list, and one that never answers.
  foreign = createServer((request, response) => {
    if (request.url?.startsWith('/silent/')) return
    if (request.url === '/v1/models') return void response.end(JSON.stringify({ data: [{ id: 'known-model' }] }))
    if (request.url === '/refuses/v1/models') return void response.writeHead(401).end()
    if (request.url === '/api/v2/auth/login') return void response.end('Fails.')
    response.writeHead(request.url?.startsWith('/api/v2/') ? 403 : 404).end()
  })
  await new Promise<void>((resolve) => foreign.listen(0, '127.0.0.1', resolve))
  foreignUrl = `http://127.0.0.1:${(foreign.address() as AddressInfo).port}`
  for (const name of ['media', 'downloads', 'work']) await mkdir(join(folder, name))
  await writeFile(join(folder, 'no-program'), '#!/bin/sh\necho I am something else\n')
  await writeFile(
    join(folder, 'poor-ffmpeg'),
    `#!/bin/sh\ncase "$*" in *-version*) echo ffmpeg version 1.0-poor;; *-encoders*) echo ' A....D aac  AAC';; *) exit 1;; esac\n`,
  )
  for (const name of ['no-program', 'poor-ffmpeg']) await chmod(join(folder, name), 0o755)
  good = {
    PATH: process.env.PATH ?? '',
    AUTH_METHOD: 'none',
    DATABASE_URL: database.url,
    REDIS_URL: redis.url,
    MEDIA_ROOTS: join(folder, 'media'),
    TORRENT_DOWNLOAD_PATH: join(folder, 'downloads'),
    CONVERTER_TEMP_DIR: join(folder, 'work'),
    SEARCHER_INDEXERS: indexerAt(indexer.url),
  }
})
afterAll(async () => {
  foreign?.closeAllConnections()
  foreign?.close()
  await indexer?.close()
  await redis?.stop()
  await sql?.query('drop database if exists doctor_empty with (force)')
  await sql?.close()
  await database?.drop()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(() => indexer.setFault(undefined))

const indexerAt = (url: string, key = KEY) => JSON.stringify([{ name: 'one', kind: 'torznab', url, api_key: key, timeout_secs: 2 }])
const dataFolder = () => join(folder, 'nothing-yet')
const look = (env: Record<string, string> = {}, now?: () => number) => diagnose({ env: { ...good, ...env }, dataFolder: dataFolder(), now })
/** Starting ffmpeg would be most of the work where it is not what is looked at. */
const NO_FFMPEG = { CONVERTER_FFMPEG_PATH: '/nowhere/ffmpeg', CONVERTER_FFPROBE_PATH: '/nowhere/ffprobe' }
const bad = (findings: Finding[]) => findings.filter(({ status }) => status === 'failed' || status === 'warning')

test('where all is well nothing is to be done, and nothing is left behind', async () => {
  const findings = await look()
  expect(bad(findings).filter(({ message }) => !/free$|resampler/.test(message))).toEqual([])
  expect([...new Set(findings.map(({ subject }) => subject))]).toEqual([
    ...['configuration', 'PostgreSQL', 'Redis', 'indexer one', 'torrent client default', 'ffmpeg', 'ffprobe'],
    ...[`folder ${folder}/downloads`, `folder ${folder}/work`, `media root ${folder}/media`],
  ])
  for (const name of ['media', 'downloads', 'work']) expect(await readdir(join(folder, name))).toEqual([])
  expect(JSON.stringify(findings)).not.toContain(KEY)
})

interface Broken {
  name: string
  env(): Record<string, string>
  subject: string
  status?: Finding['status']
  says: RegExp
  advice?: RegExp
}

const BROKEN: Broken[] = [
  {
    name: 'two faults of the configuration',
    env: () => ({ SERVER_PORT: 'x', MEDIA_ROOTS: 'y' }),
    subject: 'configuration',
    says: /SERVER_PORT.*MEDIA_ROOTS|MEDIA_ROOTS.*SERVER_PORT/s,
    advice: /\.env/,
  },
  {
    name: 'a setting that is nearly one',
    env: () => ({ REDIS_PORT_6379_TCP: 'tcp://1', SEARCHER__X_TCP: '' }),
    ...{ subject: 'configuration', status: 'warning', says: /REDIS_PORT_6379_TCP/ },
  },
  {
    name: 'no PostgreSQL',
    env: () => ({ DATABASE_URL: 'postgres://u:secret-of-db@127.0.0.1:1/x' }),
    ...{ subject: 'PostgreSQL', says: /ECONNREFUSED/, advice: /DATABASE_URL/ },
  },
  {
    name: 'a wrong password of PostgreSQL',
    env: () => ({ DATABASE_URL: database.url.replace(/:[^:@]+@/, ':wrong@') }),
    ...{ subject: 'PostgreSQL', says: /password|authentication|role/, advice: /DATABASE_URL/ },
  },
  {
    name: 'a database without tables',
    env: () => ({ DATABASE_URL: new URL('/doctor_empty', database.url).href }),
    ...{ subject: 'PostgreSQL', says: /migrations are not applied/, advice: /db:migrate/ },
  },
  { name: 'no Redis', env: () => ({ REDIS_URL: 'redis://127.0.0.1:1/0' }), subject: 'Redis', says: /ECONNREFUSED/, advice: /REDIS_URL/ },
  {
    name: 'a wrong password of Redis',
    env: () => ({ REDIS_URL: redis.url.replace(/:[^:@]+@/, ':wrong@') }),
    ...{ subject: 'Redis', says: /WRONGPASS|invalid|NOAUTH/, advice: /password/ },
  },
  {
    name: 'an indexer with another key',
    env: () => ({ SEARCHER_INDEXERS: indexerAt(indexer.url, 'another-key-7731') }),
    ...{ subject: 'indexer one', says: /key/i, advice: /api_key/ },
  },
  {
    name: 'an indexer that is not there',
    env: () => ({ SEARCHER_INDEXERS: indexerAt('http://127.0.0.1:1/') }),
    ...{ subject: 'indexer one', says: /one/, advice: /url/ },
  },
  {
    name: 'an indexer that says nothing',
    env: () => ({ SEARCHER_INDEXERS: indexerAt(`${foreignUrl}/silent`) }),
    ...{ subject: 'indexer one', says: /2 s|time/, advice: /timeout_secs/ },
  },
  {
    name: 'no indexer',
    env: () => ({ SEARCHER_INDEXERS: '[]' }),
    subject: 'indexers',
    status: 'warning',
    says: /none/,
    advice: /SEARCHER/,
  },
  {
    name: 'a qBittorrent that refuses the login',
    env: () => ({ TORRENT_ENGINE: 'qbittorrent', QBITTORRENT_URL: foreignUrl, QBITTORRENT_USERNAME: 'u', QBITTORRENT_PASSWORD: WORD }),
    ...{ subject: 'torrent client default', says: /refuses/, advice: /username and password/ },
  },
  {
    name: 'an aria2 that is something else',
    env: () => ({ TORRENT_ARIA2_PATH: join(folder, 'no-program') }),
    ...{ subject: 'torrent client default', says: /no aria2c/, advice: /TORRENT_ARIA2_PATH/ },
  },
  {
    name: 'a VPN that is down',
    env: () => ({ TORRENT_INTERFACE: 'tun97' }),
    ...{ subject: 'torrent client default', says: /tun97/, advice: /TORRENT_INTERFACE/ },
  },
  {
    name: 'no ffmpeg',
    env: () => ({ CONVERTER_FFMPEG_PATH: '/nowhere/ffmpeg' }),
    ...{ subject: 'ffmpeg', says: /\/nowhere\/ffmpeg/, advice: /CONVERTER_FFMPEG_PATH/ },
  },
  {
    name: 'an ffmpeg that lacks things',
    env: () => ({ CONVERTER_FFMPEG_PATH: join(folder, 'poor-ffmpeg') }),
    ...{ subject: 'ffmpeg', says: /lacks encoder libvorbis, encoder libopus/, advice: /full build/ },
  },
  {
    name: 'an ffprobe that is something else',
    env: () => ({ CONVERTER_FFPROBE_PATH: join(folder, 'no-program') }),
    ...{ subject: 'ffprobe', says: /does not say its version/, advice: /CONVERTER_FFPROBE_PATH/ },
  },
  {
    name: 'a media root that is not there',
    env: () => ({ MEDIA_ROOTS: join(folder, 'missing') }),
    ...{ subject: 'media root', says: /is not there/, advice: /mount/ },
  },
  {
    name: 'a media root that is a file',
    env: () => ({ MEDIA_ROOTS: join(folder, 'no-program') }),
    ...{ subject: 'media root', says: /no folder/, advice: /MEDIA_ROOTS/ },
  },
  {
    name: 'a media root that cannot be written',
    env: () => ({ MEDIA_ROOTS: '/proc' }),
    subject: 'media root',
    says: /\/proc/,
    advice: /right/,
  },
  {
    name: 'a model that the server does not know',
    env: () => model(foreignUrl, 'strange-model'),
    ...{ subject: 'language model', status: 'warning', says: /no model strange-model/, advice: /MODEL/ },
  },
  {
    name: 'a model server that refuses the key',
    env: () => model(`${foreignUrl}/refuses/v1`, 'known-model'),
    ...{ subject: 'language model', says: /refuses us/, advice: /API_KEY/ },
  },
]

const model = (base: string, name: string) => ({
  ...{ MATCHER_TYPE: 'llm', MATCHER_LLM_PROVIDER: 'openai_compatible', MATCHER_LLM_API_BASE: base },
  ...{ MATCHER_LLM_MODEL: name, MATCHER_LLM_API_KEY: WORD },
})

test.each(BROKEN)('$name is told with what to do', async ({ env, subject, status = 'failed', says, advice = /./ }) => {
  const findings = await look({ ...NO_FFMPEG, ...env() })
  const told = findings.filter((finding) => finding.subject.startsWith(subject) && finding.status === status)
  expect(told.map(({ message }) => message).join('\n')).toMatch(says)
  for (const finding of told) {
    expect(finding.advice).toMatch(advice)
    expect(`${finding.message}${finding.advice}`).not.toMatch(/[\n\r]/)
  }
  for (const secret of [KEY, WORD, 'another-key-7731', 'secret-of-db']) expect(JSON.stringify(findings)).not.toContain(secret)
})

const testWithQbittorrent = hasQbittorrent() ? test : test.skip

testWithQbittorrent(
  'a real qBittorrent is asked: it lets us in, refuses a wrong password, and bans who tried too often',
  async () => {
    const { url, username, password, stop } = await startQbittorrent(join(folder, 'qbittorrent'))
    const told = async (word: string) => {
      const login = { QBITTORRENT_URL: url, QBITTORRENT_USERNAME: username, QBITTORRENT_PASSWORD: word }
      const findings = await look({ ...NO_FFMPEG, TORRENT_ENGINE: 'qbittorrent', ...login })
      expect(JSON.stringify(findings)).not.toContain(word)
      return findings.find(({ subject }) => subject === 'torrent client default')
    }
    expect(await told(password)).toMatchObject({ status: 'ok', message: expect.stringMatching(/^qBittorrent v?\d.* lets us in$/) })
    expect(await told(WORD)).toMatchObject({ status: 'failed', message: expect.stringContaining('refuses') })
    for (let nr = 0; nr < 5; nr += 1)
      await fetch(`${url}/api/v2/auth/login`, { method: 'POST', body: new URLSearchParams({ username, password: WORD }) })
    expect(await told(password)).toMatchObject({
      status: 'failed',
      message: expect.stringContaining('banned'),
      advice: expect.stringMatching(/restart|wait/),
    })
    await stop()
  },
  120_000,
)

test('what is not configured, or not yet made, is no failure', async () => {
  const findings = await look({ DATABASE_URL: '', REDIS_URL: '', TORRENT_DOWNLOAD_PATH: join(folder, 'later') })
  expect(findings.filter(({ status }) => status === 'failed')).toEqual([])
  expect(findings).toContainEqual(expect.objectContaining({ subject: 'PostgreSQL', status: 'skipped' }))
  expect(findings).toContainEqual(expect.objectContaining({ subject: 'Redis', status: 'ok' }))
  expect(findings).toContainEqual(expect.objectContaining({ subject: `folder ${folder}/later`, status: 'ok' }))
})

test('a model that the server knows is well', async () => {
  expect(await look({ ...NO_FFMPEG, ...model(foreignUrl, 'known-model') })).toContainEqual(
    expect.objectContaining({ message: 'it knows the model known-model' }),
  )
})

test.each([
  [0, 'ok'],
  [5000, 'warning'],
  [-5000, 'warning'],
  [120_000, 'failed'],
])('clocks that are %d ms apart: %s', async (ms, status) => {
  const clocks = (await look(NO_FFMPEG, () => Date.now() + ms)).filter(({ message }) => message.includes('clock'))
  expect(clocks.map((finding) => [finding.subject, finding.status])).toEqual([
    ['PostgreSQL', status],
    ['Redis', status],
  ])
})

test('a Redis that drops jobs fails, one that forgets is warned of', async () => {
  const set = (name: string, value: string) => withRedis(redis.url, (client) => client.config('SET', name, value))
  await set('maxmemory-policy', 'allkeys-lru')
  expect(bad(await look(NO_FFMPEG))).toContainEqual(
    expect.objectContaining({ subject: 'Redis', status: 'failed', message: expect.stringContaining('allkeys-lru') }),
  )
  await set('maxmemory-policy', 'noeviction')
  await set('appendonly', 'no')
  expect(bad(await look(NO_FFMPEG))).toContainEqual(
    expect.objectContaining({ subject: 'Redis', status: 'warning', advice: expect.stringContaining('appendonly') }),
  )
  await set('appendonly', 'yes')
})

test('probe files that killed ones left are removed, those of one at work stay', async () => {
  const [old, young] = ['.torrentino-doctor-old', '.torrentino-doctor-young'].map((name) => join(folder, 'media', name)) as [string, string]
  for (const file of [old, young]) await writeFile(file, '')
  await utimes(old, new Date(0), new Date(0))
  await look(NO_FFMPEG)
  expect(await readdir(join(folder, 'media'))).toEqual(['.torrentino-doctor-young'])
  await rm(young)
})

interface Ended {
  code: number
  out: string
}

function npmRun(env: Record<string, string>, ...args: string[]): Promise<Ended> {
  const all = { ...process.env, NODE_OPTIONS: '', ...good, ...env }
  return new Promise((resolve) => {
    execFile('npm', ['run', '--silent', 'doctor', ...args], { cwd: ROOT, env: all }, (error: ExecFileException | null, out) =>
      resolve({ code: error ? Number(error.code) : 0, out }),
    )
  })
}

test('npm run doctor says it line by line or as JSON, and its exit code tells', async () => {
  const json = await npmRun({}, '--', '--json')
  expect(json.code).toBe(0)
  expect(JSON.parse(json.out)).toMatchObject({
    ok: true,
    findings: expect.arrayContaining([{ subject: 'configuration', status: 'ok', message: 'is right' }]),
  })
  const text = await npmRun({ MEDIA_ROOTS: join(folder, 'missing') })
  expect(text.code).toBe(1)
  expect(text.out).toMatch(/^FAILED {2}media root .*\/missing: is not there\n {8}-> make it, or mount its volume/m)
})
