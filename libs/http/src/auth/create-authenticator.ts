import type { IncomingMessage } from 'node:http'
import { DomainError } from '@torrentino/domain'
import { type AuthMethod, addressRanges, type Config, type HttpClient } from '@torrentino/runtime'
import passport from 'passport'
import { addressStrategy } from './address.js'
import { authRequestOf, type ProxyRules } from './auth-request.js'
import { certStrategy } from './cert.js'
import type { Authenticator, AuthRequest, Identity } from './identity.js'
import { noneStrategy } from './none.js'
import { createKeySet } from './oidc/key-set.js'
import { oidcStrategy } from './oidc/oidc.js'
import { pluginStrategy } from './plugin.js'
import { type FindToken, secretStrategy, tokenStrategy } from './token.js'

export interface AuthenticatorOptions {
  auth: Config['auth']
  findToken: FindToken
  http: Pick<HttpClient, 'get'>
  now(): Date
  /** Hears why it could not be found out who calls. */
  onFault(method: AuthMethod, error: unknown): void
}

/** Every method of authentication, by its name in the configuration. */
export const AUTH_METHODS: Record<AuthMethod, (options: AuthenticatorOptions) => passport.Strategy> = {
  none: noneStrategy,
  token: ({ auth, findToken }) => tokenStrategy(auth.tokens, findToken),
  secret: ({ auth }) => secretStrategy(auth.shared_secret?.reveal() ?? '', auth.shared_secret_role),
  oidc: ({ auth: { oidc }, http, now }) => oidcStrategy(oidc, createKeySet({ issuer: oidc.issuer, jwksUrl: oidc.jwks_url, http, now })),
  address: ({ auth }) => addressStrategy(auth.address.rules),
  cert: ({ auth, now }) => certStrategy(auth.cert, now),
  plugin: ({ auth }) => pluginStrategy(auth.plugin),
}

const PROOFS: Record<AuthMethod, string> = {
  none: 'nothing',
  token: 'a valid key (Authorization: Bearer <key>)',
  secret: 'the shared secret (Authorization: Bearer <secret>)',
  oidc: 'a valid token of the identity provider (Authorization: Bearer <token>)',
  address: 'a call from a known address',
  cert: 'a client certificate',
  plugin: "what this system's own check asks for",
}

/** Asks the methods in their order; the first that knows the caller counts. */
export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  const { auth, onFault } = options
  const registry = new passport.Passport()
  for (const method of auth.method) registry.use(method, AUTH_METHODS[method](options))
  const proxies: ProxyRules = { trusted: addressRanges(auth.trusted_proxies), certificateHeader: auth.cert.forwarded_header.toLowerCase() }

  return {
    challenge: 'Bearer realm="torrentino"',
    needs: auth.method.map((method) => PROOFS[method]).join(', or '),
    async authenticate(request: IncomingMessage) {
      const seen = authRequestOf(request, proxies)
      let fault: unknown
      for (const method of auth.method) {
        try {
          const identity = await askOne(registry, method, seen)
          if (identity) return identity
        } catch (error) {
          // Another method may know the caller all the same.
          onFault(method, error)
          fault ??= error
        }
      }
      if (fault === undefined) return null
      throw fault instanceof DomainError ? fault : new DomainError('unavailable', 'who calls cannot be found out now', {}, { cause: fault })
    },
  }
}

function askOne(registry: InstanceType<typeof passport.Passport>, method: AuthMethod, request: AuthRequest): Promise<Identity | null> {
  return new Promise((resolve, reject) => {
    const settle = (error: unknown, identity?: Identity | false, info?: unknown) => {
      // passport-jwt tells of a key that cannot be had as of a wrong token.
      const fault = error ?? (info instanceof DomainError ? info : undefined)
      if (fault) reject(fault)
      else resolve(identity || null)
    }
    registry.authenticate(method, { session: false }, settle)(request, {}, reject)
  })
}
