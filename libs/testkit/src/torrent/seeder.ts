import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { limited } from '@torrentino/runtime'
import { freePort } from '../servers/port.js'
import type { CreatedTorrent } from './create-torrent-file.js'
import type { Tracker } from './tracker.js'

export interface Seeder {
  port: number
  close(): Promise<void>
}

export interface SeederOptions {
  torrent: Pick<CreatedTorrent, 'bytes' | 'infoHash'>
  /** What holds the torrent's content: the folder in which its name lies. */
  folder: string
  tracker: Tracker
  /** Bytes per second, to hold a transfer in the middle. */
  uploadLimit?: number
  /** Gives whatever lies there, be it right or not. */
  unverified?: boolean
  program?: string
}

/** A peer on loopback that has everything; ready once the tracker knows of it. */
export async function startSeeder({
  torrent,
  folder,
  tracker,
  uploadLimit = 0,
  unverified = false,
  program = 'aria2c',
}: SeederOptions): Promise<Seeder> {
  const port = await freePort()
  const scratch = await mkdtemp(join(tmpdir(), 'torrentino-seeder-'))
  const torrentFile = join(scratch, 'seeded.torrent')
  await writeFile(torrentFile, torrent.bytes)
  const child = spawn(program, argumentsOf({ torrentFile, folder, port, announceUrl: tracker.announceUrl, uploadLimit, unverified }), {
    stdio: ['ignore', 'pipe', 'ignore'],
    env: { PATH: process.env.PATH, HOME: scratch },
  })
  let output = ''
  child.stdout.on('data', (chunk) => {
    output = `${output}${chunk}`.slice(-2000)
  })
  const gone = new AbortController()
  let failure: Error | undefined
  child.once('error', (error) => {
    failure = error
    gone.abort()
  })
  child.once('exit', () => gone.abort())

  async function close(): Promise<void> {
    if (!gone.signal.aborted) {
      const exited = once(child, 'exit')
      // It only reads: nothing is lost when it goes at once.
      child.kill('SIGKILL')
      await exited
    }
    await rm(scratch, { recursive: true, force: true })
  }

  try {
    await tracker.waitForPeer(torrent.infoHash, port, limited(gone.signal, 20_000))
  } catch {
    await close()
    throw new Error(`the seeding peer did not come up: ${output}`, { cause: failure })
  }
  return { port, close }
}

function argumentsOf(options: {
  torrentFile: string
  folder: string
  port: number
  announceUrl: string
  uploadLimit: number
  unverified: boolean
}): string[] {
  return [
    options.torrentFile,
    '--no-conf=true',
    `--stop-with-process=${process.pid}`,
    `--dir=${options.folder}`,
    ...(options.unverified ? ['--bt-seed-unverified=true'] : ['--check-integrity=true', '--bt-hash-check-seed=true']),
    '--allow-overwrite=true',
    '--seed-ratio=0',
    '--interface=127.0.0.1',
    `--listen-port=${options.port}`,
    `--max-upload-limit=${options.uploadLimit}`,
    '--bt-exclude-tracker=*',
    `--bt-tracker=${options.announceUrl}`,
    '--enable-dht=false',
    '--enable-peer-exchange=false',
    '--show-console-readout=false',
    '--summary-interval=0',
    '--console-log-level=warn',
  ]
}
