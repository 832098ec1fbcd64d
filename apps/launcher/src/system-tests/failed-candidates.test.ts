import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { cp, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { findProgram } from '@torrentino/runtime'
import {
  type Album,
  albumTicket,
  createTorrentFile,
  makeAlbum,
  startBrokenTracker,
  startSeeder,
  startTorznab,
  startTracker,
  type Tracker,
  waitFor,
} from '@torrentino/testkit'
import { faultsOfCompleted, faultsOfHistory } from './support/check-ticket.js'
import { processesOf } from './support/processes.js'
import { startTestSystem, type TestSystem } from './support/test-system.js'

const run = promisify(execFile)
const closing: (() => Promise<unknown>)[] = []
let it: TestSystem
let album: Album
let disc: Album
let ffmpeg: string
let root: string
let tracker: Tracker
const hashes: Record<string, string> = {}

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'torrentino-trouble-'))
  closing.push(() => rm(root, { recursive: true, force: true }))
  ffmpeg = await findProgram('ffmpeg')
  album = await makeAlbum({ parent: root, ffmpeg, names: ['First Light', 'Paper Boats'], durationSecs: 2 })
  disc = await makeAlbum({ parent: root, ffmpeg, artist: 'Harbour Trio', names: ['Salt and Copper', 'Low Water', 'Rope'], durationSecs: 2 })
  tracker = await startTracker()
  closing.push(() => tracker.close())
  const broken = await startBrokenTracker({ body: '<!DOCTYPE html><html><body>Please log in</body></html>' })
  closing.push(() => broken.close())
  const torznab = await startTorznab({
    items: [
      await offered('spoiled', 50, { spoil: (folder) => spoil(folder), seeded: true }),
      await offered('armed', 40, { spoil: (folder) => writeFile(join(folder, 'player.exe'), 'MZ'), beforehand: true, seeded: true }),
      await offered('misled', 35, { announceUrl: broken.announceUrl }),
      await offered('forsaken', 30, {}),
      await offered('sound', 5, { seeded: true }),
      await offered('whole', 5, { of: disc, spoil: asOneFile, beforehand: true, seeded: true }),
    ],
  })
  closing.push(() => torznab.close())
  const indexer = { name: 'loopback', url: torznab.url, api_key: 'a key', timeout_secs: 60 }
  it = await startTestSystem({
    scenes: [],
    env: { SEARCHER_INDEXERS: JSON.stringify([indexer]), TORRENT_STALL_TIMEOUT_SECS: '2' },
  })
  closing.push(() => it.stop())
})
afterAll(async () => {
  for (const close of closing.splice(0).reverse()) await close()
  expect(await processesOf(root)).toEqual([])
})

interface Offered {
  of?: Album
  spoil?: (folder: string) => Promise<unknown>
  beforehand?: boolean
  seeded?: boolean
  announceUrl?: string
}

/** A torrent of the album as one of several releases; what is done to its files is done before or after they were hashed. */
async function offered(
  name: string,
  seeders: number,
  { of = album, spoil, beforehand = false, seeded = false, announceUrl = tracker.announceUrl }: Offered,
) {
  const home = join(root, name)
  const folder = join(home, basename(of.folder))
  await mkdir(home)
  await cp(of.folder, folder, { recursive: true })
  if (beforehand) await spoil?.(folder)
  const torrent = await createTorrentFile(folder, { trackers: [announceUrl], source: randomUUID() })
  if (!beforehand) await spoil?.(folder)
  if (seeded) {
    const seeder = await startSeeder({ torrent, folder: home, tracker, unverified: spoil !== undefined && !beforehand })
    closing.push(() => seeder.close())
  }
  hashes[name] = torrent.infoHash
  const sizeBytes = torrent.files.reduce((sum, file) => sum + file.size_bytes, 0)
  const title = `${of.artist} - ${of.album} (${of.year}) [FLAC] [${name}]`
  return { title, sizeBytes, seeders, leechers: 1, torrentFile: torrent.bytes, infoHash: torrent.infoHash }
}

