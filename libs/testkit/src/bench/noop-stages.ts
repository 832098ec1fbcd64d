import { setTimeout as delay } from 'node:timers/promises'
import type { Ticket, TicketState } from '@torrentino/domain'
import type { ItemStage, Outcome, Stage } from '@torrentino/pipeline'

// The steps, rows and audit entries of a real ticket with one track, without the outside world.

const CANDIDATE = {
  title: 'Some Artist - Some Album (2001) [FLAC]',
  indexer: 'bench',
  info_hash: 'a'.repeat(40),
  size_bytes: 300_000_000,
  seeders: 10,
  leechers: 1,
}
const REASONS = [{ code: 'artist', points: 0.4, text: 'the artist is named' }]

function step(type: (Outcome & { kind: 'step' })['type'], state: TicketState, rest: Partial<Outcome & { kind: 'step' }> = {}): Outcome {
  return { kind: 'step', type, state, ...rest }
}

function decideSearch(ticket: Ticket, _facts: unknown, now: Date): Outcome {
  const at = now.toISOString()
  if (ticket.state.name === 'pending') return step('start_search', { name: 'searching', strategies_tried: [], started_at: at })
  return step(
    'candidates_found',
    { name: 'matching', candidates_count: 1, strategies_tried: ['artist_album'], started_at: at },
    {
      work: { candidates_version: ticket.version + 1, candidates_count: 1 },
      candidates: [CANDIDATE],
      audit: [
        { type: 'SearchExecuted', payload: { searcher_name: 'bench', query: 'some artist some album', results_count: 1, duration_ms: 1 } },
      ],
    },
  )
}

function decideMatch(): Outcome {
  const mapping = [{ catalog_track_id: 't1', torrent_file_path: 'a/01.flac', confidence: 1 }]
  return step(
    'match_sure',
    { name: 'auto_approved', selected_idx: 0, confidence: 0.95 },
    {
      work: { selected_idx: 0 },
      scores: [{ idx: 0, score: 0.95, trackMapping: mapping, reasons: REASONS }],
      audit: [
        { type: 'MatchingStarted', payload: { candidates_count: 1, matcher_type: 'dumb' } },
        {
          type: 'MatchingCompleted',
          payload: { matcher_type: 'dumb', candidates_scored: [], selected_idx: 0, confidence: 0.95, reasoning: 'bench' },
        },
      ],
    },
  )
}

function decideDownload(ticket: Ticket, _facts: unknown, now: Date): Outcome {
  const at = now.toISOString()
  const info_hash = CANDIDATE.info_hash
  if (ticket.state.name !== 'downloading')
    return step(
      'start_download',
      { name: 'downloading', torrent_hash: info_hash, started_at: at },
      {
        work: { download: { info_hash, started_at: at } },
        audit: [{ type: 'DownloadStarted', payload: { info_hash, torrent_name: 'a' } }],
      },
    )
  return step(
    'download_done',
    { name: 'converting', total_tracks: 1, started_at: at },
    {
      items: [{ itemId: 't1', idx: 0, kind: 'track', sourcePath: '/bench/01.flac' }],
      audit: [{ type: 'DownloadCompleted', payload: { info_hash, size_bytes: 1, duration_secs: 0 } }],
    },
  )
}

function decidePlace(_ticket: Ticket, _facts: unknown, now: Date): Outcome {
  const stats = { total_download_bytes: 1, download_duration_secs: 0, conversion_duration_secs: 0, final_size_bytes: 1 }
  return step(
    'placement_done',
    { name: 'completed', completed_at: now.toISOString(), stats },
    {
      audit: [
        { type: 'PlacementStarted', payload: { files_count: 1 } },
        { type: 'PlacementCompleted', payload: { files_placed: 1 } },
      ],
    },
  )
}

const gather = async () => null

export function noopStage(name: 'search' | 'match' | 'download' | 'place', endCleanup: (ticket: Ticket) => Promise<void>): Stage<null> {
  const decide = { search: decideSearch, match: decideMatch, download: decideDownload, place: decidePlace }[name]
  return { name, gather, decide, afterEnd: endCleanup }
}

/** Takes so long for each item without doing anything. */
export function noopConvert(workMs: number): ItemStage {
  return {
    name: 'convert',
    run: async () => {
      if (workMs > 0) await delay(workMs)
      return { outputPath: '/bench/01.ogg', size: 1, sha256: 'b'.repeat(64), info: {} }
    },
    discard: async () => {},
    isAway: (_error): _error is Error => false,
    decide: (_ticket, _items, now) => step('conversion_done', { name: 'placing', total_files: 1, started_at: now.toISOString() }),
    startAudit: () => ({ type: 'ConversionStarted', payload: { item_id: 't1', input_path: '/bench/01.flac' } }),
    doneAudit: () => ({ type: 'ConversionCompleted', payload: { item_id: 't1', output_path: '/bench/01.ogg', duration_ms: 1 } }),
    failureAudit: (_ticket, item, { message, willRetry }) => ({
      type: 'ConversionFailed',
      payload: { item_id: item.itemId, error: message, will_retry: willRetry },
    }),
  }
}
