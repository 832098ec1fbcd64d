import type { Writable } from 'node:stream'
import { parseArgs } from 'node:util'
import { pruneAudit } from '@torrentino/store'
import { UserError } from './user-error.js'

const USAGE = 'npm run audit:prune -- --before <date> [--dry-run]'
const ACTOR = 'command line'
const DATE = /^\d{4}-\d{2}-\d{2}(T[\d:.]+(Z|[+-]\d{2}:\d{2}))?$/

/** Takes entries of the audit away that are older than a date, but none of tickets that are not over. */
export async function runAuditPrune(url: string, args: string[], out: Writable = process.stdout): Promise<void> {
  const { before, dryRun } = wanted(args)
  const { removed, kept } = await pruneAudit(url, { before, dryRun, actor: ACTOR })
  const stayed = kept === 0 ? '' : `; ${kept} stay, because their tickets are not over`
  out.write(`${removed} entries from before ${before.toISOString()} ${dryRun ? 'would go' : 'are gone'}${stayed}\n`)
}

function wanted(args: string[]): { before: Date; dryRun: boolean } {
  const { before, 'dry-run': dryRun = false } = parsed(args)
  const date = new Date(before ?? '')
  if (before === undefined || !DATE.test(before) || Number.isNaN(date.getTime()))
    throw new UserError(`--before: must be a date such as 2026-01-31 or 2026-01-31T12:00:00Z\n${USAGE}`)
  if (date > new Date()) throw new UserError(`--before: must lie in the past\n${USAGE}`)
  return { before: date, dryRun }
}

function parsed(args: string[]) {
  try {
    return parseArgs({ args, options: { before: { type: 'string' }, 'dry-run': { type: 'boolean' } } }).values
  } catch (error) {
    throw new UserError(`${(error as Error).message}\n${USAGE}`)
  }
}
