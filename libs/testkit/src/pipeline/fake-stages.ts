import { randomUUID } from 'node:crypto'
import { type AuditEvent, requestedItems, StageError, type StateName, type Ticket } from '@torrentino/domain'
import type { ItemStage, Outcome, RunContext, Stage } from '@torrentino/pipeline'
import type { TicketItemRow } from '@torrentino/store'
import { SAMPLE_STATES, sampleCandidate } from './tickets.js'

/** How a run of a stage goes. `hang` waits for its signal; `away` is a fault of our own servers; `gone` is what was made, for a placement. */
export type Way = 'ok' | 'none' | 'unsure' | 'wait' | 'permanent' | 'retryable' | 'away' | 'unforeseen' | 'illegal' | 'hang' | 'gone'

export interface FakeRun {
  ticket: Ticket
  stage: string
  itemId?: string
  signal: AbortSignal
}

/** Asked at each run; what it throws or waits for happens inside the run. */
export type Plan = (run: FakeRun) => Way | Promise<Way>

const AWAY = 'mount_silent'

/** Stages that do nothing but what the plan says, and then what the real ones write. */
export function fakeStages(
  plan: Plan,
  discarded: string[],
): {
  search: Stage<Way>
  match: Stage<Way>
  download: Stage<Way>
  place: Stage<Way>
  convert: ItemStage
} {
  const stage = (name: Stage['name'], decide: (ticket: Ticket, way: Way) => Outcome): Stage<Way> => ({
    name,
    gather: async (ticket, run) => follow(await plan({ ticket, stage: name, signal: run.signal }), run),
    decide: (ticket, way) => decideCommon(ticket, way) ?? decide(ticket, way),
  })
  return {
    search: stage('search', decideSearch),
    match: stage('match', decideMatch),
    download: stage('download', decideDownload),
    place: stage('place', decidePlace),
    convert: {
      name: 'convert',
      run: async (ticket, item, run) => {
        const way = await follow(await plan({ ticket, stage: 'convert', itemId: item.itemId, signal: run.signal }), run)
        if (way === 'wait') throw new StageError('retryable', AWAY, 'as planned')
        return { outputPath: `/made/${item.itemId}-${randomUUID()}`, size: 1, sha256: 'x', info: {} }
      },
      discard: async (_ticket, { outputPath }) => void discarded.push(outputPath),
      isAway: (error): error is StageError => error instanceof StageError && error.code === AWAY,
      decide: decideConverted,
      startAudit: (_ticket, item) => ({ type: 'ConversionStarted', payload: { item_id: item.itemId, input_path: item.sourcePath } }),
      doneAudit: (_ticket, item, result) => ({
        type: 'ConversionCompleted',
        payload: { item_id: item.itemId, output_path: result.outputPath, duration_ms: 1 },
      }),
      failureAudit: (_ticket, item, { message, willRetry }): AuditEvent => ({
        type: 'ConversionFailed',
        payload: { item_id: item.itemId, error: message, will_retry: willRetry },
      }),
    },
  }
}

async function follow(way: Way, { signal }: RunContext): Promise<Way> {
  if (way === 'permanent' || way === 'retryable') throw new StageError(way, `${way}_fault`, `a ${way} fault`)
  if (way === 'away') throw Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' })
  if (way === 'unforeseen') throw new TypeError('secret detail')
  if (way === 'hang') await new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  return way
}

function step(type: Extract<Outcome, { kind: 'step' }>['type'], to: StateName, rest: object = {}): Outcome {
  return { kind: 'step', type, state: SAMPLE_STATES[to], ...rest }
}

function decideCommon(_ticket: Ticket, way: Way): Outcome | null {
  if (way === 'wait') return { kind: 'wait', ms: 0, reason: 'as planned' }
  if (way === 'illegal') return step('placement_done', 'pending')
  return null
}

function decideSearch(ticket: Ticket, way: Way): Outcome {
  if (ticket.state.name === 'pending') return step('start_search', 'searching')
  if (way === 'none') return step('nothing_found', 'search_failed')
  return step('candidates_found', 'matching', {
    candidates: [sampleCandidate(), sampleCandidate()],
    work: { candidates_version: ticket.version + 1, candidates_count: 2 },
  })
}

function decideMatch(ticket: Ticket, way: Way): Outcome {
  if (ticket.request.dry_run) return step('match_previewed', 'dry_run_complete')
  if (way === 'unsure') return step('match_unsure', 'needs_approval')
  return step('match_sure', 'auto_approved', { work: { selected_idx: 0 } })
}

function decideDownload(ticket: Ticket, way: Way): Outcome {
  const download = { info_hash: 'a'.repeat(40), started_at: '2026-01-01T00:00:00.000Z' }
  if (ticket.state.name !== 'downloading') return step('start_download', 'downloading', { work: { download } })
  if (way === 'unsure' && !ticket.work.human_approved) return step('mapping_unsure', 'needs_approval')
  const items = requestedItems(ticket.request).map(({ id, index, kind }) => ({
    itemId: id,
    idx: index,
    kind,
    sourcePath: `/torrent/${id}`,
  }))
  return step('download_done', 'converting', { items })
}

function decidePlace(ticket: Ticket, way: Way): Outcome {
  if (way !== 'gone') return step('placement_done', 'completed')
  const jobItems = requestedItems(ticket.request).map(({ id, index }) => ({ itemId: id, idx: index }))
  return step('files_gone', 'converting', { resetItems: 'all', jobItems })
}

function decideConverted(_ticket: Ticket, items: TicketItemRow[]): Outcome {
  const lost = items.some((item) => item.status === 'failed' && item.kind === 'track')
  return lost && !items.some((item) => item.status === 'done') ? step('fail', 'failed') : step('conversion_done', 'placing')
}
