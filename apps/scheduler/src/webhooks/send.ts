import { createHmac } from 'node:crypto'
import type { lookup as systemLookup } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import { signedText, WEBHOOK_HEADERS } from '@torrentino/domain'
import { forbidden, forbidsHost, guardedLookup, limited, retryAfterMs } from '@torrentino/runtime'

export interface SendOptions {
  isAllowed(address: string): boolean
  timeoutMs: number
  signal: AbortSignal
  /** Another resolver, for tests. */
  lookup?: typeof systemLookup
}

export interface Parcel {
  url: string
  secret: string
  eventId: string
  event: string
  body: string
}

export interface SendAnswer {
  status: number
  /** How long the consumer asks to be left alone. */
  retryAfterMs: number
}

/**
 * Posts a message and returns what the head of the answer says; its body nobody reads. Goes straight to an address that was checked,
 * by no proxy, on a connection of its own, and follows no redirect.
 */
export async function send({ url, secret, eventId, event, body }: Parcel, options: SendOptions): Promise<SendAnswer> {
  const { isAllowed, timeoutMs, signal, lookup } = options
  const target = new URL(url)
  if (forbidsHost(target, isAllowed)) throw forbidden()
  const unixSecs = Math.floor(Date.now() / 1000)
  const request = (target.protocol === 'https:' ? https : http).request(target, {
    method: 'POST',
    agent: false,
    lookup: guardedLookup(isAllowed, lookup),
    maxHeaderSize: 16 * 1024,
    signal: limited(signal, timeoutMs),
    headers: {
      'Content-Type': 'application/json',
      'Content-Length': Buffer.byteLength(body),
      'User-Agent': 'Quentin-Torrentino',
      [WEBHOOK_HEADERS.event]: event,
      [WEBHOOK_HEADERS.eventId]: eventId,
      [WEBHOOK_HEADERS.signature]: `t=${unixSecs},v1=${createHmac('sha256', secret).update(signedText(unixSecs, body)).digest('hex')}`,
    },
  })
  return new Promise((resolve, reject) => {
    request.on('response', (response) => {
      response.on('error', () => {})
      resolve({ status: response.statusCode ?? 0, retryAfterMs: retryAfterMs(response.headers['retry-after']) ?? 0 })
      response.destroy()
    })
    request.on('error', reject)
    request.end(body)
  })
}
