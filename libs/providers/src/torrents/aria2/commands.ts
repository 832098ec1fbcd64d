import { randomBytes } from 'node:crypto'
import { type EventEmitter, once } from 'node:events'
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import { StageError } from '@torrentino/domain'
import { makeMagnet } from '../magnet.js'
import { hostsOnly } from '../shared/hosts-only.js'
import { makeFolder } from '../shared/metadata-store.js'
import { nextStretch } from '../shared/seeding.js'
import { givenOf, type HeldTorrent, isChecking, noteSeeding } from './held-torrent.js'
import { ranges } from './ranges.js'
import { Aria2Refusal, ConnectionLost } from './rpc.js'
import { FileList, STATUS_KEYS, Status, Text } from './schema.js'
import type { Link } from './supervisor.js'

const STATUS_CHANGE_TIMEOUT_MS = 30_000

/** Emits the gid of each notification, so that a change of status is awaited and not polled for. */
export type Notified = EventEmitter

/** Brings aria2 to what we want of the torrent. Safe to repeat, also after a part of it went through. */
export async function apply(held: HeldTorrent, link: Link, notified: Notified): Promise<void> {
  if (held.run !== link.run) forgetRun(held, link.run)
  if (held.removed || held.failure || held.goalReached) return
  if (!held.metadata) return held.heldBack ? release(held, link, notified) : fetchMetadata(held, link)
  if (!held.gid) await addContent(held, link)
  await applySelection(held, link, notified)
  noteSeeding(held)
}

function forgetRun(held: HeldTorrent, run: number): void {
  Object.assign(held, { run, gid: null, started: false })
  noteSeeding(held)
}

export async function tellStatus(link: Link, gid: string): Promise<Status> {
  return link.rpc.call('aria2.tellStatus', [gid, [...STATUS_KEYS, 'bitfield']], Status)
}

/** Takes the torrent out of aria2 and waits until aria2 has let go of its files. */
export async function release(held: HeldTorrent, link: Link, notified: Notified): Promise<void> {
  const { gid } = held
  if (gid === null || held.run !== link.run) return
  await refusable(link.rpc.call('aria2.forceRemove', [gid], Text))
  await refusable(untilStatus(link, gid, notified, ({ status }) => ['removed', 'complete', 'error'].includes(status)))
  await refusable(link.rpc.call('aria2.removeDownloadResult', [gid], Text))
  Object.assign(held, { gid: null, started: false })
  noteSeeding(held)
}

async function fetchMetadata(held: HeldTorrent, link: Link): Promise<void> {
  if (held.gid) return
  await makeFolder(held.folder)
  const magnet = makeMagnet(held.infoHash, undefined, held.trackers)
  // The metadata alone, saved as a file: we read and judge it before any content is fetched.
  await add(held, link, 'aria2.addUri', [[magnet]], { dir: held.folder, 'bt-metadata-only': 'true', 'bt-save-metadata': 'true' })
}

async function addContent(held: HeldTorrent, link: Link): Promise<void> {
  const { meta, torrent } = required(held)
  await makeFolder(held.folder)
  const hasContent = await access(join(held.folder, meta.name)).then(
    () => true,
    () => false,
  )
  const given = givenOf(held)
  const stretch = nextStretch(link.seedGoal, held.demand, given)
  Object.assign(held, { stretch, stretchBegan: given.secs })
  const options = {
    dir: held.folder,
    pause: 'true',
    'seed-ratio': String(stretch.ratio),
    // In minutes; 0 would mean: not at all.
    ...(stretch.secs > 0 ? { 'seed-time': String(stretch.secs / 60) } : {}),
    'check-integrity': String(hasContent),
    // Those that another magnet named; a private torrent is its own tracker's alone.
    ...(meta.private ? {} : { 'bt-tracker': held.trackers.join(',') }),
  }
  await add(held, link, 'aria2.addTorrent', [Buffer.from(torrent).toString('base64'), []], options)
  await checkPlaces(held, link)
}

async function add(held: HeldTorrent, link: Link, method: string, params: unknown[], options: Record<string, string>): Promise<void> {
  // We choose the id, so that no notification can come before we know it.
  const gid = randomBytes(8).toString('hex')
  Object.assign(held, { gid, started: false, appliedSelection: '', last: null, pieces: new Uint8Array(), piecesAt: -1 })
  try {
    await link.rpc.call(method, [...params, { ...options, gid }], Text)
  } catch (error) {
    held.gid = null
    if (!(error instanceof Aria2Refusal)) throw error
    throw new StageError(
      'permanent',
      'torrent_invalid',
      `The torrent engine refused the torrent: ${hostsOnly(error.message.slice(0, 300))}`,
    )
  }
}

/** Whatever aria2 made of the names: it must write where we looked. */
async function checkPlaces(held: HeldTorrent, link: Link): Promise<void> {
  const { files } = required(held).meta
  const places = await link.rpc.call('aria2.getFiles', [held.gid], FileList)
  const agreed = places.length === files.length && files.every((file, index) => isPlace(held.folder, file, places[index]))
  if (!agreed)
    throw new StageError(
      'permanent',
      'torrent_unsafe',
      'The torrent engine reads other file names in the torrent than we do. Choose another release.',
    )
}

function isPlace(folder: string, file: { path: string; size_bytes: number }, place: { path: string; length: number } | undefined): boolean {
  return place !== undefined && place.path === join(folder, file.path) && place.length === file.size_bytes
}

async function applySelection(held: HeldTorrent, link: Link, notified: Notified): Promise<void> {
  const { gid } = held
  const selection = ranges(held.wanted ?? new Set())
  const start = selection !== '' && !held.pausedByUser && !held.heldBack
  if (gid === null || (start === held.started && selection === held.appliedSelection)) return
  if (held.started) {
    const wasChecking = isChecking(await tellStatus(link, gid))
    await link.rpc.call('aria2.forcePause', [gid], Text)
    await untilStatus(link, gid, notified, ({ status }) => status !== 'active' && status !== 'waiting')
    held.started = false
    noteSeeding(held)
    // Its control file is exact, unless the hashing of it was cut short: no need to hash everything again.
    if (!wasChecking) await link.rpc.call('aria2.changeOption', [gid, { 'check-integrity': 'false' }], Text)
  }
  if (!start) return
  await link.rpc.call('aria2.changeOption', [gid, { 'select-file': selection }], Text)
  await link.rpc.call('aria2.unpause', [gid], Text)
  Object.assign(held, { started: true, appliedSelection: selection })
}

async function untilStatus(link: Link, gid: string, notified: Notified, reached: (status: Status) => boolean): Promise<void> {
  const signal = AbortSignal.timeout(STATUS_CHANGE_TIMEOUT_MS)
  while (true) {
    const next = once(notified, gid, { signal })
    next.catch(() => {})
    if (reached(await tellStatus(link, gid))) return
    const lost = link.rpc.closed.then(() => Promise.reject(new ConnectionLost('the connection to aria2 was lost')))
    await Promise.race([next, lost]).catch((error: unknown) => {
      if (error instanceof ConnectionLost) throw error
      throw new StageError('retryable', 'engine_timeout', 'The torrent engine did not pause or remove a torrent in time.')
    })
  }
}

/** What is gone already cannot be removed; that is as good. */
async function refusable(work: Promise<unknown>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!(error instanceof Aria2Refusal)) throw error
  }
}

function required(held: HeldTorrent): NonNullable<HeldTorrent['metadata']> {
  if (!held.metadata) throw new Error('metadata was asked for before it was there')
  return held.metadata
}
