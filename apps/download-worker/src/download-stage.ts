import { join } from 'node:path'
import type { Bus } from '@torrentino/bus'
import { isTerminal, StageError, type Ticket, withoutHeld } from '@torrentino/domain'
import type { RunContext, Stage } from '@torrentino/pipeline'
import { type AddOptions, GateRefusal } from '@torrentino/providers'
import type { Audit, Candidates, Catalog, StoredTorrent, Tickets, Torrents } from '@torrentino/store'
import { type CandidateFault, candidateFault, refusedFiles, refusedTorrent } from './candidate-fault.js'
import { chooseFiles, pathsOf } from './choose-files.js'
import { type DownloadFacts, decideDownload, needsEyes } from './decide-download.js'
import { fetchFiles } from './fetch-files.js'
import { findSource, type Source, type SourceDeps } from './find-source.js'
import { givingWay } from './give-way.js'
import type { Holdings } from './holdings.js'
import { keepAll, worthKeeping } from './keep-all.js'
import { lostHeld } from './lost-held.js'
import { isClientAway } from './pool/client-away.js'
import type { Home, Homes } from './pool/homes.js'
import { bytesToCome } from './pool/space.js'
import { registrationOf } from './register.js'
import { demandOf } from './seeding.js'
import type { Shortage } from './shortage.js'
import { IN_LINE_MS, type Slots } from './slots.js'

export interface DownloadDeps extends SourceDeps {
  candidates: Pick<Candidates, 'find' | 'of'>
  torrents: Torrents
  catalog: Pick<Catalog, 'register'>
  tickets: Pick<Tickets, 'find'>
  audit: Pick<Audit, 'append'>
  bus: Pick<Bus, 'publish'>
  slots: Slots
  holdings: Holdings
  homes: Pick<Homes, 'loading'>
  shortage: Shortage
  /** Promises the torrent a part of what the cache warmer may load. */
  reserve(infoHash: string, bytes: number): Promise<boolean>
  /** Where a torrent is to lie that has no client yet. */
  downloadPath: string
  metadataTimeoutMs: number
  stallTimeoutMs: number
  /** How often a fault that may pass is tried before it is the candidate's. */
  maxAttempts: number
  autoApproveThreshold: number
  actor: string
}

const NO_SPACE_MS = 15_000
/** It is let go of within moments, or as late as its own tickets there are done. */
const ELSEWHERE_MS = { least: 1000, most: 15_000, shareOfAge: 0.1 }
const GONE = new Set(['torrent_removed', 'torrent_unknown'])
/** What others hold is lacking. */
const FULL = new Set(['client_full', 'disk_full'])
const AWAY_MS = 15_000

/** auto_approved or approved -> downloading -> converting, needs_approval or failed; a candidate that fails makes room for the next. */
export function createDownloadStage(deps: DownloadDeps): Stage<DownloadFacts> {
  return {
    name: 'download',
    gather: (ticket, run) => gather(withoutHeld(ticket), deps, run),
    decide: (ticket, facts, now) => decideDownload(ticket, facts, now, deps.autoApproveThreshold),
    failureAudit: (ticket, { message, willRetry }) => [
      { type: 'DownloadFailed', payload: { info_hash: ticket.work.download?.info_hash ?? null, error: message, will_retry: willRetry } },
    ],
  }
}

async function gather(ticket: Ticket, deps: DownloadDeps, { signal }: RunContext): Promise<DownloadFacts> {
  const work = async (): Promise<DownloadFacts> => {
    const source = await findSource(ticket, deps, signal).catch(untilItsTurn)
    if ('kind' in source) return source
    if (ticket.state.name === 'downloading') return withHeld(ticket, await loadOrGiveWay(ticket, source, deps, signal))
    const refused = refusedTorrent(ticket, source.infoHash)
    if (refused) throw refused
    // Kept, so that the indexer is not asked again.
    await noteUse(ticket, source, deps)
    return { kind: 'found', infoHash: source.infoHash, name: source.name }
  }
  const attempt = () => work().catch((error) => afterFault(ticket, error, deps, signal))
  if (await isHere(ticket, deps)) return attempt()
  const facts = await deps.slots.withSlot(ticket, attempt, ({ kind }) => (kind === 'found' ? 'keep' : kind === 'wait' ? 'unused' : 'used'))
  return facts ?? { kind: 'wait', ms: IN_LINE_MS, reason: 'all places for downloads are taken' }
}

