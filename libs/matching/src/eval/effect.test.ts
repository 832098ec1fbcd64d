import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from '@jest/globals'
import { effectOf } from './effect.js'
import type { Judged } from './measure.js'
import { readResults, resultsOf, writeResults } from './results.js'

const folder = mkdtempSync(join(tmpdir(), 'eval-'))
afterAll(() => rmSync(folder, { recursive: true }))

function judged(name: string, kind: 'sure' | 'unsure', right: boolean): Judged {
  const decision = { kind, recommendedIdx: 0, confidence: kind === 'sure' ? 0.95 : 0.6 }
  return { kind: 'plain', name, solvable: true, decision, right, mapping: { right: 3, wrong: 0, missing: 1 } }
}

const OLD = [judged('a', 'unsure', true), judged('b', 'sure', true), judged('c', 'sure', true), judged('d', 'sure', false)]
const NEW = [judged('a', 'sure', true), judged('b', 'sure', false), judged('c', 'unsure', true), judged('d', 'sure', false)]

test('a change of the matcher shows what it did to each case, also where the old results come from a file', () => {
  const path = join(folder, 'old.json')
  writeResults(path, resultsOf({ development: OLD, 'held out': OLD }))
  const told = effectOf(readResults(path), resultsOf({ development: NEW, 'held out': NEW }), new Set(['development']))
  const [open = '', held = ''] = told.split('held out:')
  expect(open).toMatch(/precision.* 66\.7 % -> 33\.3 %/)
  expect(open).toMatch(/solvable.* 50\.0 % -> 25\.0 %/)
  expect(open).toMatch(/1 became right\n +plain \/ a: asked at 0\.60 -> right at 0\.95/)
  expect(open).toMatch(/1 became wrong\n +plain \/ b: right at 0\.95 -> wrong at 0\.95/)
  expect(open).toMatch(/1 is asked about now\n +plain \/ c: right at 0\.95 -> asked at 0\.60/)
  expect(open).not.toMatch(/plain \/ d/)
  expect(held).toMatch(/1 became right\n.*1 became wrong/)
  expect(held).not.toMatch(/plain/)
})

test('cases of one name are kept apart; new ones and missing ones are counted', () => {
  const before = resultsOf({ development: [judged('a', 'sure', true), judged('a', 'unsure', true), judged('gone', 'sure', true)] })
  const after = resultsOf({
    development: [judged('a', 'sure', true), judged('a', 'sure', true), judged('x', 'sure', true), judged('y', 'sure', true)],
  })
  const told = effectOf(before, after, new Set(['development']))
  expect(told).toMatch(/1 became right\n +plain \/ a \(2\):/)
  expect(told).toMatch(/2 cases are new, 1 are gone/)
})

test('any other file is refused', () => {
  const path = join(folder, 'other.json')
  writeFileSync(path, '{"development": {"cases": 3}}')
  expect(() => readResults(path)).toThrow(/was not written by npm run eval/)
})
