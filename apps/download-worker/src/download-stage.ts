import { join } from 'node:path'
import type { Bus } from '@torrentino/bus'
import { isTerminal, requestedItems, StageError, type Ticket, type TorrentCandidate, type TorrentFile } from '@torrentino/domain'
import type { Outcome, RunContext, Stage } from '@torrentino/pipeline'
import type { TorrentClient, TorrentFileStatus } from '@torrentino/providers'
import type { Audit, Tickets, Torrents } from '@torrentino/store'
import { type Choice, chooseFiles } from './choose-files.js'
import { findSource, type Source, type SourceDeps } from './find-source.js'
import type { Holdings } from './holdings.js'
import { reportProgress } from './progress.js'
import type { Slots } from './slots.js'

export interface DownloadDeps extends SourceDeps {
  torrents: Torrents
  tickets: Pick<Tickets, 'find'>
  audit: Pick<Audit, 'append'>
  bus: Pick<Bus, 'publish'>
  client: TorrentClient
  slots: Slots
  holdings: Holdings
  downloadPath: string
  metadataTimeoutMs: number
  stallTimeoutMs: number
  actor: string
}

export type DownloadFacts =
  | { kind: 'wait'; ms: number; reason: string }
  | { kind: 'found'; infoHash: string; name: string }
  | { kind: 'unsure'; choice: Choice; files: TorrentFile[] }
  | { kind: 'loaded'; choice: Choice; folder: string; bytes: number }

const IN_LINE_MS = 10_000
const HELD_ELSEWHERE = { kind: 'wait' as const, ms: 1000, reason: 'another worker holds this torrent' }
const GONE = new Set(['torrent_removed', 'torrent_unknown'])
// A mapping made without a human below this is shown to one.
const MIN_CONFIDENCE = 0.6

/** auto_approved or approved -> downloading -> converting, needs_approval or failed. */
export function createDownloadStage(deps: DownloadDeps): Stage<DownloadFacts> {
  return {
    name: 'download',
    gather: (ticket, run) => gather(ticket, deps, run),
    decide: (ticket, facts, now) => decideDownload(ticket, facts, now),
    failureAudit: (ticket, { message, willRetry }) => [
      { type: 'DownloadFailed', payload: { info_hash: ticket.work.download?.info_hash ?? null, error: message, will_retry: willRetry } },
    ],
  }
}

async function gather(ticket: Ticket, deps: DownloadDeps, { signal }: RunContext): Promise<DownloadFacts> {
  const jobId = `${ticket.id}-download-${ticket.stageVersion}`
  const work = async (): Promise<DownloadFacts> => {
    const source = await findSource(ticket, deps, signal)
    if (ticket.state.name !== 'downloading') return { kind: 'found', infoHash: source.infoHash, name: source.name }
    return load(ticket, source, deps, signal)
  }
  const facts = await deps.slots.withSlot({ id: ticket.id, priority: ticket.priority, jobId }, work, ({ kind }) => kind === 'found')
  return facts ?? { kind: 'wait', ms: IN_LINE_MS, reason: 'all places for downloads are taken' }
}

async function load(ticket: Ticket, source: Source, deps: DownloadDeps, signal: AbortSignal): Promise<DownloadFacts> {
  const { infoHash } = source
  const folder = join(deps.downloadPath, infoHash)
  const unpin = deps.holdings.pin(infoHash)
  try {
    if (await bring(ticket, source, folder, deps, signal)) return await transfer(ticket, source, folder, deps, signal)
    await deps.bus.publish.hint({ kind: 'release_torrent', infoHash })
    return HELD_ELSEWHERE
  } catch (error) {
    // Lost to another worker after a long silence: nothing is wrong with the torrent.
    const gone = error instanceof StageError && GONE.has(error.code)
    if (gone && !signal.aborted && !deps.holdings.holds(infoHash)) return HELD_ELSEWHERE
    throw error
  } finally {
    unpin()
  }
}

