import type { Ticket } from '@torrentino/domain'
import type { StoredTorrent } from '@torrentino/store'
import type { DownloadDeps } from './download-stage.js'
import type { Home } from './pool/homes.js'
import { reportProgress } from './progress.js'

interface Completion {
  wantedBytes: number
  /** What is to be noted of it. */
  change(before: StoredTorrent | null): Partial<StoredTorrent>
}

/** Until all that is chosen of the torrent is there, with word of how far it is. */
export async function untilComplete(
  ticket: Ticket,
  infoHash: string,
  { member: { client, space } }: Home,
  deps: DownloadDeps,
  signal: AbortSignal,
): Promise<Completion> {
  const report = reportProgress(deps.bus, deps.audit, ticket, deps.actor)
  const { wantedBytes, state } = await client.waitForCompletion(infoHash, {
    signal,
    stallTimeoutMs: deps.stallTimeoutMs,
    onProgress: (progress) => {
      space.note(infoHash, progress.wantedBytes - progress.downloadedBytes)
      report(progress)
    },
  })
  return {
    wantedBytes,
    change: (before) => ({
      status: state === 'complete' || before?.status === 'goal_met' ? 'goal_met' : 'seeding',
      sizeBytes: wantedBytes,
      completedAt: before?.completedAt ?? new Date(),
    }),
  }
}
