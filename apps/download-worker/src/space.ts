import { statfs } from 'node:fs/promises'

/** Looks whether the download folder's disk can take what is still to come, beside what other downloads here were promised. */
export interface Space {
  /** Null where there is enough, which is promised to the torrent then; else a sentence for people. */
  take(infoHash: string, bytesToCome: number): Promise<string | null>
  note(infoHash: string, bytesToCome: number): void
  giveBack(infoHash: string): void
}

/** `keepFree` bytes stay free, for whatever else lies on that disk. */
export function createSpace(folder: string, keepFree: number): Space {
  const promised = new Map<string, number>()

  return {
    async take(infoHash, bytesToCome) {
      const { bavail, bsize } = await statfs(folder)
      const others = [...promised].reduce((sum, [other, bytes]) => (other === infoHash ? sum : sum + bytes), 0)
      const lack = lackOf(bytesToCome, bavail * bsize - keepFree - others)
      if (lack === null) promised.set(infoHash, bytesToCome)
      return lack
    },
    note(infoHash, bytesToCome) {
      if (promised.has(infoHash)) promised.set(infoHash, Math.max(0, bytesToCome))
    },
    giveBack: (infoHash) => void promised.delete(infoHash),
  }
}

export function lackOf(bytesToCome: number, available: number): string | null {
  if (bytesToCome <= available || bytesToCome === 0) return null
  return `The download needs ${inMb(bytesToCome)} MB and there are ${inMb(Math.max(0, available))} MB left for it; it goes on when there is space.`
}

export function inMb(bytes: number): number {
  return Math.ceil(bytes / 1e6)
}