/** Puts the torrent into our client. False when another worker holds it. */
async function bring(ticket: Ticket, source: Source, folder: string, deps: DownloadDeps, signal: AbortSignal): Promise<boolean> {
  const { holdings, torrents, tickets, client } = deps
  const { infoHash, name } = source
  return holdings.exclusively(infoHash, async () => {
    signal.throwIfAborted()
    const mine = await holdings.take(infoHash)
    const row = { infoHash, name, folder, magnetUri: source.magnetUri ?? null, torrentFile: source.torrentFile ?? null }
    await torrents.use(row, ticket.id)
    // Cancelled meanwhile: the clean-up may have been here before our note, and would not come again.
    const state = (await tickets.find(ticket.id))?.state.name
    if (state === undefined || (isTerminal(state) && state !== 'failed')) {
      await torrents.releaseUses(ticket.id)
      throw new StageError('permanent', 'ticket_ended', 'the ticket ended while its torrent was looked up')
    }
    if (mine) await client.addTorrent(source, folder, { signal })
    return mine
  })
}

async function transfer(ticket: Ticket, source: Source, folder: string, deps: DownloadDeps, signal: AbortSignal): Promise<DownloadFacts> {
  const { client, torrents, holdings } = deps
  const { infoHash } = source
  const files = await client.waitForFiles(infoHash, { signal, timeoutMs: deps.metadataTimeoutMs })
  const choice = await chooseFiles(ticket, source.mapping, files, signal)
  if (needsEyes(ticket, choice)) return { kind: 'unsure', choice, files }

  const chosen = [...choice.files.map((file) => file.torrent_file_path), ...(choice.cover ? [choice.cover] : [])]
  await want(infoHash, files, chosen, deps)
  const { wantedBytes, state } = await client.waitForCompletion(infoHash, {
    signal,
    stallTimeoutMs: deps.stallTimeoutMs,
    onProgress: reportProgress(deps.bus, deps.audit, ticket, deps.actor),
  })
  await holdings.exclusively(infoHash, async () => {
    const before = await torrents.find(infoHash)
    const status = state === 'complete' || before?.status === 'goal_met' ? 'goal_met' : 'seeding'
    await torrents.update(infoHash, { status, sizeBytes: wantedBytes, completedAt: before?.completedAt ?? new Date() })
  })
  return { kind: 'loaded', choice, folder, bytes: wantedBytes }
}

/** Adds to what is wanted of the torrent: other tickets may want other files of it. */
async function want(infoHash: string, files: readonly TorrentFileStatus[], chosen: readonly string[], deps: DownloadDeps): Promise<void> {
  const { client, torrents, holdings } = deps
  await holdings.exclusively(infoHash, async () => {
    const before = await torrents.find(infoHash)
    const wanted = new Set([...(before?.wanted ?? []), ...chosen])
    const widened = wanted.size > (before?.wanted.length ?? 0)
    if (widened) await torrents.update(infoHash, { wanted: [...wanted], status: 'downloading', completedAt: null })
    await client.selectFiles(
      infoHash,
      files.filter((file) => wanted.has(file.path)).map((file) => file.index),
    )
    await client.resume(infoHash)
  })
}

/** Nobody has confirmed a poor mapping yet, and it was made here, from the torrent's real file list. */
function needsEyes({ request, work }: Ticket, choice: Choice): boolean {
  if (choice.files.length === 0) return true
  if (choice.missing.length > 0 && !request.constraints.allow_partial) return true
  return !work.human_approved && choice.confidence < MIN_CONFIDENCE
}

