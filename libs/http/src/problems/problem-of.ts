import { DomainError, type ErrorCode, type FieldFault, type Problem } from '@torrentino/domain'
import { jsonFaultPlace } from './json-fault-place.js'
import { codeOfStatus, STATUS_OF_CODE, titleOf } from './statuses.js'

const RETRY_AFTER_SECS = 5
const UNAVAILABLE = 'a server behind this one does not answer; nothing was changed, try again soon'
const INTERNAL = 'something went wrong here; the log has more under this request_id'

export interface Answer {
  problem: Problem & Record<string, unknown>
  headers: Record<string, string>
  /** Nobody foresaw it: the log must have all of it. */
  unexpected: boolean
}

/** The one function from errors to answers. Of what nobody foresaw it tells nothing. */
export function problemOf(error: unknown, requestId: string, isInfrastructure: (error: unknown) => boolean): Answer {
  if (error instanceof DomainError) {
    const { errors, ...more } = error.details as { errors?: FieldFault[] }
    return answer(error.code, error.message, requestId, { ...(errors === undefined ? {} : { errors }), ...more })
  }
  if (isInfrastructure(error)) return answer('unavailable', UNAVAILABLE, requestId)
  const foreign = foreignFault(error)
  if (foreign) return answer(foreign.code, foreign.detail, requestId, foreign.errors === undefined ? {} : { errors: foreign.errors })
  return { ...answer('internal', INTERNAL, requestId), unexpected: true }
}

function answer(code: ErrorCode, detail: string, request_id: string, more: Record<string, unknown> = {}): Answer {
  const status = STATUS_OF_CODE[code]
  const type = `urn:torrentino:problem:${code}`
  const retryAfter = code === 'unavailable' ? RETRY_AFTER_SECS : more.retry_after_secs
  const headers = retryAfter === undefined ? undefined : { 'Retry-After': String(retryAfter) }
  return { problem: { ...more, type, title: titleOf(status), status, detail, code, request_id }, headers: headers ?? {}, unexpected: false }
}

interface ForeignFault {
  code: ErrorCode
  detail: string
  errors?: FieldFault[]
}

/** Faults that Express and its body parser found in the request. Their own texts quote the request, so they are not passed on. */
function foreignFault(error: unknown): ForeignFault | undefined {
  if (!(error instanceof Error)) return undefined
  const { status, type, limit, body } = error as Error & { status?: unknown; type?: unknown; limit?: unknown; body?: unknown }
  if (error instanceof URIError) return { code: 'invalid_request', detail: 'the path is not properly percent-encoded' }
  if (typeof status !== 'number' || status < 400 || status > 499) return undefined
  if (type === 'entity.parse.failed') {
    const place = jsonFaultPlace(typeof body === 'string' ? body : '')
    return { code: 'invalid_request', detail: 'the body is not valid JSON', errors: [{ path: '', message: `not valid JSON${place}` }] }
  }
  if (type === 'entity.too.large')
    return {
      code: 'payload_too_large',
      detail: `the body may have at most ${Number(limit) / 1024} KiB`,
      errors: [{ path: '', message: 'too large' }],
    }
  if (type === 'encoding.unsupported')
    return {
      code: 'unsupported_media_type',
      detail: 'send the body without Content-Encoding',
      errors: [{ path: 'Content-Encoding', message: 'must be identity or absent' }],
    }
  if (type === 'charset.unsupported')
    return {
      code: 'unsupported_media_type',
      detail: 'send JSON in UTF-8',
      errors: [{ path: 'Content-Type', message: 'charset must be utf-8' }],
    }
  return { code: codeOfStatus(status), detail: 'the request could not be read' }
}
