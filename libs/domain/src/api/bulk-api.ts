import { z } from 'zod'
import { ERROR_CODES } from '../errors.js'
import { STATES } from '../ticket/state.js'
import { text } from '../ticket/text.js'

export const BULK_ACTIONS = ['approve', 'reject', 'retry', 'cancel'] as const
export type BulkAction = (typeof BULK_ACTIONS)[number]

/** So many tickets are done in one request, and so many told of. */
export const BULK_MOST = 1000

const State = z.enum(STATES)
const count = z.number().int().nonnegative()
const moment = z.iso.datetime({ offset: true }).transform((value) => new Date(value))

/** All that is given has to fit. */
export const BulkFilter = z
  .strictObject({
    state: z.array(State).min(1).max(STATES.length).optional(),
    requested_by: text(256).optional(),
    /** Inclusive. */
    created_after: moment.optional(),
    /** Exclusive. */
    created_before: moment.optional(),
    ids: z.array(z.uuid().toLowerCase()).min(1).max(BULK_MOST).optional(),
  })
  .refine((filter) => Object.values(filter).some((value) => value !== undefined), 'must name at least one thing to choose by')
export type BulkFilter = z.infer<typeof BulkFilter>

export const BulkBody = z
  .strictObject({
    action: z.enum(BULK_ACTIONS),
    filter: BulkFilter,
    /** Only says what would be done. */
    dry_run: z.boolean(),
    reason: text(2000).optional(),
  })
  .superRefine(({ action, reason }, context) => {
    if (reason !== undefined && action !== 'reject' && action !== 'cancel')
      context.addIssue({ code: 'custom', path: ['reason'], message: `is not for ${action}` })
  })
export type BulkBody = z.infer<typeof BulkBody>

export const BulkResult = z.object({
  ticket_id: z.string(),
  outcome: z.enum(['would_be_done', 'done', 'refused']),
  /** As it is afterwards, where that is known. */
  state: State.nullable(),
  /** Why not. */
  code: z.enum(ERROR_CODES).optional(),
  detail: z.string().optional(),
})
export type BulkResult = z.infer<typeof BulkResult>

/** Only tickets in a state that the action is for count as matched, so the same again does the rest, and nothing twice. */
export const BulkAnswer = z
  .object({
    action: z.enum(BULK_ACTIONS),
    dry_run: z.boolean(),
    matched: count,
    done: count,
    refused: count,
    /** Of those that matched, how many are beyond what one request does. */
    left: count,
    results: z.array(BulkResult),
  })
  .meta({ id: 'BulkAnswer' })
export type BulkAnswer = z.infer<typeof BulkAnswer>
