import { gzipSync } from 'node:zlib'
import { describe, expect, test } from '@jest/globals'
import { StageError } from '@torrentino/domain'
import { type ContractRun, good, KEY, query } from './kind.js'
import type { Reply } from './server.js'

export function faultsContract({ kind, find, offering, searcher, answerWith, taken }: ContractRun): void {
  describe('an answer that is none', () => {
    const retry = { kind: 'retryable', code: 'indexer_error' }
    const never = { kind: 'permanent', code: 'indexer_error' }
    const limited = { kind: 'retryable', code: 'indexer_rate_limited' }
    const gone = { kind: 'retryable', code: 'indexer_unreachable' }
    const later = new Date(Date.now() + 3_600_000).toUTCString()
    const half = () => (offering(good(), good()).body as string).slice(0, -30)
    test.each<[string, Reply | (() => Reply), object]>([
      ['401', { status: 401, body: '{"error":"Unauthorized"}' }, { kind: 'permanent', code: 'indexer_auth' }],
      ['403', { status: 403, body: '<html>no</html>' }, { kind: 'permanent', code: 'indexer_auth' }],
      ['404', { status: 404, body: 'Indexer is not configured' }, never],
      ['410 of a disabled indexer', { status: 410 }, never],
      ['429 in seconds', { status: 429, headers: { 'retry-after': '120' } }, { ...limited, retryAfterMs: 120_000 }],
      ['429 with a date', { status: 429, headers: { 'retry-after': later } }, { ...limited, retryAfterMs: expect.any(Number) }],
      ['429 without a time', { status: 429, body: '{}' }, { ...limited, retryAfterMs: undefined }],
      ['500', { status: 500, body: '<html>oops</html>' }, retry],
      ['503', { status: 503, headers: { 'retry-after': '7' } }, { ...retry, retryAfterMs: 7000 }],
      ['a redirect to a login page', { status: 302, headers: { location: '/login' } }, never],
      ['a web page', { headers: { 'content-type': 'text/html' }, body: '<!DOCTYPE html><html><p>wait<br></html>' }, retry],
      ['an empty body', { body: '' }, retry],
      ['binary', { body: Buffer.from(Array.from({ length: 3000 }, (_, i) => (i * 7919) % 256)) }, retry],
      ['one that breaks off', () => ({ body: half() }), retry],
      ['a connection that is cut', { after: 'cut' }, gone],
      ['an entity bomb', { body: BOMB }, { kind: expect.stringMatching('permanent|retryable'), code: 'indexer_error' }],
    ])('%s', async (_name, reply, expected) => {
      const error = await find(reply).catch((thrown: unknown) => thrown)
      expect(error).toMatchObject({ name: 'StageError', ...expected })
      expect((error as Error).message).toMatch(/^loop: /)
    })

    test('a wrong key', async () => {
      await expect(find(offering(), { apiKey: 'wrong' })).rejects.toMatchObject({ kind: 'permanent', code: 'indexer_auth' })
    })

    test('fifty megabytes: reading stops long before the end', async () => {
      await expect(find({ after: { bytes: 50_000_000 } })).rejects.toMatchObject({ kind: 'permanent', code: 'indexer_error' })
      expect(taken()).toBeLessThan(25_000_000)
    })

    test('twenty megabytes packed into little', async () => {
      const packed = { headers: { 'content-encoding': 'gzip' }, body: gzipSync(Buffer.alloc(20_000_000, ' '), { level: 1 }) }
      await expect(find(packed)).rejects.toMatchObject({ kind: 'permanent', code: 'indexer_error' })
    })

    test('one that never ends', async () => {
      await expect(find({ after: 'silence' }, { timeoutMs: 100 })).rejects.toMatchObject(gone)
    })

    test('nobody there', async () => {
      await expect(find({}, { url: `http://127.0.0.1:9${kind.address}` })).rejects.toMatchObject(gone)
    })

    test('a caller that stops gets its own reason back', async () => {
      const stop = new AbortController()
      answerWith(() => {
        stop.abort(new Error('cancelled by the user'))
        return { after: 'silence' }
      })
      await expect(searcher().search(query, { signal: stop.signal })).rejects.toThrow('cancelled by the user')
    })

    test.each([400, 500, 302])('%s: nothing of key or query in the message', async (status) => {
      const said = `GET http://t.test/api?passkey=abc and /dl?passkey=abc failed for ${KEY}`
      const error = await find({ status, headers: { location: `/x?k=${KEY}` }, body: `{"message":"${said}"}` }).catch(
        (thrown: unknown) => thrown,
      )
      for (let at: unknown = error; at instanceof Error; at = at.cause) expect(at.message).not.toMatch(/k3y|abc/)
      expect(error).toBeInstanceOf(StageError)
    })
  })
}

const BOMB = `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "boom"><!ENTITY b "${'&a;'.repeat(10)}">]><rss><channel><item><title>Good &b;</title><link>http://i/</link></item></channel></rss>`
