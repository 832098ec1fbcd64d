import type { Config } from '@torrentino/runtime'
import passport from 'passport'
import type { Authenticator, Identity } from './identity.js'
import { noneStrategy } from './none.js'
import { tokenStrategy } from './token.js'

type AuthConfig = Config['auth']

/** Every method of authentication, by its name in the configuration. */
export const AUTH_METHODS: Record<AuthConfig['method'], (auth: AuthConfig) => passport.Strategy> = {
  none: noneStrategy,
  token: ({ tokens }) => tokenStrategy(tokens),
}

export function createAuthenticator(auth: AuthConfig): Authenticator {
  const registry = new passport.Passport()
  registry.use(auth.method, AUTH_METHODS[auth.method](auth))
  return {
    method: auth.method,
    challenge: 'Bearer realm="torrentino"',
    authenticate: ({ headers }) =>
      new Promise((resolve, reject) => {
        const settle = (error: unknown, identity?: Identity | false) => (error ? reject(error) : resolve(identity || null))
        // Strategies see the headers alone: a key in the query or the body would end in logs and histories.
        registry.authenticate(auth.method, { session: false }, settle)({ headers }, {}, reject)
      }),
  }
}
