import { StageError } from '@torrentino/domain'
import { aborted, fileStageError } from '../files/file-errors.js'
import { refuseCaseClashes } from './case-clashes.js'
import { commitFile } from './commit-file.js'
import type { FileAccess } from './file-access.js'
import { factsOrNull } from './file-helpers.js'
import { type FileSystem, nodeFileSystem } from './file-system.js'
import { resolveInsideRoot } from './inside-root.js'
import type { PlacementJournal, PlacementPlan, PlacementRow } from './journal.js'
import { PlacementError } from './placement-error.js'
import { describesPlan, planRows } from './plan-rows.js'
import { requireRoom } from './require-room.js'
import { rollbackAll } from './roll-back-files.js'
import { noGuard, type RootGuard } from './root-guard.js'
import { stageFile } from './stage-file.js'
import { verifyFile } from './verify-file.js'

export interface PlacementOptions {
  fs?: FileSystem
  signal?: AbortSignal
  /** Asked before anything is written, and before anything counts as taken back. */
  guard?: RootGuard
  access?: FileAccess
  /** Sources below it were made for this placement alone: they may become the placed files themselves. */
  workFolder?: string
  /** A last look at the placed file, beyond its size and hash. */
  check?: (row: PlacementRow) => Promise<void>
  /** A file stands at its destination; it may still be rolled back. */
  onPlaced?: (row: PlacementRow) => void
}

interface Placement extends PlacementOptions {
  plan: PlacementPlan
  journal: PlacementJournal
  fs: FileSystem
  guard: RootGuard
}

/**
 * Places all files or none. Carries on from where the journal says that an earlier attempt stopped; whatever fails is rolled
 * back and thrown as a PlacementError. Afterwards the caller commits its own state and then calls finishAll.
 */
export async function placeAll(plan: PlacementPlan, journal: PlacementJournal, options: PlacementOptions = {}): Promise<PlacementRow[]> {
  const placement = { ...options, plan, journal, fs: options.fs ?? nodeFileSystem, guard: options.guard ?? noGuard }
  try {
    await placement.guard(plan.items.map((item) => item.dest))
    const rows = await openRows(placement)
    await stageAll(placement, rows)
    const open = rows.filter((row) => row.status !== 'done')
    await commitAll(placement, open)
    await eachFile(placement, open, (row) => verifyPlaced(placement, row))
    return rows
  } catch (error) {
    throw await rolledBack(placement, error)
  }
}

async function openRows({ plan, journal, fs, guard }: Placement): Promise<PlacementRow[]> {
  const known = await journal.load()
  const carryOn = describesPlan(known, plan.items) && !known.some((row) => row.status === 'rolled_back')
  if (carryOn) return known
  await rollbackAll(journal, fs, guard)
  const rows = await planRows(fs, plan)
  await journal.save(rows)
  return rows
}

async function stageAll(placement: Placement, rows: PlacementRow[]): Promise<void> {
  const { plan, journal, fs, guard, access = {}, workFolder, signal } = placement
  const planned = rows.filter((row) => row.status === 'planned')
  if (planned.length === 0) return
  await inPlace(planned, () => requireRoom(fs, planned))
  await eachFile(placement, planned, async (row) => {
    await guard([row.dest])
    await resolveInsideRoot(row.dest, plan.roots, fs)
    await stageFile(fs, row, { access, workFolder, signal })
    row.hadBackup = (await factsOrNull(fs, row.dest)) !== null
    row.status = 'staged'
  })
  await inPlace(planned, () => refuseCaseClashes(fs, planned))
  await journal.save(planned)
}

/** Rows that are placed already are looked at too: a rollback that was cut short may have taken them back. */
async function commitAll(placement: Placement, open: PlacementRow[]): Promise<void> {
  const { journal, fs, onPlaced = () => {} } = placement
  const fresh = open.filter((row) => row.status === 'staged')
  await eachFile(placement, open, async (row) => {
    await commitFile(fs, row, (changed) => journal.save([changed]))
    row.status = 'placed'
    onPlaced(row)
  })
  if (fresh.length > 0) await journal.save(fresh)
}

async function verifyPlaced({ fs, signal, check }: Placement, row: PlacementRow): Promise<void> {
  await verifyFile(row.dest, row, fs, signal)
  await check?.(row)
}

/** For work on several files at once: what goes wrong is told of the first. */
async function inPlace([row]: PlacementRow[], work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    throw fileStageError(error, row?.dest ?? '')
  }
}

async function eachFile({ signal }: Placement, rows: PlacementRow[], work: (row: PlacementRow) => Promise<void>): Promise<void> {
  for (const row of rows) {
    if (signal?.aborted) throw aborted('Placing')
    try {
      await work(row)
    } catch (error) {
      throw signal?.aborted ? aborted('Placing') : fileStageError(error, row.dest)
    }
  }
}

async function rolledBack({ journal, fs, guard }: Placement, error: unknown): Promise<PlacementError> {
  const cause = asStageError(error)
  try {
    await rollbackAll(journal, fs, guard)
    return new PlacementError(cause, 'rolled_back')
  } catch (rollbackError) {
    return new PlacementError(cause, 'pending', rollbackError)
  }
}

function asStageError(error: unknown): StageError {
  if (error instanceof StageError) return error
  return new StageError('retryable', 'placement_failed', 'Placing failed for a reason that nobody foresaw', { cause: error })
}
