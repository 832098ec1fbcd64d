import type { Ticket } from '@torrentino/domain'
import { wantedNames } from '@torrentino/matching'
import type { RunContext } from '@torrentino/pipeline'
import type { Claims, Primary } from '@torrentino/store'
import { type CatalogDeps, type CatalogFind, findInCatalog } from './find-in-catalog.js'
import type { Primaries } from './primaries.js'

export interface ShareDeps extends CatalogDeps {
  claims: Pick<Claims, 'claim' | 'claimAlone' | 'release' | 'primary'>
  primaries: Pick<Primaries, 'await'>
}

export type Shared =
  /** What we have, or are about to have. */
  | { kind: 'found'; found: CatalogFind }
  /** Another ticket sees to it; nothing is to be done until that one is further. */
  | { kind: 'linked'; to: string }
  /** It was linked, and now sees to its content itself. */
  | { kind: 'released'; from: string; reason: string }
  | { kind: 'alone' }

// Each round gives up one ticket to wait for.
const MAX_ROUNDS = 50

/** What a searching ticket has from the work that is done for others: from the catalog, or from a ticket under way. */
export async function gatherShared(ticket: Ticket, deps: ShareDeps, run: RunContext): Promise<Shared> {
  const before = ticket.state.name === 'searching' ? ticket.state.linked_to : undefined
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const to = await claim(ticket, deps)
    // Before it is looked at: of what happens to it from here on we are told.
    if (to !== null) deps.primaries.await(to, ticket)
    const known = to ?? before
    const primary = known === undefined ? null : await deps.claims.primary(known)
    const found = await findInCatalog(ticket, deps, run, primary?.blocked)
    if (to === null) return found ? { kind: 'found', found } : unlinked(before, primary)
    if (!primary?.isAtWork) continue
    if (found && !(await isLoadedBy(primary, found, deps))) return { kind: 'found', found }
    if (found || !isRegistered(primary)) return { kind: 'linked', to }
    await deps.claims.release(ticket.id, to)
  }
  return unlinked(before, null)
}

/** A dry run shows what indexers have, and who forces a search wants another one than there is. */
async function claim(ticket: Ticket, { claims }: ShareDeps): Promise<string | null> {
  if (ticket.request.dry_run) return null
  const wanted = wantedNames(ticket.request)
  if (ticket.work.forced_query === undefined) return claims.claim(ticket, wanted)
  await claims.claimAlone(ticket.id, wanted)
  return null
}

function unlinked(before: string | undefined, primary: Primary | null): Shared {
  if (before === undefined) return { kind: 'alone' }
  const reason = primary?.isAtWork ? 'its torrent does not hold all that is wanted' : `it is ${primary?.state ?? 'gone'}`
  return { kind: 'released', from: before, reason }
}

/** All that this ticket wants is on its way: as long as that one lasts, nothing would be quicker. */
async function isLoadedBy({ state, infoHash }: Primary, { candidate, mapping }: CatalogFind, { torrents }: ShareDeps): Promise<boolean> {
  if (state !== 'downloading' || infoHash === null || infoHash !== candidate.info_hash) return false
  const torrent = await torrents.find(infoHash)
  if (!torrent || torrent.completedAt) return false
  const wanted = new Set(torrent.wanted)
  return mapping.every(({ torrent_file_path }) => wanted.has(torrent_file_path))
}

/** The catalog has said all that it will say of this ticket's torrent. */
function isRegistered({ state, isRegistered }: Primary): boolean {
  return state === 'converting' || state === 'placing' || (state === 'downloading' && isRegistered)
}
