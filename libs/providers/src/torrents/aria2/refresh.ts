import { unlink } from 'node:fs/promises'
import { join } from 'node:path'
import { StageError } from '@torrentino/domain'
import { dropMetadata, loadMetadata } from '../shared/metadata-store.js'
import { isGoalMet } from '../shared/seeding.js'
import { apply, type Notified, release, tellStatus } from './commands.js'
import { failureOf } from './failures.js'
import { absorb, givenOf, type HeldTorrent, hasWantedPieces, isChecking, noteSeeding, noteStretchEnd } from './held-torrent.js'
import { Aria2Refusal } from './rpc.js'
import type { Status } from './schema.js'
import type { Link } from './supervisor.js'

/** Asks aria2 how the torrent stands and draws the consequences. Events only say that it is time to ask. */
export async function refresh(held: HeldTorrent, link: Link, notified: Notified): Promise<void> {
  if (held.gid === null || held.run !== link.run || held.removed || held.failure) return
  const status = await tellStatus(link, held.gid).catch(nullIfRefused)
  if (!status) return
  absorb(held, status)
  if (status.status === 'error') return fail(held, failureOf(status), link, notified)
  if (!held.metadata) return takeMetadata(held, status, link, notified)
  if (held.started && !isChecking(status) && hasWantedPieces(held)) held.complete = true
  noteSeeding(held)
  if (status.status === 'complete') await takeSeedingEnd(held, link, notified)
}

export async function fail(held: HeldTorrent, error: StageError, link: Link, notified: Notified): Promise<void> {
  held.failure = error
  await release(held, link, notified)
  // A full disk may have cut it short, and aria2 stumbles over that for ever. Without it what is there is hashed.
  if (held.metadata && error.kind === 'retryable') await unlink(join(held.folder, `${held.metadata.meta.name}.aria2`)).catch(() => {})
}

async function takeMetadata(held: HeldTorrent, { status }: Status, link: Link, notified: Notified): Promise<void> {
  if (status !== 'complete') return
  try {
    held.metadata = await loadMetadata(held.folder, held.infoHash)
    if (!held.metadata)
      throw new StageError('retryable', 'download_failed', 'The torrent engine did not save the metadata. Is the download folder writable?')
  } catch (error) {
    if (!(error instanceof StageError)) throw error
    await dropMetadata(held.folder, held.infoHash)
    return fail(held, error, link, notified)
  }
  await release(held, link, notified)
  held.last = null
  await apply(held, link, notified)
}

/** aria2 stops a torrent at the end of a stretch. Where that is not the goal, or the selection was widened just then, it goes on. */
async function takeSeedingEnd(held: HeldTorrent, link: Link, notified: Notified): Promise<void> {
  if (held.complete) noteStretchEnd(held)
  held.goalReached = held.complete && isGoalMet(link.seedGoal, held.demand, givenOf(held))
  await release(held, link, notified)
  await apply(held, link, notified)
}

function nullIfRefused(error: unknown): null {
  if (error instanceof Aria2Refusal) return null
  throw error
}
