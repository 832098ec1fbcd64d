import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Bus } from '@torrentino/bus'
import type { Ticket } from '@torrentino/domain'
import { finishAll, nodeFileSystem, rollbackAll, withPatience } from '@torrentino/media'
import type { Torrents } from '@torrentino/store'
import { withFileLease } from './file-lease.js'
import { journalOf } from './journal.js'
import type { FileDeps } from './place-stage.js'

export interface CleanUpDeps extends FileDeps {
  torrents: Pick<Torrents, 'releaseUses'>
  publish: Bus['publish']
}

// A placement that was cancelled ends within moments; whoever cancelled waits for this.
const PATIENCE_MS = 5000

/**
 * After the end of a ticket: a completed one gives up the files it had set aside, any other gets the destination back as it was.
 * A failed one keeps what was downloaded and converted, so that a retry does not do it again;
 * not so one that nobody waits for.
 */
export function createCleanUp(deps: CleanUpDeps): (ticket: Ticket) => Promise<void> {
  return async (ticket) => {
    const { fs, settled } = withPatience(nodeFileSystem, deps.fileLimitMs)
    const lease = { leases: deps.leases, ticketId: ticket.id, leaseMs: deps.leaseMs, patienceMs: PATIENCE_MS, settled }
    await withFileLease(lease, async (held) => {
      const turn = { ticketId: ticket.id, stageVersion: ticket.stageVersion }
      const journal = journalOf(deps.placement, turn, held)
      await (ticket.state.name === 'completed' ? finishAll : rollbackAll)(journal, fs, deps.guard)
      await journal.clear()
    })
    if (ticket.state.name === 'failed' && !ticket.request.keep_only) return
    await rm(join(deps.workFolder, ticket.id), { recursive: true, force: true })
    for (const infoHash of await deps.torrents.releaseUses(ticket.id)) await deps.publish.hint({ kind: 'review_torrent', infoHash })
  }
}
