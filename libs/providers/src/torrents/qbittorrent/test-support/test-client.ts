import { createHttpClient } from '@torrentino/runtime'
import type { TorrentClient } from '../../torrent-client.js'
import { openQbittorrent, type QbittorrentOptions } from '../index.js'

/** A client whose end is also the end of what it was made with. */
export function openTestClient(
  server: { url: string; username: string; password: string; stop(): Promise<void> },
  options: Partial<QbittorrentOptions> = {},
): TorrentClient {
  const { url, username, password } = server
  const http = createHttpClient()
  const own = { url, username, password, category: 'music', pathMap: [], seedRatio: 1, seedSecs: 0, tickMs: 100, http }
  const client = openQbittorrent({ ...own, ...options })
  const close = client.close.bind(client)
  client.close = async () => {
    await close()
    http.close()
    await server.stop()
  }
  return client
}
