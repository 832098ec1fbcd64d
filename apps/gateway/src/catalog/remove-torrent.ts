import { DomainError } from '@torrentino/domain'
import { type CatalogTorrent, owesGoal } from '@torrentino/store'
import type { GatewayDeps } from '../deps.js'

/**
 * Marks it; the worker that holds it takes the files away, at once where the hint reaches it. With `force` also what still owes its
 * goal or what a failed ticket keeps for a retry, but never what a ticket is at work on.
 */
export async function removeTorrent({ store, bus }: GatewayDeps, torrent: CatalogTorrent, force: boolean, adminId: string): Promise<void> {
  const { infoHash, uses } = torrent
  if (!force && uses > 0) throw new DomainError('conflict', `${uses} tickets need it; end them first`)
  if (!force && owesGoal(torrent))
    throw new DomainError('conflict', 'it has not met its seeding goal; use force=true to remove it all the same')
  const payload = { admin_id: adminId, info_hash: infoHash, forced: force }
  const isRetired = await store.catalog.retire(infoHash, (was) => ({
    ...{ ticketId: null, actor: adminId },
    event: { type: 'AdminRemoveTorrent', payload: { ...payload, was } },
  }))
  if (!isRetired) throw new DomainError('conflict', 'tickets are at work on it; cancel them first')
  // Should the word be lost, the workers' own rounds find it.
  await bus.publish.hint({ kind: 'review_torrent', infoHash }).catch(() => {})
}
