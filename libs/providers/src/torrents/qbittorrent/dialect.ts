import { StageError } from '@torrentino/domain'

/** What one must know of a version of the Web API. All else that changed can be sent, or read, for every version alike. */
export interface Dialect {
  start: string
  stop: string
}

type Version = readonly [major: number, minor: number, patch: number]

/** Oldest first: the last one that is not newer than the server holds. */
const DIALECTS: readonly (readonly [since: Version, Dialect])[] = [
  // qBittorrent 4.5, the first that can stop a magnet when its file list is there
  [[2, 8, 15], { start: 'torrents/resume', stop: 'torrents/pause' }],
  // qBittorrent 5.0
  [[2, 11, 0], { start: 'torrents/start', stop: 'torrents/stop' }],
]

/** By the answer of app/webapiVersion, such as `2.11.4` or `2.9`. */
export function dialectOf(text: string): Dialect {
  const parts = /^(\d{1,4})\.(\d{1,4})(?:\.(\d{1,4}))?\s*$/.exec(text)
  if (!parts) throw new StageError('retryable', 'client_error', 'qBittorrent does not say which version of its Web API it speaks.')
  const version: Version = [Number(parts[1]), Number(parts[2]), Number(parts[3] ?? 0)]
  const found = DIALECTS.findLast(([since]) => compare(since, version) <= 0)
  if (found) return found[1]
  throw new StageError(
    'retryable',
    'client_too_old',
    `qBittorrent is too old (Web API ${parts[0].trim()}); 4.5 is the oldest that can be used.`,
  )
}

function compare(left: Version, right: Version): number {
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2]
}

/** No limits of its own: we watch the goal, so that qBittorrent never removes a torrent by itself, whatever its settings say. */
export const NO_SHARE_LIMITS = {
  ratioLimit: '-1',
  seedingTimeLimit: '-1',
  // Asked for since 4.6, and the last two since 5.2; older ones do not look at them.
  inactiveSeedingTimeLimit: '-1',
  shareLimitAction: 'Stop',
  shareLimitsMode: 'Default',
} as const

/** `paused` became `stopped` in 5.0. Both ways are told all of it: what is left out is as the user's preferences have it. */
export const ADDED_STOPPED = { paused: 'true', stopped: 'true', stopCondition: 'None' } as const
/** It has to run to ask peers for the file list, and stops there. */
export const ADDED_FOR_METADATA = { paused: 'false', stopped: 'false', stopCondition: 'MetadataReceived' } as const
