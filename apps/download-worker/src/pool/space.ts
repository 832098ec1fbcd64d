import { stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import type { TorrentFileStatus } from '@torrentino/providers'

/** Looks whether a disk can take what is still to come, beside what other downloads of this process were promised there. */
export interface Space {
  /** Null where there is enough, which is promised to the torrent then; else a sentence for people. */
  take(infoHash: string, bytesToCome: number): Promise<string | null>
  note(infoHash: string, bytesToCome: number): void
  /** Once for each that was promised something of this torrent. */
  giveBack(infoHash: string): void
  /** Bytes that may still be promised. */
  left(): Promise<number>
}

/** What was promised to whom; of clients that share a disk it is one. */
export type Promised = Map<string, { bytes: number; holders: number }>

/** `keepFree` bytes stay free, for whatever else lies on that disk. */
export function createSpace(folder: string, keepFree: number, promised: Promised = new Map()): Space {
  async function leftFor(infoHash?: string): Promise<number> {
    const { bavail, bsize } = await statfs(folder)
    const others = [...promised].reduce((sum, [other, { bytes }]) => (other === infoHash ? sum : sum + bytes), 0)
    return bavail * bsize - keepFree - others
  }

  return {
    async take(infoHash, bytesToCome) {
      const lack = lackOf(bytesToCome, await leftFor(infoHash))
      if (lack === null) promised.set(infoHash, { bytes: bytesToCome, holders: (promised.get(infoHash)?.holders ?? 0) + 1 })
      return lack
    },
    note(infoHash, bytesToCome) {
      const promise = promised.get(infoHash)
      if (promise) promise.bytes = Math.max(0, bytesToCome)
    },
    giveBack(infoHash) {
      const promise = promised.get(infoHash)
      if (promise && --promise.holders === 0) promised.delete(infoHash)
    },
    left: () => leftFor(),
  }
}

/**
 * What these files still take of the disk. An engine that was just started may not have looked yet at what it loaded before: what is
 * allocated there is not taken again.
 */
export async function bytesToCome(folder: string, files: readonly TorrentFileStatus[]): Promise<number> {
  let sum = 0
  for (const { path, size_bytes, progress_pct } of files) {
    const allocated = await stat(join(folder, path)).then(
      ({ blocks }) => blocks * 512,
      () => 0,
    )
    sum += Math.max(0, size_bytes - Math.max(allocated, (size_bytes * progress_pct) / 100))
  }
  return sum
}

export function lackOf(bytesToCome: number, available: number): string | null {
  if (bytesToCome <= available || bytesToCome === 0) return null
  return `The download needs ${inMb(bytesToCome)} MB and there are ${inMb(Math.max(0, available))} MB left for it; it goes on when there is space.`
}

export function inMb(bytes: number): number {
  return Math.ceil(bytes / 1e6)
}
