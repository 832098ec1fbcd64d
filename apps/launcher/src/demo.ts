import { randomBytes } from 'node:crypto'
import { mkdir, rm, stat } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { type Client, createClient } from '@torrentino/client'
import type { ClientMessage, StateName } from '@torrentino/domain'
import { findProgram } from '@torrentino/runtime'
import { type Album, albumTicket, makeAlbum, type Offer, offerAlbum } from '@torrentino/testkit'
import { demoSettings } from './demo/demo-settings.js'
import { clearLine, oneLine } from './demo/one-line.js'
import { createProgress } from './demo/progress.js'
import { printReport } from './demo/report.js'
import { createTrouble } from './demo/trouble.js'
import { runWithSystem, untilInterrupted } from './run.js'
import type { System } from './system.js'
import { UserError } from './user-error.js'

const FOLDER = resolve(process.env.DEMO_FOLDER ?? '.data/demo')
// Slow enough to be watched, quick enough not to bore.
const UPLOAD_BYTES_PER_SECOND = 3_000_000
const END_STATES: StateName[] = ['completed', 'failed', 'search_failed', 'needs_approval', 'rejected', 'cancelled']

const keep = process.argv.includes('--keep')
const say = (text: string) => console.log(text)

async function main(): Promise<never> {
  const programs = {
    ffmpeg: await findProgram('ffmpeg', process.env.CONVERTER_FFMPEG_PATH ?? ''),
    ffprobe: await findProgram('ffprobe', process.env.CONVERTER_FFPROBE_PATH ?? ''),
    aria2: await findProgram('aria2c', process.env.TORRENT_ARIA2_PATH ?? ''),
  }
  const media = join(FOLDER, 'media')
  await mkdir(media, { recursive: true })
  const album = await ownAlbum(programs.ffmpeg)
  const offer = await offerAlbum(album, { uploadLimit: UPLOAD_BYTES_PER_SECOND, aria2: programs.aria2, fresh: true })
  const token = randomBytes(24).toString('base64url')
  const trouble = createTrouble()
  say('starting PostgreSQL, Redis and the seven processes of the system ...')
  const env = demoSettings({ token, media, offer })
  return runWithSystem({ dataFolder: FOLDER, env, onLog: trouble.onLog, onProgress: oneLine(process.stdout) }, async (system, signal) => {
    try {
      const code = await watchTicket(system, album, offer, { token, media, ffprobe: programs.ffprobe, signal })
      if (code !== 0) trouble.print()
      if (keep && !signal.aborted) await stayUp(system, token, signal)
      return code
    } finally {
      await offer.close()
    }
  })
}

/** Made once: the next demo is at work at once. */
async function ownAlbum(ffmpeg: string): Promise<Album> {
  const parent = join(FOLDER, 'source')
  const made = join(parent, '.made')
  const fresh = await stat(made).then(
    () => false,
    () => true,
  )
  if (fresh) say('synthesising an album of five tracks ...')
  const album = await makeAlbum({ parent, ffmpeg, reuse: !fresh })
  await mkdir(made, { recursive: true })
  return album
}

interface Watch {
  token: string
  media: string
  ffprobe: string
  signal: AbortSignal
}

async function watchTicket(system: System, album: Album, offer: Offer, { token, media, ffprobe, signal }: Watch): Promise<number> {
  const client = createClient({ baseUrl: new URL(system.urls.api).origin, token })
  const destination = join(media, album.artist, `${album.album} (${album.year})`)
  await rm(destination, { recursive: true, force: true })
  const ticket = albumTicket(album, destination)
  const progress = createProgress(process.stdout, ticket.tracks)
  const ended = new AbortController()
  const following = follow(client, progress.onMessage, AbortSignal.any([signal, ended.signal]))
  const { ticket_id } = await Promise.race([
    client.createTicket(ticket),
    following.then(() => Promise.reject(new UserError('interrupted'))),
  ])
  clearLine(process.stdout)
  say(`\nposted ticket ${ticket_id}: ${album.artist} - ${album.album}, ${ticket.tracks.length} tracks and a cover\n`)
  const end = await client.waitForTicket(ticket_id, { until: END_STATES, signal })
  ended.abort()
  await following
  progress.close()
  if (end.state !== 'completed') {
    const { error, reason } = end.details as { error?: string; reason?: unknown }
    throw new UserError(`the ticket ended in ${end.state}: ${error ?? JSON.stringify(reason ?? {})}`)
  }
  await printReport(await client.getTicket(ticket_id), {
    ffprobe,
    apiUrl: system.urls.api,
    folder: destination,
    searches: offer.searches(),
  })
  return 0
}

async function follow(client: Client, onMessage: (message: ClientMessage) => void, signal: AbortSignal): Promise<void> {
  await client.stream({ onMessage, signal }).catch((error) => {
    if (!signal.aborted) throw error
  })
}

async function stayUp(system: System, token: string, signal: AbortSignal): Promise<void> {
  say(`\nthe system stays up; stop it with Ctrl-C\n  curl -H 'Authorization: Bearer ${token}' ${system.urls.api}/tickets\n`)
  await untilInterrupted(system, signal)
}

main().catch((error: unknown) => {
  console.error(error instanceof UserError ? error.message : error)
  process.exit(1)
})
