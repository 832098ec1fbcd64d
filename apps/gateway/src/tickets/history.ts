import {
  type HistoryView,
  isTerminal,
  STAGE_OF_STATE,
  type StateName,
  type TIMED_STAGES,
  TIMED_WORK,
  type TicketDetails,
  timeAfter,
} from '@torrentino/domain'
import type { HistoryEntry } from '@torrentino/store'

type TimedStage = (typeof TIMED_STAGES)[number]

/** Each step with the time until the next one. */
export function historyOf(entries: readonly HistoryEntry[], now: Date): HistoryView[] {
  return entries.map((entry, index) => {
    const to = entry.to as StateName
    const until = entries[index + 1]?.at ?? (isTerminal(to) ? null : now.toISOString())
    const seconds = until === null ? null : Math.max(0, (Date.parse(until) - Date.parse(entry.at)) / 1000)
    return { ...entry, from: entry.from as StateName | null, to, seconds }
  })
}

/** How long each stage has had the ticket; `waiting` is for a person. */
export function stageSeconds(history: readonly HistoryView[]): Record<TimedStage, number> {
  const sums: Record<TimedStage, number> = { search: 0, match: 0, download: 0, convert: 0, place: 0, waiting: 0 }
  for (const { to, seconds } of history) {
    const stage = STAGE_OF_STATE[to] ?? 'waiting'
    if (seconds !== null && stage !== 'cleanup' && !isTerminal(to)) sums[stage] += seconds
  }
  return sums
}

/** The same in parts, a stage at a time. */
export function stageTimes(history: readonly HistoryView[]): TicketDetails['stage_times'] {
  const none = () => ({ queued_secs: 0, waited_secs: 0, worked_secs: 0 })
  const sums = Object.fromEntries(TIMED_WORK.map((stage) => [stage, none()])) as TicketDetails['stage_times']
  for (const step of history) {
    const after = timeAfter(step)
    if (after !== null && step.seconds !== null) sums[after.stage][`${after.kind}_secs`] += step.seconds
  }
  return sums
}
