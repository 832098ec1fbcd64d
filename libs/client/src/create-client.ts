import {
  type AuditEntry,
  AuditEntryView,
  AuditList,
  type AuditType,
  BulkAnswer,
  type BulkBody,
  CatalogList,
  CatalogTorrentDetails,
  CatalogTorrentView,
  ConfigAnswer,
  DeadLetterList,
  FileList,
  Health,
  IndexerList,
  IndexerTest,
  IndexerView,
  type NewTicket,
  type NewWebhookBody,
  Nothing,
  Replayed,
  type StateName,
  Stats,
  StreamPass,
  TicketCreated,
  TicketDetails,
  TicketList,
  TicketSummary,
  type TORRENT_STATUSES,
  TokenCreated,
  TokenList,
  TrainingDecision,
  type UserRole,
  WarmerView,
  WebhookCreated,
  WebhookList,
  WebhookTested,
  WebhookView,
} from '@torrentino/domain'
import type { z } from 'zod'
import { ApiError } from './api-error.js'
import { followEvents, type StreamOptions } from './event-stream.js'
import { jsonLines } from './json-lines.js'
import { createRequester, type Fetch, type QueryValue } from './requester.js'
import { type WaitOptions, waitForTicket } from './wait-for-ticket.js'

export interface ClientOptions {
  /** Where the gateway is, as `http://host:8080`; a path in front of /api/v1 may follow. */
  baseUrl: string
  token?: string
  fetch?: Fetch
  /** For answers that are not streamed. */
  timeoutMs?: number
  /** The first pause before connecting again; it doubles up to half a minute. */
  reconnectMs?: number
}

export interface Abortable {
  signal?: AbortSignal
}

export interface Paging {
  limit?: number
  offset?: number
  /** `next` of the page before. */
  after?: string
}

export interface TicketFilter {
  state?: StateName | readonly StateName[]
  requested_by?: string
}

export interface AuditFilter {
  ticket_id?: string
  event_type?: AuditType | readonly AuditType[]
  actor?: string
  from?: string | Date
  to?: string | Date
}

export interface CatalogFilter {
  /** Beginnings of words of titles, artists, albums and tracks, or of the hash. */
  q?: string
  status?: TorrentStatus | readonly TorrentStatus[]
  pinned?: boolean
}

type TorrentStatus = (typeof TORRENT_STATUSES)[number]

export interface ByteRange {
  start: number
  /** Inclusive; absent: to the end. */
  end?: number
}

export type NewTicketInput = z.input<typeof NewTicket>
export type Client = ReturnType<typeof createClient>

const API = '/api/v1'
const MAX_DELAY_MS = 30_000
const SILENCE_MS = 45_000
const RETRY_MS = 1_000

