import { StageError } from '@torrentino/domain'
import { WebSocket } from 'ws'
import type { z } from 'zod'
import { Answer, Notification } from './schema.js'

const CALL_TIMEOUT_MS = 15_000
const MAX_MESSAGE_BYTES = 64 * 1024 * 1024

/** aria2 understood the call and refused it. */
export class Aria2Refusal extends Error {
  override readonly name = 'Aria2Refusal'
}

/** The connection ended before the answer came; the call may be made again on the next one. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost'
}

export interface Rpc {
  call<T>(method: string, params: unknown[], answer: z.ZodType<T>): Promise<T>
  readonly closed: Promise<void>
  close(): void
}

export interface RpcOptions {
  port: number
  secret: string
  onNotification: (method: string, gid: string) => void
}

interface Pending {
  resolve(value: unknown): void
  reject(error: Error): void
  timer: NodeJS.Timeout
}

export async function connectRpc({ port, secret, onNotification }: RpcOptions): Promise<Rpc> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/jsonrpc`, {
    maxPayload: MAX_MESSAGE_BYTES,
    handshakeTimeout: 5_000,
    perMessageDeflate: false,
  })
  const pending = new Map<string, Pending>()
  let lastId = 0

  const closed = new Promise<void>((resolve) => {
    socket.on('close', () => {
      for (const { reject, timer } of pending.values()) {
        clearTimeout(timer)
        reject(new ConnectionLost('the connection to aria2 was lost'))
      }
      pending.clear()
      resolve()
    })
  })
  socket.on('message', (data) => receive(String(data), pending, onNotification))
  await opened(socket)

  function call<T>(method: string, params: unknown[], answer: z.ZodType<T>): Promise<T> {
    return new Promise<unknown>((resolve, reject) => {
      if (socket.readyState !== WebSocket.OPEN) return reject(new ConnectionLost('there is no connection to aria2'))
      const id = String(++lastId)
      const timer = setTimeout(() => {
        pending.delete(id)
        reject(new StageError('retryable', 'engine_timeout', `The torrent engine did not answer ${method} in time. It is tried again.`))
      }, CALL_TIMEOUT_MS)
      pending.set(id, { resolve, reject, timer })
      socket.send(JSON.stringify({ jsonrpc: '2.0', id, method, params: [`token:${secret}`, ...params] }))
    }).then((result) => read(method, result, answer))
  }

  return { call, closed, close: () => socket.terminate() }
}

function read<T>(method: string, result: unknown, answer: z.ZodType<T>): T {
  const parsed = answer.safeParse(result)
  if (parsed.success) return parsed.data
  throw new StageError('retryable', 'engine_answer', `The torrent engine gave an answer to ${method} that cannot be read.`)
}

function opened(socket: WebSocket): Promise<void> {
  return new Promise((resolve, reject) => {
    socket.once('open', resolve)
    // Stays for later: after the opening an error is followed by a close, which is what the callers watch.
    socket.on('error', reject)
  })
}

function receive(text: string, pending: Map<string, Pending>, onNotification: RpcOptions['onNotification']): void {
  const message = parseJson(text)
  const notification = Notification.safeParse(message)
  if (notification.success) {
    onNotification(notification.data.method, notification.data.params[0].gid)
    return
  }
  const answer = Answer.safeParse(message)
  const waiting = answer.success ? pending.get(answer.data.id) : undefined
  if (!answer.success || !waiting) return
  pending.delete(answer.data.id)
  clearTimeout(waiting.timer)
  if (answer.data.error) waiting.reject(new Aria2Refusal(answer.data.error.message))
  else waiting.resolve(answer.data.result)
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
