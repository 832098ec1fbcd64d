import { StageError } from '@torrentino/domain'

const NO_SPACE = ['ENOSPC', 'EDQUOT']
const REFUSED = ['EACCES', 'EPERM']
const NEVER = ['ENAMETOOLONG', 'ENOTDIR', 'EISDIR', 'ELOOP', 'EINVAL']

export function errorCode(error: unknown): string | undefined {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

export function isMissing(error: unknown): boolean {
  return errorCode(error) === 'ENOENT'
}

/** What a failed file operation means for the stage. Any other error is handed back as it is. */
export function fileStageError(error: unknown, path: string): unknown {
  const code = errorCode(error)
  if (error instanceof StageError || code === undefined || !/^E[A-Z0-9]+$/.test(code)) return error
  const options = { cause: error }
  if (NO_SPACE.includes(code)) return diskFull(path, options)
  if (code === 'EROFS') return new StageError('retryable', 'read_only', `${path} lies on a volume that is read-only now`, options)
  if (REFUSED.includes(code))
    return new StageError('retryable', 'not_writable', `${path} may not be written (${code}); check its owner, mode and mount`, options)
  if (NEVER.includes(code)) return new StageError('permanent', 'path_invalid', `${path} cannot be a file here (${code})`, options)
  return new StageError('retryable', 'file_error', `A file operation on ${path} failed (${code})`, options)
}

export function diskFull(path: string, options?: ErrorOptions): StageError {
  return new StageError('retryable', 'disk_full', `No space left for ${path}; free some and it will be tried again`, options)
}

export function aborted(what: string): StageError {
  return new StageError('retryable', 'aborted', `${what} was stopped`)
}

// What a person mends outside, and what may take any time: full, read-only or absent volumes.
const WAITED_FOR = new Set(['disk_full', 'read_only', 'root_missing', 'root_not_mounted', 'root_unreachable', 'mount_silent'])

/** Whether the error only says that the place cannot be written to for now. */
export function isPlaceAway(error: unknown): error is StageError {
  return error instanceof StageError && WAITED_FOR.has(error.code)
}
