import { StageError } from '@torrentino/domain'

export function unknownTorrent(infoHash: string): StageError {
  return new StageError('retryable', 'torrent_unknown', `The torrent ${infoHash} is not held by the engine. Add it first.`)
}

export function removedTorrent(infoHash: string): StageError {
  return new StageError('retryable', 'torrent_removed', `The torrent ${infoHash} was removed while it was waited for.`)
}

export function metadataTimeout(infoHash: string): StageError {
  return new StageError('retryable', 'metadata_timeout', `No peer gave the file list of torrent ${infoHash} in time. It may be dead.`)
}

export function interfaceDown(name: string): StageError {
  return new StageError(
    'retryable',
    'interface_down',
    `The network interface ${name} (torrent.interface) is down; nothing is downloaded until it is up.`,
  )
}

export function stalled(infoHash: string, ms: number): StageError {
  return new StageError(
    'retryable',
    'download_stalled',
    `Torrent ${infoHash} got no data for ${Math.round(ms / 1000)} s. It may have no seeders.`,
  )
}

export function stopped(): StageError {
  return new StageError('retryable', 'engine_stopped', 'The torrent engine was stopped.')
}
