import { STAGE_OF_STATE, type StateName } from './state.js'

export const TIMED_WORK = ['search', 'match', 'download', 'convert', 'place'] as const
export type TimedWork = (typeof TIMED_WORK)[number]

/**
 * What the time after a step is spent with: a stage's turn has not begun, something outside of the stage is waited for (a person, a
 * pause, another ticket), or the stage is at it. A match, conversion or placement begins with its state, so its place in the queue counts as work.
 */
export const TIME_KINDS = ['queued', 'waited', 'worked'] as const
export type TimeKind = (typeof TIME_KINDS)[number]

const QUEUED: readonly StateName[] = ['pending', 'auto_approved', 'approved']
const OF_PEOPLE: Partial<Record<StateName, TimedWork>> = { needs_approval: 'match', search_failed: 'search' }
const BEGINS_WAITING = ['pause', 'link']

/** Whose time begins with this step, and what it is spent with; null where nobody's does. */
export function timeAfter({ to, cause }: { to: StateName; cause: string }): { stage: TimedWork; kind: TimeKind } | null {
  const stage = OF_PEOPLE[to] ?? STAGE_OF_STATE[to]
  if (stage === null || stage === 'cleanup') return null
  if (OF_PEOPLE[to] !== undefined || BEGINS_WAITING.includes(cause)) return { stage, kind: 'waited' }
  return { stage, kind: QUEUED.includes(to) ? 'queued' : 'worked' }
}

/** In which a ticket may stand because no worker has come to it. */
export const STATES_IN_QUEUE: Record<TimedWork, readonly StateName[]> = {
  search: ['pending'],
  match: ['matching'],
  download: ['auto_approved', 'approved'],
  convert: ['converting'],
  place: ['placing'],
}
