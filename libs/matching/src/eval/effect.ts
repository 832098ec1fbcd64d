import { percent } from './report.js'
import type { CaseResult, Outcome, PartResult, Results } from './results.js'

const FIGURES = [
  ['precision of what was approved without asking', 'precision'],
  ['solvable cases approved without asking', 'coverage'],
  ['right candidate at first place', 'firstPlace'],
  ['tracks that got their file', 'mappingAccuracy'],
] as const
const BECAME: [Outcome, string][] = [
  ['right', 'became right'],
  ['wrong', 'became wrong'],
  ['asked', 'is asked about now'],
]

/** What a change of the matcher did: figures before and after, and the cases that ended in another way. `named` parts list them one by one. */
export function effectOf(before: Results, after: Results, named: ReadonlySet<string>): string {
  return Object.entries(after)
    .map(([part, now]) => partEffect(part, before[part], now, named.has(part)))
    .join('\n')
}

function partEffect(part: string, was: PartResult | undefined, now: PartResult, named: boolean): string {
  if (!was) return `${part}: not among the old results\n`
  const changes = changesOf(was, now)
  const figures = FIGURES.map(([text, key]) => `  ${text.padEnd(48)}${percent(was.measures[key])} -> ${percent(now.measures[key])}`)
  const groups = BECAME.flatMap(([outcome, text]) => {
    const some = changes.filter(([, { outcome: is }]) => is === outcome)
    return [`  ${some.length} ${text}`, ...(named ? some.map(lineOf) : [])]
  })
  const [fresh, gone] = [newOnes(was, now), newOnes(now, was)]
  return [
    `${part}: before -> after`,
    ...figures,
    ...groups,
    ...(fresh + gone > 0 ? [`  ${fresh} cases are new, ${gone} are gone`] : []),
    '',
  ].join('\n')
}

/** Of the cases that both know: the ones that end in another way now. */
function changesOf(was: PartResult, now: PartResult): [CaseResult, CaseResult][] {
  const old = new Map(was.cases.map((one) => [one.id, one]))
  return now.cases.flatMap((one) => {
    const before = old.get(one.id)
    return before && before.outcome !== one.outcome ? [[before, one] as [CaseResult, CaseResult]] : []
  })
}

function newOnes(was: PartResult, now: PartResult): number {
  const known = new Set(was.cases.map(({ id }) => id))
  return now.cases.filter(({ id }) => !known.has(id)).length
}

function lineOf([was, now]: [CaseResult, CaseResult]): string {
  const told = (one: CaseResult) => `${one.outcome} at ${one.confidence.toFixed(2)}`
  return `      ${now.id}: ${told(was)} -> ${told(now)}, ${now.recommended ?? 'nothing'}`
}
