import { z } from 'zod'
import { section } from '../section.js'
import { choice, decimal, describe, flag, jsonFromText, text } from '../setting.js'
import { folder, program } from './path.js'
import { clientFields, ENGINES, INTERFACE, LISTEN_PORT, listenPort, type TorrentClientEntry, torrentClient } from './torrent-client.js'

const clients = describe(z.array(torrentClient.schema).max(50).prefault([]), {
  about:
    'Several torrent clients as JSON, instead of TORRENT_ENGINE: [{"name":"one","engine":"qbittorrent","url":"http://...","username":"...","password":"...","category":"torrentino","path_map":["/downloads=/data/one"],"download_path":"/data/one","interface":"tun0","min_free_gb":1,"max_downloads":5},{"name":"two","engine":"aria2","listen_port":"6881-6999"}]',
  allowed:
    'a JSON list of torrent clients, each with name and engine, a qbittorrent with url, and if need be username, password, category, path_map, download_path, interface, listen_port, min_free_gb and max_downloads',
  fallback: '[]',
  sensitive: true,
  parts: clientFields,
  fromText: jsonFromText,
}) as unknown as z.ZodType<TorrentClientEntry[]>

export const torrent = section(
  {
    engine: choice(ENGINES, {
      about: 'What downloads: aria2 = the built-in engine, run as a child process; qbittorrent = the qBittorrent of QBITTORRENT_URL',
      fallback: 'aria2',
    }),
    clients,
    download_path: folder({ about: 'Where downloads lie until they are placed', fallback: './.data/downloads' }),
    aria2_path: program({ about: 'The aria2c program; empty = from PATH' }),
    listen_port: describe(listenPort.prefault('6881-6999') as unknown as z.ZodType<string>, {
      about: 'Port or range for peers; 0 = any free one',
      ...LISTEN_PORT,
      fallback: '6881-6999',
    }),
    interface: text({
      about: 'Network interface or address that peers are reached through, such as tun0; empty = any',
      ...INTERFACE,
      fallback: '',
    }),
    seed_ratio_target: decimal({ about: 'Seed until this much of the size was uploaded', min: 0, max: 100, fallback: 1 }),
    seed_time_limit_mins: decimal({
      about: 'Seed no longer than this many minutes, whatever was uploaded; 0 = no limit',
      min: 0,
      max: 5_256_000,
      fallback: 0,
    }),
    cleanup_policy: choice(['immediate', 'after_ratio', 'manual'], {
      about: 'When a finished download is removed: immediate, after_ratio or manual',
      fallback: 'after_ratio',
    }),
    storage_budget_gb: decimal({
      about:
        'With cleanup_policy after_ratio: what met its seeding goal stays for later tickets while all torrents together take no more; 0 = nothing stays',
      min: 0,
      max: 1_000_000,
      fallback: 0,
    }),
    metadata_timeout_secs: decimal({ about: 'How long to wait for the file list of a magnet link', min: 1, max: 86400, fallback: 300 }),
    stall_timeout_secs: decimal({ about: 'A download without a byte for this long has failed', min: 1, max: 604800, fallback: 1800 }),
    min_free_gb: decimal({
      about: 'Space (GB) that downloads leave free on their disk; what would take it waits',
      min: 0,
      max: 1_000_000,
      fallback: 1,
    }),
    dht: flag({ about: 'Find peers without a tracker (DHT); turn off where only private trackers are used', fallback: true }),
  },
  ({ clients }, complain) => {
    const names = clients.map(({ name }) => name)
    const double = names.find((name, index) => names.indexOf(name) !== index)
    if (double !== undefined) complain('clients', `must not name ${double} twice`)
  },
)
