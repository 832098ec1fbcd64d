import { type Actor, DomainError, FILES_GONE, resumeState, type StateName, type Ticket, type TicketState } from '@torrentino/domain'
import type { PipelineDeps } from '../deps.js'
import { changeTicket } from './change-ticket.js'

export function cancelTicket(deps: PipelineDeps, id: string, actor: Actor, reason: string | null): Promise<Ticket> {
  return changeTicket(deps, id, actor, () => ({
    event: {
      type: 'cancel',
      state: { name: 'cancelled', cancelled_by: actor.id, reason, cancelled_at: deps.now().toISOString() },
      reason: reason ?? undefined,
    },
    extras: { audit: [{ type: 'TicketCancelled', payload: { cancelled_by: actor.id, reason } }] },
  }))
}

/** It stays in its state; whoever loads it lets go of it and of its place. */
export function pauseTicket(deps: PipelineDeps, id: string, actor: Actor): Promise<Ticket> {
  return changeTicket(deps, id, actor, ({ state }) => {
    if (state.name === 'downloading' && state.paused) throw new DomainError('illegal_transition', 'the download is paused already')
    const paused = { by: actor.id, at: deps.now().toISOString() }
    return {
      event: { type: 'pause', state: { ...downloading(state), paused } },
      extras: { audit: [{ type: 'DownloadPaused', payload: { paused_by: actor.id } }] },
    }
  })
}

export function resumeTicket(deps: PipelineDeps, id: string, actor: Actor): Promise<Ticket> {
  return changeTicket(deps, id, actor, ({ state }) => {
    if (state.name === 'downloading' && !state.paused) throw new DomainError('illegal_transition', 'the download is not paused')
    return {
      event: { type: 'resume', state: downloading(state) },
      extras: { audit: [{ type: 'DownloadResumed', payload: { resumed_by: actor.id } }] },
    }
  })
}

/** In any other state the table refuses the step. */
function downloading(state: TicketState): TicketState & { name: 'downloading' } {
  const { torrent_hash, started_at } = state.name === 'downloading' ? state : { torrent_hash: '', started_at: '' }
  return { name: 'downloading', torrent_hash, started_at }
}

export function approveTicket(deps: PipelineDeps, id: string, actor: Actor, candidateIdx: number | undefined): Promise<Ticket> {
  return changeTicket(deps, id, actor, (ticket) => {
    const { state } = ticket
    const waiting = state.name === 'needs_approval' ? state : null
    const selected = candidateIdx ?? waiting?.recommended_idx ?? 0
    if (waiting && selected >= waiting.candidates_count)
      throw new DomainError('invalid_request', `candidate_idx must be less than ${waiting.candidates_count}`, {
        errors: [{ path: 'candidate_idx', message: `must be between 0 and ${waiting.candidates_count - 1}` }],
      })
    return {
      event: {
        type: 'approve',
        state: { name: 'approved', selected_idx: selected, approved_by: actor.id, approved_at: deps.now().toISOString() },
        work: { selected_idx: selected, human_approved: true, magnet_uri: undefined, download: undefined },
      },
      extras: { audit: [{ type: 'ApprovalGranted', payload: { approved_by: actor.id, selected_candidate_idx: selected } }] },
    }
  })
}

export function rejectTicket(deps: PipelineDeps, id: string, actor: Actor, reason: string | null): Promise<Ticket> {
  return changeTicket(deps, id, actor, () => ({
    event: {
      type: 'reject',
      state: { name: 'rejected', rejected_by: actor.id, reason, rejected_at: deps.now().toISOString() },
      reason: reason ?? undefined,
    },
    extras: { audit: [{ type: 'ApprovalRejected', payload: { rejected_by: actor.id, reason } }] },
  }))
}

