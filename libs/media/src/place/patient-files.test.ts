import { afterEach, beforeEach, expect, jest, test } from '@jest/globals'
import { type FileSystem, nodeFileSystem } from './file-system.js'
import { withPatience } from './patient-files.js'

const LIMIT_MS = 1000

beforeEach(() => void jest.useFakeTimers())
afterEach(() => void jest.useRealTimers())

function patient(changes: Partial<FileSystem>) {
  return withPatience({ ...nodeFileSystem, ...changes }, LIMIT_MS)
}

test('what hangs is given up, and nothing else is begun until it has ended', async () => {
  let end = () => {}
  const removed: string[] = []
  const { fs, settled } = patient({
    rename: () => new Promise<void>((resolve) => (end = resolve)),
    remove: async (path) => void removed.push(path),
  })
  const renamed = expect(fs.rename('/a', '/b')).rejects.toMatchObject({ kind: 'retryable', code: 'mount_silent' })
  await jest.advanceTimersByTimeAsync(LIMIT_MS)
  await renamed
  await expect(fs.remove('/c')).rejects.toMatchObject({ code: 'mount_silent' })
  expect(removed).toEqual([])

  let isSettled = false
  const waiting = settled().then(() => {
    isSettled = true
  })
  await jest.advanceTimersByTimeAsync(10 * LIMIT_MS)
  expect(isSettled).toBe(false)
  end()
  await waiting
  await fs.remove('/c')
  expect(removed).toEqual(['/c'])
})

test('one that fails late is over, too', async () => {
  let fail = (_error: Error) => {}
  const { fs, settled } = patient({ facts: () => new Promise((_resolve, reject) => (fail = reject)) })
  const asked = expect(fs.facts('/a')).rejects.toMatchObject({ code: 'mount_silent' })
  await jest.advanceTimersByTimeAsync(LIMIT_MS)
  await asked
  fail(new Error('ESTALE'))
  await settled()
})

test('a long copy may go on as long as bytes go through', async () => {
  const { fs } = patient({
    copy: async (_from, _to, watch) => {
      for (let piece = 0; piece < 5; piece += 1) {
        await new Promise((resolve) => setTimeout(resolve, 0.9 * LIMIT_MS))
        watch?.onData?.()
      }
    },
  })
  const copied = fs.copy('/a', '/b')
  await jest.advanceTimersByTimeAsync(5 * LIMIT_MS)
  await copied
})

test('an error is handed on as it is', async () => {
  const { fs, settled } = patient({})
  jest.useRealTimers()
  await expect(fs.facts('/no/such/file')).rejects.toMatchObject({ code: 'ENOENT' })
  await expect(fs.freeBytes('/')).resolves.toBeGreaterThan(0)
  await settled()
})
