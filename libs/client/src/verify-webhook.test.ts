import { createHmac } from 'node:crypto'
import { expect, test } from '@jest/globals'
import { verifyWebhook } from './verify-webhook.js'

const SECRET = 'whsec_of-the-tests'
const body = JSON.stringify({ event_id: '7', webhook_id: 'w', type: 'test', at: '2026-01-01T00:00:00.000Z', text: 'Ænima' })
const NOW = 1_800_000_000
const sign = (time: number | string, secret = SECRET, of = body) =>
  `t=${time},v1=${createHmac('sha256', secret).update(`${time}.${of}`).digest('hex')}`
const verify = (signature: string | undefined, text = body) =>
  verifyWebhook({ secret: SECRET, signature, body: text, now: () => NOW * 1000 })

test.each([NOW, NOW - 300, NOW + 300])('a message signed at %d is what was sent', async (time) =>
  expect(await verify(sign(time))).toEqual(JSON.parse(body)),
)

test.each<[string, string | undefined, string?]>([
  ['none', undefined],
  ['nothing in it', ''],
  ['another form', `v1=${'a'.repeat(64)}`],
  ['no hexadecimal', `t=${NOW},v1=${'z'.repeat(64)}`],
  ['another secret', sign(NOW, 'whsec_other')],
  ['another body', sign(NOW), `${body} `],
  ['another time put in', sign(NOW - 1).replace(String(NOW - 1), String(NOW))],
  ['an old one', sign(NOW - 301)],
  ['one of the future', sign(NOW + 301)],
])('%s is refused', async (_what, signature, text = body) => {
  await expect(verify(signature, text)).rejects.toMatchObject({ name: 'WebhookError' })
})
