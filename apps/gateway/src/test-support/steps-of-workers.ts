import { createHash } from 'node:crypto'
import { DOWNLOADS, openBus, stageJob } from '@torrentino/bus'
import { requestedItems, type StateName, type Ticket, type TorrentCandidate, type TransitionEvent } from '@torrentino/domain'
import { commitStep, createActiveRuns, type PipelineDeps, redisOf, retryRules, type StepExtras, stageHandler } from '@torrentino/pipeline'
import { type Config, createMetrics, silentLogger } from '@torrentino/runtime'
import { openStore, type Store } from '@torrentino/store'

export interface Workers {
  store: Store
  /** Takes a fresh ticket to the state, by the steps that workers would take. */
  lead(id: string, to: StateName): Promise<Ticket>
  /** A worker looks at a ticket that is to be searched for, and puts it off. */
  putOff(id: string, ms: number, reason: string): Promise<void>
  /** A worker asks for one of no places for the ticket's download. */
  standInLine(ticket: Ticket): Promise<void>
  close(): Promise<void>
}

export const HASH = 'a'.repeat(40)
const AT = '2024-05-01T10:00:00.000Z'

export const CANDIDATES: TorrentCandidate[] = [0, 1].map((nr) => ({
  title: `The Example Band - First Steps (2019) [${nr}]`,
  indexer: 'example',
  info_hash: String(nr).repeat(40),
  magnet_uri: `magnet:?xt=urn:btih:${String(nr).repeat(40)}&dn=First&tr=http%3A%2F%2Ftracker.example%2Fsecretpasskey%2Fannounce`,
  download_url: 'http://indexer.example/download?apikey=secretkey',
  size_bytes: 1000,
  seeders: 5,
  leechers: 1,
  files: [{ path: 'First/01.flac', size_bytes: 500 }],
}))

export function openWorkers(config: Config): Workers {
  const store = openStore({ url: config.database.url.reveal(), poolSize: 5, onError: () => {} })
  const bus = openBus({ ...redisOf(config), onError: () => {} })
  const deps: PipelineDeps = {
    store,
    bus,
    log: silentLogger,
    metrics: createMetrics('workers', { processMetrics: false }),
    actor: 'test-worker',
    retry: retryRules(config),
    now: () => new Date(),
  }

  async function step(ticket: Ticket, event: TransitionEvent, extras: StepExtras = {}): Promise<Ticket> {
    const done = await commitStep(deps, ticket, event, { kind: 'system', id: 'test-worker' }, extras)
    if (!done) throw new Error('somebody else changed the ticket')
    await done.told
    return done.ticket
  }

  async function lead(id: string, to: StateName): Promise<Ticket> {
    let ticket = await store.tickets.find(id)
    if (!ticket) throw new Error(`no ticket ${id}`)
    for (const { event, extras, before } of pathTo(to, ticket)) {
      await before?.(store, ticket)
      ticket = await step(ticket, event, extras)
    }
    return ticket
  }

  async function putOff(id: string, ms: number, reason: string): Promise<void> {
    const stageVersion = (await store.tickets.find(id))?.stageVersion ?? 0
    const waits = { name: 'search' as const, gather: async () => null, decide: () => ({ kind: 'wait' as const, ms, reason }) }
    const job = { id: 'search', data: { ticketId: id, stageVersion }, restarted: false }
    await stageHandler(waits, deps, createActiveRuns(deps))(job, new AbortController().signal)
  }

  return {
    store,
    lead,
    putOff,
    async standInLine(ticket) {
      const asker = { owner: ticket.id, member: stageJob({ ...ticket, stage: 'download' }).id, requester: ticket.requestedBy, priority: 2 }
      await bus.places.enter(DOWNLOADS, asker, { places: 0, ttlMs: 60_000, patienceMs: 60_000 })
    },
    close: async () => {
      await bus.close()
      await store.close()
    },
  }
}