/** The whole API as functions. Every failure is an ApiError, except that an aborted signal throws its own reason. */
export function createClient({ baseUrl, token, fetch = globalThis.fetch, timeoutMs = 30_000, reconnectMs = 500 }: ClientOptions) {
  const root = `${baseUrl.replace(/\/+$/, '')}${API}`
  const request = createRequester({ baseUrl: root, token, fetch: (url, init) => fetch(url, init), timeoutMs })

  function command(id: string, name: string, body: unknown, { signal }: Abortable = {}): Promise<TicketSummary> {
    return request.json(TicketSummary, `${ticketPath(id)}/${name}`, { method: 'POST', body, signal })
  }

  function getTicket(id: string, { signal }: Abortable = {}): Promise<TicketDetails> {
    return request.json(TicketDetails, ticketPath(id), { signal })
  }

  function listTickets(filter: TicketFilter & Paging = {}, { signal }: Abortable = {}): Promise<TicketList> {
    return request.json(TicketList, '/tickets', { query: { ...filter }, signal })
  }

  /** All that match, newest first, page by page as they are taken. */
  async function* allTickets(filter: TicketFilter & Pick<Paging, 'limit'> = {}, options: Abortable = {}): AsyncGenerator<TicketSummary> {
    let after: string | undefined
    do {
      const page = await listTickets({ limit: 200, ...filter, after }, options)
      yield* page.tickets
      after = page.next ?? undefined
    } while (after !== undefined)
  }

  /** All that match, oldest first, as they come in. */
  function exportAudit(filter: AuditFilter = {}, options: Abortable = {}): AsyncGenerator<AuditEntry> {
    return exportLines(AuditEntryView, { ...filter, format: 'jsonl' }, options)
  }

  async function* exportLines<T>(schema: z.ZodType<T>, query: Record<string, QueryValue>, { signal }: Abortable): AsyncGenerator<T> {
    const response = await request.open('/audit/export', { query, signal })
    try {
      for await (const line of jsonLines(response)) yield schema.parse(line)
    } catch (error) {
      if (signal?.aborted) throw error
      throw new ApiError(0, 'unreachable', 'the transfer broke off', [], null, { cause: error })
    }
  }

  function stream(options: StreamOptions): Promise<void> {
    const url = `${root.replace(/^http/, 'ws')}/ws`
    const pass = async () => (await request.json(StreamPass, '/stream-pass', { method: 'POST', signal: options.signal })).pass
    return followEvents({ url, token, pass, firstDelayMs: reconnectMs, maxDelayMs: MAX_DELAY_MS, silenceMs: SILENCE_MS }, options)
  }

  return {
    createTicket: (
      ticket: NewTicketInput,
      { idempotencyKey, signal }: Abortable & { idempotencyKey?: string } = {},
    ): Promise<TicketCreated> =>
      request.json(TicketCreated, '/ticket', { method: 'POST', body: ticket, headers: { 'Idempotency-Key': idempotencyKey }, signal }),
    getTicket,
    listTickets,
    allTickets,
    cancel: (id: string, reason?: string, { signal }: Abortable = {}): Promise<TicketSummary> =>
      request.json(TicketSummary, ticketPath(id), { method: 'DELETE', body: { reason }, signal }),
    /** A running download gives its place to another until it is resumed. */
    pause: (id: string, options?: Abortable) => command(id, 'pause', {}, options),
    resume: (id: string, options?: Abortable) => command(id, 'resume', {}, options),
    /** Without an index: the recommended candidate. */
    approve: (id: string, candidateIdx?: number, options?: Abortable) => command(id, 'approve', { candidate_idx: candidateIdx }, options),
    reject: (id: string, reason?: string, options?: Abortable) => command(id, 'reject', { reason }, options),
    retry: (id: string, options?: Abortable) => command(id, 'retry', {}, options),
    forceSearch: (id: string, query: string, options?: Abortable) => command(id, 'force-search', { query }, options),
    forceMagnet: (id: string, magnetUri: string, options?: Abortable) => command(id, 'force-magnet', { magnet_uri: magnetUri }, options),
    /** Of many tickets at once, at most a thousand a request; with `dry_run` it only says which. The time limit has to be long enough. */
    bulk: (body: z.input<typeof BulkBody>, { signal }: Abortable = {}): Promise<BulkAnswer> =>
      request.json(BulkAnswer, '/tickets/bulk', { method: 'POST', body, signal }),
    files: (id: string, { signal }: Abortable = {}): Promise<FileList> => request.json(FileList, `${ticketPath(id)}/files`, { signal }),
    /** The bytes are in the answer's body; status 206 where a range was asked for. */
    downloadFile: (id: string, itemId: string, { range, signal }: Abortable & { range?: ByteRange } = {}): Promise<Response> =>
      request.open(`${ticketPath(id)}/files/${encodeURIComponent(itemId)}`, {
        headers: { Range: range && `bytes=${range.start}-${range.end ?? ''}` },
        signal,
      }),
    audit: (filter: AuditFilter & Paging = {}, { signal }: Abortable = {}): Promise<AuditList> =>
      request.json(AuditList, '/audit', { query: { ...filter }, signal }),
    exportAudit,
    /** The same for spreadsheets; the rows are in the answer's body. */
    exportAuditCsv: (filter: AuditFilter = {}, { signal }: Abortable = {}): Promise<Response> =>
      request.open('/audit/export', { query: { ...filter, format: 'csv' }, signal }),
    /** A line for each decision of the matcher with what people said to it, oldest first, as they come in. */
    exportTraining: (
      filter: Pick<AuditFilter, 'ticket_id' | 'from' | 'to'> = {},
      options: Abortable = {},
    ): AsyncGenerator<TrainingDecision> => exportLines(TrainingDecision, { ...filter, format: 'training' }, options),
    health: ({ signal }: Abortable = {}): Promise<Health> => request.json(Health, '/health', { signal }),
    stats: ({ signal }: Abortable = {}): Promise<Stats> => request.json(Stats, '/stats', { signal }),
    indexers: ({ signal }: Abortable = {}): Promise<IndexerList> => request.json(IndexerList, '/indexers', { signal }),
    indexer: (name: string, { signal }: Abortable = {}): Promise<IndexerView> => request.json(IndexerView, indexerPath(name), { signal }),
    /** Asks the indexer for real: it may take as long as the indexer does, so `timeoutMs` must be longer. */
    testIndexer: (name: string, { signal }: Abortable = {}): Promise<IndexerTest> =>
      request.json(IndexerTest, `${indexerPath(name)}/test`, { method: 'POST', signal }),
    catalog: ({ pinned, ...filter }: CatalogFilter & Omit<Paging, 'offset'> = {}, { signal }: Abortable = {}): Promise<CatalogList> =>
      request.json(CatalogList, '/catalog', { query: { ...filter, pinned: pinned?.toString() }, signal }),
    /** With at most a thousand files, from the one with index `filesFrom` on. */
    catalogTorrent: (infoHash: string, filesFrom?: number, { signal }: Abortable = {}): Promise<CatalogTorrentDetails> =>
      request.json(CatalogTorrentDetails, torrentPath(infoHash), { query: { files_from: filesFrom }, signal }),
    /** What the cache warmer does, and what it did not and why. */
    cacheWarmer: ({ signal }: Abortable = {}): Promise<WarmerView> => request.json(WarmerView, '/catalog/warmer', { signal }),
    pinTorrent: (infoHash: string, pinned: boolean, { signal }: Abortable = {}): Promise<CatalogTorrentView> =>
      request.json(CatalogTorrentView, `${torrentPath(infoHash)}/${pinned ? 'pin' : 'unpin'}`, { method: 'POST', signal }),
    /** Its files go a little later. Without `force` what still has to be seeded, or what a ticket needs, stays. */
    removeTorrent: (infoHash: string, { force, signal }: Abortable & { force?: boolean } = {}): Promise<CatalogTorrentView> =>
      request.json(CatalogTorrentView, torrentPath(infoHash), { method: 'DELETE', query: { force: force?.toString() }, signal }),
    tokens: ({ signal }: Abortable = {}): Promise<TokenList> => request.json(TokenList, '/tokens', { signal }),
    /** The key is in this answer alone. */
    createToken: (token: { name: string; role: UserRole; expires_at?: string }, { signal }: Abortable = {}): Promise<TokenCreated> =>
      request.json(TokenCreated, '/tokens', { method: 'POST', body: token, signal }),
    /** It counts no more from the next request on. */
    revokeToken: async (id: string, { signal }: Abortable = {}): Promise<void> => {
      await request.json(Nothing, `/tokens/${encodeURIComponent(id)}`, { method: 'DELETE', signal })
    },
    webhooks: ({ signal }: Abortable = {}): Promise<WebhookList> => request.json(WebhookList, '/webhooks', { signal }),
    /** The answer alone has the secret, which `verifyWebhook` needs. */
    createWebhook: (webhook: z.input<typeof NewWebhookBody>, { signal }: Abortable = {}): Promise<WebhookCreated> =>
      request.json(WebhookCreated, '/webhooks', { method: 'POST', body: webhook, signal }),
    webhook: (id: string, { signal }: Abortable = {}): Promise<WebhookView> => request.json(WebhookView, webhookPath(id), { signal }),
    deleteWebhook: async (id: string, { signal }: Abortable = {}): Promise<void> => {
      await request.json(Nothing, webhookPath(id), { method: 'DELETE', signal })
    },
    /** What happens while it is not enabled is delivered afterwards. */
    enableWebhook: (id: string, enabled: boolean, { signal }: Abortable = {}): Promise<WebhookView> =>
      request.json(WebhookView, `${webhookPath(id)}/${enabled ? 'resume' : 'pause'}`, { method: 'POST', signal }),
    /** `last_delivery` of the webhook tells what came of it. */
    testWebhook: (id: string, { signal }: Abortable = {}): Promise<WebhookTested> =>
      request.json(WebhookTested, `${webhookPath(id)}/test`, { method: 'POST', signal }),
    deadLetters: (id: string, page: Omit<Paging, 'offset'> = {}, { signal }: Abortable = {}): Promise<DeadLetterList> =>
      request.json(DeadLetterList, `${webhookPath(id)}/dead-letters`, { query: { ...page }, signal }),
    /** All of them, or the one with this id. */
    replayDeadLetters: (id: string, letterId?: string, { signal }: Abortable = {}): Promise<Replayed> => {
      const letters = `${webhookPath(id)}/dead-letters${letterId === undefined ? '' : `/${encodeURIComponent(letterId)}`}`
      return request.json(Replayed, `${letters}/replay`, { method: 'POST', signal })
    },
    config: ({ signal }: Abortable = {}): Promise<ConfigAnswer> => request.json(ConfigAnswer, '/config', { signal }),
    stream,
    waitForTicket: (id: string, options: WaitOptions = {}): Promise<TicketDetails> =>
      waitForTicket({ getTicket, stream, retryMs: RETRY_MS }, id, options),
  }
}

function indexerPath(name: string): string {
  return `/indexers/${encodeURIComponent(name)}`
}

function webhookPath(id: string): string {
  return `/webhooks/${encodeURIComponent(id)}`
}

function torrentPath(infoHash: string): string {
  return `/catalog/${encodeURIComponent(infoHash)}`
}

function ticketPath(id: string): string {
  return `/ticket/${encodeURIComponent(id)}`
}
