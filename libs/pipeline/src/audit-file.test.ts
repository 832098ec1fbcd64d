import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { openAuditFile } from './audit-file.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'audit-file-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

function entry(number: number, actor: string) {
  return {
    ticket_id: null,
    event_type: 'TicketCreated',
    actor,
    at: new Date(number).toISOString(),
    payload: { number, text: 'x'.repeat(500) },
  }
}

function fail(error: Error): void {
  throw error
}

test('two writers share a file and every line stays whole', async () => {
  const path = join(folder, 'deep', 'audit.jsonl')
  const files = ['a', 'b'].map((name) => ({ name, file: openAuditFile(path, fail) }))
  for (let number = 0; number < 500; number += 1) for (const { name, file } of files) file.append([entry(number, name)])
  await Promise.all(files.map(({ file }) => file.close()))
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
  expect(lines).toHaveLength(1000)
  const numbers = (actor: string) =>
    lines
      .map((line) => JSON.parse(line))
      .filter((line) => line.actor === actor)
      .map((line) => line.payload.number)
  expect(numbers('a')).toEqual(Array.from({ length: 500 }, (_, index) => index))
  expect(numbers('b')).toEqual(numbers('a'))
})

test('a place that cannot be written is told once and harms nobody', async () => {
  const told: string[] = []
  const file = openAuditFile(folder, (error) => told.push(error.message))
  file.append([entry(1, 'a')])
  await file.close()
  file.append([entry(2, 'a')])
  expect(told).toHaveLength(1)
})
