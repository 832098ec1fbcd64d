import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { availableParallelism, tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { configHash, loadConfig, publicConfig } from './index.js'

const BASE = {
  AUTH_METHOD: 'none',
  DATABASE_URL: 'postgres://app:hunter22@db/torrentino',
  REDIS_URL: 'redis://cache:6379/0',
  MEDIA_ROOTS: '/media',
}

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'config-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function fileWith(text: string, name = 'config.toml'): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

function fromToml(text: string, env: Record<string, string> = BASE) {
  const notices: string[] = []
  const config = loadConfig({ ...env, CONFIG_FILE: fileWith(text) }, { onNotice: (notice) => notices.push(notice) })
  return { config, notices }
}

describe('sources', () => {
  test('defaults hold where nothing is set', () => {
    const config = loadConfig(BASE)
    expect(config.server).toEqual({
      host: '127.0.0.1',
      port: 8080,
      body_limit_kb: 1024,
      base_path: '',
      cors_origins: [],
      tls_cert: '',
      tls_key: '',
    })
    expect(config.converter.max_parallel_conversions).toBe(availableParallelism())
    expect(config.torrent.download_path).toBe(resolve('.data/downloads'))
    expect(config.searcher.indexers).toEqual([])
  })

  test('environment over .env over TOML over defaults', () => {
    const toml = fileWith('[server]\nhost = "toml"\nport = 1\nbody_limit_kb = 7\n')
    const envFile = fileWith('SERVER_HOST=dotenv\nSERVER_PORT=2\n', '.env')
    const config = loadConfig({ ...BASE, CONFIG_FILE: toml, SERVER_HOST: 'environment' }, { envFile })
    expect(config.server).toEqual({
      host: 'environment',
      port: 2,
      body_limit_kb: 7,
      base_path: '',
      cors_origins: [],
      tls_cert: '',
      tls_key: '',
    })
  })

  test('CONFIG_FILE may stand in .env; a missing .env is no fault', () => {
    const toml = fileWith('[server]\nport = 81\n')
    expect(loadConfig(BASE, { envFile: fileWith(`CONFIG_FILE=${toml}\n`, '.env') }).server.port).toBe(81)
    expect(loadConfig(BASE, { envFile: join(folder, 'missing') }).server.port).toBe(8080)
  })

  test.each([
    ['SERVER_PORT', '81'],
    ['SERVER__PORT', '81'],
    ['SERVER_PORT', ' 81 '],
  ])('%s=%j sets server.port', (name, value) => {
    expect(loadConfig({ ...BASE, [name]: value }).server.port).toBe(81)
  })

  test('both names of a setting may hold the same value', () => {
    expect(loadConfig({ ...BASE, SERVER_PORT: '81', SERVER__PORT: '81' }).server.port).toBe(81)
  })

  test('an empty variable is not set', () => {
    expect(loadConfig({ ...BASE, SERVER_PORT: '', LOG_LEVEL: '' }).server.port).toBe(8080)
  })

  test('each kind of value is read from text', () => {
    const config = loadConfig({
      ...BASE,
      TORRENT_DHT: 'FALSE',
      TORRENT_SEED_RATIO_TARGET: '1.5',
      TORRENT_LISTEN_PORT: '6881',
      PROCESSING_LOCK_SECS: '4.25',
      MEDIA_ROOTS: '/media/music/ , /media//video,',
      CONVERTER_MAX_PARALLEL_CONVERSIONS: '3',
    })
    expect(config.torrent).toMatchObject({ dht: false, seed_ratio_target: 1.5, listen_port: '6881' })
    expect(config.processing.lock_secs).toBe(4.25)
    expect(config.media.roots).toEqual(['/media/music', '/media/video'])
    expect(config.converter.max_parallel_conversions).toBe(3)
  })

  test.each([['6881-6889'], ['0'], ['1024'], ['65535-65535']])('torrent.listen_port %s', (value) => {
    expect(loadConfig({ ...BASE, TORRENT_LISTEN_PORT: value }).torrent.listen_port).toBe(value)
  })

  test('variables of others are mentioned, not refused', () => {
    const notices: string[] = []
    loadConfig({ ...BASE, REDIS_PORT_6379_TCP: 'tcp://10.0.0.1:6379', HOME: '/root' }, { onNotice: (notice) => notices.push(notice) })
    expect(notices).toEqual(['not settings, ignored: REDIS_PORT_6379_TCP'])
  })
})

describe('auth', () => {
  const key = 'a'.repeat(64)
  test('tokens from the environment', () => {
    const config = loadConfig({ ...BASE, AUTH_METHOD: 'token', AUTH_TOKENS: `web:user:${key}, ops@home:admin:${'B'.repeat(64)}` })
    expect(config.auth.tokens.map(({ name, role, sha256 }) => [name, role, sha256.reveal()])).toEqual([
      ['web', 'user', key],
      ['ops@home', 'admin', 'b'.repeat(64)],
    ])
  })

  test('tokens from the file', () => {
    const { AUTH_METHOD: _, ...rest } = BASE
    const { config } = fromToml(`[auth]\nmethod = "token"\ntokens = ["web:user:${key}"]\n`, rest)
    expect(config.auth).toMatchObject({ method: ['token'], tokens: [{ name: 'web', role: 'user' }] })
  })

  test('several methods in their order, from the environment and from the file', () => {
    const rules = [
      { ip: '192.168.1.0/24', user_id: 'homelab', role: 'user' },
      { ip: 'fd00::1', user_id: 'a:b', role: 'admin' },
    ]
    const AUTH_ADDRESS_RULES = '192.168.1.0/24=homelab, fd00::1 = a:b:admin'
    expect(loadConfig({ ...BASE, AUTH_METHOD: 'address, token', AUTH_ADDRESS_RULES }).auth).toMatchObject({
      method: ['address', 'token'],
      address: { rules },
    })
    const { AUTH_METHOD: _, ...rest } = BASE
    const toml =
      '[auth]\nmethod = ["oidc", "address"]\n[auth.oidc]\nissuer = "https://auth.example.com"\naudience = "us"\n[auth.address]\nrules = [{ ip = "192.168.1.0/24", user_id = "homelab" }, { ip = "fd00::1", user_id = "a:b", role = "admin" }]\n'
    expect(fromToml(toml, rest).config.auth).toMatchObject({
      method: ['oidc', 'address'],
      oidc: { issuer: 'https://auth.example.com', audience: 'us', user_id_claim: 'sub', algorithms: ['RS256', 'ES256'] },
      address: { rules },
    })
  })
})

describe('the [auth] of a file', () => {
  const { AUTH_METHOD: _, ...rest } = BASE
  test.each<[string, string, object]>([
    ['none', '[auth]\nmethod = "none"', {}],
    [
      'oidc',
      `[auth]
method = "oidc"
[auth.oidc]
issuer = "https://auth.example.com"
audience = "quentin-torrentino"
jwks_url = "https://auth.example.com/.well-known/jwks.json"
user_id_claim = "preferred_username"  # or "email", "sub"`,
      {
        oidc: {
          ...{ issuer: 'https://auth.example.com', audience: 'quentin-torrentino', user_id_claim: 'preferred_username' },
          jwks_url: 'https://auth.example.com/.well-known/jwks.json',
        },
      },
    ],
    [
      'address',
      `[auth]
method = "address"
[auth.address]
rules = [
    { ip = "192.168.1.0/24", user_id = "homelab" },
    { ip = "10.0.0.5", user_id = "pezzottify-server" },
]`,
      { address: { rules: [{ ip: '192.168.1.0/24', user_id: 'homelab', role: 'user' }, { user_id: 'pezzottify-server' }] } },
    ],
    [
      'cert',
      '[auth]\nmethod = "cert"\n[auth.cert]\nca_cert = "/etc/ssl/ca.pem"\nuser_id_from = "cn"\n[server]\ntls_cert = "/a.pem"\ntls_key = "/a.key"',
      { cert: { ca_cert: '/etc/ssl/ca.pem', user_id_from: 'cn' } },
    ],
    [
      'plugin',
      '[auth]\nmethod = "plugin"\n[auth.plugin]\ncommand = "/usr/local/bin/my-auth-plugin"\ntimeout_ms = 5000',
      { plugin: { command: '/usr/local/bin/my-auth-plugin', timeout_ms: 5000 } },
    ],
    ['secret', '[server]\nhost = "0.0.0.0"\nauth_token = "a-secret-of-some-length"', {}],
    ['secret', '[auth]\nmethod = "secret"\nshared_secret = "a-secret-of-some-length"', {}],
  ])('%s', (method, toml, expected) => {
    const { config } = fromToml(toml, rest)
    expect(config.auth).toMatchObject({ ...expected, method: [method] })
    if (method === 'secret') expect(config.auth.shared_secret?.reveal()).toBe('a-secret-of-some-length')
  })

  test('the token of an older file is called something else now, must be long enough, and is not shown', () => {
    expect(fromToml('[server]\nauth_token = "a-secret-of-some-length"', rest).notices.join()).toMatch(
      /auth_token is called auth.shared_secret/,
    )
    expect(() => fromToml('[server]\nauth_token = "short-word"', rest)).toThrow(/auth\.shared_secret\) must have at least 16/)
    expect(() => fromToml('[server]\nauth_token = "short-word"', rest)).not.toThrow(/short-word/)
  })
})

