import { expect, test } from '@jest/globals'
import { StageError } from '@torrentino/domain'
import { createCoverFinder } from './cover-finder.js'
import type { CoverSource, CoverWish } from './cover-source.js'

const WISH: CoverWish = { side: 'front', artist: 'A', album: 'B' }
const bytes = Buffer.from('picture')

function scene(sources: Record<string, CoverSource['find']>, timeoutMs = 60_000) {
  const asked: string[] = []
  const kept = new Map<string, Buffer>()
  const images = new Map<string, Buffer>()
  let now = 1_000_000
  const finder = createCoverFinder({
    sources: Object.entries(sources).map(([name, find]) => ({
      name,
      find: (wish, signal) => {
        asked.push(name)
        return find(wish, signal)
      },
    })),
    memory: {
      get: async (key) => kept.get(key) ?? null,
      put: async (key, value) => {
        kept.set(key, value)
      },
    },
    images: {
      get: async (key) => images.get(key) ?? null,
      put: async (key, bytes) => void images.set(key, bytes),
    },
    timeoutMs,
    now: () => now,
  })
  async function found(wish = WISH, signal = new AbortController().signal): Promise<string[]> {
    const images: string[] = []
    for await (const { source } of finder.find(wish, signal)) images.push(source)
    return images
  }
  return { asked, found, finder, later: (ms: number) => (now += ms) }
}

const has =
  (source: string): CoverSource['find'] =>
  async () => ({ source, bytes })
const failing: CoverSource['find'] = async () => {
  throw new StageError('retryable', 'cover_source_failed', 'down', { retryAfterMs: 5000 })
}
const silent: CoverSource['find'] = (_wish, signal) =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason), { once: true }))

test('the next is asked only when it is wanted', async () => {
  const { finder, asked, found } = scene({ one: has('one'), two: has('two') })
  for await (const image of finder.find(WISH, new AbortController().signal)) {
    expect(image).toEqual({ source: 'one', bytes })
    break
  }
  expect(asked).toEqual(['one'])
  expect(await found()).toEqual(['one', 'two'])
})

test('who fails is passed over, and left alone for as long as it says', async () => {
  const { asked, found, later } = scene({ down: failing, two: has('two') })
  expect(await found()).toEqual(['two'])
  expect(await found()).toEqual(['two'])
  expect(asked.filter((name) => name === 'down')).toHaveLength(1)
  later(5001)
  await found()
  expect(asked.filter((name) => name === 'down')).toHaveLength(2)
})

test('who has nothing is not asked for the same again', async () => {
  const { asked, found } = scene({ empty: async () => null })
  for (const album of ['B', 'B', 'C']) await found({ ...WISH, album })
  expect(asked).toEqual(['empty', 'empty'])
})

test('time is up for all of them together', async () => {
  const { asked, found } = scene({ slow: silent, two: has('two') }, 20)
  expect(await found()).toEqual([])
  expect(asked).toEqual(['slow'])
})

test('a stop is a stop, and nobody is blamed for it', async () => {
  let stop = new AbortController()
  const { asked, found } = scene({
    slow: (wish, signal) => {
      const answer = silent(wish, signal)
      stop.abort(new Error('enough'))
      return answer
    },
  })
  for (let turn = 0; turn < 2; turn++) {
    stop = new AbortController()
    await expect(found(WISH, stop.signal)).rejects.toThrow('enough')
  }
  expect(asked).toEqual(['slow', 'slow'])
})

test('of equal wishes, at once or later, one is asked', async () => {
  const { asked, found } = scene({ one: has('one') })
  expect(await Promise.all([found(), found(), found()])).toEqual([['one'], ['one'], ['one']])
  expect(await found()).toEqual(['one'])
  expect(await found({ ...WISH, album: 'C' })).toEqual(['one'])
  expect(asked).toEqual(['one', 'one'])
})

test('who asked for all and was stopped leaves the question to the next', async () => {
  const stop = new AbortController()
  let first = true
  const { asked, found } = scene({
    one: (wish, signal) => {
      if (!first) return has('one')(wish, signal)
      first = false
      const answer = silent(wish, signal)
      stop.abort(new Error('enough'))
      return answer
    },
  })
  const stopped = expect(found(WISH, stop.signal)).rejects.toThrow('enough')
  expect(await found()).toEqual(['one'])
  await stopped
  expect(asked).toEqual(['one', 'one'])
})
