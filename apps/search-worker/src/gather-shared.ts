import type { StateName, Ticket } from '@torrentino/domain'
import { wantedNames } from '@torrentino/matching'
import type { RunContext } from '@torrentino/pipeline'
import type { Claims, Primary, WantedTrack } from '@torrentino/store'
import { type CatalogDeps, type CatalogFind, type CatalogLook, findWhole, lookInCatalog } from './find-in-catalog.js'
import { findParts, hasPartIn, type Parts } from './find-parts.js'
import type { Primaries } from './primaries.js'

export interface ShareDeps extends CatalogDeps {
  claims: Pick<Claims, 'claim' | 'link' | 'claimAlone' | 'release' | 'primary'>
  primaries: Pick<Primaries, 'await'>
}

export type Shared =
  /** What we have, or are about to have. */
  | { kind: 'found'; found: CatalogFind }
  /** Another ticket sees to it; nothing is to be done until that one is further. */
  | { kind: 'linked'; to: string; standing: StateName }
  /** It was linked, and now sees to its content itself. */
  | { kind: 'released'; from: string; reason: string }
  /** The ticket sees to its content itself, but for what we have. */
  | { kind: 'alone'; parts?: Parts }

// Each round gives up one ticket to wait for.
const MAX_ROUNDS = 50

/** What a searching ticket has from the work that is done for others: from the catalog, or from a ticket under way. */
export async function gatherShared(ticket: Ticket, deps: ShareDeps, run: RunContext): Promise<Shared> {
  // It shows what indexers have.
  if (ticket.request.dry_run) return { kind: 'alone' }
  const wanted = wantedNames(ticket.request)
  if (ticket.work.forced_query !== undefined) {
    // Who forces a search wants another one than there is.
    await deps.claims.claimAlone(ticket.id, wanted)
    return { kind: 'alone' }
  }
  return shareWith(ticket, wanted, deps, run)
}

async function shareWith(ticket: Ticket, wanted: readonly WantedTrack[], deps: ShareDeps, run: RunContext): Promise<Shared> {
  const before = ticket.state.name === 'searching' ? ticket.state.linked_to : undefined
  const claimant = { ...ticket, retries: ticket.work.retry_count ?? 0 }
  for (let round = 0; round < MAX_ROUNDS; round += 1) {
    const to =
      (round === 0 && before !== undefined ? await deps.claims.link(ticket.id) : null) ?? (await deps.claims.claim(claimant, wanted))
    // Before it is looked at: of what happens to it from here on we are told.
    if (to !== null) deps.primaries.await(to, ticket)
    const known = to ?? before
    const primary = known === undefined ? null : await deps.claims.primary(known)
    const look = await lookInCatalog(ticket, deps)
    const found = await findWhole(ticket, look, deps, run, primary?.blocked)
    if (to === null) return found ? { kind: 'found', found } : unlinked(ticket, before, primary, look, deps, run)
    if (!primary?.isAtWork) continue
    const isWorthAwaiting = found ? await isLoadedBy(primary, found, deps) : await mayServe(primary, ticket, look, deps, run)
    if (isWorthAwaiting) return { kind: 'linked', to, standing: primary.state }
    if (found) return { kind: 'found', found }
    await deps.claims.release(ticket.id, to)
  }
  return unlinked(ticket, before, null, await lookInCatalog(ticket, deps), deps, run)
}

async function unlinked(
  ticket: Ticket,
  before: string | undefined,
  primary: Primary | null,
  look: CatalogLook,
  deps: ShareDeps,
  run: RunContext,
): Promise<Shared> {
  if (before === undefined) {
    const parts = await findParts(ticket, look, deps, run)
    if (parts === null) return { kind: 'alone' }
    return 'candidate' in parts ? { kind: 'found', found: parts } : { kind: 'alone', parts }
  }
  return { kind: 'released', from: before, reason: whyNot(primary) }
}

function whyNot(primary: Primary | null): string {
  if (primary?.isAtWork) return 'it does not serve all that is wanted'
  return `it is ${primary?.state === 'downloading' ? 'paused' : (primary?.state ?? 'gone')}`
}

/** All that this ticket wants is on its way: as long as that one lasts, nothing would be quicker. */
async function isLoadedBy({ state, infoHash }: Primary, { candidate, mapping }: CatalogFind, { torrents }: ShareDeps): Promise<boolean> {
  if (state !== 'downloading' || infoHash === null || infoHash !== candidate.info_hash) return false
  const torrent = await torrents.find(infoHash)
  if (!torrent || torrent.completedAt) return false
  const wanted = new Set(torrent.wanted)
  return mapping.every(({ torrent_file_path }) => wanted.has(torrent_file_path))
}

/** Not every torrent holds all that others want; what it has of that is waited for, so that it is not loaded twice. */
async function mayServe(
  { state, infoHash, isRegistered }: Primary,
  ticket: Ticket,
  look: CatalogLook,
  deps: ShareDeps,
  run: RunContext,
): Promise<boolean> {
  if (state === 'converting' || state === 'placing') return false
  if (state !== 'downloading' || infoHash === null || !isRegistered) return true
  return hasPartIn(infoHash, ticket, look, deps, run)
}
