import { z } from 'zod'
import { section } from '../section.js'
import { choice, decimal, describe, flag, numberFromText, text } from '../setting.js'
import { folder, program } from './path.js'

const PORTS = /^(\d{1,5})(?:-(\d{1,5}))?$/

function isPortRange(value: string): boolean {
  const [, from, to = from] = PORTS.exec(value)?.map(Number) ?? []
  if (from === undefined || to === undefined || Number.isNaN(from)) return false
  const last = Number.isNaN(to) ? from : to
  return (from === 0 && last === 0) || (from >= 1024 && from <= last && last <= 65535)
}

const listenPort = z
  .union([z.int().transform(String), z.string().max(20)])
  .refine(isPortRange)
  .prefault('6881-6999') as unknown as z.ZodType<string>

export const torrent = section({
  engine: choice(['aria2', 'qbittorrent'], {
    about: 'What downloads: aria2 = the built-in engine, run as a child process; qbittorrent = the qBittorrent of QBITTORRENT_URL',
    fallback: 'aria2',
  }),
  download_path: folder({ about: 'Where downloads lie until they are placed', fallback: './.data/downloads' }),
  aria2_path: program({ about: 'The aria2c program; empty = from PATH' }),
  listen_port: describe(listenPort, {
    about: 'Port or range for peers; 0 = any free one',
    allowed: 'a port from 1024 to 65535, a range such as 6881-6999, or 0',
    fallback: '6881-6999',
    fromText: (value) => (value.includes('-') ? value.trim() : numberFromText(value)),
  }),
  interface: text({
    about: 'Network interface or address that peers are reached through, such as tun0; empty = any',
    allowed: 'the name or address of a network interface',
    pattern: /^[\w.:%@-]{0,64}$/,
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
})