describe('indexers', () => {
  test('from JSON, with defaults', () => {
    const SEARCHER_INDEXERS = JSON.stringify([
      { name: 'one', url: 'http://one/api', api_key: 'k-0001' },
      {
        name: 'two',
        kind: 'prowlarr',
        url: 'https://me:pass-word@two/',
        timeout_secs: 5,
        requests_per_minute: 7,
        categories: [3010],
        ids: [2],
      },
    ])
    const { indexers } = loadConfig({ ...BASE, SEARCHER_INDEXERS }).searcher
    expect(indexers.map((entry) => ({ ...entry, url: entry.url.reveal(), api_key: entry.api_key?.reveal() }))).toEqual([
      { name: 'one', kind: 'torznab', url: 'http://one/api', api_key: 'k-0001', timeout_secs: 30, categories: [3000] },
      {
        name: 'two',
        kind: 'prowlarr',
        url: 'https://me:pass-word@two/',
        api_key: undefined,
        timeout_secs: 5,
        requests_per_minute: 7,
        categories: [3010],
        ids: [2],
      },
    ])
    expect(String(indexers[1]?.url)).toBe('https://me:***@two/')
  })

  test('a feed may say where in its address the key goes', () => {
    const url = 'http://one/rss?cat=3&passkey={apikey}'
    const SEARCHER_INDEXERS = JSON.stringify([{ name: 'one', kind: 'rss', url, api_key: 'k-0001' }])
    expect(loadConfig({ ...BASE, SEARCHER_INDEXERS }).searcher.indexers[0]?.url.reveal()).toBe(url)
  })

  const JACKETT = { SEARCHER_JACKETT_URL: 'http://j:9117/', SEARCHER__JACKETT__API_KEY: 'k-0001' }
  const PROWLARR = { SEARCHER_PROWLARR_URL: 'http://me@p/sub', SEARCHER_PROWLARR_API_KEY: 'k-0002' }
  test.each<[string, Record<string, string>, [string, string, string][]]>([
    [
      'named ones of Jackett',
      { ...JACKETT, SEARCHER_JACKETT_INDEXERS: 'rutracker,redacted' },
      ['rutracker', 'redacted'].map((name) => [name, 'torznab', `http://j:9117/api/v2.0/indexers/${name}/results/torznab/api`]),
    ],
    ['all of Jackett', JACKETT, [['jackett', 'jackett', 'http://j:9117/']]],
    ['all of Prowlarr', PROWLARR, [['prowlarr', 'prowlarr', 'http://me@p/sub']]],
    [
      'numbered ones of Prowlarr',
      { ...PROWLARR, SEARCHER_PROWLARR_INDEXERS: '1, 12' },
      [1, 12].map((id) => [`prowlarr-${id}`, 'torznab', `http://me@p/sub/${id}/api`]),
    ],
  ])('%s', (_, env, expected) => {
    const { indexers } = loadConfig({ ...BASE, ...env }).searcher
    expect(indexers.map((entry) => [entry.name, entry.kind, entry.url.reveal()])).toEqual(expected)
    for (const entry of indexers) expect(entry.api_key?.reveal()).toMatch(/^k-000[12]$/)
  })

  test('with limits of their own, in the file', () => {
    const { config } = fromToml(`
[searcher.jackett]
url = "http://j"
api_key = "k-0001"
indexers = [{ name = "all", requests_per_minute = 30 }, "rutracker"]
[searcher.prowlarr]
url = "http://p"
api_key = "k-0002"
indexers = [{ id = 3, name = "three", requests_per_minute = 5 }, 4]
`)
    expect(config.searcher.indexers.map((entry) => [entry.name, entry.requests_per_minute])).toEqual([
      ['jackett', 30],
      ['rutracker', undefined],
      ['three', 5],
      ['prowlarr-4', undefined],
    ])
  })
})

