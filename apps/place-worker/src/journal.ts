import type { PlacementJournal } from '@torrentino/media'
import type { PlacementJournals } from '@torrentino/store'

/** The journal of one ticket, as the file operations want it. */
export function journalOf(journals: PlacementJournals, ticketId: string): PlacementJournal {
  return {
    load: () => journals.load(ticketId),
    save: (rows) => journals.save(ticketId, rows),
  }
}
