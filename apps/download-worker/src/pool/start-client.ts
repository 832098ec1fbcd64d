import { mkdir, stat } from 'node:fs/promises'
import type { HttpClient, ProcessContext, TorrentClientSettings } from '@torrentino/runtime'
import { openClient } from './open-client.js'
import type { Opened } from './pool.js'
import { createSpace, type Promised } from './space.js'

/** Clients whose folders lie on one disk are promised its space together. */
export function createStarter(ctx: ProcessContext, http: HttpClient): (settings: TorrentClientSettings) => Promise<Opened> {
  const disks = new Map<number, Promised>()
  return async (settings) => {
    const { downloadPath, minFreeBytes } = settings
    await mkdir(downloadPath, { recursive: true })
    const { dev } = await stat(downloadPath)
    const promised: Promised = disks.get(dev) ?? new Map()
    disks.set(dev, promised)
    const client = await openClient(settings, ctx, http)
    return { client, space: createSpace(downloadPath, minFreeBytes, promised) }
  }
}
