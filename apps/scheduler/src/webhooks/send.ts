import { createHmac } from 'node:crypto'
import type { lookup as systemLookup } from 'node:dns'
import http from 'node:http'
import https from 'node:https'
import { signedText, WEBHOOK_HEADERS } from '@torrentino/domain'
import { forbidden, forbidsHost, guardedLookup } from '@torrentino/runtime'

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

/**
 * Posts a message and returns the status of the answer, whose body nobody reads. Goes straight to an address that was checked,
 * by no proxy, on a connection of its own, and follows no redirect.
 */
export async function send({ url, secret, eventId, event, body }: Parcel, options: SendOptions): Promise<number> {
  const { isAllowed, timeoutMs, signal, lookup } = options
  const target = new URL(url)
  if (forbidsHost(target, isAllowed)) throw forbidden()
  const unixSecs = Math.floor(Date.now() / 1000)
  const request = (target.protocol === 'https:' ? https : http).request(target, {
    method: 'POST',
    agent: false,
    lookup: guardedLookup(isAllowed, lookup),
    maxHeaderSize: 16 * 1024,
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
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
      resolve(response.statusCode ?? 0)
      response.destroy()
    })
    request.on('error', reject)
    request.end(body)
  })
}