export function decideDownload(ticket: Ticket, facts: DownloadFacts, now: Date): Outcome {
  const at = now.toISOString()
  if (facts.kind === 'wait') return facts
  if (facts.kind === 'found')
    return {
      kind: 'step',
      type: 'start_download',
      state: { name: 'downloading', torrent_hash: facts.infoHash, started_at: at },
      work: { download: { info_hash: facts.infoHash, started_at: at } },
      audit: [{ type: 'DownloadStarted', payload: { info_hash: facts.infoHash, torrent_name: facts.name } }],
    }
  if (facts.kind === 'unsure') return unsure(ticket, facts.choice, facts.files, at)
  const { choice, folder, bytes } = facts
  const startedAt = ticket.work.download?.started_at ?? at
  const infoHash = ticket.work.download?.info_hash ?? ''
  const items = itemsOf(ticket, choice, folder)
  return {
    kind: 'step',
    type: 'download_done',
    state: { name: 'converting', total_tracks: items.length, started_at: at },
    work: {
      download: {
        info_hash: infoHash,
        folder,
        files: choice.files,
        bytes,
        started_at: startedAt,
        completed_at: at,
        ...(choice.cover && { cover: join(folder, choice.cover) }),
      },
      conversion: { started_at: at },
    },
    items,
    audit: [
      {
        type: 'DownloadCompleted',
        payload: { info_hash: infoHash, size_bytes: bytes, duration_secs: secondsBetween(startedAt, at) },
      },
    ],
  }
}

function unsure(ticket: Ticket, choice: Choice, files: TorrentFile[], at: string): Outcome {
  const expected = requestedItems(ticket.request).filter((item) => item.kind === 'track').length
  if (ticket.work.human_approved)
    throw new StageError('permanent', 'items_missing', `the torrent holds no file for: ${choice.missing.join(', ')}`)
  const reason =
    choice.missing.length > 0
      ? { type: 'track_count_mismatch' as const, expected, found: choice.files.length }
      : { type: 'low_confidence' as const, score: choice.confidence, threshold: MIN_CONFIDENCE }
  const forced = forcedCandidate(ticket, files)
  const idx = forced ? 0 : (ticket.work.selected_idx ?? 0)
  const count = forced ? 1 : (ticket.work.candidates_count ?? 1)
  return {
    kind: 'step',
    type: 'mapping_unsure',
    state: {
      name: 'needs_approval',
      candidates_count: count,
      recommended_idx: idx,
      confidence: choice.confidence,
      reason,
      waiting_since: at,
    },
    ...(forced && { candidates: [forced], work: { candidates_version: ticket.version + 1, candidates_count: 1, selected_idx: 0 } }),
    details: { track_mapping: choice.mapping, missing: choice.missing },
    audit: [
      {
        type: 'ApprovalRequested',
        payload: { reason, candidates: [{ idx, title: ticket.work.download?.info_hash ?? '', score: choice.confidence }] },
      },
    ],
  }
}

/** A forced magnet was never among the candidates; now that its files are known, it becomes one, to be approved like any other. */
function forcedCandidate({ work }: Ticket, files: TorrentFile[]): TorrentCandidate | null {
  if (work.magnet_uri === undefined || !work.download) return null
  const [name = work.download.info_hash] = files[0]?.path.split('/') ?? []
  return {
    title: name,
    indexer: 'forced magnet',
    magnet_uri: work.magnet_uri,
    info_hash: work.download.info_hash,
    size_bytes: files.reduce((sum, file) => sum + file.size_bytes, 0),
    seeders: 0,
    leechers: 0,
    files: files.map(({ path, size_bytes }) => ({ path, size_bytes })),
  }
}

function itemsOf(ticket: Ticket, choice: Choice, folder: string) {
  const sources = new Map(choice.files.map((file) => [file.item_id, join(folder, file.torrent_file_path)]))
  return requestedItems(ticket.request)
    .filter((item) => item.kind === 'image' || sources.has(item.id))
    .map((item) => ({
      itemId: item.id,
      idx: item.index,
      kind: item.kind,
      // A picture without a file of its own is taken out of the first track's tags.
      sourcePath: sources.get(item.id) ?? (choice.cover ? join(folder, choice.cover) : ([...sources.values()][0] ?? '')),
    }))
}

function secondsBetween(from: string, to: string): number {
  return Math.max(0, Math.round((Date.parse(to) - Date.parse(from)) / 1000))
}
