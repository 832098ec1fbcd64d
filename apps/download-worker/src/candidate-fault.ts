import { dangerousFile, isArchive, StageError, type Ticket, type TorrentFile } from '@torrentino/domain'
import type { Choice } from './choose-files.js'

/** Why a candidate will not do. Its code is stable, the sentence is for people. */
export interface CandidateFault {
  code: string
  reason: string
}

/** Its time was up, or it is not what it was taken for: trying again brings nothing. */
const AT_ONCE = new Set([
  ...['metadata_timeout', 'download_stalled', 'no_download_source', 'blocked_before'],
  ...['torrent_invalid', 'torrent_hash_mismatch', 'torrent_unsafe', 'torrent_unsupported'],
  ...['dangerous_files', 'archives_only', 'items_missing'],
])
/** The candidate's fault when it comes again and again; once it may be the client's, or somebody's hand. */
const IN_THE_END = new Set(['torrent_removed', 'torrent_unknown', 'torrent_refused', 'files_missing', 'download_failed'])

/** Null where the fault is not the candidate's: of the client, the disk, the indexer or our own servers. */
export function candidateFault(error: unknown, isLastAttempt: boolean): CandidateFault | null {
  if (!(error instanceof StageError)) return null
  const { code, kind, message } = error
  // An indexer that cannot be asked now says nothing of the torrent; one that does not have it any more does.
  const isGone = code === 'indexer_error' && kind === 'permanent'
  if (!AT_ONCE.has(code) && !isGone && !(isLastAttempt && IN_THE_END.has(code))) return null
  return { code, reason: message }
}

/** An offer may name its torrent only in the file behind it: the same may have failed this ticket before. A human may take it all the same. */
export function refusedTorrent({ work }: Pick<Ticket, 'work'>, infoHash: string): StageError | null {
  const blocked = work.blocklist?.find(({ info_hash }) => info_hash === infoHash)
  if (!blocked || work.human_approved || work.magnet_uri !== undefined) return null
  return refusal('blocked_before', `It is the torrent ${infoHash}, which failed this ticket before: ${blocked.reason}`)
}

/** What the real list of files says against it, before any of them is fetched. */
export function refusedFiles(
  { request, work }: Pick<Ticket, 'request' | 'work'>,
  files: readonly TorrentFile[],
  choice: Choice,
): StageError | null {
  const danger = dangerousFile(files)
  if (danger) return refusal('dangerous_files', `The torrent holds ${shown(danger.path)}, which may do harm; nothing of it was loaded.`)
  if (choice.files.length === 0 && files.some(isArchive))
    return refusal('archives_only', 'The torrent holds archives where tracks were due; nothing of it was loaded.')
  // Nobody has matched a forced magnet to the ticket: a human is shown what it lacks.
  const forced = work.magnet_uri !== undefined
  const bearable = request.constraints.allow_partial && choice.files.length > 0
  if (forced || bearable || choice.unagreed.length === 0) return null
  const some = choice.unagreed.slice(0, 20).join(', ')
  return refusal('items_missing', `The torrent is not what it was taken for: it holds no file for ${some}.`)
}

function refusal(code: string, message: string): StageError {
  return new StageError('permanent', code, message)
}

function shown(path: string): string {
  return JSON.stringify(path.slice(-200)).replace(/[\u202D\u202E]/g, '')
}
