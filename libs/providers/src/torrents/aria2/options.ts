import { isIPv4 } from 'node:net'
import type { SeedGoal } from '../shared/seeding.js'
import type { OnCall } from '../shared/told.js'

export interface Aria2Options {
  /** Name on PATH or path of `aria2c`. */
  program: string
  /** For the DHT's table and, for a moment at the start, the file with the secret. May be shared by engines. */
  stateFolder: string
  /** Share ratio at which seeding ends; 0 seeds until the torrent is removed. */
  seedRatio: number
  /** Minutes of seeding after which it ends whatever the ratio; 0: it does not end by time. */
  seedMins?: number
  /** A port or a range such as `6881-6999`, of which a free one is taken; `0` is any. */
  listenPort?: string
  /** Name or address of the network interface that all torrent traffic is bound to. */
  interface?: string
  /** What the interface has at present; by default as this machine says. Looked at each `lookMs`. */
  addressesOf?: (name: string) => readonly string[]
  lookMs?: number
  /** Finding peers without a tracker: by the distributed hash table, and from other peers. */
  discovery: boolean
  log?: (line: string) => void
  onCall?: OnCall
}

// aria2 refuses 0; these are the ports that nobody has a claim to.
const ANY_PORT = '49152-65535'

export function seedGoalOf({ seedRatio, seedMins = 0 }: Aria2Options): SeedGoal {
  return { ratio: seedRatio, secs: seedMins * 60 }
}

export function settingsOf(
  options: Aria2Options,
  run: { rpcPort: number; secret: string; stateFolder: string; pid: number },
): Record<string, string> {
  const ports = options.listenPort === '0' ? ANY_PORT : (options.listenPort ?? '6881-6999')
  return {
    'enable-rpc': 'true',
    'rpc-listen-port': String(run.rpcPort),
    'rpc-secret': run.secret,
    // A .torrent of 10 MB travels as base64.
    'rpc-max-request-size': '16M',
    'rpc-save-upload-metadata': 'false',
    // aria2 looks for us every second, so it goes even when we are killed with -9.
    'stop-with-process': String(run.pid),
    'no-netrc': 'true',
    'console-log-level': 'warn',
    'show-console-readout': 'false',
    'summary-interval': '0',
    'download-result': 'hide',
    'enable-color': 'false',
    // The limit of running transfers is cluster-wide and not ours to set; and torrents that only seed count, too.
    'max-concurrent-downloads': '100000',
    'bt-max-peers': '100',
    'bt-max-open-files': '500',
    'rlimit-nofile': '8192',
    'file-allocation': 'none',
    'auto-file-renaming': 'false',
    // With the control file kept after the end, too, what was given back is still known after a restart.
    'auto-save-interval': '2',
    'force-save': 'true',
    'allow-overwrite': 'true',
    'bt-hash-check-seed': 'true',
    // Pieces reach into neighbouring files; removing those would break what we give to others and a later, wider selection.
    'bt-remove-unselected-file': 'false',
    'follow-torrent': 'mem',
    'bt-tracker-connect-timeout': '15',
    'bt-tracker-timeout': '30',
    'listen-port': ports,
    'dht-listen-port': ports,
    'enable-dht': String(options.discovery),
    'enable-peer-exchange': String(options.discovery),
    'bt-enable-lpd': 'false',
    'dht-file-path': `${run.stateFolder}/dht.dat`,
    ...(options.interface ? { interface: options.interface, 'disable-ipv6': String(isIPv4(options.interface)) } : {}),
  }
}
