import { afterEach, expect, jest, test } from '@jest/globals'
import { HeldTorrents } from './held-torrents.js'
import { untilFiles } from './waiting.js'

afterEach(() => void jest.restoreAllMocks())

test('metadata that does not come is told in time, although the clock of the day is behind the timers', async () => {
  jest.spyOn(Date, 'now').mockReturnValue(Date.parse('2026-01-01'))
  const torrents = new HeldTorrents({ ratio: 1, secs: 0 }, () => ({ ratio: 0, secs: 0 }))
  const held = torrents.findOrHold('a'.repeat(40), '/downloads', () => ({
    ...{ infoHash: 'a'.repeat(40), folder: '/downloads', removed: false, failure: null },
    ...{ demand: { ratio: 0, secs: 0 }, goalReached: false, goalTold: false },
  }))
  const waiting = untilFiles(held, { timeoutMs: 20 }, () => null, {
    ...{ torrents, onLook: () => () => {}, fault: () => null, trouble: () => null, bytesOf: () => -1 },
    progressOf: () => {
      throw new Error('nobody asks how a transfer stands that did not begin')
    },
  })
  await expect(waiting).rejects.toMatchObject({ kind: 'retryable', code: 'metadata_timeout' })
})
