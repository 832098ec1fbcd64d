import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { ConfigError, loadConfig } from './index.js'
import { SETTINGS } from './settings.js'

const clients = (...entries: object[]) => ({ TORRENT_CLIENTS: JSON.stringify(entries.map((entry) => ({ name: 'one', ...entry }))) })

const BASE = { AUTH_METHOD: 'none', DATABASE_URL: 'postgres://db/x', REDIS_URL: 'redis://cache', MEDIA_ROOTS: '/media' }
const HASH = 'a'.repeat(64)
const indexers = (...entries: unknown[]) => ({ SEARCHER_INDEXERS: JSON.stringify(entries) })

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'bad-config-'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function faultsOf(env: Record<string, string>): readonly string[] {
  try {
    loadConfig(env)
  } catch (error) {
    if (error instanceof ConfigError) return error.faults
    throw error
  }
  return []
}

type Row = [env: Record<string, string>, ...fragments: string[]]

const BAD_ENVIRONMENT: Row[] = [
  [{ AUTH_METHOD: '' }, 'AUTH_METHOD (auth.method) is required', 'none (', 'token ('],
  [{ AUTH_METHOD: 'oauth' }, 'AUTH_METHOD (auth.method) must be none', 'not ["oauth"]'],
  [{ AUTH_METHOD: 'None' }, 'AUTH_METHOD', 'not ["None"]'],
  [{ AUTH_METHOD: 'token,oauth' }, 'AUTH_METHOD (auth.method) must be none', 'not ["token","oauth"]'],
  [{ AUTH_METHOD: 'token,token' }, 'AUTH_METHOD (auth.method) must not name a method twice'],
  [{ AUTH_METHOD: 'none,token' }, 'AUTH_METHOD (auth.method) none lets everybody in and stands alone'],
  [{ AUTH_METHOD: 'secret' }, 'AUTH_SHARED_SECRET (auth.shared_secret) is required when auth.method has secret'],
  [{ AUTH_METHOD: 'secret', AUTH_SHARED_SECRET: 'short' }, 'AUTH_SHARED_SECRET', 'must have at least 16 characters'],
  [{ AUTH_METHOD: 'oidc', AUTH_OIDC_AUDIENCE: 'us' }, 'AUTH_OIDC_ISSUER (auth.oidc.issuer) is required when auth.method has oidc'],
  [{ AUTH_METHOD: 'oidc', AUTH_OIDC_ISSUER: 'https://a' }, 'AUTH_OIDC_AUDIENCE (auth.oidc.audience) is required'],
  [{ AUTH_OIDC_ISSUER: 'auth.example.com' }, 'AUTH_OIDC_ISSUER (auth.oidc.issuer) must be an http:// or https:// address'],
  [{ AUTH_OIDC_ALGORITHMS: 'HS256' }, 'AUTH_OIDC_ALGORITHMS (auth.oidc.algorithms', 'must be a list of RS256', 'not "HS256"'],
  [{ AUTH_OIDC_ALGORITHMS: 'none' }, 'AUTH_OIDC_ALGORITHMS (auth.oidc.algorithms'],
  [{ AUTH_METHOD: 'address' }, 'AUTH_ADDRESS_RULES (auth.address.rules) is required when auth.method has address'],
  [
    { AUTH_ADDRESS_RULES: '10.0.0.0/40=x' },
    'AUTH_ADDRESS_RULES (auth.address.rules[0]',
    'must be a list of rules such as',
    'not "10.0.0.0/40=x"',
  ],
  [{ AUTH_ADDRESS_RULES: '10.0.0.1' }, 'AUTH_ADDRESS_RULES (auth.address.rules[0]'],
  [{ AUTH_METHOD: 'cert', SERVER_TLS_CERT: '/c', SERVER_TLS_KEY: '/k' }, 'AUTH_CERT_CA_CERT (auth.cert.ca_cert) is required'],
  [{ AUTH_METHOD: 'cert', AUTH_CERT_CA_CERT: '/ca' }, 'SERVER_TLS_CERT (server.tls_cert) is required when auth.method has cert'],
  [{ AUTH_CERT_FORWARDED_HEADER: 'x-cert' }, 'AUTH_TRUSTED_PROXIES (auth.trusted_proxies) is required'],
  [
    { AUTH_TRUSTED_PROXIES: 'proxy' },
    'AUTH_TRUSTED_PROXIES (auth.trusted_proxies[0]) must be a list of addresses and networks',
    'not "proxy"',
  ],
  [{ AUTH_METHOD: 'plugin' }, 'AUTH_PLUGIN_COMMAND (auth.plugin.command) is required when auth.method has plugin'],
  [{ SERVER_BASE_PATH: 'torrentino' }, 'SERVER_BASE_PATH (server.base_path) must be a path such as /torrentino'],
  [{ SERVER_BASE_PATH: '/torrentino/' }, 'SERVER_BASE_PATH'],
  [
    { SERVER_CORS_ORIGINS: 'app.example.com' },
    'SERVER_CORS_ORIGINS (server.cors_origins[0]) must be a list of origins',
    'not "app.example.com"',
  ],
  [{ LIMITS_OPEN_TICKETS: '-1' }, 'LIMITS_OPEN_TICKETS (limits.open_tickets) must be a whole number from 0 to 1000000, not -1'],
  [{ LIMITS_USERS: '[{"user":"ann","open_tickets":1.5}]' }, 'LIMITS_USERS (limits.users[0].open_tickets) must be a JSON list of {user,'],
  [{ LIMITS_USERS: '[{"user":"ann"},{"user":"ann"}]' }, 'LIMITS_USERS (limits.users) must not name ann twice'],
  [{ SERVER_TLS_CERT: '/c' }, 'SERVER_TLS_KEY (server.tls_key) is required when server.tls_cert is set'],
  [{ AUTH_METHOD: 'token', AUTH_TOKENS: 'just-a-key' }, 'AUTH_TOKENS (auth.tokens[0]) must be name:role:sha256', 'sha256sum'],
  [{ AUTH_METHOD: 'token', AUTH_TOKENS: `web:root:${HASH}` }, 'AUTH_TOKENS', 'role user or admin'],
  [{ AUTH_METHOD: 'token', AUTH_TOKENS: `web:user:${HASH.slice(1)}` }, 'AUTH_TOKENS', '64 hexadecimal digits'],
  [{ AUTH_METHOD: 'token', AUTH_TOKENS: `a b:user:${HASH}` }, 'AUTH_TOKENS (auth.tokens[0])'],
  [
    { AUTH_METHOD: 'token', AUTH_TOKENS: `web:user:${HASH},web:admin:${'b'.repeat(64)}` },
    'AUTH_TOKENS (auth.tokens) must not name web twice',
  ],
  [{ AUTH_METHOD: 'token', AUTH_TOKENS: `web:user:${HASH},ops:admin:${HASH}` }, 'must not hold the same key under two names'],
  [{ SERVER_PORT: '12abc' }, 'SERVER_PORT (server.port) must be a whole number from 0 to 65535, not "12abc"'],
  [{ SERVER_PORT: '65536' }, 'SERVER_PORT', 'from 0 to 65535, not 65536'],
  [{ SERVER_PORT: '-1' }, 'SERVER_PORT', 'not -1'],
  [{ SERVER_PORT: '80.5' }, 'SERVER_PORT', 'a whole number'],
  [{ SERVER_PORT: '0x50' }, 'SERVER_PORT', 'not "0x50"'],
  [{ SERVER_PORT: '1e3' }, 'SERVER_PORT', 'not "1e3"'],
  [{ SERVER_PORT: 'tcp://10.0.0.1:8080' }, 'SERVER_PORT', 'not "tcp://10.0.0.1:8080"'],
  [{ SERVER_PORT: '80', SERVER__PORT: '81' }, 'SERVER_PORT and SERVER__PORT are the same setting but hold different values'],
  [{ SERVER_HOST: 'my host' }, 'SERVER_HOST (server.host) must be a host name or address', 'not "my host"'],
  [{ SERVER_BODY_LIMIT_KB: '0' }, 'SERVER_BODY_LIMIT_KB (server.body_limit_kb)', 'from 1 to'],
  [{ DATABASE_URL: '' }, 'DATABASE_URL (database.url) is required', 'postgres://'],
  [{ DATABASE_URL: 'mysql://u:p@db/x' }, 'DATABASE_URL (database.url) must be an address', 'postgres:// or postgresql://'],
  [{ DATABASE_URL: 'localhost:5432' }, 'DATABASE_URL'],
  [{ DATABASE_URL: 'postgres:///nohost' }, 'DATABASE_URL'],
  [{ CACHE_WARMER_ENABLED: 'true', TORRENT_CLEANUP_POLICY: 'manual' }, 'CACHE_WARMER_STORAGE_BUDGET_GB', 'must be more than 0'],
  [
    { CACHE_WARMER_ENABLED: 'true', CACHE_WARMER_STORAGE_BUDGET_GB: '5', TORRENT_STORAGE_BUDGET_GB: '4' },
    'CACHE_WARMER_STORAGE_BUDGET_GB (cache_warmer.storage_budget_gb) must not exceed torrent.storage_budget_gb (4)',
  ],
  [
    { CACHE_WARMER_ENABLED: 'true', CACHE_WARMER_STORAGE_BUDGET_GB: '5', TORRENT_CLEANUP_POLICY: 'immediate' },
    'CACHE_WARMER_ENABLED (cache_warmer.enabled) must be false when torrent.cleanup_policy is immediate',
  ],
  [{ DATABASE_POOL_SIZE: '0' }, 'DATABASE_POOL_SIZE (database.pool_size)', 'from 1 to 500, not 0'],
  [{ REDIS_URL: '' }, 'REDIS_URL (redis.url) is required', 'redis:// or rediss://'],
  [{ REDIS_URL: 'http://cache' }, 'REDIS_URL (redis.url) must be', 'redis://'],
  [{ REDIS_URL: 'redis://a,b' }, 'REDIS_URL (redis.url) must be', 'redis+cluster:// with host1:port,host2:port'],
  [{ REDIS_URL: 'redis+cluster://a,b/3' }, 'REDIS_URL (redis.url) must be'],
  [{ REDIS_URL: 'redis+cluster://a,:7000' }, 'REDIS_URL (redis.url) must be'],
  [{ REDIS_URL: 'redis+sentinel://a,b' }, 'REDIS_URL (redis.url) must be', 'redis+sentinel:// with host1:port,host2:port/name'],
  [{ REDIS_URL: 'redis://cache?family=6' }, 'REDIS_URL (redis.url) must be'],
  [{ REDIS_TLS_CA: '/ca.pem' }, 'REDIS_TLS_CA (redis.tls_ca) needs a redis.url that begins with rediss'],
  [{ REDIS_URL: 'rediss://cache', REDIS_TLS_CERT: '/c.pem' }, 'REDIS_TLS_KEY (redis.tls_key) is required when redis.tls_cert is set'],
  [{ REDIS_PREFIX: 'a:b' }, 'REDIS_PREFIX (redis.prefix) must be letters, digits', 'not "a:b"'],
  [{ SEARCHER_INDEXERS: 'http://one' }, 'SEARCHER_INDEXERS (searcher.indexers) must be a JSON list of indexers'],
  [{ SEARCHER_INDEXERS: '{"name":"one"}' }, 'SEARCHER_INDEXERS (searcher.indexers) must be a JSON list'],
  [{ SEARCHER_INDEXERS: '[{' }, 'SEARCHER_INDEXERS (searcher.indexers) must be a JSON list'],
  [indexers('one'), 'SEARCHER_INDEXERS (searcher.indexers[0]) must be a JSON list'],
  [indexers({ url: 'http://one' }), 'SEARCHER_INDEXERS (searcher.indexers[0].name) is required'],
  [indexers({ name: 'one' }), 'SEARCHER_INDEXERS (searcher.indexers[0].url) is required', 'http:// or https://'],
  [indexers({ name: 'one', url: 'ftp://one' }), 'searcher.indexers[0].url) must be an http:// or https:// address'],
  [indexers({ name: 'one', url: 'http://one/api?apikey=s3cr3t' }), 'searcher.indexers[0].url)', 'the key goes into api_key'],
  [indexers({ name: 'one', url: 'http://one/rss?a={apikey}&passkey=s3cr3t' }), 'searcher.indexers[0].url)', '{apikey} stands for it'],
  [indexers({ name: '../x', url: 'http://one' }), 'searcher.indexers[0].name) must be letters'],
  [indexers({ name: 'one', url: 'http://one', timeout_secs: 0 }), 'searcher.indexers[0].timeout_secs) must be a number from 0.1 to 600'],
  [
    indexers({ name: 'one', url: 'http://one', categories: ['music'] }),
    'searcher.indexers[0].categories[0]) must be a list of Torznab category numbers',
  ],
  [indexers({ name: 'one', url: 'http://one', api_key: 5 }), 'searcher.indexers[0].api_key) must be text'],
  [indexers({ name: 'one', url: 'http://one', apikey: 'k' }), 'searcher.indexers[0].apikey is not a setting'],
  [indexers({ name: 'one', url: 'http://one' }, { name: 'one', url: 'http://two' }), 'searcher.indexers) must not name one twice'],
  [
    { SEARCHER_JACKETT_URL: 'http://j' },
    'SEARCHER_JACKETT_API_KEY (searcher.jackett.api_key) is required when searcher.jackett.url is set',
  ],
  [{ SEARCHER_JACKETT_API_KEY: 'k' }, 'SEARCHER_JACKETT_URL (searcher.jackett.url) is required when searcher.jackett.api_key is set'],
  [
    { SEARCHER_JACKETT_URL: 'j:9117', SEARCHER_JACKETT_API_KEY: 'k' },
    'SEARCHER_JACKETT_URL (searcher.jackett.url) must be an http:// or https://',
  ],
  [
    { SEARCHER_JACKETT_URL: 'http://j', SEARCHER_JACKETT_API_KEY: 'k', SEARCHER_JACKETT_INDEXERS: '..' },
    'searcher.jackett.indexers[0]) must be a list of indexer names',
  ],
  [
    { SEARCHER_JACKETT_URL: 'http://j', SEARCHER_JACKETT_API_KEY: 'k', ...indexers({ name: 'jackett', url: 'http://one' }) },
    'searcher.indexers) must not name jackett twice',
  ],
  [
    indexers({ name: 'one', kind: 'usenet', url: 'http://one' }),
    'searcher.indexers[0].kind) must be one of torznab, jackett, prowlarr, rss',
  ],
  [indexers({ name: 'one', url: 'http://one', requests_per_minute: 0 }), 'requests_per_minute) must be a whole number from 1 to 6000'],
  [indexers({ name: 'one', kind: 'prowlarr', url: 'http://one', ids: ['a'] }), 'ids[0]) must be a list of numbers of Prowlarr indexers'],
  [
    { SEARCHER_PROWLARR_URL: 'http://p' },
    'SEARCHER_PROWLARR_API_KEY (searcher.prowlarr.api_key) is required when searcher.prowlarr.url is set',
  ],
  [
    { SEARCHER_PROWLARR_URL: 'http://p', SEARCHER_PROWLARR_API_KEY: 'k', SEARCHER_PROWLARR_INDEXERS: 'rutracker' },
    'searcher.prowlarr.indexers[0]) must be a list of numbers of Prowlarr indexers or all',
  ],
  [{ SEARCHER_CACHE_SECS: '-1' }, 'SEARCHER_CACHE_SECS (searcher.cache_secs) must be a number from 0 to 86400'],
  [{ MATCHER_TYPE: 'smart' }, 'MATCHER_TYPE (matcher.type) must be one of dumb, llm, not "smart"'],
  [{ MATCHER_TYPE: 'llm' }, 'MATCHER_TYPE (matcher.type)', 'MATCHER_LLM_PROVIDER (matcher.llm.provider) is required'],
  [{ MATCHER_LLM_PROVIDER: 'local' }, 'MATCHER_LLM_PROVIDER (matcher.llm.provider) must be anthropic, openai', 'not "local"'],
  [{ MATCHER_LLM_PROVIDER: 'ollama' }, 'MATCHER_LLM_MODEL (matcher.llm.model) is required when matcher.llm.provider is set'],
  [{ MATCHER_LLM_MODEL: 'm' }, 'MATCHER_LLM_PROVIDER (matcher.llm.provider) is required when another setting'],
  [{ MATCHER_LLM_PROVIDER: 'anthropic', MATCHER_LLM_MODEL: 'm' }, 'MATCHER_LLM_API_KEY (matcher.llm.api_key) is required for anthropic'],
  [{ MATCHER_LLM_PROVIDER: 'openai_compatible', MATCHER_LLM_MODEL: 'm' }, 'MATCHER_LLM_API_BASE (matcher.llm.api_base) is required'],
  [{ MATCHER_LLM_API_BASE: 'http://x/?key=s3cret' }, 'MATCHER_LLM_API_BASE', 'without a query'],
  [{ MATCHER_LLM_AUTO_APPROVE_THRESHOLD: '85' }, 'MATCHER_LLM_AUTO_APPROVE_THRESHOLD', 'a number from 0 to 1'],
  [{ MATCHER_AUTO_APPROVE_THRESHOLD: '85' }, 'MATCHER_AUTO_APPROVE_THRESHOLD', 'a number from 0 to 1, not 85'],
  [{ COVERS_SOURCES: 'discogs' }, 'COVERS_DISCOGS_TOKEN (covers.discogs_token) is required when covers.sources has discogs'],
  [{ COVERS_SOURCES: 'itunes' }, 'COVERS_SOURCES (covers.sources[0]) must be a list of cover_art_archive, discogs'],
  [{ COVERS_ARCHIVE_URL: 'archive.org' }, 'COVERS_ARCHIVE_URL (covers.archive_url) must be an http:// or https:// address'],
  [{ CONVERTER_UPSCALE: 'never' }, 'CONVERTER_UPSCALE (converter.upscale) must be one of flag, refuse'],
  [{ CONVERTER_HDCD: 'yes' }, 'CONVERTER_HDCD (converter.hdcd) must be one of keep, decode'],
  [{ TORRENT_ENGINE: 'rtorrent' }, 'TORRENT_ENGINE (torrent.engine) must be one of aria2, qbittorrent'],
  [{ TORRENT_ENGINE: 'qbittorrent' }, 'QBITTORRENT_URL (qbittorrent.url) is required when torrent.engine is qbittorrent'],
  [{ TORRENT_CLIENTS: 'qbittorrent' }, 'TORRENT_CLIENTS (torrent.clients) must be a JSON list of torrent clients'],
  [clients({ engine: 'rtorrent' }), 'TORRENT_CLIENTS (torrent.clients[0].engine) must be one of aria2, qbittorrent'],
  [clients({ engine: 'qbittorrent' }), 'TORRENT_CLIENTS (torrent.clients[0].url) is required for a qbittorrent'],
  [clients({ engine: 'aria2', url: 'http://q' }), 'TORRENT_CLIENTS (torrent.clients[0].url) is of no use for an aria2'],
  [
    clients({ engine: 'aria2', max_downloads: 0 }),
    'TORRENT_CLIENTS (torrent.clients[0].max_downloads) must be a whole number from 1 to 10000',
  ],
  [clients({ engine: 'aria2', listen_port: '80' }), 'TORRENT_CLIENTS (torrent.clients[0].listen_port) must be a port from 1024'],
  [clients({ engine: 'aria2' }, { engine: 'aria2' }), 'TORRENT_CLIENTS (torrent.clients) must not name one twice'],
  [{ QBITTORRENT_URL: 'localhost:8080' }, 'QBITTORRENT_URL (qbittorrent.url) must be an http:// or https:// address'],
  [{ QBITTORRENT_USERNAME: 'admin' }, 'QBITTORRENT_PASSWORD (qbittorrent.password) is required when qbittorrent.username is set'],
  [{ QBITTORRENT_PASSWORD: 'secret' }, 'QBITTORRENT_USERNAME (qbittorrent.username) is required when qbittorrent.password is set'],
  [{ QBITTORRENT_CATEGORY: 'a,b' }, 'QBITTORRENT_CATEGORY (qbittorrent.category)', 'not "a,b"'],
  [{ QBITTORRENT_PATH_MAP: '/downloads' }, 'QBITTORRENT_PATH_MAP (qbittorrent.path_map[0]) must be a list of pairs'],
  [{ QBITTORRENT_PATH_MAP: '/downloads=data' }, 'QBITTORRENT_PATH_MAP', 'not "/downloads=data"'],
  [{ TORRENT_LISTEN_PORT: '80' }, 'TORRENT_LISTEN_PORT (torrent.listen_port)', 'from 1024 to 65535', 'not 80'],
  [{ TORRENT_LISTEN_PORT: '7000-6000' }, 'TORRENT_LISTEN_PORT', 'not "7000-6000"'],
  [{ TORRENT_LISTEN_PORT: '0-6000' }, 'TORRENT_LISTEN_PORT'],
  [{ TORRENT_LISTEN_PORT: '6881-' }, 'TORRENT_LISTEN_PORT'],
  [{ TORRENT_INTERFACE: 'tun0; rm' }, 'TORRENT_INTERFACE (torrent.interface) must be the name or address of a network interface'],
  [{ TORRENT_SEED_RATIO_TARGET: '-0.5' }, 'TORRENT_SEED_RATIO_TARGET', 'not -0.5'],
  [{ TORRENT_CLEANUP_POLICY: 'never' }, 'TORRENT_CLEANUP_POLICY', 'immediate, after_ratio, manual, not "never"'],
  [{ TORRENT_DHT: 'yes' }, 'TORRENT_DHT (torrent.dht) must be true or false, not "yes"'],
  [{ CONVERTER_MAX_PARALLEL_CONVERSIONS: '0' }, 'CONVERTER_MAX_PARALLEL_CONVERSIONS', 'from 1 to 256'],
  [{ CONVERTER_TEMP_DIR: '/tmp/\u0007' }, 'CONVERTER_TEMP_DIR (converter.temp_dir) must be the path of a folder'],
  [{ MEDIA_ROOTS: '' }, 'MEDIA_ROOTS (media.roots) is required', 'absolute'],
  [{ MEDIA_ROOTS: ' , ' }, 'MEDIA_ROOTS (media.roots) must be a list of absolute folders, such as /media/music', 'not []'],
  [{ MEDIA_ROOTS: '/' }, 'MEDIA_ROOTS (media.roots[0])', 'not / itself'],
  [{ MEDIA_ROOTS: '/media,//' }, 'MEDIA_ROOTS (media.roots[1])'],
  [{ MEDIA_ROOTS: 'media' }, 'MEDIA_ROOTS (media.roots[0])', 'not "media"'],
  [{ MEDIA_ROOTS: '/media/../etc' }, 'MEDIA_ROOTS (media.roots[0])', 'without ..'],
  [{ MEDIA_ROOTS: '/media,/media/' }, 'MEDIA_ROOTS (media.roots) must not name /media twice'],
  [{ MEDIA_FILE_MODE: 'rw-r--r--' }, 'MEDIA_FILE_MODE (media.file_mode) must be an octal mode such as 0664', 'not "rw-r--r--"'],
  [{ MEDIA_FOLDER_MODE: '789' }, 'MEDIA_FOLDER_MODE (media.folder_mode)', 'not "789"'],
  [{ MEDIA_OWNER: 'media' }, 'MEDIA_OWNER (media.owner) must be two numbers such as 1000:1000', 'not "media"'],
  [{ PROCESSING_RETRY_MAX_ATTEMPTS: '0' }, 'PROCESSING_RETRY_MAX_ATTEMPTS'],
  [
    { PROCESSING_RETRY_INITIAL_DELAY_SECS: '7200' },
    'PROCESSING_RETRY_INITIAL_DELAY_SECS',
    'must not exceed processing.retry_max_delay_secs (3600)',
  ],
  [{ PROCESSING_LOCK_SECS: '2' }, 'PROCESSING_STALLED_CHECK_SECS', 'must be less than processing.lock_secs (2)'],
  [{ PROCESSING_WORKER_CONCURRENCY: 'NaN' }, 'PROCESSING_WORKER_CONCURRENCY', 'not "NaN"'],
  [{ PROCESSING_SHUTDOWN_TIMEOUT_SECS: 'Infinity' }, 'PROCESSING_SHUTDOWN_TIMEOUT_SECS'],
  [{ LOG_LEVEL: 'verbose' }, 'LOG_LEVEL (log.level) must be one of error, warn, info, debug, not "verbose"'],
  [{ LOG_FORMAT: 'xml' }, 'LOG_FORMAT', 'auto, json, pretty'],
  [{ METRICS_PORT: '70000' }, 'METRICS_PORT (metrics.port)'],
  [{ SERVICE_NAME: 'a/b' }, 'SERVICE_NAME (service.name) must be letters'],
  [{ SEARCHER__FOO: '1' }, 'SEARCHER__FOO is not a setting; did you mean SEARCHER_'],
  [{ SERVER__PROT: '1' }, 'SERVER__PROT is not a setting; did you mean SERVER_PORT?'],
  [{ REDIS_PREFX: 'x' }, 'REDIS_PREFX is not a setting; did you mean REDIS_PREFIX?'],
  [{ MEDIA_ROOT: '/x' }, 'MEDIA_ROOT is not a setting; did you mean MEDIA_ROOTS?'],
  [{ CONFIG_FILE: '/nowhere/config.toml' }, 'CONFIG_FILE /nowhere/config.toml cannot be read: there is no such file'],
  [{ CONFIG_FILE: tmpdir() }, 'CONFIG_FILE', 'it is a folder'],
]

