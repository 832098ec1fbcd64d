import { readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isTerminal, type Ticket } from '@torrentino/domain'
import type { Store } from '@torrentino/store'

const TICKET_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** What runs left that were killed, or stood still, while the clean-up of their ticket went by. Answers with the tickets. */
export async function sweepWork(folder: string, tickets: Pick<Store['tickets'], 'find'>, signal: AbortSignal): Promise<string[]> {
  const swept: string[] = []
  // Nothing was converted yet, where there is no folder.
  const names = await readdir(folder).catch((error) => (error.code === 'ENOENT' ? [] : Promise.reject(error)))
  for (const id of names.filter((name) => TICKET_ID.test(name))) {
    if (signal.aborted) break
    const ticket = await tickets.find(id)
    if (!ticket || !isCleanedUp(ticket)) continue
    await rm(join(folder, id), { recursive: true, force: true })
    swept.push(id)
  }
  return swept
}

/** A failed one keeps what was made for a retry. */
function isCleanedUp({ state, stage }: Ticket): boolean {
  return isTerminal(state.name) && state.name !== 'failed' && stage === null
}
