import { StageError } from '@torrentino/domain'

/** A placement that failed; `rollback` says whether the destination is as it was, or still to be rolled back. */
export class PlacementError extends StageError {
  constructor(
    cause: StageError,
    readonly rollback: 'rolled_back' | 'pending',
    readonly rollbackError?: unknown,
  ) {
    super(cause.kind, cause.code, cause.message, { cause })
  }
}
