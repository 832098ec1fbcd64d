import { statfs } from 'node:fs/promises'
import { setTimeout as pause } from 'node:timers/promises'
import type { Metrics } from '@torrentino/runtime'

interface Room {
  folder: string
  disk_size_bytes: number
  disk_free_bytes: number
}

/** The disks of these folders. One that is not there, or whose volume does not answer, has no numbers. */
export function watchDisks({ watch }: Pick<Metrics, 'watch'>, folders: readonly string[], limitMs = 1000): void {
  const look = createLook(limitMs)
  watch({
    gauges: { disk_size_bytes: 'Size of the disk that the folder is on', disk_free_bytes: 'What of it is free for us' },
    labels: ['folder'],
    read: async () => (await Promise.all([...new Set(folders)].map(look))).filter((room) => room !== undefined),
  })
}

/** Nothing can stop a look at a dead mount, and the process has few threads for files: while one goes on, there is no other. */
function createLook(limitMs: number): (folder: string) => Promise<Room | undefined> {
  const looks = new Map<string, Promise<Room | undefined>>()
  return (folder) => {
    if (!looks.has(folder))
      looks.set(
        folder,
        roomOf(folder).finally(() => looks.delete(folder)),
      )
    return Promise.race([looks.get(folder), pause(limitMs, undefined, { ref: false })])
  }
}

async function roomOf(folder: string): Promise<Room | undefined> {
  const found = await statfs(folder).catch(() => undefined)
  return found && { folder, disk_size_bytes: found.blocks * found.bsize, disk_free_bytes: found.bavail * found.bsize }
}
