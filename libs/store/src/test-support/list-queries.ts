import { AUDIT_TYPES } from '@torrentino/domain'
import { auditListing } from '../audit.js'
import { encodeKey } from '../keyset.js'
import { ticketListing } from '../tickets.js'

const HALFWAY = new Date('2024-02-06T00:00:00.000Z')
const UUID = '80000000-0000-4000-8000-000000000000'
const ticketKey = encodeKey(HALFWAY, UUID)
const auditKey = encodeKey(HALFWAY, '250000')
const limit = 50

/** Each shape of the two lists that a caller can ask for, by name. */
export function listQueries(someTicket: string): [string, { text: string; values: unknown[] }][] {
  return [
    ['tickets', ticketListing({ limit })],
    ['tickets, deep page by key', ticketListing({ limit, after: ticketKey })],
    ['tickets, offset 1000', ticketListing({ limit, offset: 1000 })],
    ['tickets of a frequent state', ticketListing({ limit, states: ['completed'] })],
    ['tickets of a rare state', ticketListing({ limit, states: ['needs_approval'] })],
    ['tickets of a state that none has', ticketListing({ limit, states: ['placing'] })],
    ['tickets of rare states', ticketListing({ limit, states: ['needs_approval', 'search_failed'] })],
    ['tickets of frequent and rare states', ticketListing({ limit, states: ['completed', 'failed', 'needs_approval'] })],
    ['tickets of several states, deep page by key', ticketListing({ limit, states: ['completed', 'failed'], after: ticketKey })],
    ['tickets of a requester with many', ticketListing({ limit, requestedBy: 'anonymous' })],
    ['tickets of a requester with few', ticketListing({ limit, requestedBy: 'user 17' })],
    ['tickets of a requester with none', ticketListing({ limit, requestedBy: 'nobody' })],
    ['tickets of a requester, deep page by key', ticketListing({ limit, requestedBy: 'anonymous', after: ticketKey })],
    ['tickets of a requester in a rare state', ticketListing({ limit, requestedBy: 'anonymous', states: ['needs_approval'] })],
    ['tickets of a requester in several states', ticketListing({ limit, requestedBy: 'user 17', states: ['failed', 'completed'] })],
    ['audit', auditListing({ limit })],
    ['audit, oldest first', auditListing({ limit, order: 'oldest' })],
    ['audit, deep page by key', auditListing({ limit, after: auditKey })],
    ['audit, oldest first, deep page by key', auditListing({ limit, after: auditKey, order: 'oldest' })],
    ['audit of a ticket', auditListing({ limit, ticketId: someTicket })],
    ['audit of a ticket and types', auditListing({ limit, ticketId: someTicket, eventTypes: ['TicketStateChanged', 'AdminRetry'] })],
    ['audit of a frequent type', auditListing({ limit, eventTypes: ['TicketStateChanged'] })],
    ['audit of a rare type', auditListing({ limit, eventTypes: ['AdminRetry'] })],
    ['audit of a type that none has', auditListing({ limit, eventTypes: ['TicketCancelled'] })],
    ['audit of several types', auditListing({ limit, eventTypes: ['AdminRetry', 'ApprovalGranted', 'TicketStateChanged'] })],
    ['audit of all types', auditListing({ limit, eventTypes: AUDIT_TYPES })],
    ['audit of a frequent actor', auditListing({ limit, actor: 'download-worker' })],
    ['audit of a rare actor', auditListing({ limit, actor: 'admin' })],
    ['audit of an unknown actor', auditListing({ limit, actor: 'nobody' })],
    ['audit of an actor and a rare type', auditListing({ limit, actor: 'admin', eventTypes: ['AdminRetry'] })],
    ['audit of an actor and a type it often makes', auditListing({ limit, actor: 'match-worker', eventTypes: ['MatchingCompleted'] })],
    [
      'audit of a frequent actor and a frequent type that it never makes',
      auditListing({ limit, actor: 'match-worker', eventTypes: ['DownloadProgress'] }),
    ],
    [
      'audit of a frequent actor and a rare type that it never makes',
      auditListing({ limit, actor: 'match-worker', eventTypes: ['AdminRetry'] }),
    ],
    ['audit of an actor, oldest first', auditListing({ limit, actor: 'match-worker', order: 'oldest' })],
    ['audit of an actor, deep page by key', auditListing({ limit, actor: 'match-worker', after: auditKey })],
    ['audit of a time', auditListing({ limit, from: HALFWAY, to: new Date('2024-02-07T00:00:00.000Z') })],
    ['audit before a time', auditListing({ limit, to: HALFWAY })],
    ['audit of a time and a type', auditListing({ limit, from: HALFWAY, eventTypes: ['SearchExecuted'] })],
    ['audit of an early time and a rare type', auditListing({ limit, to: new Date('2024-01-03'), eventTypes: ['AdminRetry'] })],
    ['audit of several types, deep page by key', auditListing({ limit, eventTypes: ['AdminRetry', 'SearchExecuted'], after: auditKey })],
  ]
}