/** Of the same size, with other bytes. */
async function spoil(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const path = join(folder, name)
    await writeFile(path, Buffer.alloc((await stat(path)).size, 7))
  }
}

test('a peer with wrong bytes, a program among the files, a tracker that knows nobody, a torrent without a seeder: the fifth completes by itself, and the history tells why', async () => {
  const id = randomUUID()
  await it.post({ ticket_id: id, ...albumTicket(album, join(it.folders.media, id)) })
  const ticket = await it.completed(id)

  const failed = ticket.history.filter(({ cause }) => cause === 'candidate_failed')
  expect(failed.map(({ to, details }) => [to, (details.failed_candidate as { info_hash: string; code: string }).code])).toEqual([
    ['auto_approved', 'download_stalled'],
    ['auto_approved', 'dangerous_files'],
    ['auto_approved', 'download_stalled'],
    ['auto_approved', 'download_stalled'],
  ])
  expect(failed.map(({ reason }) => reason)).toEqual([
    expect.stringContaining('got no data for 2 s'),
    expect.stringContaining('player.exe'),
    expect.stringContaining('got no data for 2 s'),
    expect.stringContaining('got no data for 2 s'),
  ])
  expect(ticket.blocklist.map(({ info_hash }) => info_hash)).toEqual([hashes.spoiled, hashes.armed, hashes.misled, hashes.forsaken])
  const { entries } = await it.client.audit({ ticket_id: id, event_type: 'CandidateBlocked' })
  expect(entries).toHaveLength(4)
  expect(await faultsOfHistory(it.store, id)).toEqual([])
  // What was fetched of them is gone; what was completed is seeded.
  await waitFor('the clean-up', async () => (await it.store.torrents.withStatus('downloading')).length === 0)
  const kept = await readdir(it.folders.downloads)
  expect(Object.keys(hashes).filter((name) => kept.includes(hashes[name] ?? ''))).toEqual(['sound'])
})

/** The tracks behind each other, and a sheet that says where each begins. */
async function asOneFile(folder: string): Promise<void> {
  const paths = disc.tracks.map((track) => join(folder, track.fileName))
  const inputs = paths.flatMap((path) => ['-i', path])
  await run(ffmpeg, ['-v', 'error', ...inputs, '-filter_complex', `concat=n=${paths.length}:v=0:a=1`, join(folder, 'disc.flac')])
  await Promise.all(paths.map((path) => rm(path)))
  let start = 0
  const lines = disc.tracks.flatMap(({ number, name, durationSecs }) => {
    const index = `00:${String(start).padStart(2, '0')}:00`
    start += durationSecs
    return [`  TRACK ${number} AUDIO`, `    TITLE "${name}"`, `    INDEX 01 ${index}`]
  })
  await writeFile(join(folder, 'disc.cue'), ['FILE "disc.flac" WAVE', ...lines, ''].join('\n'))
}

async function soundOf(path: string): Promise<string> {
  return (await run(ffmpeg, ['-v', 'error', '-i', path, '-map', '0:a', '-f', 'hash', '-'])).stdout
}

test('a disc in one file waits for a human, and is then cut to the sample into the tracks that were asked for', async () => {
  const id = randomUUID()
  const ticket = { ticket_id: id, ...albumTicket(disc, join(it.folders.media, id)) }
  const tracks = ticket.tracks.map((track) => ({ ...track, dest_path: track.dest_path.replace(/\.\w+$/, '.flac') }))
  await it.post({ ...ticket, tracks, constraints: { ...ticket.constraints, format: 'flac' } })
  await it.until(id, ['needs_approval'])
  await it.client.approve(id)
  await it.completed(id)

  expect(await faultsOfCompleted(it, id)).toEqual([])
  const made = await Promise.all(tracks.map((track) => soundOf(track.dest_path)))
  expect(made).toEqual(await Promise.all(disc.tracks.map((track) => soundOf(join(disc.folder, track.fileName)))))
})
