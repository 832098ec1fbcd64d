import { type ErrorCode, type FieldFault, Problem } from '@torrentino/domain'

/** `unreachable`: no answer at all; `unexpected_answer`: one that does not come from this API (a proxy's, for example). */
export type ApiErrorCode = ErrorCode | 'unreachable' | 'unexpected_answer'

/** What went wrong with a request. `status` is 0 where there was no answer. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  constructor(
    readonly status: number,
    readonly code: ApiErrorCode,
    message: string,
    readonly errors: FieldFault[] = [],
    readonly requestId: string | null = null,
    options?: ErrorOptions,
  ) {
    super(message, options)
  }

  /** Worth trying again as it is: also what a server that stood still for a while says, 408, that it came too slowly. */
  get isPassing(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 429 || this.status >= 500
  }
}

export function errorOfAnswer(status: number, body: string): ApiError {
  const problem = Problem.partial({ request_id: true }).safeParse(parseJson(body))
  if (!problem.success) return new ApiError(status, 'unexpected_answer', `the server answered with status ${status}`)
  const { code, detail, errors, request_id } = problem.data
  return new ApiError(status, code, detail, errors, request_id ?? null)
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
