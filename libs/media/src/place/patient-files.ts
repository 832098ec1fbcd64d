import type { FileSystem, Watch } from './file-system.js'
import { mountSilent } from './within-limit.js'

export interface PatientFiles {
  fs: FileSystem
  /** Resolves when nothing is under way any more. */
  settled(): Promise<void>
}

/**
 * File operations that are waited for only so long as they do something. One that was given up may still happen at any time, so
 * until it has ended no other is begun: what follows would not know what it finds.
 */
export function withPatience(base: FileSystem, limitMs: number): PatientFiles {
  const late = new Set<Promise<unknown>>()

  async function limited<T>(path: string, start: (onData: () => void) => Promise<T>): Promise<T> {
    if (late.size > 0) throw mountSilent(path, limitMs)
    let timer: NodeJS.Timeout | undefined
    const silence = new Promise<'silent'>((resolve) => {
      timer = setTimeout(resolve, limitMs, 'silent')
    })
    const work = start(() => timer?.refresh())
    const end = work.then(
      () => 'ended' as const,
      () => 'ended' as const,
    )
    const first = await Promise.race([end, silence])
    clearTimeout(timer)
    if (first === 'ended') return work
    late.add(end)
    void end.then(() => late.delete(end))
    throw mountSilent(path, limitMs)
  }

  const watching = (watch: Watch | undefined, onData: () => void): Watch => ({
    ...watch,
    onData: () => {
      onData()
      watch?.onData?.()
    },
  })

  const fs: FileSystem = {
    facts: (path) => limited(path, () => base.facts(path)),
    realPath: (path) => limited(path, () => base.realPath(path)),
    freeBytes: (folder) => limited(folder, () => base.freeBytes(folder)),
    namesIn: (folder) => limited(folder, () => base.namesIn(folder)),
    hash: (path, watch) => limited(path, (onData) => base.hash(path, watching(watch, onData))),
    makeFolder: (path) => limited(path, () => base.makeFolder(path)),
    removeFolder: (path) => limited(path, () => base.removeFolder(path)),
    link: (existing, path) => limited(path, () => base.link(existing, path)),
    clone: (existing, path) => limited(path, () => base.clone(existing, path)),
    copy: (existing, path, watch) => limited(path, (onData) => base.copy(existing, path, watching(watch, onData))),
    makeEmptyFile: (path) => limited(path, () => base.makeEmptyFile(path)),
    setMode: (path, mode) => limited(path, () => base.setMode(path, mode)),
    setOwner: (path, owner, group) => limited(path, () => base.setOwner(path, owner, group)),
    rename: (from, to) => limited(to, () => base.rename(from, to)),
    remove: (path) => limited(path, () => base.remove(path)),
    syncFile: (path) => limited(path, () => base.syncFile(path)),
    syncFolder: (path) => limited(path, () => base.syncFolder(path)),
  }
  return {
    fs,
    async settled() {
      while (late.size > 0) await Promise.all(late)
    },
  }
}
