import { randomUUID } from 'node:crypto'
import { mkdir, rmdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { PostableTicket, Scene } from '../system-tests/support/scenes.js'
import type { Random } from './random.js'

/** What somebody wants: a ticket, and what is peculiar about it. */
export interface Wish {
  key: string
  kind: WishKind
  ticket: PostableTicket
  /** Where a file of somebody else stands before. */
  standing: { path: string; text: string } | null
  /** A folder where a file should go, until somebody takes it away. */
  inTheWay: string | null
  /** Once it was taken in. */
  id: string | null
}

const KINDS = [
  { kind: 'album', weight: 30 },
  { kind: 'tracks', weight: 35 },
  { kind: 'unclear', weight: 10 },
  { kind: 'unknown', weight: 4 },
  { kind: 'dry run', weight: 5 },
  { kind: 'blocked', weight: 6 },
  { kind: 'replacing', weight: 10 },
] as const
export type WishKind = (typeof KINDS)[number]['kind']

const FORMATS = ['ogg_vorbis', 'ogg_vorbis', 'ogg_vorbis', 'opus', 'mp3', 'flac'] as const
const WORDS = ['Dawn', 'Little Ships', 'Detour', 'Rust', 'Farewell']

export async function makeWish(scenes: readonly Scene[], mediaRoot: string, random: Random): Promise<Wish> {
  const { kind } = random.weighted(KINDS)
  const scene = random.pick(scenes)
  const plain = scene.ticket(mediaRoot)
  const format = random.pick(FORMATS)
  const ticket = { ...plain, ...changeFor(kind, plain, random), constraints: { format, embed_cover: random.chance(0.3) } }
  const first = ticket.tracks[0]?.dest_path ?? ''
  const standing = kind === 'replacing' ? { path: first, text: `stood here before ${ticket.ticket_id}` } : null
  if (standing) await put(standing.path, standing.text)
  if (kind === 'blocked') await mkdir(first, { recursive: true })
  return { key: randomUUID(), kind, ticket, standing, inTheWay: kind === 'blocked' ? first : null, id: null }
}

export async function clearTheWay(wish: Wish): Promise<void> {
  if (wish.inTheWay) await rmdir(wish.inTheWay)
  wish.inTheWay = null
}

function changeFor(kind: WishKind, plain: PostableTicket, random: Random): Partial<PostableTicket> {
  switch (kind) {
    case 'album':
    case 'blocked':
      return {}
    case 'tracks':
    case 'replacing':
      return someTracks(plain, random)
    case 'unclear':
      return { tracks: plain.tracks.map((track, index) => ({ ...track, name: `${WORDS[index % WORDS.length]} ${random.below(1000)}` })) }
    case 'unknown':
      return { search: { artist: `Nobody Whatsoever ${random.below(1000)}` } }
    case 'dry run':
      return { dry_run: true }
  }
}

function someTracks(plain: PostableTicket, random: Random): Partial<PostableTicket> {
  const from = random.below(plain.tracks.length)
  const tracks = plain.tracks.slice(from, from + 1 + random.below(2))
  return { tracks, images: [], request_scope: 'individual_tracks' }
}

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true })
  await writeFile(path, text)
}
