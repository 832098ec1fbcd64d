import { createHash, timingSafeEqual } from 'node:crypto'
import { TOKEN_START } from '@torrentino/domain'
import type { AuthToken, UserRole } from '@torrentino/runtime'
import type passport from 'passport'
import { Strategy as BearerStrategy } from 'passport-http-bearer'
import type { Identity } from './identity.js'

/** Keys that were made later than the configuration, by the SHA-256 of the key in hexadecimal. */
export type FindToken = (sha256: string) => Promise<{ name: string; role: UserRole } | null>

/** `Authorization: Bearer <key>`; only the hashes of the keys are known here. */
export function tokenStrategy(tokens: readonly AuthToken[], findToken: FindToken): passport.Strategy {
  const entries = tokens.map(({ name, role, sha256 }) => ({
    hash: Buffer.from(sha256.reveal(), 'hex'),
    identity: { userId: name, role, method: 'token' } satisfies Identity,
  }))
  return new BearerStrategy((key, done) => {
    const hash = createHash('sha256').update(key).digest()
    const configured = configuredBy(hash, entries)
    // Only what can have been made here is looked up: rubbish costs no question to the database.
    if (configured || !key.startsWith(TOKEN_START)) return done(null, configured ?? false)
    findToken(hash.toString('hex')).then(
      (found) => done(null, found ? { userId: found.name, role: found.role, method: 'token' } : false),
      done,
    )
  })
}

/** The one key that all callers share. */
export function secretStrategy(secret: string, role: UserRole): passport.Strategy {
  const entry = { hash: createHash('sha256').update(secret).digest(), identity: { userId: 'shared', role, method: 'secret' } }
  return new BearerStrategy((key, done) => done(null, configuredBy(createHash('sha256').update(key).digest(), [entry]) ?? false))
}

/** Looks at every entry, whether one was found or not, so that the time tells nothing. */
function configuredBy(hash: Buffer, entries: readonly { hash: Buffer; identity: Identity }[]): Identity | undefined {
  let found: Identity | undefined
  for (const entry of entries) if (timingSafeEqual(hash, entry.hash)) found = entry.identity
  return found
}
