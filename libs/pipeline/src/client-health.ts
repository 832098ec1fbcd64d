import type { Bus } from '@torrentino/bus'
import { TorrentClientHealth } from '@torrentino/domain'

/** As the worker saw it that told last; an aria2 is a child of each worker. */
export async function noteClientHealth(
  { memory }: Pick<Bus, 'memory'>,
  name: string,
  health: TorrentClientHealth,
  ttlMs: number,
): Promise<void> {
  await memory.put(keyOf(name), Buffer.from(JSON.stringify(health)), ttlMs)
}

/** Null where no worker told of it lately. */
export async function readClientHealth({ memory }: Pick<Bus, 'memory'>, name: string): Promise<TorrentClientHealth | null> {
  const noted = await memory.get(keyOf(name))
  return noted === null ? null : (TorrentClientHealth.safeParse(JSON.parse(noted.toString())).data ?? null)
}

function keyOf(name: string): string {
  return `torrent-client:${name}`
}
