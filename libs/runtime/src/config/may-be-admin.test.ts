import { expect, test } from '@jest/globals'
import { loadConfig } from './load.js'
import { mayBeAdmin } from './may-be-admin.js'

const NEEDED = { DATABASE_URL: 'postgres://u:p@127.0.0.1/x', REDIS_URL: 'redis://127.0.0.1', MEDIA_ROOTS: '/media' }
const HASH = 'a'.repeat(64)
const OIDC = { AUTH_OIDC_ISSUER: 'https://issuer.example', AUTH_OIDC_AUDIENCE: 'us' }

test.each<[string, Record<string, string>, string[]]>([
  ['none', {}, ['anonymous']],
  ['token', { AUTH_TOKENS: `eve:admin:${HASH},ann:user:${HASH.replace('a', 'b')}` }, ['eve']],
  ['secret', { AUTH_SHARED_SECRET: 'a-secret-of-some-length' }, []],
  ['secret', { AUTH_SHARED_SECRET: 'a-secret-of-some-length', AUTH_SHARED_SECRET_ROLE: 'admin' }, ['shared']],
  ['address', { AUTH_ADDRESS_RULES: '10.0.0.1=eve:admin,10.0.0.2=ann' }, ['eve']],
  [
    'cert',
    { AUTH_CERT_CA_CERT: '/etc/ca.pem', AUTH_CERT_ADMINS: 'eve', AUTH_CERT_FORWARDED_HEADER: 'x-cert', AUTH_TRUSTED_PROXIES: '10.0.0.9' },
    ['eve'],
  ],
  ['oidc', OIDC, ['anonymous', 'shared', 'eve', 'ann']],
  ['plugin', { AUTH_PLUGIN_COMMAND: '/usr/bin/who' }, ['anonymous', 'shared', 'eve', 'ann']],
  ['address,token', { AUTH_ADDRESS_RULES: '10.0.0.1=ann:admin', AUTH_TOKENS: `eve:admin:${HASH}` }, ['eve', 'ann']],
  // What is set of a method that is off gives nobody anything.
  ['address', { AUTH_ADDRESS_RULES: '10.0.0.1=ann', AUTH_TOKENS: `eve:admin:${HASH}`, ...OIDC }, []],
])('by %s with %j: %j', (method, env, admins) => {
  const { auth } = loadConfig({ ...NEEDED, AUTH_METHOD: method, ...env })
  expect(['anonymous', 'shared', 'eve', 'ann'].filter((user) => mayBeAdmin(auth, user))).toEqual(admins)
})
