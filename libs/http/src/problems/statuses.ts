import { STATUS_CODES } from 'node:http'
import type { ErrorCode } from '@torrentino/domain'

/** The one table from codes to HTTP. */
export const STATUS_OF_CODE: Record<ErrorCode, number> = {
  invalid_request: 400,
  unauthenticated: 401,
  forbidden: 403,
  not_found: 404,
  illegal_transition: 409,
  conflict: 409,
  ticket_exists: 409,
  idempotency_key_reused: 409,
  path_outside_roots: 400,
  payload_too_large: 413,
  unsupported_media_type: 415,
  method_not_allowed: 405,
  range_not_satisfiable: 416,
  too_many_requests: 429,
  not_ready: 503,
  unavailable: 503,
  internal: 500,
}

/** What Express and the body parser say with a status alone. */
export function codeOfStatus(status: number): ErrorCode {
  if (status === 404) return 'not_found'
  if (status === 413) return 'payload_too_large'
  if (status === 415) return 'unsupported_media_type'
  return status < 500 ? 'invalid_request' : 'internal'
}

export function titleOf(status: number): string {
  return STATUS_CODES[status] ?? 'Error'
}
