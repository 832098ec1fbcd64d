import type { PlacementJournal } from '@torrentino/media'
import type { PlacementJournals, PlacementTurn } from '@torrentino/store'
import type { FileLease } from './file-lease.js'

/** The journal of one turn, as the file operations want it; closed to whoever has lost the right to move the files. */
export function journalOf(journals: PlacementJournals, turn: PlacementTurn, lease: FileLease): PlacementJournal {
  return {
    async load() {
      await lease.confirm()
      return journals.load(turn)
    },
    async save(rows) {
      await lease.confirm()
      await journals.save(turn, rows)
    },
  }
}
