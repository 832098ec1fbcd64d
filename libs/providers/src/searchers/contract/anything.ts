import { describe, expect, test } from '@jest/globals'
import { StageError } from '@torrentino/domain'
import fc from 'fast-check'
import { type ContractRun, good, HASH, MAGNET, query, signal, titles } from './kind.js'

export function anythingContract({ kind, offering, searcher, answerWith }: ContractRun): void {
  describe('whatever comes', () => {
    test('gives candidates or a StageError', async () => {
      const whole = Buffer.from(offering(good(1), { ...good(2), infoHash: HASH, magnet: MAGNET }).body as string)
      const spliced = fc
        .tuple(fc.nat(whole.length), fc.nat(whole.length), fc.uint8Array({ maxLength: 30 }))
        .map(([from, to, bytes]) => Buffer.concat([whole.subarray(0, from), bytes, whole.subarray(to)]))
      const loop = searcher()
      await fc.assert(
        fc.asyncProperty(fc.oneof(fc.uint8Array({ maxLength: 300 }), spliced), async (body) => {
          answerWith({ body })
          const found = await loop.search(query, { signal }).catch((error: unknown) => error)
          if (!Array.isArray(found)) expect(found).toBeInstanceOf(StageError)
        }),
        { numRuns: 40 },
      )
    })

    test('an item that is spoilt costs no other', async () => {
      const items = Array.from({ length: 4 }, (_, number) => kind.item({ ...good(number), infoHash: HASH, sizeBytes: 5, seeders: 1 }))
      const edits = fc.array(fc.tuple(fc.nat(), fc.oneof(fc.constantFrom('<', '>', '&', '"', '/', ''), fc.string({ maxLength: 3 }))), {
        minLength: 1,
        maxLength: 6,
      })
      const loop = searcher()
      await fc.assert(
        fc.asyncProperty(fc.nat(3), edits, async (which, changes) => {
          const body = kind.document(items.map((item, index) => (index === which ? kind.spoil(item, changes) : item)))
          answerWith({ body })
          const found = titles(await loop.search(query, { signal }))
          for (const number of [0, 1, 2, 3].filter((other) => other !== which)) expect(found).toContain(`Good ${number}`)
        }),
        { numRuns: 40 },
      )
    })
  })
}
