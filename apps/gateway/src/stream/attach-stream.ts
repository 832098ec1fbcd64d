import type http from 'node:http'
import type { Duplex } from 'node:stream'
import type { Bus, Subscription } from '@torrentino/bus'
import { DomainError, type HelloMessage } from '@torrentino/domain'
import type { Logger } from '@torrentino/runtime'
import type { Store } from '@torrentino/store'
import { type WebSocket, WebSocketServer } from 'ws'
import { idAfter, seqOf } from './delivery.js'
import { createFlusher } from './flusher.js'
import { type Proof, type Refusal, refuse, SUBPROTOCOL, takeProof } from './handshake.js'
import { DEFAULT_LIMITS, type StreamLimits } from './limits.js'
import { createRecent } from './recent.js'
import { createRelay } from './relay.js'
import { replay } from './replay.js'
import { createSlots } from './slots.js'
import { createStreamClient, INTERNAL_ERROR, SERVICE_RESTART } from './stream-client.js'
import { parseStreamQuery, type StreamQuery } from './stream-query.js'
import { createTail } from './tail.js'

export interface StreamIdentity {
  userId: string
  role: 'user' | 'admin'
}

export interface StreamDeps {
  steps: Pick<Store['steps'], 'tail' | 'between'>
  subscribe: Bus['subscribe']
  /** Null: not known. Sees the token of a browser's subprotocol as an Authorization header. Throws why one that is known may not. */
  authenticate(request: http.IncomingMessage, proof: Proof): Promise<StreamIdentity | null>
  log: Logger
  paths: readonly string[]
  limits?: Partial<StreamLimits>
}

export interface AttachedStream {
  clients(): number
  close(): Promise<void>
}

const MAX_INBOUND = 4 * 1024
const REPLAY_QUERIES = 4

/** Serves the event stream on an HTTP server. Neither Postgres nor Redis need be there yet. */
export async function attachStream(server: http.Server, deps: StreamDeps): Promise<AttachedStream> {
  const { steps, log } = deps
  const limits = { ...DEFAULT_LIMITS, ...deps.limits }
  const recent = createRecent()
  const tail = createTail({
    steps,
    log,
    gapMs: limits.gapMs,
    checkMs: limits.checkMs,
    onStart: (position) => recent.restart(position),
    onStep: (step) => relay.step(step),
    onReset: () => relay.disconnectAll(SERVICE_RESTART, 'the history has been replaced; read the tickets anew and reconnect'),
  })
  const relay = createRelay(recent, tail.position, limits)
  const flusher = createFlusher()
  const slots = createSlots(REPLAY_QUERIES)
  const sockets = new WebSocketServer({
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    maxPayload: MAX_INBOUND,
    handleProtocols: (offered) => (offered.has(SUBPROTOCOL) ? SUBPROTOCOL : false),
  })
  let closing: Promise<void> | undefined

  function onUpgrade(request: http.IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy())
    answer(request, socket, head).catch((error) => {
      log.error('event stream: handshake failed', { error })
      refuse(socket, { status: 500, code: 'internal', title: 'Internal Server Error', detail: 'the connection could not be made' })
    })
  }

  async function answer(request: http.IncomingMessage, socket: Duplex, head: Buffer): Promise<void> {
    const [path = '', search = ''] = (request.url ?? '').split('?', 2)
    if (!deps.paths.includes(path)) {
      if (server.listenerCount('upgrade') === 1) refuse(socket, NOT_FOUND)
      return
    }
    const identity = await deps.authenticate(request, takeProof(request)).catch(refusalOf)
    if (!identity) return refuse(socket, UNAUTHENTICATED)
    if ('status' in identity) return refuse(socket, identity)
    const parsed = parseStreamQuery(new URLSearchParams(search))
    if ('faults' in parsed) return refuse(socket, { ...BAD_QUERY, errors: parsed.faults })
    const reset = await isAhead(parsed.query.since)
    if (tail.position() === null || closing || relay.clients.size >= limits.maxClients) return refuse(socket, UNAVAILABLE)
    sockets.handleUpgrade(request, socket, head, (ws) => welcome(ws, socket, identity, parsed.query, reset))
  }

  /** A client may be ahead of this gateway for a moment; ahead of the database it is only after that was restored. */
  async function isAhead(since: number | null): Promise<boolean> {
    const position = tail.position()
    if (since === null || position === null || since <= idAfter(position)) return false
    const [known] = await steps.between(seqOf(since) - 1, Number.MAX_SAFE_INTEGER, 1)
    return known === undefined
  }

  function welcome(
    ws: WebSocket,
    socket: Duplex,
    { userId, role }: StreamIdentity,
    { ticketIds, since }: StreamQuery,
    reset: boolean,
  ): void {
    const client = createStreamClient(ws, socket, { userId: role === 'admin' ? null : userId, ticketIds }, flusher, limits)
    relay.add(client)
    const head = idAfter(tail.position() ?? 0)
    client.after = since === null || reset ? head : since
    client.send({ type: 'hello', id: client.after, head, reset } satisfies HelloMessage)
    replay(client, { steps, recent, position: tail.position, slots }).catch((error) => {
      log.warn('event stream: replay failed, the client will resume', { error })
      ws.close(INTERNAL_ERROR, 'the events could not be read; reconnect with since=<last id>')
    })
  }

  let troubled = false
  const subscription: Subscription | null = await deps
    .subscribe({
      onEvent: (event) => (event.kind === 'step' ? tail.accept(event) : relay.progress(event)),
      onReady: () => {
        troubled = false
        tail.catchUp()
      },
      onError: (error) => {
        if (!troubled) log.warn('event stream: Redis is away; steps are read from the database until it is back', { error })
        troubled = true
      },
    })
    .catch((error) => {
      log.warn('event stream: not subscribed yet', { error })
      return null
    })
  server.on('upgrade', onUpgrade)

  async function close(): Promise<void> {
    server.off('upgrade', onUpgrade)
    await Promise.all([subscription?.close(), tail.close(), relay.close()])
    sockets.close()
  }

  return {
    clients: () => relay.clients.size,
    close: () => {
      closing ??= close()
      return closing
    },
  }
}

const NOT_FOUND: Refusal = { status: 404, code: 'not_found', title: 'Not Found', detail: 'there is no event stream at this path' }
const BAD_QUERY: Refusal = { status: 400, code: 'invalid_request', title: 'Bad Request', detail: 'the query is not valid' }
function refusalOf(error: unknown): Refusal {
  if (!(error instanceof DomainError)) throw error
  const { code, message, details } = error
  if (code === 'forbidden') return { status: 403, code, title: 'Forbidden', detail: message }
  if (code === 'too_many_requests')
    return { status: 429, code, title: 'Too Many Requests', detail: message, headers: { 'Retry-After': String(details.retry_after_secs) } }
  if (code === 'unavailable') return UNAVAILABLE
  throw error
}

const UNAUTHENTICATED: Refusal = {
  status: 401,
  code: 'unauthenticated',
  title: 'Unauthorized',
  detail: 'send a token in the Authorization header, or as the subprotocol bearer.<token> beside torrentino',
  headers: { 'WWW-Authenticate': 'Bearer' },
}
const UNAVAILABLE: Refusal = {
  status: 503,
  code: 'not_ready',
  title: 'Service Unavailable',
  detail: 'no stream can be opened at the moment; try again',
  headers: { 'Retry-After': '1' },
}
