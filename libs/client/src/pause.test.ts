import { getEventListeners } from 'node:events'
import { expect, test } from '@jest/globals'
import { pause } from './pause.js'

test('it ends by time or by the signal, and leaves nothing on the signal', async () => {
  const stop = new AbortController()
  for (let nr = 0; nr < 3; nr += 1) await pause(1, stop.signal)
  expect(getEventListeners(stop.signal, 'abort')).toEqual([])
  const long = pause(3_600_000, stop.signal)
  expect(getEventListeners(stop.signal, 'abort')).toHaveLength(1)
  stop.abort()
  await long
  await pause(3_600_000, stop.signal)
  expect(getEventListeners(stop.signal, 'abort')).toEqual([])
})