/** That an indexer's requests of this minute are taken is nobody's failure. */
function untilItsTurn(error: unknown): DownloadFacts & { kind: 'wait' } {
  if (error instanceof GateRefusal && error.why === 'limited') return { kind: 'wait', ms: error.retryAfterMs, reason: error.message }
  throw error
}

/** Where the fault is the candidate's, what was loaded of it is given up, and the others are looked at. */
async function afterFault(ticket: Ticket, error: unknown, deps: DownloadDeps, signal: AbortSignal): Promise<DownloadFacts> {
  const isFull = error instanceof StageError && FULL.has(error.code)
  if (isFull && !ticket.request.keep_only) deps.shortage.note()
  if (isClientAway(error)) return { kind: 'wait', ms: AWAY_MS, reason: error.message }
  // In mid-transfer: before it, there was enough.
  if (error instanceof StageError && error.code === 'disk_full') return { kind: 'wait', ms: NO_SPACE_MS, reason: error.message }
  const fault = signal.aborted ? null : candidateFault(error, ticket.attempts + 1 >= deps.maxAttempts)
  if (!fault) throw error
  return giveUp(ticket, fault, deps)
}

async function giveUp(ticket: Ticket, fault: CandidateFault, deps: DownloadDeps): Promise<DownloadFacts> {
  const held = ticket.work.held?.map(({ info_hash }) => info_hash)
  for (const infoHash of await deps.torrents.releaseUses(ticket.id, held)) await deps.bus.publish.hint({ kind: 'review_torrent', infoHash })
  const candidates = await deps.candidates.of(ticket.id, ticket.work.candidates_version ?? 0)
  return { kind: 'failed_candidate', fault, candidates }
}

/** What other torrents had for it when it was searched for must still be there. */
async function withHeld({ work }: Ticket, facts: DownloadFacts): Promise<DownloadFacts> {
  const infoHash = facts.kind === 'loaded' ? await lostHeld(work.held ?? []) : null
  return infoHash === null ? facts : { kind: 'lost_held', infoHash }
}

/** Fetched for another ticket before: nothing is to be transferred, so no place is taken and no line stood in. */
async function isHere({ id, work }: Ticket, { candidates, torrents }: DownloadDeps): Promise<boolean> {
  if (!work.from_catalog) return false
  const candidate = await candidates.find(id, work.candidates_version ?? 0, work.selected_idx ?? 0)
  const torrent = await torrents.find(candidate?.torrent.info_hash ?? '')
  if (!candidate || !torrent || !['seeding', 'goal_met'].includes(torrent.status)) return false
  const wanted = new Set(torrent.wanted)
  return candidate.trackMapping.every(({ torrent_file_path }) => wanted.has(torrent_file_path))
}

function loadOrGiveWay(ticket: Ticket, source: Source, deps: DownloadDeps, signal: AbortSignal): Promise<DownloadFacts> {
  if (!ticket.request.keep_only) return load(ticket, source, deps, signal)
  return givingWay(source.infoHash, deps, signal, (until) => load(ticket, source, deps, until))
}

async function load(ticket: Ticket, source: Source, deps: DownloadDeps, signal: AbortSignal): Promise<DownloadFacts> {
  const { infoHash } = source
  const unpin = deps.holdings.pin(infoHash)
  try {
    const home = await deps.holdings.exclusively(infoHash, () => findHome(ticket, source, deps, signal))
    if (home) return await loadIn(home, ticket, source, deps, signal)
    await deps.bus.publish.hint({ kind: 'release_torrent', infoHash })
    return heldElsewhere(ticket)
  } catch (error) {
    // Lost to another worker after a long silence: nothing is wrong with the torrent.
    const gone = error instanceof StageError && GONE.has(error.code)
    if (gone && !signal.aborted && !deps.holdings.holds(infoHash)) return heldElsewhere(ticket)
    throw error
  } finally {
    unpin()
  }
}

/** The longer it waits already, the less often it asks. */
function heldElsewhere({ updatedAt }: Ticket): DownloadFacts {
  const { least, most, shareOfAge } = ELSEWHERE_MS
  const ms = Math.min(most, Math.max(least, Math.round((Date.now() - updatedAt.getTime()) * shareOfAge)))
  return { kind: 'wait', ms, reason: 'another worker holds this torrent' }
}

