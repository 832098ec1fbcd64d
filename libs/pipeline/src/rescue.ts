import { type QueuedJob, stageJob } from '@torrentino/bus'
import type { ActiveTurn } from '@torrentino/store'
import type { PipelineDeps } from './deps.js'
import { itemJobs } from './next-jobs.js'
import { tellRows } from './tell.js'

const PAGE = 500

/** Tells what a crash between commit and telling left in the outbox. Safe in any number of copies. */
export async function sweepOutbox(deps: PipelineDeps, olderThanMs: number): Promise<number> {
  let told = 0
  for (;;) {
    const olderThan = new Date(deps.now().getTime() - olderThanMs)
    const rows = await deps.store.outbox.sweep(olderThan, PAGE, (some) => tellRows(deps, some))
    told += rows
    if (rows < PAGE) return told
  }
}

/**
 * Hands out again the jobs of every turn that is due and was not touched for a while. A job that still exists has the same id,
 * so it is not doubled; one that is gone (Redis wiped, job lost) comes back.
 */
export async function rescueTurns(deps: PipelineDeps, quietMs: number): Promise<number> {
  const now = deps.now()
  const quietSince = new Date(now.getTime() - quietMs)
  let seen = 0
  let after: string | null = null
  for (;;) {
    const turns: ActiveTurn[] = await deps.store.tickets.activeTurns(after, quietSince, now, PAGE)
    const jobs = (await Promise.all(turns.map((turn) => jobsOf(deps, turn)))).flat()
    if (jobs.length > 0) await deps.bus.jobs.add(jobs)
    seen += turns.length
    after = turns.at(-1)?.id ?? null
    if (turns.length < PAGE) return seen
  }
}

async function jobsOf(deps: PipelineDeps, turn: ActiveTurn): Promise<QueuedJob[]> {
  if (turn.stage !== 'convert') return [stageJob(turn)]
  const [ticket, items] = await Promise.all([deps.store.tickets.find(turn.id), deps.store.items.of(turn.id)])
  const now = deps.now()
  const due = items.filter((item) => item.status === 'waiting' && (!item.dueAt || item.dueAt <= now))
  // All made, but the run that would have ended the turn died: any item's job finds that out.
  const chosen = items.some((item) => item.status === 'waiting') ? due : items.slice(0, 1)
  // Of a ticket that has moved on meanwhile nothing is wanted any more.
  return ticket?.stageVersion === turn.stageVersion && chosen.length > 0 ? itemJobs(ticket, chosen) : []
}
