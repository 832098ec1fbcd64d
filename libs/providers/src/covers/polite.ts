import { StageError } from '@torrentino/domain'
import type { SharedState } from '../indexers/shared-state.js'
import type { Polite } from './cover-source.js'

interface Allowance {
  places: number
  windowMs: number
}

/** MusicBrainz: one a second from an address. Discogs: 60 a minute with a token; some are left for people who browse with it. */
const ALLOWED: Record<string, Allowance> = {
  musicbrainz: { places: 1, windowMs: 1000 },
  discogs: { places: 50, windowMs: 60_000 },
}
const LEASE_MS = 60_000

/** All replicas together keep to what each source allows; who would have to wait too long goes without. */
export function createPolite(limits: Pick<SharedState, 'limits'>['limits'], maxWaitMs: number): Polite {
  return async (name, signal, request) => {
    const { places, windowMs } = ALLOWED[name] as Allowance
    const wanted = { places, windowMs, asker: undefined, leaseMs: LEASE_MS, maxWaitMs, signal }
    const place = await limits.waitFor(`covers:${name}`, wanted)
    if ('waitMs' in place) throw new StageError('retryable', 'cover_source_failed', `${name} has many questions before ours`)
    try {
      return await request()
    } finally {
      await place.end()
    }
  }
}
