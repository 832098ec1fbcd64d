import type { Ticket } from '@torrentino/domain'
import type { WaitForCompletionOptions } from '@torrentino/providers'
import type { DownloadDeps } from './download-stage.js'
import type { Home } from './pool/homes.js'
import { reportProgress } from './progress.js'

/** Until all that is chosen of the torrent is there, or those files of it, with word of how far it is. Answers how much is chosen. */
export async function untilComplete(
  ticket: Ticket,
  infoHash: string,
  { member: { client, space } }: Home,
  deps: DownloadDeps,
  { signal, indexes }: Pick<WaitForCompletionOptions, 'signal' | 'indexes'>,
): Promise<number> {
  const report = reportProgress(ticket, deps)
  const { wantedBytes } = await client.waitForCompletion(infoHash, {
    signal,
    stallTimeoutMs: deps.stallTimeoutMs,
    indexes,
    onProgress: (progress) => {
      space.note(infoHash, progress.wantedBytes - progress.downloadedBytes)
      report(progress)
    },
  })
  return wantedBytes
}

/**
 * It owes its share from now on. As seeding counts only what is whole of all that is wanted: another ticket may have come to want more.
 * False where these files are not whole after all.
 */
export function noteComplete(
  infoHash: string,
  paths: readonly string[],
  { member: { client } }: Home,
  { torrents, holdings }: Pick<DownloadDeps, 'torrents' | 'holdings'>,
): Promise<boolean> {
  return holdings.exclusively(infoHash, async () => {
    const files = (await client.getFiles(infoHash)) ?? []
    const whole = new Set(files.filter(({ progress_pct }) => progress_pct >= 100).map(({ path }) => path))
    if (!paths.every((path) => whole.has(path))) return false
    const [before, progress] = [await torrents.find(infoHash), await client.getProgress(infoHash)]
    const wanted = [...new Set([...(before?.wanted ?? []), ...paths])]
    const status = progress?.state === 'complete' || before?.status === 'goal_met' ? 'goal_met' : 'seeding'
    await torrents.update(infoHash, { wanted, sizeBytes: progress?.wantedBytes, completedAt: before?.completedAt ?? new Date() })
    if (wanted.every((path) => whole.has(path))) await torrents.updateStatus(infoHash, status, ['downloading', 'seeding', 'goal_met'])
    return true
  })
}
