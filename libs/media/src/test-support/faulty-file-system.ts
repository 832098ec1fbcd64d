import { type FileSystem, nodeFileSystem } from '../place/file-system.js'
import type { PlacementJournal, PlacementRow } from '../place/journal.js'

export class Crash extends Error {}

/** Where and how the process fails: operations on files and journal are counted together, from 1. */
export interface Fault {
  at: number
  when: 'before' | 'after'
  /** A crash lets nothing happen afterwards; an error happens once. */
  error: () => Error
  lasts: boolean
}

export interface Injected {
  fs: FileSystem
  journal: PlacementJournal
  /** Whether the fault was reached. */
  struck(): boolean
}

/** Real files and the given journal, failing as told. Without a sync to the disk, which tests do not survive anyway. */
export function inject(journal: PlacementJournal, fault: Fault | null, changes: Partial<FileSystem> = {}): Injected {
  let count = 0
  let struck = false
  const base: FileSystem = { ...nodeFileSystem, syncFile: async () => {}, syncFolder: async () => {}, ...changes }

  function faulty<T extends unknown[], R>(work: (...args: T) => Promise<R>): (...args: T) => Promise<R> {
    return async (...args) => {
      count += 1
      const here = fault !== null && count === fault.at
      if (fault && ((struck && fault.lasts) || (here && fault.when === 'before'))) {
        struck = true
        throw fault.error()
      }
      const outcome = work(...args)
      if (!fault || !here) return outcome
      await outcome.catch(() => undefined)
      struck = true
      throw fault.error()
    }
  }

  const fs: FileSystem = {
    facts: faulty(base.facts),
    realPath: faulty(base.realPath),
    freeBytes: faulty(base.freeBytes),
    namesIn: faulty(base.namesIn),
    hash: faulty(base.hash),
    makeFolder: faulty(base.makeFolder),
    removeFolder: faulty(base.removeFolder),
    link: faulty(base.link),
    clone: faulty(base.clone),
    copy: faulty(base.copy),
    makeEmptyFile: faulty(base.makeEmptyFile),
    setMode: faulty(base.setMode),
    setOwner: faulty(base.setOwner),
    rename: faulty(base.rename),
    remove: faulty(base.remove),
    syncFile: faulty(base.syncFile),
    syncFolder: faulty(base.syncFolder),
  }
  return { fs, journal: { load: faulty(() => journal.load()), save: faulty((rows) => journal.save(rows)) }, struck: () => struck }
}

/** What a table does: hands out copies and keeps copies. */
export function memoryJournal(): PlacementJournal & { rows(): PlacementRow[] } {
  const rows = new Map<string, PlacementRow>()
  const all = () => structuredClone([...rows.values()])
  return {
    rows: all,
    load: async () => all(),
    async save(changed) {
      for (const row of changed) rows.set(row.itemId, structuredClone(row))
    },
  }
}
