import { nothingLeft } from './check-leftovers.js'
import { faultsOfCompleted } from './check-ticket.js'
import type { TestSystem } from './test-system.js'

/** Waits until the tickets are completed and nothing is left of the work on them, then looks at each: a fault in any fails the test. */
export async function arriveOnce(it: TestSystem, ticketIds: string[], timeoutMs?: number): Promise<void> {
  await Promise.all(ticketIds.map((id) => it.completed(id, timeoutMs)))
  await nothingLeft(it)
  const faults = await Promise.all(ticketIds.map((id) => faultsOfCompleted(it, id)))
  if (faults.flat().length > 0) throw new Error(faults.flat().join('\n'))
}
