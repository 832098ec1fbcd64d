import type { Config } from '@torrentino/runtime'
import { type DecisionStore, readDecisions, unreadableText } from '@torrentino/store'
import { z } from 'zod'
import { Moment, readArguments } from './arguments.js'
import { openJudge } from './judges.js'
import { replay } from './replay.js'
import { createSummary, summaryText, textOf } from './replay-report.js'

const USAGE = 'npm run match:replay -- --since <date> [--until <date>] [--matcher dumb|llm] [--ticket <id>] [--json]'

const Arguments = z.object({
  since: Moment,
  until: Moment.optional(),
  ticket: z.uuid().toLowerCase().optional(),
  matcher: z.enum(['dumb', 'llm']).default('dumb'),
  json: z.boolean().default(false),
})

const OPTIONS = {
  since: { type: 'string' },
  until: { type: 'string' },
  ticket: { type: 'string' },
  matcher: { type: 'string' },
  json: { type: 'boolean' },
} as const

export interface Output {
  line(text: string): void
  complain(text: string): void
}

/** Runs stored candidates through the matcher as it is now and tells what would change. Writes nothing to the database. */
export async function replayDecisions(
  store: DecisionStore,
  config: Pick<Config, 'matcher'>,
  args: string[],
  output: Output,
): Promise<void> {
  const { since, until, ticket, matcher, json } = readArguments(args, OPTIONS, Arguments, USAGE)
  const { judge, close } = openJudge(matcher, config)
  const summary = createSummary()
  const unreadable = (id: string, error: Error) => {
    summary.unreadable()
    output.complain(unreadableText(id, error))
  }
  try {
    for await (const decision of readDecisions(store, { since, until, ticketId: ticket }, unreadable)) {
      const row = await replay(decision, judge).catch((error: Error) => unreadable(decision.ticket.id, error))
      if (!row) continue
      summary.add(row)
      if (json) output.line(JSON.stringify({ type: 'decision', ...row }))
      else if (row.changed) output.line(textOf(row))
    }
  } finally {
    close()
  }
  output.line(json ? JSON.stringify({ type: 'summary', ...summary.value() }) : summaryText(summary.value()))
}
