import { createHash } from 'node:crypto'
import { StageError } from '@torrentino/domain'
import { limited } from '@torrentino/runtime'
import type { SharedState } from '../indexers/shared-state.js'
import type { CoverSource, CoverWish, FoundImage, ImageCache } from './cover-source.js'

export interface FinderOptions {
  sources: readonly CoverSource[]
  memory: SharedState['memory']
  images: ImageCache
  /** For all sources of one record together. */
  timeoutMs: number
  now?: () => number
}

/** What the sources say, in their order. Never fails: at worst it ends with nothing when its time is up. */
export interface CoverFinder {
  /** The images of the sources that have one, the next asked only when it is wanted. */
  find(wish: CoverWish, signal: AbortSignal): AsyncGenerator<FoundImage>
}

const NOTHING_MS = 6 * 3_600_000
const PAUSE_MS = 60_000

export function createCoverFinder({ sources, memory, images, timeoutMs, now = Date.now }: FinderOptions): CoverFinder {
  const flights = new Map<string, Promise<unknown>>()
  return {
    async *find(wish, signal) {
      const limit = limited(signal, timeoutMs)
      for (const source of sources) {
        if (limit.aborted) break
        const image = await inTurn(`${source.name}-${digest(wish)}`, (key) => kept(key, source, wish, limit, signal)).catch(() => null)
        if (image) yield image
      }
      signal.throwIfAborted()
    },
  }

  /** Of those who want the same at once one asks, and the others find what it found. */
  async function inTurn<T>(key: string, look: (key: string) => Promise<T>): Promise<T> {
    while (flights.has(key)) await flights.get(key)
    const looked = look(key)
    const over = looked.then(
      () => flights.delete(key),
      () => flights.delete(key),
    )
    flights.set(key, over)
    return looked
  }

  async function kept(
    key: string,
    source: CoverSource,
    wish: CoverWish,
    limit: AbortSignal,
    stopped: AbortSignal,
  ): Promise<FoundImage | null> {
    const before = await images.get(key)
    if (before) return { source: source.name, bytes: before }
    const image = await ask(source, wish, limit, stopped)
    if (image) await images.put(key, image.bytes)
    return image
  }

  /** Those that fail are left alone for a while, by all processes; that a source has nothing is remembered, too. */
  async function ask(source: CoverSource, wish: CoverWish, limit: AbortSignal, stopped: AbortSignal): Promise<FoundImage | null> {
    const pause = `cover:pause:${source.name}`
    const nothing = `cover:none:${source.name}:${digest(wish)}`
    const until = Number((await memory.get(pause))?.toString() ?? 0)
    if (until > now() || (await memory.get(nothing)) || limit.aborted) return null
    try {
      const image = await source.find(wish, limit)
      if (!image) await memory.put(nothing, Buffer.from('1'), NOTHING_MS)
      return image
    } catch (error) {
      if (stopped.aborted) return null
      const pauseMs = error instanceof StageError ? (error.retryAfterMs ?? PAUSE_MS) : PAUSE_MS
      await memory.put(pause, Buffer.from(String(now() + pauseMs)), pauseMs)
      return null
    }
  }
}

function digest(wish: CoverWish): string {
  return createHash('sha256').update(JSON.stringify(wish)).digest('base64url').slice(0, 22)
}
