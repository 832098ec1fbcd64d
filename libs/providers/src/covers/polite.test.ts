import { expect, test } from '@jest/globals'
import { createPolite } from './polite.js'

const { signal } = new AbortController()

function scene(waitMs?: number) {
  const seen: object[] = []
  const limits = {
    used: async () => 0,
    waitFor: async (name: string, { places, windowMs, maxWaitMs }: { places?: number; windowMs?: number; maxWaitMs: number }) => {
      seen.push({ name, places, windowMs, maxWaitMs })
      return waitMs === undefined ? { end: async () => void seen.push({ ended: name }) } : { waitMs }
    },
  }
  return { polite: createPolite(limits, 5000), seen }
}

test.each([
  ['musicbrainz', 1, 1000],
  ['discogs', 50, 60_000],
])('%s is asked %d times in %d ms by all processes, each request holding its place', async (name, places, windowMs) => {
  const { polite, seen } = scene()
  expect(await polite(name, signal, async () => seen.push({}))).toBe(2)
  await expect(polite(name, signal, () => Promise.reject(new Error('down')))).rejects.toThrow('down')
  const taken = { name: `covers:${name}`, places, windowMs, maxWaitMs: 5000 }
  expect(seen).toEqual([taken, {}, { ended: taken.name }, taken, { ended: taken.name }])
})

test('who would wait for too long goes without', async () => {
  const { polite } = scene(9000)
  await expect(polite('musicbrainz', signal, async () => 'never')).rejects.toMatchObject({ kind: 'retryable', code: 'cover_source_failed' })
})
