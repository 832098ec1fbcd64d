import { readFileSync, writeFileSync } from 'node:fs'
import { z } from 'zod'
import { type Judged, measure } from './measure.js'

const Outcome = z.enum(['right', 'wrong', 'asked'])
export type Outcome = z.infer<typeof Outcome>

const CaseResult = z.object({
  /** Kind, name, and a count where several bear one name. */
  id: z.string(),
  /** Taken unasked and right, taken unasked and wrong, or left to a human. */
  outcome: Outcome,
  confidence: z.number(),
  recommended: z.string().nullable(),
})
export type CaseResult = z.infer<typeof CaseResult>

const Figures = z.object({ precision: z.number(), coverage: z.number(), firstPlace: z.number(), mappingAccuracy: z.number() })

const PartResult = z.object({ measures: Figures, cases: z.array(CaseResult) })
export type PartResult = z.infer<typeof PartResult>

/** By part. Written to be compared with what a later matcher makes of the same cases. */
const Results = z.record(z.string(), PartResult)
export type Results = z.infer<typeof Results>

export function resultsOf(parts: Record<string, readonly Judged[]>): Results {
  return Object.fromEntries(Object.entries(parts).map(([part, judged]) => [part, { measures: measure(judged), cases: casesOf(judged) }]))
}

function casesOf(judged: readonly Judged[]): CaseResult[] {
  const seen = new Map<string, number>()
  return judged.map(({ kind, name, decision, right, best }) => {
    const count = (seen.get(`${kind} / ${name}`) ?? 0) + 1
    seen.set(`${kind} / ${name}`, count)
    return {
      id: `${kind} / ${name}${count === 1 ? '' : ` (${count})`}`,
      outcome: decision.kind === 'unsure' ? 'asked' : right ? 'right' : 'wrong',
      confidence: decision.confidence,
      recommended: best?.torrent.title ?? null,
    }
  })
}

export function writeResults(path: string, results: Results): void {
  writeFileSync(path, `${JSON.stringify(results, null, 1)}\n`)
}

export function readResults(path: string): Results {
  const read = Results.safeParse(JSON.parse(readFileSync(path, 'utf8')))
  if (!read.success) throw new Error(`${path} was not written by npm run eval -- --json: ${z.prettifyError(read.error)}`)
  return read.data
}
