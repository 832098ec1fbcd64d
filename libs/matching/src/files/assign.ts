import type { Stepwise } from '../in-turns.js'

export interface Pair {
  row: number
  column: number
  weight: number
}

const MAX_STEPS = 30_000_000

/**
 * Pairs off rows and columns, one to one, so that the sum of weights is greatest (Hungarian method on each connected part).
 * A part that would take too long is paired greedily. The answer depends on the numbering only, not on the order of the pairs.
 */
export function* assign(pairs: readonly Pair[]): Stepwise<Pair[]> {
  const chosen: Pair[] = []
  for (const part of components(pairs)) {
    const rows = [...new Set(part.map((pair) => pair.row))].sort((a, b) => a - b)
    const columns = [...new Set(part.map((pair) => pair.column))].sort((a, b) => a - b)
    const tooMuch = rows.length * rows.length * Math.max(rows.length, columns.length) > MAX_STEPS
    chosen.push(...(tooMuch ? greedy(part) : yield* optimal(part, rows, columns)))
  }
  return chosen
}

function components(pairs: readonly Pair[]): Pair[][] {
  const parent = new Map<number, number>()
  const rootOf = (node: number): number => {
    let at = node
    while ((parent.get(at) ?? at) !== at) {
      const above = parent.get(at) as number
      parent.set(at, parent.get(above) ?? above)
      at = above
    }
    return at
  }
  // Columns count from -1 downwards, so that both kinds share one forest.
  for (const { row, column } of pairs) parent.set(rootOf(-1 - column), rootOf(row))
  const parts = new Map<number, Pair[]>()
  for (const pair of pairs) {
    const root = rootOf(pair.row)
    const part = parts.get(root)
    if (part) part.push(pair)
    else parts.set(root, [pair])
  }
  return [...parts.values()]
}

function greedy(part: Pair[]): Pair[] {
  const rows = new Set<number>()
  const columns = new Set<number>()
  const sorted = [...part].sort((a, b) => b.weight - a.weight || a.row - b.row || a.column - b.column)
  return sorted.filter(({ row, column }) => {
    if (rows.has(row) || columns.has(column)) return false
    rows.add(row)
    columns.add(column)
    return true
  })
}

/** Shortest augmenting paths with potentials; a pair that does not exist weighs nothing and is dropped at the end. */
function* optimal(part: Pair[], rows: number[], columns: number[]): Stepwise<Pair[]> {
  const width = Math.max(rows.length, columns.length)
  const rowAt = new Map(rows.map((row, index) => [row, index + 1]))
  const columnAt = new Map(columns.map((column, index) => [column, index + 1]))
  const weights = new Float64Array((rows.length + 1) * (width + 1))
  const at = (row: number, column: number) => row * (width + 1) + column
  const byCell = new Map<number, Pair>()
  for (const pair of part) {
    const cell = at(rowAt.get(pair.row) as number, columnAt.get(pair.column) as number)
    weights[cell] = pair.weight
    byCell.set(cell, pair)
  }
  const rowOfColumn = yield* solve(weights, rows.length, width)
  const chosen: Pair[] = []
  for (let column = 1; column <= width; column++) {
    const pair = byCell.get(at(rowOfColumn[column] as number, column))
    if (pair && rowOfColumn[column] !== 0) chosen.push(pair)
  }
  return chosen
}

function* solve(weights: Float64Array, height: number, width: number): Stepwise<Int32Array> {
  const rowPotential = new Float64Array(height + 1)
  const columnPotential = new Float64Array(width + 1)
  const rowOfColumn = new Int32Array(width + 1)
  const previous = new Int32Array(width + 1)
  for (let row = 1; row <= height; row++) {
    rowOfColumn[0] = row
    const slack = new Float64Array(width + 1).fill(Number.POSITIVE_INFINITY)
    const done = new Uint8Array(width + 1)
    let column = 0
    do {
      done[column] = 1
      const current = rowOfColumn[column] as number
      let delta = Number.POSITIVE_INFINITY
      let next = 0
      for (let other = 1; other <= width; other++) {
        if (done[other]) continue
        const cost =
          -(weights[current * (width + 1) + other] as number) - (rowPotential[current] as number) - (columnPotential[other] as number)
        if (cost < (slack[other] as number)) {
          slack[other] = cost
          previous[other] = column
        }
        if ((slack[other] as number) < delta) {
          delta = slack[other] as number
          next = other
        }
      }
      for (let other = 0; other <= width; other++) {
        if (done[other]) {
          const owner = rowOfColumn[other] as number
          rowPotential[owner] = (rowPotential[owner] as number) + delta
          columnPotential[other] = (columnPotential[other] as number) - delta
        } else slack[other] = (slack[other] as number) - delta
      }
      column = next
    } while (rowOfColumn[column] !== 0)
    while (column !== 0) {
      const before = previous[column] as number
      rowOfColumn[column] = rowOfColumn[before] as number
      column = before
    }
    yield
  }
  return rowOfColumn
}
