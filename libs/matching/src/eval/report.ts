import { type Judged, type Measures, THRESHOLD } from './measure.js'

export const percent = (share: number) => `${(100 * share).toFixed(1)} %`

export function tableOf(part: string, numbers: Measures): string {
  const bins = numbers.bins.map(
    ({ from, to, matches, right }) =>
      `    ${from.toFixed(2)} to ${to.toFixed(2)}   ${String(matches).padStart(4)} matches   ${String(right).padStart(4)} right   ${matches === 0 ? '-' : percent(right / matches)}`,
  )
  return [
    `${part}: ${numbers.cases} cases, ${numbers.solvable} of them solvable`,
    `  precision of what was approved without asking   ${percent(numbers.precision)} (${numbers.approvedRight} of ${numbers.approved})`,
    `  solvable cases approved without asking          ${percent(numbers.coverage)}`,
    `  right candidate at first place                  ${percent(numbers.firstPlace)}`,
    `  tracks that got their file                      ${percent(numbers.mappingAccuracy)}, a wrong one ${percent(numbers.wrongMappings)}`,
    `  right among those told ${THRESHOLD} and above           ${percent(numbers.told.share)} (${numbers.told.right} of ${numbers.told.matches})`,
    '  calibration by the confidence that was told',
    ...bins,
    '',
  ].join('\n')
}

/** Approved though wrong, asked though solvable, and wrong files, each with the matcher's own reasoning. */
export function failuresOf(judged: readonly Judged[]): string {
  return judged
    .flatMap((one) => {
      const { decision, right, solvable, mapping } = one
      if (decision.kind === 'sure' && !right) return describe('APPROVED THOUGH WRONG', one)
      if (mapping.wrong > 0) return describe(`${mapping.wrong} WRONG FILES`, one)
      if (solvable && decision.kind === 'unsure') return describe(right ? 'asked, though right' : 'asked, another was right', one)
      return []
    })
    .join('\n')
}

function describe(what: string, { kind, name, decision, best }: Judged): string {
  return [
    `${what}: ${kind} / ${name}`,
    `    recommended: ${best?.torrent.title ?? 'nothing'}`,
    `    ${decision.reason ? `${JSON.stringify(decision.reason)} ` : ''}${best?.reasoning ?? ''}`,
  ].join('\n')
}
