import { createHash, timingSafeEqual } from 'node:crypto'
import type { AuthToken } from '@torrentino/runtime'
import type passport from 'passport'
import { Strategy as BearerStrategy } from 'passport-http-bearer'
import type { Identity } from './identity.js'

/** `Authorization: Bearer <key>`; only the hashes of the keys are known here. */
export function tokenStrategy(tokens: readonly AuthToken[]): passport.Strategy {
  const entries = tokens.map(({ name, role, sha256 }) => ({
    hash: Buffer.from(sha256.reveal(), 'hex'),
    identity: { userId: name, role, method: 'token' } satisfies Identity,
  }))
  return new BearerStrategy((key, done) => done(null, identityOf(key, entries) ?? false))
}

/** Looks at every entry, whether one was found or not, so that the time tells nothing. */
function identityOf(key: string, entries: readonly { hash: Buffer; identity: Identity }[]): Identity | undefined {
  const hash = createHash('sha256').update(key).digest()
  let found: Identity | undefined
  for (const entry of entries) if (timingSafeEqual(hash, entry.hash)) found = entry.identity
  return found
}
