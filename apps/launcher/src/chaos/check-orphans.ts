import { readdir } from 'node:fs/promises'
import { waitFor } from '@torrentino/testkit'
import { leftovers } from '../system-tests/support/check-leftovers.js'
import type { Finding } from './check.js'
import type { World } from './world.js'

/** When all tickets have ended for good and their torrents may go, nothing of them may be left anywhere. */
export async function findingsOfOrphans(world: World, timeoutMs: number): Promise<Finding[]> {
  let left: string[] = []
  const gone = async () => {
    left = [...(await leftovers(world.it)), ...(await leftOfTorrents(world))]
    return left.length === 0
  }
  await waitFor('the clean-up', gone, timeoutMs, 250).catch(() => {})
  return left.slice(0, 50).map((text) => ({ ticketId: /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(text)?.[0] ?? null, text: `left behind: ${text}` }))
}

async function leftOfTorrents({ it }: World): Promise<string[]> {
  const torrents = await it.sql.query<{ info_hash: string; status: string }>('select info_hash, status from torrents')
  const uses = await it.sql.query<{ ticket_id: string }>('select ticket_id from torrent_uses')
  const folders = (await readdir(it.folders.downloads).catch(() => [])).filter((name) => /^[0-9a-f]{40}$/.test(name))
  const leases = (await it.redis.keys()).filter((key) => key.startsWith('torrentino:lease:torrent:'))
  return [
    ...torrents.map(({ info_hash, status }) => `torrent ${info_hash} (${status})`),
    ...uses.map(({ ticket_id }) => `torrent used by ${ticket_id}`),
    ...folders.map((name) => `download ${name}`),
    ...leases,
  ]
}
