import type { ClientMessage, StreamMessage } from '@torrentino/domain'
import { z } from 'zod'
import { ApiError, parseJson } from './api-error.js'
import { openSocket, type Proof, type Socket } from './open-socket.js'
import { pause } from './pause.js'
import { queryText } from './requester.js'

export type StreamState =
  | { state: 'connecting' }
  /** `reset`: the server's history is another one than before; read anew what you know. */
  | { state: 'open'; id: number; reset: boolean }
  | { state: 'waiting'; delayMs: number; reason: string }

export interface StreamOptions {
  /** Absent: all tickets that the caller may see. */
  ticketIds?: readonly string[]
  /** The id of the last message seen; absent: from now on. */
  since?: number
  /** Durable messages come once and in order. What this throws ends the stream and is thrown by it. */
  onMessage(message: ClientMessage): void
  onState?(state: StreamState): void
  signal?: AbortSignal
}

export interface StreamSettings extends Proof {
  url: string
  firstDelayMs: number
  maxDelayMs: number
  /** The server sends a heartbeat every 15 seconds. */
  silenceMs: number
}

const Envelope = z.looseObject({ type: z.string(), id: z.number() })

/** Follows the events over any number of connections until the signal aborts. Rejects when the server refuses for good. */
export async function followEvents(settings: StreamSettings, options: StreamOptions): Promise<void> {
  const { onState, signal } = options
  let since = options.since
  let attempt = 0

  function onText(text: string): void {
    const envelope = Envelope.safeParse(parseJson(text))
    if (!envelope.success) return
    const message = envelope.data as unknown as StreamMessage
    if (message.type === 'hello') {
      attempt = 0
      if (since === undefined || message.reset) since = message.id
      onState?.({ state: 'open', id: since, reset: message.reset })
      return
    }
    const known = since ?? -1
    if (message.type === 'progress' || (message.type !== 'heartbeat' && message.id > known)) options.onMessage(message)
    since = Math.max(known, message.id)
  }

  while (!signal?.aborted) {
    onState?.({ state: 'connecting' })
    const url = `${settings.url}${queryText({ ticket_id: options.ticketIds, since })}`
    const { reason, refusal } = await connection({ ...settings, url }, onText, signal)
    // What is no answer of this API may come from a proxy that lets no WebSocket through.
    if (refusal && !refusal.isPassing && refusal.code !== 'unexpected_answer') throw refusal
    if (signal?.aborted) return
    const delayMs = Math.round(Math.random() * Math.min(settings.maxDelayMs, settings.firstDelayMs * 2 ** attempt))
    attempt += 1
    onState?.({ state: 'waiting', delayMs, reason })
    await pause(delayMs, signal)
  }
}

interface Ending {
  reason: string
  refusal?: ApiError
}

/** One connection, from its beginning to its end. */
function connection({ url, silenceMs, ...proof }: StreamSettings, take: (text: string) => void, signal?: AbortSignal): Promise<Ending> {
  return new Promise((resolve, reject) => {
    let socket: Socket | undefined
    let over = false
    let heard = Date.now()
    const watch = setInterval(() => {
      if (Date.now() - heard > silenceMs) end({ reason: 'the connection fell silent' })
    }, silenceMs / 3)

    function finish(): void {
      over = true
      clearInterval(watch)
      signal?.removeEventListener('abort', onAbort)
      socket?.close()
    }
    function end(ending: Ending): void {
      finish()
      resolve(ending)
    }
    function fail(error: unknown): void {
      finish()
      reject(error)
    }
    function notOpened(error: unknown): void {
      if (error instanceof ApiError) end({ reason: error.message, refusal: error })
      else fail(error)
    }
    function onAbort(): void {
      end({ reason: 'aborted' })
    }
    function onText(text: string): void {
      heard = Date.now()
      if (over) return
      try {
        take(text)
      } catch (error) {
        fail(error)
      }
    }

    signal?.addEventListener('abort', onAbort)
    openSocket(url, proof, { onText, onEnd: (reason, refusal) => end({ reason, refusal }) }).then((opened) => {
      socket = opened
      if (over) opened.close()
    }, notOpened)
  })
}
