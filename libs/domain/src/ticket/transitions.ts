import type { StateName } from './state.js'

export type Role = 'system' | 'requester' | 'admin'

export interface TransitionRow {
  from: readonly StateName[]
  to: readonly StateName[]
  /** `requester` means the one who posted the ticket; an admin may do what a requester may. */
  by: readonly Role[]
  /** Jobs handed out before fall silent, even where the stage stays the same. */
  restarts?: true
}

const RUNNING = [
  'pending',
  'searching',
  'search_failed',
  'matching',
  'needs_approval',
  'auto_approved',
  'approved',
  'downloading',
  'converting',
  'placing',
] as const satisfies StateName[]

/** Every step a ticket can take, and who may cause it. The diagram in ../../README.md shows the same. */
export const TRANSITIONS = {
  start_search: { from: ['pending'], to: ['searching'], by: ['system'] },
  link: { from: ['searching'], to: ['searching'], by: ['system'] },
  release: { from: ['searching'], to: ['searching'], by: ['system'] },
  candidates_found: { from: ['searching'], to: ['matching'], by: ['system'] },
  nothing_found: { from: ['searching'], to: ['search_failed'], by: ['system'] },
  match_previewed: { from: ['matching'], to: ['dry_run_complete'], by: ['system'] },
  match_sure: { from: ['matching'], to: ['auto_approved'], by: ['system'] },
  match_unsure: { from: ['matching'], to: ['needs_approval'], by: ['system'] },
  approve: { from: ['needs_approval'], to: ['approved'], by: ['admin'] },
  reject: { from: ['needs_approval'], to: ['rejected'], by: ['admin'] },
  start_download: { from: ['auto_approved', 'approved'], to: ['downloading'], by: ['system'] },
  // The run under way ends at once, and its place goes to another.
  pause: { from: ['downloading'], to: ['downloading'], by: ['requester'], restarts: true },
  resume: { from: ['downloading'], to: ['downloading'], by: ['requester'], restarts: true },
  candidate_failed: {
    from: ['auto_approved', 'approved', 'downloading'],
    to: ['auto_approved', 'needs_approval', 'search_failed', 'pending'],
    by: ['system'],
  },
  mapping_unsure: { from: ['downloading'], to: ['needs_approval'], by: ['system'] },
  download_done: { from: ['downloading'], to: ['converting'], by: ['system'] },
  // Of a ticket that only keeps: nothing is made of its files.
  download_kept: { from: ['downloading'], to: ['completed'], by: ['system'] },
  // Of a ticket that nobody waits for, where a human would have to go on.
  given_up: { from: ['searching', 'matching', 'auto_approved', 'approved', 'downloading'], to: ['cancelled'], by: ['system'] },
  conversion_done: { from: ['converting'], to: ['placing'], by: ['system'] },
  // What was made is gone, as after the restore of a backup: it is made again, once.
  files_gone: { from: ['placing'], to: ['converting'], by: ['system'] },
  placement_done: { from: ['placing'], to: ['completed'], by: ['system'] },
  fail: { from: RUNNING, to: ['failed'], by: ['system'] },
  // What a failed one keeps for a retry is given up; the clean-up of the failure may still be on its way.
  cancel: { from: [...RUNNING, 'failed'], to: ['cancelled'], by: ['requester'], restarts: true },
  retry: {
    from: ['failed', 'search_failed'],
    to: ['pending', 'matching', 'auto_approved', 'approved', 'downloading', 'converting', 'placing'],
    by: ['admin'],
    restarts: true,
  },
  force_search: {
    from: ['pending', 'searching', 'search_failed', 'matching', 'needs_approval', 'failed'],
    to: ['searching'],
    by: ['admin'],
    restarts: true,
  },
  force_magnet: {
    from: ['pending', 'searching', 'search_failed', 'matching', 'needs_approval', 'failed'],
    to: ['downloading'],
    by: ['admin'],
    restarts: true,
  },
} as const satisfies Record<string, TransitionRow>

export type TransitionName = keyof typeof TRANSITIONS
export const TRANSITION_NAMES = Object.keys(TRANSITIONS) as TransitionName[]

export function transitionRow(name: TransitionName): TransitionRow {
  return TRANSITIONS[name]
}
