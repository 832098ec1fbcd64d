import { isIP } from 'node:net'
import { Api } from './api.js'
import type { QbittorrentOptions } from './options.js'
import { Session } from './session.js'

export interface QbittorrentFacts {
  version: string
  /** Whether the interface that it is to be bound to is there; undefined where none is wanted. */
  interfaceUp: boolean | undefined
}

type Wanted = Pick<QbittorrentOptions, 'url' | 'username' | 'password' | 'interface' | 'http'>

/** Logs in and asks; unlike a client at work it neither stops torrents nor sets preferences. */
export async function inspectQbittorrent(wanted: Wanted): Promise<QbittorrentFacts> {
  const api = new Api(new Session(wanted))
  const version = await api.version()
  const name = wanted.interface
  if (name === undefined) return { version, interfaceUp: undefined }
  const addresses = await api.addresses(isIP(name) ? '' : name)
  return { version, interfaceUp: isIP(name) ? addresses.includes(name) : addresses.length > 0 }
}