const BAD_FILES: [toml: string, ...fragments: string[]][] = [
  ['[server]\nport = "8080"', 'SERVER_PORT (server.port) must be a whole number', 'not "8080"'],
  ['[server]\nprot = 1', 'server.prot is not a setting; did you mean server.port?'],
  ['[sever]\nport = 1', 'sever is not a setting; did you mean server?'],
  ['server = 1', 'server must be a table ([server])'],
  ['[[server]]\nport = 1', 'server must be a table ([server])'],
  ['[searcher]\njackett = "x"', 'searcher.jackett must be a table ([searcher.jackett])'],
  ['[searcher.jackett]\napi_kee = "x"', 'searcher.jackett.api_kee is not a setting; did you mean searcher.jackett.api_key?'],
  ['[media]\nroots = "/media"', 'MEDIA_ROOTS (media.roots) must be a list of absolute folders', 'not "/media"'],
  ['[auth]\ntokens = [1]', 'AUTH_TOKENS (auth.tokens[0]) must be name:role:sha256'],
  ['[qbittorrent]\nhost = "x"', 'qbittorrent'],
  ['[torrent]\ndht = 1979-05-27', 'TORRENT_DHT (torrent.dht) must be true or false'],
  ['[server]\nport = 1\nport = 2', 'CONFIG_FILE', 'cannot be read: line 3'],
  ['[server', 'CONFIG_FILE', 'cannot be read: line 1'],
  ['__proto__ = 1', '__proto__ is not a setting'],
  [`# ${'x'.repeat(1024 * 1024)}`, 'it is larger than 1 MiB'],
]

