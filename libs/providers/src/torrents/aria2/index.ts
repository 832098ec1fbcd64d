import type { TorrentClient } from '../torrent-client.js'
import { Aria2Client } from './aria2-client.js'
import type { Aria2Options } from './options.js'
import { type Supervisor, superviseAria2 } from './supervisor.js'

export type { Aria2Options } from './options.js'

/** Starts the built-in torrent engine. Rejects when aria2c cannot be started at all; later it is started again as often as needed. */
export async function startAria2(options: Aria2Options): Promise<TorrentClient> {
  options.signal?.throwIfAborted()
  const client = new Aria2Client(options)
  const supervisor: Supervisor = await superviseAria2(options, {
    onUp: () => client.aligner.restoreAll(),
    onNotification: (method, gid) => client.aligner.onNotification(method, gid),
  })
  client.attach(supervisor)
  options.signal?.addEventListener('abort', () => void client.close(), { once: true })
  if (options.signal?.aborted) await client.close()
  return client
}
