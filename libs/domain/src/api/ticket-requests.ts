import { z } from 'zod'
import { MagnetUri } from '../magnet.js'
import { STATES } from '../ticket/state.js'
import { externalId, text } from '../ticket/text.js'
import { pagingFields, queryList, refuseBothPagings } from './query.js'

export const TicketParams = z.strictObject({ ticket_id: z.uuid().toLowerCase() })
export const FileParams = z.strictObject({ ticket_id: z.uuid().toLowerCase(), item_id: externalId })

export const ListTicketsQuery = z
  .strictObject({ state: queryList(STATES), requested_by: text(256).optional(), ...pagingFields })
  .superRefine(refuseBothPagings)
export type ListTicketsQuery = z.infer<typeof ListTicketsQuery>

/** Header `Idempotency-Key`: any visible characters. */
export const IdempotencyKey = z.string().regex(/^[\x21-\x7e]{1,255}$/, 'must be 1 to 255 visible ASCII characters')

const Reason = text(2000).optional()
export const ReasonBody = z.strictObject({ reason: Reason.nullable() })
export const CancelQuery = z.strictObject({ reason: Reason })
export const ApproveBody = z.strictObject({ candidate_idx: z.int().min(0).max(100_000).optional() })
export const EmptyBody = z.strictObject({})
export const ForceSearchBody = z.strictObject({ query: text(500) })
export const ForceMagnetBody = z.strictObject({ magnet_uri: MagnetUri })
