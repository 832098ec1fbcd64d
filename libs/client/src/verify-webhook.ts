import { signedText, type WebhookMessage } from '@torrentino/domain'
import { parseJson } from './api-error.js'

export interface VerifyOptions {
  /** As it was told when the webhook was made. */
  secret: string
  /** The header `X-Torrentino-Signature`. */
  signature: string | null | undefined
  /** As it came, byte for byte. */
  body: string
  /** How old, or how far ahead, the signature may be. */
  toleranceSecs?: number
  now?: () => number
}

/** It was not us who sent this, or not now. */
export class WebhookError extends Error {
  override readonly name = 'WebhookError'
}

const FORM = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/

/** The message of a delivery, if the signature is right. Whoever has seen its `event_id` before has seen it before. */
export async function verifyWebhook({
  secret,
  signature,
  body,
  toleranceSecs = 300,
  now = Date.now,
}: VerifyOptions): Promise<WebhookMessage> {
  const [, time, mac] = FORM.exec(signature ?? '') ?? []
  if (time === undefined || mac === undefined) throw new WebhookError('the signature is missing or has not the form t=...,v1=...')
  if (!(await isSigned(secret, signedText(Number(time), body), mac))) throw new WebhookError('the signature is wrong')
  if (Math.abs(now() / 1000 - Number(time)) > toleranceSecs) throw new WebhookError('the signature is too old')
  return parseJson(body) as WebhookMessage
}

/** By the platform's own comparison, which takes equally long wherever the difference is. */
async function isSigned(secret: string, text: string, mac: string): Promise<boolean> {
  const bytes = (value: string) => new TextEncoder().encode(value)
  const { subtle } = globalThis.crypto
  const key = await subtle.importKey('raw', bytes(secret), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify'])
  const digits = mac.match(/../g) ?? []
  return subtle.verify('HMAC', key, new Uint8Array(digits.map((pair) => Number.parseInt(pair, 16))), bytes(text))
}
