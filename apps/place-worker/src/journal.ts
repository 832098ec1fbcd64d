import { randomUUID } from 'node:crypto'
import type { PlacementJournal } from '@torrentino/media'
import { isInfrastructure } from '@torrentino/pipeline'
import type { PlacementJournals } from '@torrentino/store'
import type { FileLease } from './file-lease.js'

export interface RunJournal extends PlacementJournal {
  clear(): Promise<void>
  /** What kept it from being read or written, where that says nothing of the files: Postgres or Redis is away. */
  fault(): Error | undefined
}

/**
 * The journal of one run in a turn, as the file operations want it; closed to whoever has lost the right to move the files, and
 * to whom somebody came after: a lease may end without a word, when its owner sleeps or Redis is emptied.
 */
export function journalOf(journals: PlacementJournals, turn: { ticketId: string; stageVersion: number }, lease: FileLease): RunJournal {
  const run = { ...turn, run: randomUUID() }
  let taken = false
  let fault: Error | undefined

  async function held<T>(work: () => Promise<T>): Promise<T> {
    try {
      await lease.confirm()
      return await work()
    } catch (error) {
      if (isInfrastructure(error)) fault ??= error
      throw error
    }
  }

  return {
    load: () =>
      held(async () => {
        const rows = await (taken ? journals.load(run) : journals.take(run))
        taken = true
        return rows
      }),
    save: (rows) => held(() => journals.save(run, rows)),
    clear: () => journals.clear(run),
    fault: () => fault,
  }
}
