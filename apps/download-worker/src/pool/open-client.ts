import { join } from 'node:path'
import { openQbittorrent, startAria2, type TorrentClient } from '@torrentino/providers'
import { findProgram, type HttpClient, type ProcessContext, type TorrentClientSettings } from '@torrentino/runtime'

/** A client for a qBittorrent that all processes share; of an aria2 each process has a child of its own, on folders that all share. */
export async function openClient(settings: TorrentClientSettings, ctx: ProcessContext, http: HttpClient): Promise<TorrentClient> {
  const { torrent } = ctx.config
  const { engine, name } = settings
  const log = ctx.log.child({ client: name })
  const common = {
    seedRatio: torrent.seed_ratio_target,
    interface: settings.interface,
    onCall: (outcome: string, seconds: number) => ctx.metrics.externalCall(engine, outcome, seconds),
  }
  if (engine === 'qbittorrent')
    return openQbittorrent({
      ...common,
      url: settings.url?.reveal() ?? '',
      username: settings.username,
      password: settings.password?.reveal() ?? '',
      category: settings.category,
      pathMap: settings.pathMap,
      seedSecs: torrent.seed_time_limit_mins * 60,
      http,
      log: (line) => log.warn('torrent client', { line }),
    })
  return startAria2({
    ...common,
    program: await findProgram('aria2c', torrent.aria2_path),
    stateFolder: join(settings.downloadPath, '.engine'),
    seedMins: torrent.seed_time_limit_mins,
    listenPort: settings.listenPort,
    discovery: torrent.dht,
    log: (line) => log.debug('torrent engine', { line }),
  })
}
