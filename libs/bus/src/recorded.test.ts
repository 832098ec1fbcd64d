import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { CATALOGUE, QUEUES } from './catalogue.js'
import { Hint } from './events.js'

// While a new version is rolled out, jobs and word of the last one are still under way, and the other way round: see the README.

interface Recorded {
  jobs: Partial<Record<(typeof QUEUES)[number], object>>
  hints: { kind: string }[]
}

const FOLDER = new URL('./__fixtures__/recorded/', import.meta.url)
const versions = readdirSync(FOLDER).map((file) => [file, JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as Recorded] as const)
const LATER = { what_a_later_version_adds: { list: [1] } }

describe.each(versions)('recorded in %s', (_, { jobs, hints }) => {
  test.each(Object.entries(jobs))('a job of %s is read whole, also with what a later version adds', (queue, data) => {
    const schema = CATALOGUE[queue as keyof typeof CATALOGUE]
    expect(schema.parse(data)).toEqual(data)
    expect(schema.parse({ ...data, ...LATER })).toEqual(data)
  })

  test.each(hints.map((hint) => [hint.kind, hint] as const))(
    'the hint %s is read whole, also with what a later version adds',
    (_kind, hint) => {
      expect(Hint.parse(hint)).toEqual(hint)
      expect(Hint.parse({ ...hint, ...LATER })).toEqual(hint)
    },
  )
})

test('there is a recording for each queue and each hint', () => {
  expect(new Set(versions.flatMap(([, { jobs }]) => Object.keys(jobs)))).toEqual(new Set(QUEUES))
  const kinds = Hint.options.map(({ shape }) => shape.kind.value)
  expect(new Set(versions.flatMap(([, { hints }]) => hints.map(({ kind }) => kind)))).toEqual(new Set(kinds))
})
