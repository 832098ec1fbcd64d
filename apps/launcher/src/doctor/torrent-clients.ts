import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { StageError } from '@torrentino/domain'
import { addressesOf, inspectQbittorrent } from '@torrentino/providers'
import { findProgram, type TorrentClientSettings, torrentClients } from '@torrentino/runtime'
import type { DoctorDeps } from './deps.js'
import { type Check, failed, ok } from './finding.js'

const LIMIT_MS = 15_000
const BANNED = 'correct its username and password, then restart qBittorrent or wait until the ban is over (an hour, by default)'
const run = promisify(execFile)

export function torrentClientChecks(deps: DoctorDeps): Check[] {
  return torrentClients(deps.config).map((client) => ({
    subject: `torrent client ${client.name}`,
    advice:
      client.engine === 'aria2'
        ? 'install aria2 (Debian: apt-get install aria2), or set TORRENT_ARIA2_PATH'
        : 'start qBittorrent and its web interface, or correct its url, username and password',
    limitMs: LIMIT_MS,
    run: (signal) => (client.engine === 'aria2' ? lookAtAria2(client, deps, signal) : lookAtQbittorrent(client, deps)),
  }))
}

async function lookAtQbittorrent(client: TorrentClientSettings, { http }: DoctorDeps) {
  const { username, interface: wanted } = client
  const login = { url: client.url?.reveal() ?? '', username, password: client.password?.reveal() ?? '', interface: wanted }
  const found = await inspectQbittorrent({ ...login, http }).catch((error: unknown) => {
    if (error instanceof StageError && error.code === 'client_banned') return null
    throw error
  })
  if (!found) return [failed('qBittorrent has banned our address after failed logins', BANNED)]
  const { version, interfaceUp } = found
  return [ok(`qBittorrent ${version} lets us in`), ...interfaceOf(wanted, interfaceUp, 'on the machine of qBittorrent')]
}

async function lookAtAria2({ interface: wanted }: TorrentClientSettings, { config }: DoctorDeps, signal: AbortSignal) {
  const program = await findProgram('aria2c', config.torrent.aria2_path)
  const { stdout } = await run(program, ['--version'], { signal, timeout: LIMIT_MS, maxBuffer: 1024 * 1024 })
  const version = /^aria2 version (\S+)/.exec(stdout)?.[1]
  if (version === undefined) return [failed(`${program} is no aria2c`, 'set TORRENT_ARIA2_PATH to the aria2c program')]
  const able = /^Enabled Features:.*\bBitTorrent\b/m.test(stdout)
  const found = able ? ok(`aria2 ${version}`) : failed(`aria2 ${version} was built without BitTorrent`, 'install another aria2')
  return [found, ...interfaceOf(wanted, wanted === undefined ? undefined : addressesOf(wanted).length > 0, 'here')]
}

function interfaceOf(name: string | undefined, isUp: boolean | undefined, where: string) {
  if (name === undefined) return []
  if (isUp) return [ok(`the network interface ${name} is up`)]
  return [
    failed(
      `the network interface ${name} is not there or down ${where}: nothing is downloaded`,
      'bring the VPN up, or correct TORRENT_INTERFACE',
    ),
  ]
}
