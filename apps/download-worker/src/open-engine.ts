import { join } from 'node:path'
import { openQbittorrent, startAria2, type TorrentClient } from '@torrentino/providers'
import { findProgram, type HttpClient, type ProcessContext } from '@torrentino/runtime'

/** What downloads: an aria2 of this process's own, or the qBittorrent that all processes share. */
export async function openEngine(ctx: ProcessContext, http: HttpClient): Promise<TorrentClient> {
  const { torrent, qbittorrent } = ctx.config
  const { engine, seed_ratio_target: seedRatio, seed_time_limit_mins: seedMins } = torrent
  const common = {
    seedRatio,
    interface: torrent.interface === '' ? undefined : torrent.interface,
    onCall: (outcome: string, seconds: number) => ctx.metrics.externalCall(engine, outcome, seconds),
  }
  if (engine === 'qbittorrent')
    return openQbittorrent({
      ...common,
      url: qbittorrent.url?.reveal() ?? '',
      username: qbittorrent.username,
      password: qbittorrent.password?.reveal() ?? '',
      category: qbittorrent.category,
      pathMap: qbittorrent.path_map,
      seedSecs: seedMins * 60,
      http,
      log: (line) => ctx.log.warn('torrent client', { line }),
    })
  return startAria2({
    ...common,
    program: await findProgram('aria2c', torrent.aria2_path),
    stateFolder: join(torrent.download_path, '.engine'),
    seedMins,
    listenPort: torrent.listen_port,
    discovery: { dht: torrent.dht, peerExchange: torrent.dht, local: false },
    log: (line) => ctx.log.debug('torrent engine', { line }),
  })
}