export function retryTicket(deps: PipelineDeps, id: string, actor: Actor): Promise<Ticket> {
  return changeTicket(deps, id, actor, async (ticket) => {
    const { state } = ticket
    const retryCount = (state.name === 'failed' ? state.retry_count : 0) + 1
    const resumed = resumedState(ticket, deps.now())
    const items = resumed.name === 'converting' ? await deps.store.items.of(id) : []
    return {
      event: { type: 'retry', state: resumed, work: { retry_count: retryCount } },
      extras: {
        audit: [{ type: 'AdminRetry', payload: { admin_id: actor.id } }],
        ...(resumed.name === 'converting' && { resetItems: isMadeGone(state) ? 'all' : 'open' }),
        jobItems: isMadeGone(state) ? items : openItems(items),
      },
    }
  })
}

/** What was made is not there to be placed, as after the restore of a backup: it must be made again. */
function isMadeGone(state: TicketState): boolean {
  return state.name === 'failed' && state.failed_at_state === 'placing' && FILES_GONE.includes(state.code)
}

/** The items still to make; when all are made, any one: its run finds that out and ends the conversion. */
function openItems<T extends { status: string }>(items: T[]): T[] {
  const open = items.filter((item) => item.status !== 'done')
  return open.length > 0 ? open : items.slice(0, 1)
}

function resumedState(ticket: Ticket, now: Date): TicketState {
  const { state, work } = ticket
  const failedAt: StateName = state.name === 'failed' ? (isMadeGone(state) ? 'converting' : state.failed_at_state) : 'pending'
  const at = now.toISOString()
  const selected = work.selected_idx ?? 0
  switch (resumeState(failedAt)) {
    case 'matching':
      return {
        name: 'matching',
        candidates_count: work.candidates_count ?? 0,
        strategies_tried: work.strategies_tried ?? [],
        started_at: at,
      }
    case 'auto_approved':
      return { name: 'auto_approved', selected_idx: selected, confidence: 1 }
    case 'approved':
      return { name: 'approved', selected_idx: selected, approved_by: 'earlier approval', approved_at: at }
    case 'downloading':
      return { name: 'downloading', torrent_hash: work.download?.info_hash ?? '', started_at: at }
    case 'converting':
      return { name: 'converting', total_tracks: work.download?.files?.length ?? 0, started_at: at }
    case 'placing':
      return { name: 'placing', total_files: work.download?.files?.length ?? 0, started_at: at }
    default:
      return { name: 'pending' }
  }
}

export function forceSearch(deps: PipelineDeps, id: string, actor: Actor, query: string): Promise<Ticket> {
  return changeTicket(deps, id, actor, () => ({
    event: {
      type: 'force_search',
      state: { name: 'searching', strategies_tried: [], started_at: deps.now().toISOString(), query },
      work: { ...FRESH, forced_query: query },
    },
    extras: { audit: [{ type: 'AdminForceSearch', payload: { admin_id: actor.id, custom_query: query } }] },
  }))
}

/** `infoHash` is the one in the magnet; both were checked by the caller. */
export function forceMagnet(deps: PipelineDeps, id: string, actor: Actor, magnetUri: string, infoHash: string): Promise<Ticket> {
  return changeTicket(deps, id, actor, (ticket) => {
    if (ticket.request.dry_run) throw new DomainError('illegal_transition', 'a dry run downloads nothing; post the ticket without dry_run')
    const at = deps.now().toISOString()
    return {
      event: {
        type: 'force_magnet',
        state: { name: 'downloading', torrent_hash: infoHash, started_at: at },
        work: { ...FRESH, magnet_uri: magnetUri, download: { info_hash: infoHash, started_at: at } },
      },
      // Trackers in a magnet may carry a passkey: the audit keeps what identifies the torrent.
      extras: { audit: [{ type: 'AdminForceMagnet', payload: { admin_id: actor.id, magnet_uri: `magnet:?xt=urn:btih:${infoHash}` } }] },
    }
  })
}

const FRESH = {
  from_catalog: undefined,
  held: undefined,
  selected_idx: undefined,
  human_approved: undefined,
  forced_query: undefined,
  magnet_uri: undefined,
  download: undefined,
  conversion: undefined,
  made_again: undefined,
  strategies_tried: undefined,
} as const
