import { statfs } from 'node:fs/promises'

/** Looks whether a disk can take what is still to come, beside what other downloads of this process were promised there. */
export interface Space {
  /** Null where there is enough, which is promised to the torrent then; else a sentence for people. */
  take(infoHash: string, bytesToCome: number): Promise<string | null>
  note(infoHash: string, bytesToCome: number): void
  giveBack(infoHash: string): void
  /** Bytes that may still be promised. */
  left(): Promise<number>
}

/** What was promised to whom; of clients that share a disk it is one. */
export type Promised = Map<string, number>

/** `keepFree` bytes stay free, for whatever else lies on that disk. */
export function createSpace(folder: string, keepFree: number, promised: Promised = new Map()): Space {
  async function leftFor(infoHash?: string): Promise<number> {
    const { bavail, bsize } = await statfs(folder)
    const others = [...promised].reduce((sum, [other, bytes]) => (other === infoHash ? sum : sum + bytes), 0)
    return bavail * bsize - keepFree - others
  }

  return {
    async take(infoHash, bytesToCome) {
      const lack = lackOf(bytesToCome, await leftFor(infoHash))
      if (lack === null) promised.set(infoHash, bytesToCome)
      return lack
    },
    note(infoHash, bytesToCome) {
      if (promised.has(infoHash)) promised.set(infoHash, Math.max(0, bytesToCome))
    },
    giveBack: (infoHash) => void promised.delete(infoHash),
    left: () => leftFor(),
  }
}

export function lackOf(bytesToCome: number, available: number): string | null {
  if (bytesToCome <= available || bytesToCome === 0) return null
  return `The download needs ${inMb(bytesToCome)} MB and there are ${inMb(Math.max(0, available))} MB left for it; it goes on when there is space.`
}

export function inMb(bytes: number): number {
  return Math.ceil(bytes / 1e6)
}