type Housed = Home & { torrent: StoredTorrent }

/** Where it is, or will be. Null when another worker holds it. */
async function findHome(ticket: Ticket, source: Source, deps: DownloadDeps, signal: AbortSignal): Promise<Housed | null> {
  const { holdings, torrents } = deps
  signal.throwIfAborted()
  const mine = await holdings.take(source.infoHash)
  await noteUse(ticket, source, deps)
  const torrent = mine ? await torrents.find(source.infoHash) : null
  return torrent && { torrent, ...(await holdings.home(torrent, source.sizeBytes)) }
}

/** In its client, while it counts as one that the client is loading. */
async function loadIn(home: Housed, ticket: Ticket, source: Source, deps: DownloadDeps, signal: AbortSignal): Promise<DownloadFacts> {
  const { holdings, homes } = deps
  const { member, folder, torrent } = home
  return homes.loading(torrent, member, async () => {
    await holdings.exclusively(source.infoHash, async () => {
      signal.throwIfAborted()
      if (!holdings.holds(source.infoHash)) throw new StageError('retryable', 'torrent_unknown', 'it is another worker that has it now')
      await member.client.addTorrent(source, folder, addOptions(ticket, source, torrent, signal))
    })
    return transfer(ticket, source, home, deps, signal)
  })
}

/** What others demanded of the torrent before holds, too. */
function addOptions(ticket: Ticket, source: Source, known: StoredTorrent, signal: AbortSignal): AddOptions {
  return { signal, label: `ticket ${ticket.id}`, demand: demandOf(source, known), seededSecs: known.seededSecs }
}

async function noteUse(ticket: Ticket, source: Source, deps: DownloadDeps): Promise<void> {
  const { infoHash, name, magnetUri = null, torrentFile = null } = source
  await deps.torrents.use({ infoHash, name, folder: join(deps.downloadPath, infoHash), magnetUri, torrentFile }, ticket.id)
  // Cancelled meanwhile: the clean-up may have been here before our note, and would not come again.
  const state = (await deps.tickets.find(ticket.id))?.state.name
  if (state !== undefined && (!isTerminal(state) || state === 'failed')) return
  await deps.torrents.releaseUses(ticket.id)
  throw new StageError('permanent', 'ticket_ended', 'the ticket ended while its torrent was looked up')
}

async function transfer(ticket: Ticket, source: Source, home: Home, deps: DownloadDeps, signal: AbortSignal): Promise<DownloadFacts> {
  const { client, space } = home.member
  const { infoHash } = source
  const files = await client.waitForFiles(infoHash, { signal, timeoutMs: deps.metadataTimeoutMs })
  const choice = await chooseFiles(ticket, source.mapping, files, signal)
  const refused = refusedFiles(ticket, files, choice)
  if (refused) throw refused
  if (needsEyes(ticket, choice)) return { kind: 'unsure', choice, files }

  const kept = ticket.request.keep_only ? worthKeeping(files) : null
  const bytes = (kept ?? []).reduce((sum, { size_bytes }) => sum + size_bytes, 0)
  if (kept && !(await deps.reserve(infoHash, bytes))) return { kind: 'no_room', bytes }

  const paths = kept?.map(({ path }) => path) ?? pathsOf(choice)
  // Of all that is wanted of the torrent then.
  const wanted = new Set([...((await deps.torrents.find(infoHash))?.wanted ?? []), ...paths])
  const toCome = files.filter(({ path }) => wanted.has(path))
  const lacking = await space.take(infoHash, await bytesToCome(home.folder, toCome))
  if (lacking !== null) {
    if (!kept) deps.shortage.note()
    return { kind: 'wait', ms: NO_SPACE_MS, reason: lacking }
  }
  try {
    const registration = await registrationOf(ticket, source, files, choice, signal)
    await deps.holdings.exclusively(infoHash, () => deps.catalog.register(infoHash, registration))
    const fetching = { infoHash, home, files, choice, paths }
    return await (kept ? keepAll(ticket, fetching, deps, signal) : fetchFiles(ticket, fetching, deps, signal))
  } finally {
    space.giveBack(infoHash)
  }
}
