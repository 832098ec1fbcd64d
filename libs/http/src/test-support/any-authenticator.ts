import { loadConfig } from '@torrentino/runtime'
import { type AuthenticatorOptions, createAuthenticator } from '../auth/create-authenticator.js'
import type { Authenticator } from '../auth/identity.js'

const ELSE = { DATABASE_URL: 'postgres://db/x', REDIS_URL: 'redis://cache', MEDIA_ROOTS: '/media' }

/** As an operator would set it up. */
export function anyAuthenticator(env: Record<string, string>, parts: Partial<AuthenticatorOptions> = {}): Authenticator {
  return createAuthenticator({
    auth: loadConfig({ ...ELSE, ...env }).auth,
    findToken: async () => null,
    http: { get: () => Promise.reject(new Error('there is no issuer')) },
    now: () => new Date(),
    onFault: () => {},
    ...parts,
  })
}
