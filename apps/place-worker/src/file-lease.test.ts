import { expect, jest, test } from '@jest/globals'
import type { Leases } from '@torrentino/bus'
import { withFileLease } from './file-lease.js'

/** One place, as Redis keeps it. */
function oneLease() {
  let owner: string | null = null
  const leases = {
    take: async (_name: string, asker: string) => {
      owner ??= asker
      return owner === asker
    },
    release: async (_name: string, asker: string) => {
      if (owner === asker) owner = null
    },
  } as unknown as Leases
  return { options: { leases, ticketId: 't', leaseMs: 60_000 }, isTaken: () => owner !== null }
}

test('one at a time, and free again afterwards, also after a fault', async () => {
  const { options, isTaken } = oneLease()
  await withFileLease(options, async () => {
    await expect(withFileLease(options, async () => 'second')).rejects.toMatchObject({ code: 'files_busy' })
  })
  await expect(withFileLease(options, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(isTaken()).toBe(false)
})

test('is kept while a file operation that was given up may still happen', async () => {
  jest.useFakeTimers()
  const { options, isTaken } = oneLease()
  let end = () => {}
  const late = new Promise<void>((resolve) => (end = resolve))
  const run = withFileLease({ ...options, settled: () => late }, async () => 'given up')
  await jest.advanceTimersByTimeAsync(5000)
  expect(await run).toBe('given up')
  expect(isTaken()).toBe(true)
  jest.useRealTimers()
  end()
  await late
  await Promise.resolve()
  await new Promise(setImmediate)
  expect(isTaken()).toBe(false)
})
