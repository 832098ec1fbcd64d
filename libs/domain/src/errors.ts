/** Codes that callers may rely on. One function in libs/http turns them into answers. */
export const ERROR_CODES = [
  'invalid_request',
  'unauthenticated',
  'forbidden',
  'not_found',
  'illegal_transition',
  'conflict',
  'ticket_exists',
  'idempotency_key_reused',
  'path_outside_roots',
  'payload_too_large',
  'unsupported_media_type',
  'method_not_allowed',
  'range_not_satisfiable',
  'too_many_requests',
  'not_ready',
  'unavailable',
  'internal',
] as const
export type ErrorCode = (typeof ERROR_CODES)[number]

export interface FieldFault {
  /** Where the fault is, as `tracks[0].dest_path`. */
  path: string
  message: string
}

export class DomainError extends Error {
  override readonly name = 'DomainError'
  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly details: Record<string, unknown> = {},
    options?: ErrorOptions,
  ) {
    super(message, options)
  }
}

/**
 * Why a stage could not do its work.
 * retryable: may go well later (network, disk full); permanent: will not; the code is stable, the message is for people.
 */
export class StageError extends Error {
  override readonly name = 'StageError'
  /** How long the other side asked us to wait, where it did. */
  readonly retryAfterMs: number | undefined
  constructor(
    readonly kind: 'retryable' | 'permanent',
    readonly code: string,
    message: string,
    options?: ErrorOptions & { retryAfterMs?: number },
  ) {
    super(message, options)
    this.retryAfterMs = options?.retryAfterMs
  }
}

/** Codes of a placement whose files are not there, or not what was made: they can be made again. */
export const FILES_GONE: readonly string[] = ['source_missing', 'source_changed']
