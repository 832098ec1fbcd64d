import { spawnSync } from 'node:child_process'
import { pbkdf2Sync, randomBytes } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sayLacking } from '../say-lacking.js'
import { type GuardedProcess, spawnGuarded } from '../servers/guarded-process.js'
import { freePort } from '../servers/port.js'
import { tailOf, untilReady } from '../servers/server-process.js'

export interface RunningQbittorrent {
  port: number
  url: string
  username: string
  password: string
  /** Stopped with -9. */
  kill(): Promise<void>
  stop(): Promise<void>
}

const PROGRAM = 'qbittorrent-nox'
const LOGIN = { username: 'admin', password: 'of-the-tests' }

let found: boolean | undefined

export function hasQbittorrent(): boolean {
  found ??= spawnSync(PROGRAM, ['--version'], { stdio: 'ignore', env: { PATH: process.env.PATH, HOME: '/nonexistent' } }).status === 0
  return sayLacking(found, `tests with a real qBittorrent, because ${PROGRAM} is not installed (apt-get install ${PROGRAM})`)
}

/** A qBittorrent of its own, on loopback, that asks for a login. Started again on the same folder it goes on with what it had. */
export async function startQbittorrent(folder: string, atPort?: number): Promise<RunningQbittorrent> {
  const [port, peerPort] = [atPort ?? (await freePort()), await freePort()]
  const config = join(folder, 'qBittorrent', 'config')
  await mkdir(config, { recursive: true })
  await writeFile(join(config, 'qBittorrent.conf'), settings(folder, port, peerPort))
  const tail = tailOf({})
  const child = spawnGuarded([PROGRAM, `--profile=${folder}`], { env: { PATH: process.env.PATH, HOME: folder }, onLine: tail.onLine })
  const url = `http://127.0.0.1:${port}`
  await untilReady(PROGRAM, child, () => answers(url), tail.text)
  return { port, url, ...LOGIN, kill: () => kill(child), stop: async () => void (await child.stop()) }
}

async function kill(child: GuardedProcess): Promise<void> {
  child.signal('SIGKILL')
  await child.exited
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    ({ ok }) => ok,
    () => false,
  )
}

/**
 * Preferences that a user may have and that must not reach what we add: among them removal, with files, at a ratio of 0.5.
 * Tests stand between it and its callers, with a port of their own in its name.
 */
function settings(folder: string, port: number, peerPort: number): string {
  return `[LegalNotice]
Accepted=true

[BitTorrent]
Session\\DHTEnabled=false
Session\\LSDEnabled=false
Session\\PeXEnabled=false
Session\\QueueingSystemEnabled=false
Session\\MultiConnectionsPerIp=true
Session\\Port=${peerPort}
Session\\Interface=lo
Session\\InterfaceName=lo
Session\\InterfaceAddress=127.0.0.1
Session\\RefreshInterval=250
Session\\AddTorrentPaused=true
Session\\TorrentStopCondition=FilesChecked
Session\\AddExtensionToIncompleteFiles=true
Session\\TempPathEnabled=true
Session\\TempPath=${folder}/incomplete
Session\\DisableAutoTMMByDefault=false
Session\\TorrentContentLayout=NoSubfolder
Session\\GlobalMaxRatio=0.5
Session\\MaxRatioAction=3
Session\\BTProtocol=TCP

[Network]
PortForwardingEnabled=false

[Preferences]
WebUI\\Address=127.0.0.1
WebUI\\Port=${port}
WebUI\\LocalHostAuth=true
WebUI\\HostHeaderValidation=false
WebUI\\Username=${LOGIN.username}
WebUI\\Password_PBKDF2="@ByteArray(${passwordHash(LOGIN.password)})"
`
}

/** As qBittorrent keeps it: salt and key. Since 4.6.1 there is no password to begin with. */
function passwordHash(password: string): string {
  const salt = randomBytes(16)
  return `${salt.toString('base64')}:${pbkdf2Sync(password, salt, 100_000, 64, 'sha512').toString('base64')}`
}
