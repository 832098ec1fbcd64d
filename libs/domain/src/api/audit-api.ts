import { z } from 'zod'
import { AUDIT_TYPES } from '../audit.js'
import { text } from '../ticket/text.js'
import { pagingFields, queryDate, queryList, refuseBothPagings } from './query.js'

const filterFields = {
  ticket_id: z.uuid().toLowerCase().optional(),
  event_type: queryList(AUDIT_TYPES),
  actor: text(256).optional(),
  /** Inclusive. */
  from: queryDate,
  /** Exclusive. */
  to: queryDate,
}

export const AuditQuery = z.strictObject({ ...filterFields, ...pagingFields }).superRefine(refuseBothPagings)
export type AuditQuery = z.infer<typeof AuditQuery>

/** `csv`: a row for each entry, for spreadsheets. `training`: a line for each decision of the matcher (`TrainingDecision`), in place of one for each entry. */
export const AuditExportQuery = z
  .strictObject({ ...filterFields, format: z.enum(['jsonl', 'csv', 'training']).default('jsonl') })
  .superRefine((query, ctx) => {
    if (query.format !== 'training') return
    for (const path of ['event_type', 'actor'] as const)
      if (query[path] !== undefined)
        ctx.addIssue({ code: 'custom', path: [path], message: 'is of single entries; decisions are made of several' })
  })
export type AuditExportQuery = z.infer<typeof AuditExportQuery>

export const AuditEntryView = z
  .object({
    id: z.string(),
    ticket_id: z.string().nullable(),
    event_type: z.enum(AUDIT_TYPES),
    actor: z.string(),
    at: z.iso.datetime(),
    payload: z.record(z.string(), z.unknown()),
  })
  .meta({ id: 'AuditEntryView' })

export const AuditList = z.object({ entries: z.array(AuditEntryView), next: z.string().nullable() })
export type AuditList = z.infer<typeof AuditList>
