import type { AddingDeps } from './adding.js'
import { findOurs } from './find-ours.js'
import { isRunning, phaseOf } from './phase.js'

/** What another process had there, which died: qBittorrent knows nothing of that and goes on. */
export async function stopUnheld(infoHash: string, folder: string, deps: AddingDeps): Promise<void> {
  const live = await findOurs(infoHash, folder, deps)
  const phase = phaseOf(live?.state)
  // What is being checked would go on by itself.
  if (live && (isRunning(phase) || phase === 'checking')) await deps.api.stop([live.id])
}
