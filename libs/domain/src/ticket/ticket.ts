import { DomainError } from '../errors.js'
import type { BlockedCandidate } from './blocklist.js'
import type { HeldFiles } from './held-files.js'
import type { TicketRequest } from './new-ticket.js'
import { STAGE_OF_STATE, type Stage, type StateName, type TicketState } from './state.js'
import { type Role, type TransitionName, transitionRow } from './transitions.js'

/** Who acts: a process of ours by its name, or an authenticated caller. */
export type Actor = { kind: 'system'; id: string } | { kind: 'user'; id: string; role: 'user' | 'admin' }

/** A file of a torrent that becomes an item of the ticket. */
export interface SourceFile {
  item_id: string
  torrent_file_path: string
  /** Of a part of a disc its share. Not known of what was chosen by an earlier version. */
  size_bytes?: number
  /** The file is a whole disc, and this sheet of the torrent says which part of it the item is; the file itself, where it is in its tags. */
  cue_path?: string
}

/** What the stages hand to each other. Not shown to callers as such. */
export interface Work {
  /** The search that produced the candidates in use: they are stored under this version. */
  candidates_version?: number
  candidates_count?: number
  /** The only candidate is a torrent that we have, with a mapping that needs no approval; nobody was asked. */
  from_catalog?: boolean
  selected_idx?: number
  /** What other torrents than the one to load have of it. */
  held?: HeldFiles[]
  /** A human saw the mapping of the selected candidate and said yes. */
  human_approved?: boolean
  forced_query?: string
  magnet_uri?: string
  strategies_tried?: string[]
  /** Candidates that failed this ticket: none of them is taken again without a human. */
  blocklist?: BlockedCandidate[]
  download?: {
    info_hash: string
    /** Folder that holds the torrent's files. */
    folder?: string
    files?: SourceFile[]
    /** A picture among the torrent's files that serves as cover. */
    cover?: string
    bytes?: number
    started_at: string
    completed_at?: string
  }
  conversion?: { started_at: string; completed_at?: string }
  /** What was made was gone when it was to be placed, and was made once more. */
  made_again?: boolean
  retry_count?: number
  /** The call that filed it, in the form of the W3C, where traces are wanted. */
  traceparent?: string
  /** What language models have cost this ticket, over all its stages. */
  llm?: { tokens: number; ms: number }
}

export interface Ticket {
  id: string
  version: number
  state: TicketState
  /** Whose turn it is, and the version that the turn's jobs carry. */
  stage: Stage | null
  stageVersion: number
  requestedBy: string
  priority: 1 | 2 | 3
  request: TicketRequest
  work: Work
  /** Failed attempts of the present stage, and when the next one is due. */
  attempts: number
  /** Runs of the present stage that ended without a word (the process died). */
  crashes: number
  dueAt: Date | null
  lastError: string | null
  createdAt: Date
  updatedAt: Date
}

export interface TransitionEvent {
  type: TransitionName
  state: TicketState
  work?: Partial<Work>
  reason?: string
}

export function roleOf(actor: Actor, ticket: Pick<Ticket, 'requestedBy'>): Role[] {
  if (actor.kind === 'system') return ['system']
  const roles: Role[] = actor.id === ticket.requestedBy ? ['requester'] : []
  return actor.role === 'admin' ? [...roles, 'requester', 'admin'] : roles
}

/** The ticket after the step. Throws when the table does not allow it, naming what is allowed. */
export function transition(ticket: Ticket, event: TransitionEvent, actor: Actor, now: Date): Ticket {
  const row = transitionRow(event.type)
  if (!row.from.includes(ticket.state.name))
    throw new DomainError(
      'illegal_transition',
      `${event.type} is not possible in state ${ticket.state.name}; it is in: ${row.from.join(', ')}`,
      {
        state: ticket.state.name,
        allowed_states: row.from,
      },
    )
  if (!row.to.includes(event.state.name))
    throw new DomainError('illegal_transition', `${event.type} does not lead to ${event.state.name}`, { state: ticket.state.name })
  if (!roleOf(actor, ticket).some((role) => row.by.includes(role)))
    throw new DomainError('forbidden', `${event.type} may be done by: ${row.by.join(', ')}`)

  const version = ticket.version + 1
  const stage = STAGE_OF_STATE[event.state.name]
  const sameTurn = stage === ticket.stage && !row.restarts
  return {
    ...ticket,
    version,
    state: event.state,
    stage,
    stageVersion: sameTurn ? ticket.stageVersion : version,
    work: { ...ticket.work, ...event.work },
    attempts: 0,
    crashes: 0,
    dueAt: null,
    lastError: null,
    updatedAt: now,
  }
}

/** Where a failed ticket takes up work again: nothing that is done is done twice. */
export function resumeState(failedAt: StateName): StateName {
  switch (failedAt) {
    case 'matching':
    case 'auto_approved':
    case 'approved':
    case 'converting':
    case 'placing':
      return failedAt
    case 'downloading':
      return 'downloading'
    case 'needs_approval':
      return 'matching'
    default:
      return 'pending'
  }
}
