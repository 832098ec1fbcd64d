import { type AddressRule, addressRanges } from '@torrentino/runtime'
import type passport from 'passport'
import { identityOf } from './identity.js'
import { strategyOf } from './strategy.js'

/** Who calls from where; the first rule that fits counts. */
export function addressStrategy(rules: readonly AddressRule[]): passport.Strategy {
  const known = rules.map(({ ip, user_id, role }) => ({ ranges: addressRanges([ip]), identity: identityOf(user_id, role, 'address') }))
  return strategyOf(({ sourceIp }) =>
    sourceIp === undefined ? null : (known.find(({ ranges }) => ranges.has(sourceIp))?.identity ?? null),
  )
}