interface Leg {
  event: TransitionEvent
  extras?: StepExtras
  before?(store: Store, ticket: Ticket): Promise<void>
}

function pathTo(to: StateName, ticket: Ticket): Leg[] {
  const items = requestedItems(ticket.request)
  const started: Leg = { event: { type: 'start_search', state: { name: 'searching', strategies_tried: [], started_at: AT } } }
  const found: Leg = {
    event: {
      type: 'candidates_found',
      state: { name: 'matching', candidates_count: 2, strategies_tried: ['a'], started_at: AT },
      work: { candidates_version: 3, strategies_tried: ['a'] },
    },
    extras: { candidates: CANDIDATES },
  }
  const scores = [0.7, 0.4].map((score, idx) => ({
    idx,
    score,
    trackMapping: [{ catalog_track_id: 't1', torrent_file_path: 'First/01.flac', confidence: 0.9 }],
    reasons: [{ code: 'artist', points: 0.4, text: 'the artist fits' }],
  }))
  const end = (event: TransitionEvent): Leg => ({ event, extras: { scores } })
  const sure = end({ type: 'match_sure', state: { name: 'auto_approved', selected_idx: 0, confidence: 0.9 }, work: { selected_idx: 0 } })
  const down: Leg = {
    event: {
      type: 'start_download',
      state: { name: 'downloading', torrent_hash: HASH, started_at: AT },
      work: { download: { info_hash: HASH, started_at: AT } },
    },
  }
  const converting: Leg = {
    event: { type: 'download_done', state: { name: 'converting', total_tracks: items.length, started_at: AT } },
    extras: { items: items.map(({ id, index, kind }) => ({ itemId: id, idx: index, kind, sourcePath: `/downloads/${id}` })) },
  }
  const placing: Leg = {
    event: { type: 'conversion_done', state: { name: 'placing', total_files: items.length, started_at: AT } },
    before: async (store, { id, stageVersion }) => {
      for (const item of items) {
        const result = {
          outputPath: `/made/${item.id}`,
          size: 10,
          sha256: createHash('sha256').update(item.id).digest('hex'),
          info: { codec: 'vorbis' },
        }
        await store.items.finish(id, item.id, stageVersion, result)
      }
    },
  }
  const stats = { total_download_bytes: 1, download_duration_secs: 1, conversion_duration_secs: 1, final_size_bytes: 1 }
  const completed: Leg = {
    event: { type: 'placement_done', state: { name: 'completed', completed_at: new Date(Date.now() + 60_000).toISOString(), stats } },
  }
  const main = [started, found, sure, down, converting, placing, completed]
  const failed: Leg = {
    event: {
      type: 'fail',
      reason: 'the disk is full',
      state: {
        name: 'failed',
        failed_at_state: 'searching',
        error: 'the disk is full',
        code: 'disk_full',
        retryable: true,
        retry_count: 0,
        failed_at: AT,
      },
    },
  }
  const choice = { candidates_count: 2, recommended_idx: 0, confidence: 0.7 }
  const side: Partial<Record<StateName, Leg[]>> = {
    pending: [],
    search_failed: [
      started,
      { event: { type: 'nothing_found', state: { name: 'search_failed', strategies_tried: ['a'], failed_at: AT } } },
    ],
    dry_run_complete: [started, found, end({ type: 'match_previewed', state: { name: 'dry_run_complete', ...choice, completed_at: AT } })],
    needs_approval: [
      started,
      found,
      end({
        type: 'match_unsure',
        state: { name: 'needs_approval', ...choice, reason: { type: 'low_confidence', score: 0.7, threshold: 0.85 }, waiting_since: AT },
      }),
    ],
    failed: [started, failed],
  }
  const branch = side[to]
  if (branch) return branch
  const last = main.findIndex((leg) => leg.event.state.name === to)
  if (last < 0) throw new Error(`no way to ${to} is known here`)
  return main.slice(0, last + 1)
}
