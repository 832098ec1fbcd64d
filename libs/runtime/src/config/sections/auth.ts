import { z } from 'zod'
import { Secret } from '../../secret.js'
import { type Complain, section } from '../section.js'
import { choice, describe, list, secret, splitList } from '../setting.js'
import { authAddress, range } from './auth-address.js'
import { authCert } from './auth-cert.js'
import { authOidc } from './auth-oidc.js'
import { authPlugin } from './auth-plugin.js'
import { USER_ROLES, type UserRole } from './user.js'

export const AUTH_METHOD_NAMES = ['none', 'token', 'secret', 'oidc', 'address', 'cert', 'plugin'] as const
export type AuthMethod = (typeof AUTH_METHOD_NAMES)[number]

export interface AuthToken {
  name: string
  role: UserRole
  /** SHA-256 of the key, 64 hexadecimal digits in lower case. */
  sha256: Secret
}

const token = z
  .string()
  .regex(/^[\w.@-]{1,64}:(user|admin):[0-9a-f]{64}$/i)
  .transform((value): AuthToken => {
    const [name = '', role, sha256 = ''] = value.split(':')
    return { name, role: role?.toLowerCase() === 'admin' ? 'admin' : 'user', sha256: new Secret(sha256.toLowerCase()) }
  })

const one = z.enum(AUTH_METHOD_NAMES)
const oneOrMore = z.union([one.transform((name) => [name]), z.array(one).min(1)]) as unknown as z.ZodType<AuthMethod[]>

const shape = {
  method: describe(oneOrMore, {
    about:
      'Who may call. Required, one or several of token, secret, oidc, address, cert, plugin, asked in this order; or none = everybody who reaches the port is admin',
    allowed:
      'none (everybody who reaches the port may do everything) or a list of token (callers send a key), secret (one key for all), oidc, address, cert and plugin, asked in the order given',
    fromText: splitList,
  }),
  tokens: list(token, {
    about:
      'Keys for method token, comma separated, each name:role:sha256 of the key; role is user or admin; sha256 from: printf %s KEY | sha256sum. More are made with: npm run token',
    allowed: 'name:role:sha256, role user or admin, sha256 the 64 hexadecimal digits that `printf %s KEY | sha256sum` prints',
    fallback: '',
    maxLength: 1000,
    sensitive: true,
  }),
  shared_secret: secret({ about: 'For method secret: the one key that callers send, as user shared', fallback: '' }),
  shared_secret_role: choice(USER_ROLES, { about: 'What who sends the shared secret may do', fallback: 'user' }),
  trusted_proxies: list(range, {
    about: 'Proxies whose X-Forwarded-For and certificate header are believed, comma separated, such as 10.0.0.2, 172.16.0.0/12',
    allowed: 'a list of addresses and networks such as 10.0.0.2 or 172.16.0.0/12',
    fallback: '',
    maxLength: 1000,
  }),
  address: authAddress,
  cert: authCert,
  oidc: authOidc,
  plugin: authPlugin,
}

export const auth = section(shape, (values, complain) => {
  const { method } = values
  if (new Set(method).size !== method.length) complain('method', 'must not name a method twice')
  if (method.includes('none') && method.length > 1) complain('method', 'none lets everybody in and stands alone')
  checkTokens(values.tokens, complain)
  const needed: Partial<Record<AuthMethod, Record<string, unknown>>> = {
    secret: { shared_secret: values.shared_secret },
    oidc: { 'oidc.issuer': values.oidc.issuer, 'oidc.audience': values.oidc.audience },
    address: { 'address.rules': values.address.rules.length },
    cert: { 'cert.ca_cert': values.cert.ca_cert },
    plugin: { 'plugin.command': values.plugin.command },
  }
  for (const name of method)
    for (const [key, value] of Object.entries(needed[name] ?? {})) if (!value) complain(key, `is required when auth.method has ${name}`)
  if (values.cert.forwarded_header !== '' && values.trusted_proxies.length === 0)
    complain('trusted_proxies', 'is required when auth.cert.forwarded_header is set: only a proxy may hand on certificates')
  const { shared_secret } = values
  if (shared_secret !== undefined && shared_secret.reveal().length < 16) complain('shared_secret', 'must have at least 16 characters')
})

function checkTokens(tokens: readonly AuthToken[], complain: Complain): void {
  const names = tokens.map((entry) => entry.name)
  const double = names.find((name, index) => names.indexOf(name) !== index)
  if (double !== undefined) complain('tokens', `must not name ${double} twice`)
  const hashes = tokens.map((entry) => entry.sha256.reveal())
  if (new Set(hashes).size !== hashes.length) complain('tokens', 'must not hold the same key under two names')
}
