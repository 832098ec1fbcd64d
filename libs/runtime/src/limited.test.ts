import { EventEmitter, once } from 'node:events'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from '@jest/globals'
import { limited } from './limited.js'

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

test('the limit comes although nobody but the waiting holds the signal', async () => {
  const nothing = new EventEmitter()
  const waiting = once(nothing, 'never', { signal: limited(new AbortController().signal, 50) })
  const collecting = setInterval(collectGarbage, 5)
  await expect(waiting).rejects.toMatchObject({ name: 'AbortError', cause: { name: 'TimeoutError' } })
  clearInterval(collecting)
})

test('the signal comes first, with its own reason', () => {
  const ended = new AbortController()
  const signal = limited(ended.signal, 60_000)
  ended.abort('enough')
  expect(signal.reason).toBe('enough')
})
