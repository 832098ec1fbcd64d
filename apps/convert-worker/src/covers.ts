import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Ticket } from '@torrentino/domain'
import { checkImage, extractEmbeddedCover, type ImageOptions, type UsableImage } from '@torrentino/media'
import type { CoverFinder, CoverWish, FoundImage } from '@torrentino/providers'

export interface Cover {
  path: string
  /** Who had it: a source outside, `folder` or `embedded`. */
  source: string
}

export interface CoverDeps {
  finder: CoverFinder
  workFolder: string
  /** Fewer pixels to a side are taken only where there is nothing better. */
  minSide: number
}

interface Sized extends Cover {
  side: number
}

/** For each track and image of a ticket: sources outside first, then the torrent's folder, then the track's own tags. */
export interface Covers {
  for(ticket: Ticket, side: CoverWish['side'], own: { sourcePath: string; scratch: string }, options: ImageOptions): Promise<Cover | null>
}

const REMEMBERED_TICKETS = 200

export function createCovers(deps: CoverDeps): Covers {
  const shared = new Map<string, Promise<Sized | null>>()
  return {
    async for(ticket, side, { sourcePath, scratch }, options) {
      const ofAll = await sharedBy(ticket, side, options)
      if (side === 'back' || (ofAll && ofAll.side >= deps.minSide)) return ofAll
      const own = await sized({ path: scratch, source: 'embedded' }, extractEmbeddedCover(sourcePath, scratch, options))
      return larger(ofAll, own)
    },
  }

  /** What all tracks of a ticket have in common is looked for once in a process, and stays in the ticket's folder. */
  async function sharedBy(ticket: Ticket, side: CoverWish['side'], options: ImageOptions): Promise<Sized | null> {
    const key = `${ticket.id}/${ticket.stageVersion}/${side}`
    const before = shared.get(key)
    const known = await before?.catch(() => null)
    if (known === null || (known && (await exists(known.path)))) return known
    // Of those who find it gone together, one looks again.
    if (shared.get(key) === before) remember(key, look(ticket, side, options))
    return (await shared.get(key)) ?? null
  }

  function remember(key: string, looked: Promise<Sized | null>): void {
    shared.set(key, looked)
    // Stopped with the job that looked for it: the next one looks again.
    looked.catch(() => shared.delete(key))
    for (const old of [...shared.keys()].slice(0, -REMEMBERED_TICKETS)) shared.delete(old)
  }

  async function look(ticket: Ticket, side: CoverWish['side'], options: ImageOptions): Promise<Sized | null> {
    let best: Sized | null = null
    for await (const candidate of candidates(ticket, side, options.signal ?? new AbortController().signal)) {
      best = larger(best, await sized(candidate, checkImage(candidate.path, options)))
      if (best && best.side >= deps.minSide) break
    }
    return best
  }

  async function* candidates(ticket: Ticket, side: CoverWish['side'], signal: AbortSignal): AsyncGenerator<Cover> {
    for await (const image of deps.finder.find(wishOf(ticket, side), signal)) yield await kept(ticket, side, image)
    const { cover } = ticket.work.download ?? {}
    if (side === 'front' && cover !== undefined) yield { path: cover, source: 'folder' }
  }

  /** Two processes may write it at once: each its own piece, and the last one stays. */
  async function kept({ id }: Ticket, side: string, { source, bytes }: FoundImage): Promise<Cover> {
    const folder = join(deps.workFolder, id)
    const path = join(folder, `${side}-${source}.image`)
    const part = `${path}.${process.pid}.part`
    await mkdir(folder, { recursive: true })
    await writeFile(part, bytes)
    await rename(part, path)
    return { path, source }
  }
}

async function sized(cover: Cover, looked: Promise<UsableImage | null>): Promise<Sized | null> {
  const image = await looked
  if (image) return { ...cover, side: Math.min(image.width, image.height) }
  if (cover.source !== 'folder') await rm(cover.path, { force: true })
  return null
}

function larger(one: Sized | null, other: Sized | null): Sized | null {
  if (!one || !other) return one ?? other
  return other.side > one.side ? other : one
}

function wishOf({ request: { search, metadata_to_embed: embed } }: Ticket, side: CoverWish['side']): CoverWish {
  return {
    side,
    artist: embed.album_artist ?? embed.artist ?? search.artist,
    album: embed.album ?? search.album,
    musicBrainzRelease: embed.musicbrainz_release_id,
    musicBrainzReleaseGroup: embed.musicbrainz_release_group_id,
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
