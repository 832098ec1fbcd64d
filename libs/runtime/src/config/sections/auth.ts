import { z } from 'zod'
import { Secret } from '../../secret.js'
import { section } from '../section.js'
import { choice, list } from '../setting.js'

export const TOKEN_ROLES = ['user', 'admin'] as const
export type TokenRole = (typeof TOKEN_ROLES)[number]

export interface AuthToken {
  name: string
  role: TokenRole
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

export const auth = section(
  {
    method: choice(['none', 'token'], {
      about: 'Who may call. Required: none = everybody who reaches the port is admin, token = callers send a key from AUTH_TOKENS',
      allowed: 'none (everybody who reaches the port may do everything) or token (callers send a key listed in AUTH_TOKENS)',
    }),
    tokens: list(token, {
      about:
        'Keys for method token, comma separated, each name:role:sha256 of the key; role is user or admin; sha256 from: printf %s KEY | sha256sum',
      allowed: 'name:role:sha256, role user or admin, sha256 the 64 hexadecimal digits that `printf %s KEY | sha256sum` prints',
      fallback: '',
      maxLength: 1000,
      sensitive: true,
    }),
  },
  ({ method, tokens }, complain) => {
    if (method === 'token' && tokens.length === 0) complain('tokens', 'must hold at least one name:role:sha256 when the method is token')
    const names = tokens.map((entry) => entry.name)
    const double = names.find((name, index) => names.indexOf(name) !== index)
    if (double !== undefined) complain('tokens', `must not name ${double} twice`)
    const hashes = tokens.map((entry) => entry.sha256.reveal())
    if (new Set(hashes).size !== hashes.length) complain('tokens', 'must not hold the same key under two names')
  },
)
