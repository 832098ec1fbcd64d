import type { Given } from '../torrent-client.js'

/** Seeding ends at this share ratio or after so many seconds, whichever comes first; 0: not by this. */
export interface SeedGoal {
  ratio: number
  secs: number
}

export const NOTHING: Given = { ratio: 0, secs: 0 }

/** Our own goal, and all that is demanded. */
export function isGoalMet(goal: SeedGoal, demand: Given, given: Given): boolean {
  return isOwnGoalMet(goal, given) && given.ratio >= demand.ratio && given.secs >= demand.secs
}

export function stricter(one: Given, other: Given): Given {
  return { ratio: Math.max(one.ratio, other.ratio), secs: Math.max(one.secs, other.secs) }
}

/**
 * Limits for an engine that ends at whichever comes first, while a demand wants both: it is given a stretch, at whose end one looks
 * anew. Never longer than needed; none ends before something of the goal or the demand is met by it.
 */
export function nextStretch(goal: SeedGoal, demand: Given, given: Given): SeedGoal {
  if (given.secs < demand.secs) return { ratio: 0, secs: demand.secs - given.secs }
  if (!isOwnGoalMet(goal, given))
    return { ratio: goal.ratio > 0 ? Math.max(goal.ratio, demand.ratio) : 0, secs: goal.secs > 0 ? goal.secs - given.secs : 0 }
  return given.ratio < demand.ratio ? { ratio: demand.ratio, secs: 0 } : { ratio: 0, secs: 1 }
}

function isOwnGoalMet(goal: SeedGoal, given: Given): boolean {
  return (goal.ratio > 0 && given.ratio >= goal.ratio) || (goal.secs > 0 && given.secs >= goal.secs)
}
