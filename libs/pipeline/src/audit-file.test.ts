import { mkdtemp, readFile, rename, rm } from 'node:fs/promises'
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

test('what was written before a rotation is in the old file, what comes after it in the new one', async () => {
  const path = join(folder, 'rotated.jsonl')
  const file = openAuditFile(path, fail)
  const numbersIn = async (name: string) =>
    (await readFile(name, 'utf8'))
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line).payload.number)
  // It is there before anything is written.
  file.reopen()
  for (let number = 0; number < 300; number += 1) {
    file.append([entry(number, 'a')])
    if (number % 100 !== 99) continue
    await rename(path, `${path}.${number}`)
    file.reopen()
  }
  file.append([entry(300, 'a')])
  await file.close()
  const parts = await Promise.all([`${path}.99`, `${path}.199`, `${path}.299`, path].map(numbersIn))
  expect(parts.map((numbers) => numbers.length)).toEqual([100, 100, 100, 1])
  expect(parts.flat()).toEqual(Array.from({ length: 301 }, (_, number) => number))
})
