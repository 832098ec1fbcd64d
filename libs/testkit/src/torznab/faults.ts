import type { ServerResponse } from 'node:http'
import { errorXml } from './feed-item.js'

/** The ways in which indexers fail. `held` answers never end by themselves; closing the server cuts them. */
export type TorznabFault =
  | { kind: 'error'; code: number; description: string; status?: number }
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: string }
  | { kind: 'rate_limited'; retryAfter?: string }
  | { kind: 'html' }
  | { kind: 'truncated' }
  | { kind: 'huge'; bytes: number }
  | { kind: 'entity_bomb' }
  | { kind: 'body'; body: string | Uint8Array; contentType?: string }
  | { kind: 'held' }
  | { kind: 'held_body' }
  | { kind: 'reset' }

const XML = 'application/rss+xml; charset=utf-8'

export function sendFault(response: ServerResponse, fault: TorznabFault, feed: string) {
  switch (fault.kind) {
    case 'error':
      return send(response, fault.status ?? 200, errorXml(fault.code, fault.description))
    case 'status':
      return send(response, fault.status, fault.body ?? '', fault.headers)
    case 'rate_limited':
      return send(response, 429, errorXml(429, 'Request limit reached'), fault.retryAfter ? { 'retry-after': fault.retryAfter } : {})
    case 'html':
      return send(response, 200, HTML, { 'content-type': 'text/html' })
    case 'truncated':
      return send(response, 200, feed.slice(0, Math.floor(feed.length * 0.7)))
    case 'huge':
      return sendHuge(response, fault.bytes)
    case 'entity_bomb':
      return send(response, 200, entityBomb())
    case 'body':
      return send(response, 200, fault.body, fault.contentType ? { 'content-type': fault.contentType } : {})
    case 'held':
      return
    case 'held_body':
      response.writeHead(200, { 'content-type': XML })
      response.write(feed.slice(0, 100))
      return
    case 'reset':
      response.socket?.resetAndDestroy()
      return
  }
}

export function send(response: ServerResponse, status: number, body: string | Uint8Array, headers: Record<string, string> = {}): void {
  response.writeHead(status, { 'content-type': XML, ...headers })
  response.end(body)
}

const HTML = `<!DOCTYPE html>
<html lang="en"><head><title>Just a moment...</title></head><body><p>Checking your browser<br>before access</p></body></html>`

function entityBomb(): string {
  const names = Array.from({ length: 12 }, (_, level) => `e${level}`)
  const entities = names.map((name, level) => `<!ENTITY ${name} "${level === 0 ? 'boom' : `&${names[level - 1]};`.repeat(10)}">`)
  return `<?xml version="1.0"?>\n<!DOCTYPE rss [${entities.join('')}]>\n<rss><channel><item><title>&e11;</title></item></channel></rss>`
}

/** Written piece by piece as the reader takes it, so the server needs no memory for it. */
function sendHuge(response: ServerResponse, bytes: number): void {
  const piece = Buffer.alloc(64 * 1024, ' ')
  let left = bytes
  response.writeHead(200, { 'content-type': XML })
  const pump = () => {
    while (left > 0 && !response.destroyed) {
      left -= piece.length
      if (!response.write(piece)) return
    }
    response.end()
  }
  response.on('drain', pump)
  pump()
}
