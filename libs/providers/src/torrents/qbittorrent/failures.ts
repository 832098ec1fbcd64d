import { StageError } from '@torrentino/domain'

export function unreachable(why: string, cause?: unknown): StageError {
  return new StageError('retryable', 'client_unreachable', `qBittorrent cannot be reached: ${why}.`, { cause })
}

export function clientError(what: string): StageError {
  return new StageError('retryable', 'client_error', `qBittorrent ${what}.`)
}

export function elsewhere(infoHash: string): StageError {
  return new StageError(
    'permanent',
    'torrent_elsewhere',
    `qBittorrent has the torrent ${infoHash} in another folder already, and what is there is not ours to move. Remove it there first, or correct qbittorrent.path_map.`,
  )
}

export function refused(infoHash: string): StageError {
  return new StageError('retryable', 'torrent_refused', `qBittorrent did not take the torrent ${infoHash}; its log tells why.`)
}

export function filesUnreachable(folder: string): StageError {
  return new StageError(
    'retryable',
    'files_unreachable',
    `qBittorrent has downloaded the files, but they are not to be seen in ${folder}. Do both sides see the same folder? qbittorrent.path_map says what qBittorrent calls it.`,
  )
}

export function diskFull(): StageError {
  return new StageError(
    'retryable',
    'disk_full',
    'There is not enough space left where qBittorrent saves. Free some; the download is tried again.',
  )
}

export function gaveUp(): StageError {
  return new StageError('retryable', 'download_failed', 'qBittorrent stopped the torrent with an error; its log tells why.')
}

export function filesMissing(): StageError {
  return new StageError('retryable', 'files_missing', 'Files of the torrent are gone from the folder where qBittorrent had them.')
}
