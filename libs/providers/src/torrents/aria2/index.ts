import type { TorrentClient } from '../torrent-client.js'
import { Aria2Client } from './aria2-client.js'
import type { Aria2Options } from './options.js'
import { superviseAria2 } from './supervisor.js'

export type { Aria2Options } from './options.js'

/**
 * Starts the built-in torrent engine. Rejects when aria2c cannot be started at all; later it is started again as often as needed.
 * Where its interface is down, it is started when that is up.
 */
export async function startAria2(options: Aria2Options): Promise<TorrentClient> {
  const client = new Aria2Client(options, () => {
    start().catch((error) => {
      options.log?.(String(error))
      client.watch.tellAgain()
    })
  })

  async function start(): Promise<void> {
    const supervisor = await superviseAria2(options, {
      onUp: () => client.aligner.restoreAll(),
      onNotification: (method, gid) => client.aligner.onNotification(method, gid),
    })
    await client.attach(supervisor)
  }

  try {
    if (client.watch.isUp) await start()
  } catch (error) {
    client.watch.close()
    throw error
  }
  return client
}
