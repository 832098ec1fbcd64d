import { DomainError } from '@torrentino/domain'
import type { Config, UserRole } from '@torrentino/runtime'
import jwt from 'jsonwebtoken'
import type passport from 'passport'
import { ExtractJwt, Strategy as JwtStrategy } from 'passport-jwt'
import { type Identity, identityOf } from '../identity.js'
import type { KeySet } from './key-set.js'

type OidcConfig = Config['auth']['oidc']
type Claims = Record<string, unknown>

/** `Authorization: Bearer <JWT>` of an OpenID Connect provider: signed by it, for us, within its time. */
export function oidcStrategy(config: OidcConfig, keys: KeySet): passport.Strategy {
  const { algorithms, issuer, audience, clock_skew_secs } = config
  return new JwtStrategy(
    {
      jwtFromRequest: ExtractJwt.fromAuthHeaderAsBearerToken(),
      secretOrKeyProvider: (_request, token: string, done) => {
        keyOf(token, config, keys).then(
          (key) => (key ? done(null, key) : done('no such key')),
          (error) => done(unavailable(error)),
        )
      },
      algorithms: [...algorithms],
      issuer,
      audience,
      jsonWebTokenOptions: { clockTolerance: clock_skew_secs },
    },
    (claims: Claims, done: (error: unknown, identity: Identity | false) => void) => done(null, identityBy(claims, config) ?? false),
  )
}

async function keyOf(token: string, { algorithms }: OidcConfig, keys: KeySet): Promise<string | undefined> {
  const header = jwt.decode(token, { complete: true })?.header
  if (header === undefined || !algorithms.some((algorithm) => algorithm === header.alg)) return undefined
  const key = await keys.find(typeof header.kid === 'string' ? header.kid : undefined, header.alg)
  return key?.export({ type: 'spki', format: 'pem' }) as string | undefined
}

function identityBy(claims: Claims, config: OidcConfig): Identity | null {
  // One without an end would count for ever.
  if (typeof claims.exp !== 'number') return null
  // Anybody can claim an address that he never confirmed.
  if (config.user_id_claim === 'email' && claims.email_verified === false) return null
  const role = roleBy(claims, config)
  return role ? identityOf(claims[config.user_id_claim], role, 'oidc') : null
}

function roleBy(claims: Claims, { role_claim, admin_roles, user_roles }: OidcConfig): UserRole | undefined {
  const held = textsOf(claimAt(claims, role_claim))
  if (held.some((one) => admin_roles.includes(one))) return 'admin'
  return user_roles.length === 0 || held.some((one) => user_roles.includes(one)) ? 'user' : undefined
}

/** Names with dots stand as they are in some providers' claims (https://example.com/roles), and lead deeper in those of others. */
function claimAt(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name]
  return name.split('.').reduce<unknown>((value, key) => (isObject(value) && Object.hasOwn(value, key) ? value[key] : undefined), claims)
}

function isObject(value: unknown): value is Claims {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** `"user admin"`, as scopes are written, holds two. */
function textsOf(value: unknown): string[] {
  if (typeof value === 'string') return [value, ...value.split(' ')]
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
}

function unavailable(cause: unknown): DomainError {
  return new DomainError(
    'unavailable',
    'who calls cannot be found out now',
    {},
    { cause: new Error('auth.oidc: its keys cannot be had', { cause }) },
  )
}
