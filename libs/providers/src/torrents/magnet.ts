import { type Magnet, readMagnet, StageError } from '@torrentino/domain'
import { usableTrackers } from './trackers.js'

export { makeMagnet, normaliseInfoHash } from '@torrentino/domain'

/** For stages: what is no magnet fails for good, and of the trackers only those stay that an engine can use. */
export function parseMagnet(uri: string): Magnet {
  const magnet = readMagnet(uri)
  if ('fault' in magnet) {
    const code = magnet.fault === 'version_2_only' ? 'torrent_unsupported' : 'magnet_invalid'
    throw new StageError('permanent', code, `The magnet link ${magnet.message}.`)
  }
  return { ...magnet, trackers: usableTrackers(magnet.trackers) }
}
