import { expect, test } from '@jest/globals'
import fc from 'fast-check'
import { atOnce } from '../in-turns.js'
import { assign, type Pair } from './assign.js'

const pairs = fc.uniqueArray(fc.record({ row: fc.nat(4), column: fc.nat(5), weight: fc.integer({ min: 1, max: 20 }) }), {
  selector: ({ row, column }) => row * 10 + column,
  maxLength: 18,
})

function total(chosen: readonly Pair[]): number {
  return chosen.reduce((sum, pair) => sum + pair.weight, 0)
}

/** Every choice is tried. */
function best(left: readonly Pair[], rows: number[] = [], columns: number[] = []): number {
  const [first, ...rest] = left
  if (!first) return 0
  const without = best(rest, rows, columns)
  if (rows.includes(first.row) || columns.includes(first.column)) return without
  return Math.max(without, first.weight + best(rest, [...rows, first.row], [...columns, first.column]))
}

test('no other choice weighs more, and none is taken twice', () => {
  fc.assert(
    fc.property(pairs, (list) => {
      const chosen = atOnce(assign(list))
      expect(total(chosen)).toBe(best(list))
      expect(new Set(chosen.map(({ row }) => row)).size).toBe(chosen.length)
      expect(new Set(chosen.map(({ column }) => column)).size).toBe(chosen.length)
      for (const pair of chosen) expect(list).toContain(pair)
    }),
  )
})

test('the order of the pairs does not matter', () => {
  const shuffled = pairs.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length })))
  const sorted = (chosen: Pair[]) => chosen.map(({ row, column }) => `${row}-${column}`).sort()
  fc.assert(
    fc.property(shuffled, ([list, other]) => {
      expect(sorted(atOnce(assign(other)))).toEqual(sorted(atOnce(assign(list))))
    }),
  )
})

test('a part too large to solve is still paired one to one', () => {
  const size = 400
  const list = Array.from({ length: size * size }, (_, index) => ({
    row: Math.floor(index / size),
    column: index % size,
    weight: 1 + (index % 7),
  }))
  const chosen = atOnce(assign(list))
  expect(chosen).toHaveLength(size)
  expect(new Set(chosen.map(({ column }) => column)).size).toBe(size)
})