describe('a bad configuration', () => {
  test.each(BAD_ENVIRONMENT)('%j', (env, ...fragments) => {
    const faults = faultsOf({ ...BASE, ...env })
    expect(faults).toHaveLength(1)
    for (const fragment of fragments) expect(faults[0]).toContain(fragment)
  })

  test.each(BAD_FILES.map(([toml, ...fragments]) => ({ toml, shown: toml.slice(0, 60), fragments })))(
    'file $shown',
    ({ toml, fragments }) => {
      const CONFIG_FILE = join(folder, 'config.toml')
      writeFileSync(CONFIG_FILE, toml)
      const { MEDIA_ROOTS, ...rest } = BASE
      const faults = faultsOf({ ...rest, ...(toml.includes('[media]') ? {} : { MEDIA_ROOTS }), CONFIG_FILE })
      expect(faults).toHaveLength(1)
      for (const fragment of fragments) expect(faults[0]).toContain(fragment)
    },
  )

  test('is told with all its faults at once', () => {
    const faults = faultsOf({ SERVER_PORT: 'x', LOG_LEVEL: 'y', SEARCHER__FOO: '1', PROCESSING_LOCK_SECS: '1', CONFIG_FILE: '/nowhere' })
    for (const name of [
      'AUTH_METHOD',
      'DATABASE_URL',
      'REDIS_URL',
      'MEDIA_ROOTS',
      'SERVER_PORT',
      'LOG_LEVEL',
      'SEARCHER__FOO',
      'STALLED_CHECK',
      'CONFIG_FILE',
    ]) {
      expect(faults.join('\n')).toContain(name)
    }
    expect(faults).toHaveLength(9)
  })

  test('is told without the secrets in it', () => {
    const CONFIG_FILE = join(folder, 'secret.toml')
    writeFileSync(CONFIG_FILE, '[searcher.jackett]\napi_key = "Sup3r-S3cret\nurl = 1\n')
    const faults = faultsOf({
      ...BASE,
      CONFIG_FILE,
      DATABASE_URL: 'mysql://u:Sup3r-S3cret@db/x',
      AUTH_TOKENS: 'web:user:Sup3r-S3cret',
      REDIS_URL: 'redis+sentinel://:Sup3r-S3cret@a,b',
      ...indexers({ name: 'Sup3r-S3cret!', url: 'http://x/?apikey=Sup3r-S3cret', api_key: ['Sup3r-S3cret'] }),
    })
    expect(faults).toHaveLength(7)
    expect(faults.join('\n')).not.toContain('Sup3r')
  })

  test('whatever the environment holds, the answer is a configuration or a list of faults', () => {
    const names = SETTINGS.flatMap((entry) => [entry.env, entry.envLong])
    const env = fc.dictionary(fc.constantFrom(...names), fc.oneof(fc.string(), fc.integer().map(String), fc.json()), { maxKeys: 12 })
    fc.assert(
      fc.property(env, (values) => {
        for (const fault of faultsOf({ ...BASE, ...values })) expect(fault).toMatch(/^[A-Za-z_]/)
      }),
      { numRuns: 300 },
    )
  })
})
