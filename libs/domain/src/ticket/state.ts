import type { ApprovalReason } from '../candidate.js'

export const STATES = [
  'pending',
  'searching',
  'search_failed',
  'matching',
  'dry_run_complete',
  'needs_approval',
  'auto_approved',
  'approved',
  'rejected',
  'downloading',
  'converting',
  'placing',
  'completed',
  'failed',
  'cancelled',
] as const
export type StateName = (typeof STATES)[number]

export const TERMINAL_STATES = ['dry_run_complete', 'rejected', 'completed', 'failed', 'cancelled'] as const satisfies StateName[]

export function isTerminal(state: StateName): boolean {
  return (TERMINAL_STATES as readonly StateName[]).includes(state)
}

export const OPEN_STATES: readonly StateName[] = STATES.filter((state) => !isTerminal(state))

/** Who works on a ticket next. `cleanup` takes away what an ended ticket left behind; null: a human, or nobody. */
export const STAGES = ['search', 'match', 'download', 'convert', 'place', 'cleanup'] as const
export type Stage = (typeof STAGES)[number]

export const STAGE_OF_STATE: Record<StateName, Stage | null> = {
  pending: 'search',
  searching: 'search',
  search_failed: null,
  matching: 'match',
  dry_run_complete: null,
  needs_approval: null,
  auto_approved: 'download',
  approved: 'download',
  rejected: 'cleanup',
  downloading: 'download',
  converting: 'convert',
  placing: 'place',
  completed: 'cleanup',
  failed: 'cleanup',
  cancelled: 'cleanup',
}

export interface CompletionStats {
  total_download_bytes: number
  download_duration_secs: number
  conversion_duration_secs: number
  final_size_bytes: number
}

/** What a ticket knows in each state, in the names of the API. Candidates stand in their own table. */
export type TicketState =
  | { name: 'pending' }
  | {
      name: 'searching'
      strategies_tried: string[]
      started_at: string
      query?: string
      /** The ticket that sees to the same content, for which this one waits. */
      linked_to?: string
    }
  | { name: 'search_failed'; strategies_tried: string[]; failed_at: string }
  | { name: 'matching'; candidates_count: number; strategies_tried: string[]; started_at: string }
  | { name: 'dry_run_complete'; candidates_count: number; recommended_idx: number; confidence: number; completed_at: string }
  | {
      name: 'needs_approval'
      candidates_count: number
      recommended_idx: number
      confidence: number
      reason: ApprovalReason
      waiting_since: string
    }
  | { name: 'auto_approved'; selected_idx: number; confidence: number }
  | { name: 'approved'; selected_idx: number; approved_by: string; approved_at: string }
  | { name: 'rejected'; rejected_by: string; reason: string | null; rejected_at: string }
  | { name: 'downloading'; torrent_hash: string; started_at: string; paused?: { by: string; at: string } }
  | { name: 'converting'; total_tracks: number; started_at: string }
  | { name: 'placing'; total_files: number; started_at: string }
  | { name: 'completed'; completed_at: string; stats: CompletionStats; missing_items?: string[] }
  | {
      name: 'failed'
      failed_at_state: StateName
      error: string
      code: string
      retryable: boolean
      retry_count: number
      failed_at: string
    }
  | { name: 'cancelled'; cancelled_by: string; reason: string | null; cancelled_at: string }

/** Nobody works on it until somebody resumes it. */
export function isPaused(state: TicketState): boolean {
  return state.name === 'downloading' && state.paused !== undefined
}