const OLDER_FILE = `
[auth]
method = "none"
[server]
host = "0.0.0.0"
port = 8080
[database]
path = "/data/quentin.db"
[searcher]
backend = "jackett"
[searcher.jackett]
url = "http://localhost:9117"
api_key = "your-jackett-api-key"
timeout_secs = 30
[[searcher.jackett.indexers]]
name = "rutracker"
rate_limit_requests_per_min = 10
[[searcher.jackett.indexers]]
name = "redacted"
rate_limit_requests_per_min = 5
[qbittorrent]
url = "http://localhost:8081"
username = "admin"
password = "adminadmin"
download_path = "/downloads/incomplete"
seed_ratio_target = 1.5
seed_time_limit_mins = 90
cleanup_policy = "manual"
[matcher]
type = "dumb"
auto_approve_threshold = 0.9
[matcher.llm]
provider = "anthropic"
model = "some-model"
api_key = "your-api-key"
[converter]
ffmpeg_path = "/usr/bin/ffmpeg"
ffprobe_path = "/usr/bin/ffprobe"
temp_dir = "/tmp/quentin"
max_parallel_conversions = 4
[processing]
max_parallel_downloads = 2
check_interval_secs = 10
retry_max_attempts = 3
retry_initial_delay_secs = 60
retry_max_delay_secs = 3600
[audit]
log_file = "/var/log/quentin/audit.jsonl"
`

