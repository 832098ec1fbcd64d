import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { STATES, type StateName, type Ticket } from '@torrentino/domain'
import { sampleTicket } from '@torrentino/testkit'
import { sweepWork } from './sweep-work.js'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sweep-work-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function left(...names: string[]): Promise<void> {
  for (const name of names) {
    await mkdir(join(folder, name))
    await writeFile(join(folder, name, '0-1f4a8d37.opus'), 'song')
  }
}

const among = (...tickets: Ticket[]) => ({ find: async (id: string) => tickets.find((ticket) => ticket.id === id) ?? null })
const sweep = (...tickets: Ticket[]) => sweepWork(folder, among(...tickets), new AbortController().signal)

const OVER: StateName[] = ['completed', 'cancelled', 'rejected', 'dry_run_complete']

test.each(STATES)('what is left of a ticket in %s', async (state) => {
  const ticket = { ...sampleTicket({ state }), stage: null }
  await left(ticket.id)
  expect(await sweep(ticket)).toEqual(OVER.includes(state) ? [ticket.id] : [])
  expect(await readdir(folder)).toEqual(OVER.includes(state) ? [] : [ticket.id])
})

test('no folder is as good as an empty one', async () => {
  expect(await sweepWork(join(folder, 'none'), among(), new AbortController().signal)).toEqual([])
})

test('is left to the clean-up that is still to come, and nothing else is touched', async () => {
  const ticket: Ticket = { ...sampleTicket({ state: 'completed' }), stage: 'cleanup' }
  const unknown = sampleTicket().id
  await left(ticket.id, unknown, 'covers', `${ticket.id}.old`)
  expect(await sweep(ticket)).toEqual([])
  expect(await readdir(folder)).toHaveLength(4)
})
