import type passport from 'passport'
import type { Identity } from './identity.js'
import { strategyOf } from './strategy.js'

const EVERYBODY: Identity = { userId: 'anonymous', role: 'admin', method: 'none' }

/** The explicit choice of no protection: whoever reaches the port may do everything. */
export function noneStrategy(): passport.Strategy {
  return strategyOf(() => EVERYBODY)
}