describe('a file of the older layout', () => {
  test('is taken over, and what becomes of its keys is said', () => {
    const { config, notices } = fromToml(OLDER_FILE)
    const torrent = { engine: 'qbittorrent', download_path: '/downloads/incomplete', seed_ratio_target: 1.5, seed_time_limit_mins: 90 }
    expect(config.torrent).toMatchObject({ ...torrent, cleanup_policy: 'manual' })
    expect(config.qbittorrent).toMatchObject({ username: 'admin', category: 'torrentino', path_map: [] })
    expect([config.qbittorrent.url?.reveal(), config.qbittorrent.password?.reveal()]).toEqual(['http://localhost:8081', 'adminadmin'])
    expect(config.searcher.indexers.map((entry) => entry.name)).toEqual(['rutracker', 'redacted'])
    expect(config.searcher.indexers.map((entry) => entry.requests_per_minute)).toEqual([10, 5])
    expect(config.matcher).toMatchObject({ auto_approve_threshold: 0.9, llm: { provider: 'anthropic', model: 'some-model' } })
    expect(config.matcher.llm.api_key?.reveal()).toBe('your-api-key')
    expect(config.audit.log_file).toBe('/var/log/quentin/audit.jsonl')
    for (const key of [
      'database.path',
      'searcher.backend',
      'qbittorrent.download_path',
      'torrent.engine is qbittorrent',
      'processing.check_interval_secs',
      'rate_limit',
    ]) {
      expect(notices.join('\n')).toContain(key)
    }
    expect(notices.join('\n')).not.toMatch(/adminadmin|your-api-key|your-jackett/)
  })

  test('an engine that is named is not changed', () => {
    expect(fromToml('[qbittorrent]\nurl = "http://q"\n[torrent]\nengine = "aria2"\n').config.torrent.engine).toBe('aria2')
  })

  test('never wins over the new name', () => {
    const { config } = fromToml('[qbittorrent]\ndownload_path = "/old"\n[torrent]\ndownload_path = "/new"\n')
    expect(config.torrent.download_path).toBe('/new')
  })
})

describe('secrets', () => {
  const KEY = 'Sup3r-S3cret'
  const env = {
    ...BASE,
    DATABASE_URL: `postgres://app:${KEY}@db/torrentino?sslpassword=${KEY}`,
    REDIS_URL: `redis://:${KEY}@cache:6379/0`,
    SEARCHER_INDEXERS: JSON.stringify([{ name: 'one', url: `http://u:${KEY}@one/api`, api_key: KEY }]),
    SEARCHER_JACKETT_URL: `http://u:${KEY}@jackett`,
    SEARCHER_JACKETT_API_KEY: KEY,
    AUTH_METHOD: 'token',
    AUTH_TOKENS: `web:user:${'5ec7e7'.repeat(11).slice(0, 64)}`,
  }

  test('are nowhere in what is printed, serialised, shown or spread', () => {
    const config = loadConfig(env)
    const prints = [
      JSON.stringify(config),
      inspect(config, { depth: 20, showHidden: true }),
      JSON.stringify(publicConfig(config)),
      `${config.database.url}`,
      inspect({ ...config.searcher.indexers[0] }, { depth: 20 }),
    ]
    for (const text of prints) expect(text).not.toMatch(/Sup3r|5ec7e7/)
    expect(config.database.url.reveal()).toBe(env.DATABASE_URL)
    expect(publicConfig(config)).toMatchObject({
      database: { url: 'postgres://app:***@db/torrentino?***' },
      redis: { url: 'redis://:***@cache:6379/0' },
      auth: { tokens: [{ name: 'web', role: 'user', sha256: '***' }] },
    })
  })

  test('the hash is the same for the same settings, changes with them, and not with a secret', () => {
    const hash = configHash(loadConfig(env))
    expect(hash).toMatch(/^[0-9a-f]{64}$/)
    expect(configHash(loadConfig({ ...env }))).toBe(hash)
    expect(configHash(loadConfig({ ...env, SERVER_PORT: '81' }))).not.toBe(hash)
    expect(configHash(loadConfig({ ...env, REDIS_URL: 'redis://:another-one@cache:6379/0' }))).toBe(hash)
  })

  test('the configuration cannot be changed', () => {
    const config = loadConfig(env) as unknown as { server: { port: number }; media: { roots: string[] } }
    expect(() => {
      config.server.port = 1
    }).toThrow(TypeError)
    expect(() => config.media.roots.push('/')).toThrow(TypeError)
  })
})
